"""What is done to a sealed inspection: looks, targets, the release to its members, the beginning of a visit, the opening."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db.models import Model

from kycuong.audit.log import act, record, record_many
from kycuong.catalog.models import Topic
from kycuong.core.checks import ensure_clean
from kycuong.core.clock import now, today
from kycuong.inspections import authority, rules
from kycuong.inspections.models import Inspection, Sealing, Visit
from kycuong.inspections.queries.sealing import LOOK, in_plain, is_known, plan_of, sealing_of
from kycuong.inspections.rules import VisitState
from kycuong.inspections.rules import sealing as sealed
from kycuong.inspections.rules.conflicts import ensure_free_of
from kycuong.inspections.rules.sealing import SealedPlan, TargetState
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person, Unit
from kycuong.plans.models import InspectionPlan

from ._drafts import add_local, drafted
from ._seals import close, held, with_target
from ._steps import seen_from, settle
from ._targets import Planned, target_of


@act
def look_at_sealing(inspection: Inspection, *, by: Person) -> SealedPlan:
    """Open the sealed part to read it. Every look is an act of its own in the log."""
    authorize(by, "inspection.see", at=seen_from(by, inspection.lead))
    sealed.ensure_known(is_known(inspection, by))
    sealing = sealing_of(inspection)
    sealed.ensure_known(sealing is not None)
    assert sealing is not None
    record(LOOK, sealing, by=by, op="read")
    return plan_of(sealing)


@act
def note_look(visit: Visit, *, by: Person) -> Visit:
    """Note that a page of a visit of a sealed inspection, not signed yet, is being shown."""
    authorize(by, "inspection.see", at=seen_from(by, visit.inspection.lead))
    sealed.ensure_known(is_known(visit.inspection, by))
    target = sealing_of(visit.inspection)
    record(LOOK, target or visit.inspection, by=by, op="read", visit=visit.uid)
    return visit


@act
def add_target(
    inspection: Inspection,
    *,
    by: Person,
    unit: Unit,
    visited_on: date,
    checklist_form: str = "",
    version: int | None = None,
) -> Sealing:
    """Add a unit to the sealed part."""
    authorize(by, "inspection.open", at=inspection.lead)
    sealed.ensure_known(is_known(inspection, by))
    sealing = held(inspection)
    target = target_of(inspection, Planned(unit, visited_on, checklist_form), by)
    plan = plan_of(sealing)
    sealed.ensure_not_twice(plan.targets, target.unit, target.day)
    close(sealing, with_target(plan, target), version=version)
    record("sealing.change", sealing, by=by)
    return sealing


@act
def change_target(
    inspection: Inspection,
    *,
    by: Person,
    key: str,
    unit: Unit,
    visited_on: date,
    checklist_form: str = "",
    version: int | None = None,
) -> Sealing:
    """Another unit, day or form for a target that waits."""
    authorize(by, "inspection.open", at=inspection.lead)
    sealed.ensure_known(is_known(inspection, by))
    sealing = held(inspection)
    plan = plan_of(sealing)
    plan.find(key)
    new = target_of(inspection, Planned(unit, visited_on, checklist_form), by)
    sealed.ensure_not_twice(plan.targets, new.unit, new.day, but=key)
    said = {"unit": new.unit, "name": new.name, "day": new.day, "checklist_form": new.checklist_form}
    close(sealing, plan.changed(key, **said), version=version)
    record("sealing.change", sealing, by=by)
    return sealing


@act
def strike_target(inspection: Inspection, *, by: Person, key: str, reason: str, version: int | None = None) -> Sealing:
    """Give a target up. Unit and reason stay sealed until everything is opened."""
    authorize(by, "inspection.open", at=inspection.lead)
    sealed.ensure_known(is_known(inspection, by))
    rules.ensure_reason(reason)
    sealing = held(inspection)
    plan = plan_of(sealing)
    plan.find(key)
    close(sealing, plan.changed(key, state=TargetState.STRUCK, reason=reason.strip()), version=version)
    record("sealing.change", sealing, by=by)
    return sealing


@act
def begin_target(
    inspection: Inspection, *, by: Person, key: str, visited_on: date | None = None, as_planned: bool = False
) -> Visit:
    """At the door: from here on the visit stands in plain, for those who know of it until its minutes are signed."""
    authority.authorize(by, "visit.record", at=inspection)
    sealed.ensure_known(is_known(inspection, by))
    sealing = held(inspection)
    plan = plan_of(sealing)
    target = plan.find(key)
    day = visited_on or (target.planned_on if as_planned else today())
    sealed.ensure_day_of_visit(day, planned=target.planned_on, today=today())
    visit = drafted(inspection, by, Unit.objects.get(uid=UUID(target.unit)), day, target.checklist_form, None)
    ensure_free_of(authority.conflict_of_any(authority.acting_as(by, "visit.record", inspection), visit))
    ensure_clean(visit, exclude=["inspection", "recorded_by"])
    visit.save(force_insert=True)
    close(sealing, plan.changed(key, state=TargetState.BEGUN, visit=str(visit.uid)))
    record_many("visit.begin", [visit, *add_local(visit), sealing], by=by)
    settle(inspection, by=by, begun=True)
    return visit


@act
def release_members(
    inspection: Inspection, *, by: Person, members_from: datetime | None, version: int | None = None
) -> Sealing:
    """Set the moment from which the team may open the sealed part; without one only the short list may."""
    authorize(by, "inspection.open", at=inspection.lead)
    sealed.ensure_known(is_known(inspection, by))
    sealing = held(inspection)
    close(sealing, plan_of(sealing), version=version, members_from=members_from)
    record("sealing.release", sealing, by=by)
    return sealing


@act
def open_all(inspection: Inspection, *, by: Person) -> Sealing:
    """Open the rest, once nothing waits: title, struck targets, who knew and who looked are part of the record now."""
    authorize(by, "inspection.open", at=inspection.lead)
    sealed.ensure_known(is_known(inspection, by))
    sealing = held(inspection)
    plan = plan_of(sealing)
    sealed.ensure_nothing_waits(plan.waiting, inspection.visits.filter(state=VisitState.DRAFT).count())
    close(sealing, plan, unsealed_at=now(), unsealed_by=by, summary=in_plain(plan))
    topics = _write_plan(inspection, plan)
    record_many("sealing.open_all", [sealing, inspection, *topics], by=by)
    return sealing


def _write_plan(inspection: Inspection, plan: SealedPlan) -> list[Model]:
    """Title, plan and topics back where a plain inspection has them."""
    inspection.title = plan.title
    inspection.plan = InspectionPlan.objects.filter(uid=UUID(plan.plan)).first() if plan.plan else None
    inspection.version += 1
    ensure_clean(inspection)
    inspection.save(update_fields=["title", "plan", "version"])
    link = Inspection.topics.through
    topics = Topic.objects.filter(code__in=plan.topics).order_by("pk")
    return list(link.objects.bulk_create(link(inspection_id=inspection.pk, topic_id=one.pk) for one in topics))
