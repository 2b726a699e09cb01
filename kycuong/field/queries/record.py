"""The record of a visit in the words of the log: what each field holds, and a fingerprint by which a change is noticed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from kycuong.catalog.models import Criterion
from kycuong.catalog.rules import AnswerType, Outcome
from kycuong.field.rules import sha256_of
from kycuong.inspections.models import ConcernedPerson, Finding, Visit
from kycuong.inspections.queries import criteria_at, files_of, name_of
from kycuong.inspections.rules import headcount_of

from .log import findings_apart

SHORT = (Outcome.PARTIAL, Outcome.FAIL)
Values = dict[str, Any]


def values_of(visit: Visit, criteria: Mapping[str, Criterion] | None = None) -> Values:
    """By field. A finding that an answer brought along stands with the answer; the others stand for themselves.

    `criteria`: what can be asked at the visit, if it has been looked up.
    """
    findings = list(Finding.objects.filter(visit=visit).order_by("pk"))
    own = described(visit, findings)
    return {
        **dict(_answers(visit, own, criteria_at(visit) if criteria is None else criteria)),
        **dict(_whole(visit)),
        **{f"f/{one.uid}": _finding(one) for one in findings if own.get(one.criterion_code) != one},
        **(dict(_people(visit, own)) if findings else {}),
        **{f"m/{one.attachment.uid}": _file(one) for one in files_of(visit)},
    }


class Record:
    """The record of one visit while it is brought to its log: read anew only after something was written to it."""

    def __init__(self, visit: Visit) -> None:
        self.visit, self.criteria = visit, criteria_at(visit)
        self._values: Values | None = None

    def values(self) -> Values:
        """By field."""
        if self._values is None:
            self._values = values_of(self.visit, self.criteria)
        return self._values

    def was_written(self) -> None:
        """What was read is no longer what is there."""
        self._values = None


def described(visit: Visit, findings: list[Finding]) -> dict[str, Finding]:
    """By code: the finding that describes what an answer fell short of. One that the log holds for itself is not it."""
    apart = findings_apart(visit) if findings else set()
    found: dict[str, Finding] = {}
    for one in findings:
        if is_short(visit, one.criterion_code) and one.uid not in apart:
            found.setdefault(one.criterion_code, one)
    return found


def is_short(visit: Visit, code: str) -> bool:
    """Whether the answer to this criterion falls short."""
    return bool(code) and visit.answers.get(code, {}).get("outcome") in SHORT


def fingerprints(values: Values) -> dict[str, str]:
    """Names of people stay out: a fingerprint of a short text tells the text."""
    return {field: sha256_of(_nameless(value))[:16] for field, value in values.items()}


def _nameless(value: Any) -> Any:
    return {name: part for name, part in value.items() if name != "name"} if isinstance(value, dict) else value


def _answers(visit: Visit, own: Mapping[str, Finding], criteria: Mapping[str, Criterion]) -> Iterator[tuple[str, Any]]:
    counted = headcount_of(visit).is_complete
    for code, stored in visit.answers.items():
        criterion = criteria.get(code)
        if criterion and criterion.answer_type == AnswerType.HEADCOUNT and counted:
            continue  # follows from the sheet
        value = dict(stored)
        if "whole" in value or "count" in value:
            value.pop("outcome")  # follows from the numbers
            if value.get("whole") == 0:
                value.pop("note", None)
        if code in own:
            value["finding"] = own[code].description
        yield f"a/{code}", value


def _whole(visit: Visit) -> Iterator[tuple[str, Any]]:
    sheet = {name: number for name, number in asdict(headcount_of(visit)).items() if number is not None}
    if at := sheet.get("roll_call_at"):
        sheet["roll_call_at"] = at.isoformat("minutes")
    if sheet:
        yield "h", sheet
    if visit.strengths:
        yield "t/strengths", visit.strengths
    if visit.unit_explanation:
        yield "t/explanation", visit.unit_explanation


def _finding(one: Finding) -> Values:
    due = one.due_on.isoformat() if one.due_on else None
    plain = {"criterion_code": one.criterion_code, "description": one.description, "severity": one.severity}
    return {**plain, "due_on": due}


def _people(visit: Visit, own: dict[str, Finding]) -> Iterator[tuple[str, Any]]:
    for one in ConcernedPerson.objects.filter(finding__visit=visit).select_related("finding"):
        code = one.finding.criterion_code
        key = code if own.get(code) == one.finding else str(one.finding.uid)
        plain = {"finding": key, "category": str(one.category), "position": one.position}
        yield f"v/{one.uid}", {**plain, "name": name_of(one)}


def _file(one: Any) -> Values:
    kept = one.attachment
    size = {"sha256": kept.sha256, "size": kept.size, "mime": f"image/{kept.kind}", "w": kept.width, "h": kept.height}
    about = {"orig_sha256": kept.sha256, "taken_wall": None, "gps": None}
    return {**size, **about, "criterion_code": one.criterion_code, "caption": one.caption}
