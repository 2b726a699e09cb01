"""The end of a draw: everything is published, or the draw is thrown away for all to see."""

from __future__ import annotations

from django.db.models import Model

from kycuong.audit.log import act, record, record_many
from kycuong.core.clock import now, today
from kycuong.draws import rules
from kycuong.draws.models import Draw, FrameRow, Winner
from kycuong.draws.queries import basis_of, outcome_of
from kycuong.draws.rules import UNREVEALED, Basis, DrawState, Outcome, Purpose
from kycuong.inspections.models import Inspection, Visit
from kycuong.inspections.queries import targets_to_come
from kycuong.inspections.rules import InspectionState, VisitState
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person, Unit

from ._steps import change, ensure_reader


@act
def reveal_draw(draw: Draw, *, by: Person, version: int | None = None) -> Draw:
    """Publish the nonce, the list, the weights and the winners: from here on anybody can repeat the draw."""
    authorize(by, "draw.conduct", at=draw.lead)
    ensure_reader(draw, by)
    draw.refresh_from_db()
    rules.ensure_state(draw.state, DrawState.DRAWN)
    held, basis, outcome = draw.version if version is None else version, basis_of(draw), outcome_of(draw)
    assert outcome is not None
    rules.ensure_nobody_warned(_sealed_left(draw, basis, outcome))
    signed = _all_signed(draw, basis, outcome)
    rules.ensure_may_reveal(all_signed=signed, reveal_by=draw.reveal_by, today=today())
    published = {"state": DrawState.REVEALED, "nonce": basis.nonce, "spec": basis.spec}
    change(draw, version=held, wanted=DrawState.DRAWN, revealed_at=now(), revealed_by=by, **published)
    record_many("draw.reveal", [draw, *_publish(draw, basis, outcome)], by=by)
    return draw


@act
def abandon_draw(draw: Draw, *, by: Person, reason: str) -> Draw:
    """Throw a draw away. It stays in the list with the reason: nobody draws again and again until the result pleases."""
    authorize(by, "draw.conduct", at=draw.lead)
    rules.ensure_reason(reason)
    draw.refresh_from_db()
    wanted = DrawState(draw.state) if draw.state in UNREVEALED else DrawState.COMMITTED
    given = {"abandoned_at": now(), "abandoned_by": by, "abandon_reason": reason.strip()}
    change(draw, version=None, wanted=wanted, state=DrawState.ABANDONED, **given)
    record("draw.abandon", draw, by=by, reason=reason.strip())
    return draw


def _all_signed(draw: Draw, basis: Basis, outcome: Outcome) -> bool:
    """Whether nobody is left who would be warned. A draw of inspectors waits for the units that it was made for."""
    if draw.purpose == Purpose.INSPECTORS:
        subjects = set(basis.spec["subjects"])
        visits = Visit.objects.filter(state=VisitState.SIGNED, visited_on__gte=draw.committed_at.date())
        seen = visits.filter(unit__uid__in=subjects).values_list("unit__uid", flat=True)
        return {str(uid) for uid in seen} == subjects
    inspection = Inspection.objects.filter(uid=outcome.inspection).first() if outcome.inspection else None
    if inspection is None:
        return False
    return inspection.state == InspectionState.CANCELLED or not targets_to_come(inspection=inspection)


def _sealed_left(draw: Draw, basis: Basis, outcome: Outcome) -> bool:
    """Whether a sealed visit of which the published lists would tell is still to be signed (figures.md, rule 5)."""
    if draw.purpose == Purpose.INSPECTORS:
        return not targets_to_come(lead=draw.lead).isdisjoint(basis.spec["subjects"])
    inspection = Inspection.objects.filter(uid=outcome.inspection).first() if outcome.inspection else None
    return inspection is not None and bool(targets_to_come(inspection=inspection))


def _publish(draw: Draw, basis: Basis, outcome: Outcome) -> list[Model]:
    """The sealed lists as rows, in the order that the proof tells them."""
    eligible, excluded = basis.frame["eligible"], basis.frame["excluded"]
    known = _known(draw, [*(one[0] for one in [*eligible, *excluded]), *(one[0] for one in outcome.designated)])
    rows = [
        FrameRow(
            draw=draw,
            name_then=basis.names[one],
            stratum=stratum,
            weight=weight,
            parts=basis.parts.get(one, {}),
            **known[one],
        )
        for one, stratum, weight in eligible
    ] + [FrameRow(draw=draw, name_then=basis.names[one], excluded=reason, **known[one]) for one, reason in excluded]
    won = [
        Winner(draw=draw, name_then=basis.names[one.id], stratum=one.stratum, key=one.key, **known[one.id])
        for one in outcome.winners
    ] + [Winner(draw=draw, name_then=name, designated=reason, **known[one]) for one, name, reason in outcome.designated]
    return [*FrameRow.objects.bulk_create(rows), *Winner.objects.bulk_create(won)]


def _known(draw: Draw, uids: list[str]) -> dict[str, dict[str, Unit | Person]]:
    """uid → the unit or the person, as the column that names it."""
    if draw.purpose == Purpose.INSPECTORS:
        return {str(person.uid): {"person": person} for person in Person.objects.filter(uid__in=uids)}
    return {str(unit.uid): {"unit": unit} for unit in Unit.objects.filter(uid__in=uids)}
