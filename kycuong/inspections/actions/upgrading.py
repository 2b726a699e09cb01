"""After an upgrade: drafts that were sealed in plain by an earlier version go into sealings, and their traces are erased."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Model

from kycuong.audit.log import act, erase_before, record, record_many
from kycuong.core.clock import today
from kycuong.inspections.models import Inspection, Sealing, Visit, VisitAddition
from kycuong.inspections.queries import lives_of
from kycuong.inspections.queries.sealing import closed
from kycuong.inspections.rules import InspectionState, VisitState
from kycuong.inspections.rules.sealing import SealedPlan, Target
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person

SHEET = ("quota", "present", "absent_excused", "absent_unexcused", "late")


@act
def seal_old_drafts(*, by: Person | None) -> int:
    """Give each sealed inspection without a sealing one, with its untouched drafts as targets. Returns how many."""
    authorize(by, "inspection.open", at=None)
    old = Inspection.objects.filter(sealed_at__isnull=False, sealing=None).exclude(state=InspectionState.CANCELLED)
    found = list(old.order_by("pk"))
    for inspection in found:
        _seal(inspection, by)
    return len(found)


def _seal(inspection: Inspection, by: Person | None) -> None:
    drafts = [visit for visit in inspection.visits.filter(state=VisitState.DRAFT).order_by("pk") if _untouched(visit)]
    whole = len(drafts) == inspection.visits.count()
    links = list(Inspection.topics.through.objects.filter(inspection_id=inspection.pk).order_by("pk"))
    plan = SealedPlan(
        title=inspection.title if whole else "",
        topics=tuple(sorted(inspection.topics.values_list("code", flat=True))) if whole else (),
        plan=str(inspection.plan.uid) if inspection.plan and whole else "",
        targets=tuple(_target(visit) for visit in drafts),
    )
    sealing = Sealing.objects.create(inspection=inspection, sealed_plan=closed(plan, inspection))
    record("sealing.upgrade", sealing, by=by)
    for visit in drafts:
        _take_away(visit, by)
    if whole:
        _erase(links, by)
        inspection.title, inspection.plan = "", None
        inspection.save(update_fields=["title", "plan"])
        erase_before(record("sealing.upgrade", inspection, by=by, op="erase"))


def _untouched(visit: Visit) -> bool:
    written = visit.answers or visit.strengths or visit.unit_explanation or visit.findings.exists()
    return not written and all(getattr(visit, name) is None for name in SHEET)


def _target(visit: Visit) -> Target:
    name = lives_of([visit.unit_id])[visit.unit_id].full_name_on(visit.visited_on)
    return Target(str(visit.unit.uid), name, visit.visited_on.isoformat(), visit.checklist_form)


def _take_away(visit: Visit, by: Person | None) -> None:
    """The last images of the row tell of the lead and of today, nothing else; what the log held before is erased."""
    _erase([*VisitAddition.objects.filter(visit=visit), *visit.exceptions.all()], by)
    Visit.objects.filter(pk=visit.pk).update(
        unit=visit.inspection.lead_id, visited_on=today(), checklist=None, checklist_form="", recorded_by=None
    )
    visit.refresh_from_db()
    _erase([visit], by)


def _erase(rows: Sequence[Model], by: Person | None) -> None:
    """Note the erasure and the deletion, delete, and erase what was logged of the rows before."""
    erasures = record_many("sealing.upgrade", rows, by=by, op="erase")
    record_many("sealing.upgrade", rows, by=by, op="delete")
    for row, erasure in zip(rows, erasures, strict=True):
        row.delete()
        erase_before(erasure)
