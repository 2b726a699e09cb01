"""The draw itself: what the source said, a look at who was drawn, and the sealed inspection that comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kycuong.audit.log import act, record
from kycuong.core.clock import now, today
from kycuong.core.problems import RuleBroken
from kycuong.draws import rules
from kycuong.draws.models import Draw, DrawReader
from kycuong.draws.queries import basis_of, outcome_of, sealed
from kycuong.draws.rules import DrawState, Outcome, Purpose
from kycuong.inspections.actions import Planned, Seat
from kycuong.inspections.actions import open_inspection as open_it
from kycuong.inspections.models import Inspection
from kycuong.inspections.rules import Form, TeamRole
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person, Unit

from ._steps import change, ensure_reader


@act
def enter_beacon(draw: Draw, *, by: Person, beacon: str, again: str, version: int | None = None) -> Draw:
    """Record what the public source said; the draw follows at once and stays sealed."""
    authorize(by, "draw.conduct", at=draw.lead)
    ensure_reader(draw, by)
    value = rules.checked_beacon(beacon, again)
    rules.ensure_state(draw.state, DrawState.COMMITTED)
    rules.ensure_source_has_spoken(draw.source_on, today=today())
    outcome = sealed(draw, "sealed_outcome", Outcome(basis_of(draw).drawn_with(value)))
    drawn = {"state": DrawState.DRAWN, "beacon": value, "drawn_at": now(), "drawn_by": by, "sealed_outcome": outcome}
    change(draw, version=version, wanted=DrawState.COMMITTED, **drawn)
    record("draw.draw", draw, by=by)
    return draw


@act
def look_at_draw(draw: Draw, *, by: Person) -> Draw:
    """Open the sealed part to read it. Every look is an act of its own in the log."""
    authorize(by, "plan.see", at=draw.lead)
    ensure_reader(draw, by)
    record("draw.look", draw, by=by, op="read")
    return draw


@act
def open_drawn_inspection(
    draw: Draw,
    *,
    by: Person,
    visited_on: date,
    head: Person | None = None,
    members: Sequence[Person] = (),
    designated: Sequence[tuple[Unit, str]] = (),
    version: int | None = None,
) -> Inspection:
    """Open the sealed surprise inspection of the drawn units, for the short list of the draw. Units added by hand are
    published as such, with their reason."""
    authorize(by, "draw.conduct", at=draw.lead)
    ensure_reader(draw, by)
    draw.refresh_from_db()
    rules.ensure_state(draw.state, DrawState.DRAWN)
    held = draw.version if version is None else version
    outcome = outcome_of(draw)
    assert outcome is not None
    _ensure_not_opened(draw, outcome)
    for _unit, reason in designated:
        rules.ensure_reason(reason, "why_added")
    inspection = open_it(
        by=by,
        lead=draw.lead,
        form=Form.SURPRISE,
        team=_team(head, members),
        visits=[Planned(unit, visited_on, "short") for unit in _targets(outcome, designated, visited_on)],
        sealed=True,
        short_list=[entry.person for entry in DrawReader.objects.filter(draw=draw).select_related("person")],
    )
    added = [(str(unit.uid), unit.name_on(visited_on), reason.strip()) for unit, reason in designated]
    written = sealed(draw, "sealed_outcome", outcome.opened_as(str(inspection.uid), added))
    change(draw, version=held, wanted=DrawState.DRAWN, sealed_outcome=written)
    record("draw.open", draw, by=by)
    return inspection


def _team(head: Person | None, members: Sequence[Person]) -> list[Seat]:
    seats = [Seat(head, role=TeamRole.HEAD)] if head else []
    return seats + [Seat(person) for person in members if person != head]


def _targets(outcome: Outcome, designated: Sequence[tuple[Unit, str]], day: date) -> list[Unit]:
    """Drawn and designated units that exist on the day; one that ended since the commitment is not visited any more."""
    drawn = Unit.objects.filter(uid__in=[one.id for one in outcome.winners]).existing(on=day).distinct()
    added = [unit for unit, _reason in designated]
    if repeated := [unit for unit in added if str(unit.uid) in {one.id for one in outcome.winners}]:
        raise RuleBroken(
            f"{repeated[0]} đã được bốc trúng; không cần chỉ định thêm. Hãy để trống ô chỉ định.",
            en=f"{repeated[0]} was drawn already; do not designate it. Leave that box empty.",
        )
    return [*drawn.order_by("pk"), *added]


def _ensure_not_opened(draw: Draw, outcome: Outcome) -> None:
    if draw.purpose != Purpose.TARGETS:
        raise RuleBroken(
            "Lần bốc thăm này bốc người, không bốc đơn vị. Hãy mở cuộc kiểm tra rồi ghi những người trúng vào đoàn.",
            en="This draw is of people, not of units; open an inspection and put them on its team.",
        )
    if outcome.inspection:
        raise RuleBroken(
            "Cuộc kiểm tra từ lần bốc thăm này đã mở rồi. Hãy tìm cuộc ấy trong danh sách «Kiểm tra».",
            en="The inspection of this draw is open already; find it in the list of inspections.",
        )
