"""Conflicts of interest: declared by each member, accepted by the leader's side, kept in a standing register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kycuong.audit.log import act, record, record_many
from kycuong.core.checks import ensure_clean, refresh
from kycuong.core.clock import now, today
from kycuong.core.problems import BadInput, RuleBroken, Stale
from kycuong.inspections import authority, rules
from kycuong.inspections.models import ConflictDeclaration, ConflictWaiver, Inspection, StandingRecusal
from kycuong.inspections.rules import conflicts, teams
from kycuong.inspections.rules.conflicts import ConflictKind
from kycuong.orgs.authority import authorize, can, persons_in
from kycuong.orgs.models import Person, Unit
from kycuong.orgs.rules import FOREVER

from ._steps import ensure_may_join


@dataclass(frozen=True, slots=True)
class Declared:
    """One tie to one unit."""

    kind: str
    unit: Unit | None
    note: str = ""


@act
def declare_conflicts(
    inspection: Inspection, *, by: Person, ties: Sequence[Declared] = (), nothing: bool = False
) -> list[ConflictDeclaration]:
    """Declare what ties oneself to units of the inspection, or that nothing does. Declared again, it takes the place of
    before; a tie once declared stays, for it is the leader's side that frees from it."""
    authority.authorize(by, "conflict.declare", at=inspection)
    ensure_may_join(inspection, by)
    refresh(inspection)
    teams.ensure_team_may_change(inspection.state)
    conflicts.ensure_declared(nothing, [tie.kind for tie in ties], [tie.unit.pk if tie.unit else None for tie in ties])
    before = authority.opened_ties(ConflictDeclaration.objects.filter(inspection=inspection, person=by))
    still = {(tie.kind, tie.unit.pk) for tie in ties if tie.unit}
    gone = [row for row in before if row.kind != ConflictKind.NONE and (row.kind, row.unit_id) not in still]
    conflicts.ensure_not_taken_back([f"{row.get_kind_display().lower()}: {row.unit}" for row in gone])
    record_many("conflict.declare", before, by=by, op="delete")
    for row in before:
        row.delete()
    said = list(ties) or [Declared(ConflictKind.NONE, None)]
    rows = [_declaration(inspection, by, tie) for tie in said]
    for row in rows:
        ensure_clean(row)
        row.save(force_insert=True)
    record_many("conflict.declare", rows, by=by)
    return rows


def _declaration(inspection: Inspection, by: Person, tie: Declared) -> ConflictDeclaration:
    row = ConflictDeclaration(inspection=inspection, person=by, kind=tie.kind, unit=tie.unit, note=tie.note.strip())
    if inspection.sealed_at is not None and tie.unit is not None:
        ensure_clean(row)  # in plain, so that its faults are told in words
        row.sealed_tie = authority.sealed_tie(row, tie.unit, row.note)
        row.unit, row.note = None, ""
    return row


@act
def waive_conflict(inspection: Inspection, *, by: Person, person: Person, unit: Unit, reason: str) -> ConflictWaiver:
    """Accept what is known to tie somebody to a unit, with the reason. What becomes known later is not accepted by it."""
    authorize(by, "conflict.waive", at=inspection.lead)
    ensure_may_join(inspection, by)
    refresh(inspection)
    teams.ensure_team_may_change(inspection.state)
    rules.ensure_reason(reason)
    places = set(inspection.visits.filter(unit=unit).values_list("unit_id", "visited_on"))
    found = [one for one in authority.conflicts_at(inspection, [person.pk], places) if one.is_open]
    conflicts.ensure_waivable(there=bool(found), own=person in persons_in(by, "conflict.waive", at=inspection.lead))
    waiver = ConflictWaiver.objects.filter(inspection=inspection, person=person, unit=unit).first()
    waiver = waiver or ConflictWaiver(inspection=inspection, person=person, unit=unit)
    waiver.covers = sorted({tie.mark for one in found for tie in one.ties})
    waiver.reason, waiver.waived_at, waiver.waived_by = reason.strip(), now(), by
    ensure_clean(waiver)
    waiver.save()
    record("conflict.waive", waiver, by=by)
    return waiver


@act
def add_recusal(
    *,
    by: Person,
    authority: Unit,
    person: Person,
    unit: Unit,
    kind: str,
    note: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> StandingRecusal:
    """Put somebody on the standing register: by whoever keeps it, or by the person, who speaks in nobody's stead."""
    # whoever records there, were it by a role that was lent, says what ties him: no right of the principal's is needed for it
    if person != by or not can(by, "visit.record", at=authority):
        authorize(by, "conflict.declare" if person == by else "recusal.keep", at=authority)
    begins, ends = valid_from or today(), valid_to or FOREVER
    conflicts.ensure_recusal_in_order(begins, ends, kind)
    same = StandingRecusal.objects.filter(person=person, unit=unit, kind=kind, valid_from__lt=ends, valid_to__gt=begins)
    if same.exists():
        raise BadInput(
            f"{person} đã có trong danh sách hồi tị đối với {unit} trong thời gian này.",
            en=f"{person} is on the register for {unit} in that time already.",
        )
    recusal = StandingRecusal(
        authority=authority, person=person, unit=unit, kind=kind, note=note.strip(), created_by=by
    )
    recusal.valid_from, recusal.valid_to = begins, ends
    ensure_clean(recusal)
    recusal.save(force_insert=True)
    record("recusal.add", recusal, by=by)
    return recusal


@act
def end_recusal(recusal: StandingRecusal, *, by: Person) -> StandingRecusal:
    """From today on it holds no more. It ends by whoever keeps the register: nobody frees himself."""
    authorize(by, "recusal.keep", at=recusal.authority)
    refresh(recusal)
    if recusal.person_id in {one.pk for one in persons_in(by, "recusal.keep", at=recusal.authority)}:
        raise RuleBroken(
            "Không ai tự chấm dứt hồi tị của chính mình. Hãy nhờ cán bộ giữ danh sách khác.",
            en="Nobody ends a recusal of his own; ask another keeper of the register.",
        )
    held, end = recusal.valid_to, max(today(), recusal.valid_from)
    if held <= end:
        raise RuleBroken("Hồi tị này đã hết hiệu lực.", en="This recusal has ended already.")
    if end == recusal.valid_from:
        record("recusal.end", recusal, by=by, op="delete")
        recusal.delete()
        return recusal
    if not StandingRecusal.objects.filter(pk=recusal.pk, valid_to=held).update(valid_to=end):
        raise Stale("Hồi tị này vừa được người khác sửa.", en="Somebody else has just changed this recusal.")
    refresh(recusal)
    record("recusal.end", recusal, by=by)
    return recusal
