"""What is recorded already of a table of visits: the same visit is left alone, a different one is a collision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from kycuong.core.problems import Stale
from kycuong.core.vietnamese import fold
from kycuong.inspections.models import Inspection, Visit
from kycuong.inspections.rules import InspectionState, UnitSignature, VisitState
from kycuong.orgs.models import Person

from .lines import Line

Key = tuple[int, int, date]
AT_ONCE = 500
DETAILS = {
    "title": "inspection__title", "decision_on": "inspection__decision_on", "minutes": "minutes__number",
    "quota": "quota", "present": "present", "excused": "absent_excused", "unexcused": "absent_unexcused", "late": "late",
    "strengths": "strengths", "explanation": "unit_explanation", "signature": "minutes__unit_signature",
    "reason": "minutes__refusal_reason", "unit_signatory": "minutes__unit_signatory",
    "team_signatory": "minutes__team_signatory",
}  # fmt: skip
"""Columns whose cell, when filled, must agree with the visit that is there."""


def compare(lines: Iterable[Line], *, by: Person | None) -> None:
    """Say of each line that is in order so far whether its visit is here already, as the same or another one.

    Only signed visits are compared: a draft, sealed ones above all, must not show itself by a collision.
    """
    named = [line for line in lines if line.lead and line.unit and line.on and line.form and not line.is_faulty]
    signed, annulled = _recorded(named)
    drafts = _drafts(named, by) if by else set()
    for line in named:
        key = _key(line)
        if key in signed:
            _meet(line, signed[key])
            continue
        if key in annulled:
            line.warn("unit", "Lượt này đã có nhưng bị hủy; dòng này sẽ ghi một lượt mới. Hãy kiểm tra.",
                      "This visit was recorded and annulled; the row records a new one. Please check.")  # fmt: skip
        if key in drafts:
            line.warn("unit", "Đang có bản ghi nháp của lượt này; nhập xong hãy xóa bản nháp.",
                      "There is a draft of this visit; remove it after the import.")  # fmt: skip


def ensure_fresh(lines: Iterable[Line]) -> None:
    """Two clicks are one import: what was new when the table was read is still new when its turn comes."""
    new = [line for line in lines if line.visit]
    signed, _ = _recorded(new)
    if any(_key(line) in signed for line in new):
        raise Stale(
            "Trong lúc xem trước, có lượt của bảng này đã được ghi (có thể do bấm nhập hai lần). Chưa ghi gì thêm; hãy tải lại "
            "trang để xem còn gì mới.",
            en="Meanwhile visits of this table were recorded (perhaps by a second click). Nothing more was written; reload "
            "the page to see what is still new.",
        )


def find_inspections(lines: Iterable[Line]) -> None:
    """New visits of an inspection that is here already, by its decision or by rows that are here, are added to it."""
    groups: dict[tuple[object, ...], list[Line]] = {}
    for line in lines:
        if line.key:
            groups.setdefault(line.key, []).append(line)
    known = _decisions({line.lead.pk for line in lines if line.lead and line.decision})
    for key, group in groups.items():
        found = next((line.same.inspection for line in group if line.same), None) or known.get(key)
        if found and _may_join(found):
            _join(group, found)


def _join(group: list[Line], found: Inspection) -> None:
    for line in group:
        if line.same is None and not line.is_faulty:
            line.within = found
            if line.form != found.form:
                said = found.get_form_display()
                line.blame("form", f"Quyết định này đã có, hình thức «{said}». Hãy ghi cùng hình thức.",
                           f"This decision is here, with the form “{said}”. Write the same form.")  # fmt: skip


def _may_join(inspection: Inspection) -> bool:
    """A sealed one is never found by its number: that would tell that it is there."""
    return inspection.sealed_at is None and inspection.state != InspectionState.CANCELLED


def decision_key(lead: int, number: str, day: date) -> tuple[object, ...]:
    """Numbers begin anew each year."""
    return lead, fold(number), day.year


def _decisions(leads: set[int]) -> dict[tuple[object, ...], Inspection]:
    found = Inspection.objects.filter(lead_id__in=leads).exclude(decision_number="").order_by("-pk")
    return {
        decision_key(one.lead_id, one.decision_number, one.decision_on or one.opened_on): one
        for one in found
        if _may_join(one)
    }


def _key(line: Line) -> Key:
    assert line.lead
    assert line.unit
    assert line.on
    return line.lead.pk, line.unit.pk, line.on


def _recorded(lines: list[Line]) -> tuple[dict[Key, Visit], set[Key]]:
    signed: dict[Key, Visit] = {}
    annulled: set[Key] = set()
    units = sorted({line.unit.pk for line in lines if line.unit})
    for start in range(0, len(units), AT_ONCE):
        rows = Visit.objects.filter(unit_id__in=units[start : start + AT_ONCE]).exclude(state=VisitState.DRAFT)
        for visit in rows.select_related("inspection", "minutes").prefetch_related("findings"):
            key = (visit.inspection.lead_id, visit.unit_id, visit.visited_on)
            if visit.state == VisitState.SIGNED:
                signed[key] = visit
            else:
                annulled.add(key)
    return signed, annulled


def _drafts(lines: list[Line], by: Person) -> set[Key]:
    """Drafts that the person may see, sealed ones never."""
    units = sorted({line.unit.pk for line in lines if line.unit})
    found: set[Key] = set()
    for start in range(0, len(units), AT_ONCE):
        seen = Visit.objects.visible_to(by).filter(state=VisitState.DRAFT, inspection__sealed_at=None)
        rows = seen.filter(unit_id__in=units[start : start + AT_ONCE])
        found.update(rows.values_list("inspection__lead_id", "unit_id", "visited_on"))
    return found


def _meet(line: Line, visit: Visit) -> None:
    different = next(_differences(line, visit), None)
    if different is None:
        line.same = visit
        return
    about = visit.inspection
    number = f", quyết định {about.decision_number}" if about.decision_number else ""
    minutes = f", biên bản {visit.minutes.number}" if visit.minutes.number else ""
    what = (
        f"{visit.unit_name_then} ngày {visit.visited_on:%d/%m/%Y}, {about.get_form_display().lower()}{number}{minutes}"
    )
    line.blame(different, f"Đã có lượt này nhưng ghi khác: {what}. Hãy sửa ô cho khớp, hoặc hủy lượt đã ghi sai.",
               f"This visit is here, but differs: {what}. Mend the cell, or annul the recorded visit if that is wrong.")  # fmt: skip


def _differences(line: Line, visit: Visit) -> Iterator[str]:
    """Columns in which the row says something else than the visit does."""
    if line.form != visit.inspection.form:
        yield "form"
    if line.decision and fold(line.decision) != fold(visit.inspection.decision_number):
        yield "decision"
    for key, path in DETAILS.items():
        told = line.row.values.get(key)
        if told not in (None, "") and told != _at(visit, path):
            yield key
    assert line.visit
    there = {(one.description, one.severity) for one in visit.findings.all()}
    if any((one.description, one.severity or 1) not in there for one in line.visit.findings):
        yield "findings" if line.row.values.get("findings") else "count"
    yield from _terms(line, visit)


def _terms(line: Line, visit: Visit) -> Iterator[str]:
    for key, name in (("due", "due_on"), ("remedied", "remedied_on")):
        told = line.row.values.get(key)
        if told and any(getattr(one, name) != told for one in visit.findings.all()):
            yield key


def _at(visit: Visit, path: str) -> object:
    value: object = visit
    for name in path.split("__"):
        value = getattr(value, name)
    return UnitSignature(str(value)).value if path.endswith("unit_signature") else value
