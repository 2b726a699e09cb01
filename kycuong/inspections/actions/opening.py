"""Opening an inspection, with its team, its first visits and, if it is sealed, its short list; and cancelling it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Model

from kycuong.audit.log import act, record, record_many
from kycuong.catalog.models import Topic
from kycuong.core.checks import ensure_clean
from kycuong.core.clock import now, today
from kycuong.core.ids import uuid7
from kycuong.core.presence import ensure_fresh
from kycuong.core.problems import BadInput, Stale
from kycuong.inspections import rules
from kycuong.inspections.models import Inspection, ShortListEntry, TeamMember
from kycuong.inspections.rules import InspectionState, TeamRole
from kycuong.inspections.rules.sealing import ensure_no_number_yet
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person, Unit
from kycuong.plans.models import InspectionPlan

from ._drafts import add_local, draft_visit
from ._steps import name_on
from ._targets import Planned, sealing_for


@dataclass(frozen=True, slots=True)
class Seat:
    """A place on the team: an account, or only the position of somebody without one."""

    person: Person | None = None
    position: str = ""
    role: TeamRole = TeamRole.MEMBER
    drawn_in: UUID | None = None


@act
def open_inspection(
    *,
    by: Person,
    lead: Unit,
    form: str,
    title: str = "",
    topics: Sequence[Topic] = (),
    plan: InspectionPlan | None = None,
    decision_number: str = "",
    decision_on: date | None = None,
    opened_on: date | None = None,
    team: Sequence[Seat] = (),
    visits: Sequence[Planned] = (),
    sealed: bool = False,
    short_list: Iterable[Person] = (),
    members_from: datetime | None = None,
    notes: str = "",
    uid: UUID | None = None,
) -> Inspection:
    """Open an inspection. Repeating the call with the same uid returns the first one. What would tell where a sealed one
    goes (title, plan, topics, visits, notes) is written in its sealing and nowhere else."""
    authorize(by, "inspection.open", at=lead)
    if uid and (already := _opened_before(uid, lead, by)):
        return already
    rules.ensure_combined_has_topics(form, topics)
    rules.ensure_plan_is_of_the_lead(plan.agency_id if plan else None, lead.pk)
    day = opened_on or (today() if sealed else min([today(), *(visit.visited_on for visit in visits)]))
    name_on(lead, day)
    inspection = Inspection(uid=uid or uuid7(), lead=lead, form=form, title=title.strip(), plan=plan, opened_on=day)
    inspection.decision_number, inspection.decision_on = decision_number.strip(), decision_on
    inspection.created_by = by
    rows: list[Model] = []
    if sealed:
        told = {"title": title, "notes": notes, "topics": topics, "plan": plan, "members_from": members_from}
        _write_sealed(inspection, by)
        rows += _write_short_list(inspection, [by, *_heads(team), *short_list], by)
        rows.append(sealing_for(inspection, _distinct(visits), by=by, **told))  # type: ignore[arg-type]
    else:
        ensure_clean(inspection)
        inspection.save(force_insert=True)
        rows += _write_topics(inspection, topics)
        for visit in [draft_visit(inspection, by=by, planned=one) for one in _distinct(visits)]:
            rows += [visit, *add_local(visit)]
    record_many("inspection.open", [inspection, *rows, *_write_team(inspection, team)], by=by)
    return inspection


@act
def cancel_inspection(inspection: Inspection, *, by: Person, reason: str) -> Inspection:
    """Cancel what was never signed. Its drafts stay as they are and count nowhere."""
    authorize(by, "inspection.cancel", at=inspection.lead)
    rules.ensure_reason(reason)
    inspection.refresh_from_db()
    rules.ensure_open(inspection)
    rules.ensure_none_signed(list(inspection.visits.values_list("state", flat=True)))
    moment = now()
    open_ones = Inspection.objects.filter(pk=inspection.pk).exclude(state=InspectionState.CANCELLED)
    if not open_ones.update(
        state=InspectionState.CANCELLED, cancelled_at=moment, cancelled_by=by, cancel_reason=reason
    ):
        raise Stale("Cuộc kiểm tra vừa được hủy.", en="The inspection has just been cancelled.")
    inspection.refresh_from_db()
    record("inspection.cancel", inspection, by=by, reason=reason)
    return inspection


def _write_sealed(inspection: Inspection, by: Person) -> None:
    """The row of a sealed inspection, checked whole and written without what would tell."""
    ensure_fresh("sealing.begin")  # an inspection that is opened in the open asks for no new proof
    rules.ensure_may_be_sealed(inspection.form)
    ensure_no_number_yet(inspection.decision_number, inspection.decision_on)
    inspection.sealed_at, inspection.sealed_by = now(), by
    ensure_clean(inspection)
    inspection.title, inspection.plan = "", None
    inspection.save(force_insert=True)


def _write_topics(inspection: Inspection, topics: Sequence[Topic]) -> list[Model]:
    link = Inspection.topics.through
    chosen = {topic.pk for topic in topics}
    return list(link.objects.bulk_create(link(inspection_id=inspection.pk, topic_id=pk) for pk in sorted(chosen)))


def _write_team(inspection: Inspection, team: Sequence[Seat]) -> list[Model]:
    if len(_heads(team)) + sum(seat.person is None and seat.role == TeamRole.HEAD for seat in team) > 1:
        raise BadInput(
            "Đoàn chỉ có một trưởng đoàn. Hãy sửa vai trò của những người còn lại.",
            en="A team has one head. Correct the role of the others.",
        )
    members: list[Model] = []
    for seat in team:
        member = TeamMember(inspection=inspection, person=seat.person, position=seat.position.strip(), role=seat.role)
        ensure_clean(member)
        member.save(force_insert=True)
        members.append(member)
    return members


def _heads(team: Sequence[Seat]) -> list[Person]:
    return [seat.person for seat in team if seat.person is not None and seat.role == TeamRole.HEAD]


def _write_short_list(inspection: Inspection, people: Iterable[Person], by: Person) -> list[Model]:
    listed = {person.pk: person for person in people}
    entries = [ShortListEntry(inspection=inspection, person=person, added_by=by) for person in listed.values()]
    return list(ShortListEntry.objects.bulk_create(entries))


def _opened_before(uid: UUID, lead: Unit, by: Person | None) -> Inspection | None:
    """What the same call opened when it was sent the first time; Stale where a key asks for what is sealed."""
    already = Inspection.objects.filter(uid=uid, lead=lead, created_by=by).first()
    if already and by is not None and not Inspection.objects.visible_to(by).filter(pk=already.pk).exists():
        raise Stale(
            "Mã này đã dùng cho một cuộc khác; hãy dùng một mã mới.", en="This uid was used before; take a new one."
        )
    return already


def _distinct(visits: Sequence[Planned]) -> list[Planned]:
    return list({(visit.unit.pk, visit.visited_on): visit for visit in visits}.values())
