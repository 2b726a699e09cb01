"""Turns a line into the row that is written, and tells at its cells what the rules of inspections refuse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kycuong.inspections.actions import FindingRow, Headcount, VisitRow, faults_of
from kycuong.inspections.rules import Source, UnitSignature
from kycuong.orgs.models import Person

from .lines import Line

FIELDS = {
    "visited_on": "on", "inspection_key": "decision", "decision_number": "decision", "decision_on": "decision_on",
    "absent_excused": "excused", "absent_unexcused": "unexcused", "number": "minutes", "refusal_reason": "reason",
    "due_on": "due", "remedied_on": "remedied", "description": "findings", "unit_explanation": "explanation",
    "unit_signature": "signature",
}  # fmt: skip
"""Columns of the file by the names that the rules use."""
NEAREST = {"topics": "form", "reason": "signature", "late": "present", "quota": "present"}
"""Where a fault is told when the file lacks the column that it is about."""


def row_of(line: Line) -> VisitRow:
    """The visit as the one way in for many visits takes it."""
    assert line.lead
    assert line.unit
    assert line.on
    told = line.row.values
    people = [told.get(key) for key in ("quota", "present", "excused", "unexcused", "late")]
    refused = told.get("signature") == UnitSignature.REFUSED
    signatories = {key: told[key] for key in ("unit_signatory", "team_signatory") if told.get(key)}
    return VisitRow(
        inspection_key=repr(line.key),
        lead=line.lead,
        unit=line.unit,
        visited_on=line.on,
        form=line.form,
        topics=line.topics,
        decision_number=line.decision,
        decision_on=told.get("decision_on"),
        title=told.get("title") or "",
        minutes_number=told.get("minutes") or "",
        unit_signature=UnitSignature.REFUSED if refused else UnitSignature.SIGNED,
        refusal_reason=told.get("reason") or "",
        headcount=Headcount(*people) if any(number is not None for number in people) else None,
        findings=tuple(_findings(line)),
        explanation=told.get("explanation") or "",
        strengths=told.get("strengths") or "",
        within=line.within,
        row=str(line.row.number),
        **signatories,
    )


def _findings(line: Line) -> list[FindingRow]:
    told = line.row.values
    said: list[str] = told.get("findings") or []
    count = told.get("count")
    if not said and count:
        said = [f"Tồn tại {place}/{count} theo biên bản; bảng không chép nội dung." for place in range(1, count + 1)]
    severity = int(told["severity"]) if told.get("severity") else None
    return [
        FindingRow(description=text, severity=severity, due_on=told.get("due"), remedied_on=told.get("remedied"))
        for text in said
    ]


def tell_faults(lines: Sequence[Line], *, by: Person | None) -> None:
    """Every refusal of the rules, at the cell that it is about."""
    by_row = {str(line.row.number): line for line in lines}
    rows = [line.visit for line in lines if line.visit]
    told: set[tuple[Any, ...]] = set()
    for fault in faults_of(rows, by=by, source=Source.IMPORT):
        line = by_row[fault["row"]]
        key = FIELDS.get(fault["field"], fault["field"])
        if key not in line.row.places:
            key = NEAREST.get(key, "unit")
        if (line.row.number, key, fault["vi"]) not in told:
            told.add((line.row.number, key, fault["vi"]))
            line.blame(key, fault["vi"], fault["en"])
