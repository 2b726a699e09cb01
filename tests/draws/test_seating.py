"""People who were drawn are put on a team, with the trace back to the draw, and not before anybody may know of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from kycuong.core.problems import Missing, NotAllowed, RuleBroken
from kycuong.draws import actions
from kycuong.draws.models import Draw
from kycuong.inspections.models import Inspection
from tests import drawing
from tests.desk import Desk

AsPerson = Callable[[Any], Client]


def drawn(desk: Desk) -> Draw:
    """Both people of the department."""
    return drawing.people_drawn(by=desk.people["team_head"], lead=desk.units["department"], number=2)


def opened(desk: Desk, **given: Any) -> Inspection:
    return desk.open(**{"form": "planned", "visits": [], **given})


def test_whoever_was_drawn_joins_with_the_trace(desk: Desk, as_person: AsPerson) -> None:
    head, draw = desk.people["team_head"], drawn(desk)
    inspection = opened(desk)
    actions.reveal_draw(draw, by=head)
    client = as_person(head)
    assert "Đưa vào đoàn" in client.get(draw.get_absolute_url()).content.decode()
    answer = client.post(f"{draw.get_absolute_url()}team/", {"inspection": str(inspection.uid)}, follow=True)
    assert answer.redirect_chain[-1][0] == inspection.get_absolute_url()
    body = answer.content.decode()
    assert f'href="{draw.get_absolute_url()}">bốc thăm' in body
    assert inspection.get_absolute_url() in client.get(draw.get_absolute_url()).content.decode()
    seats = {seat.person: seat.drawn_in for seat in inspection.team.all()}
    assert seats == {head: None, desk.people["team_member"]: draw.uid}
    with pytest.raises(RuleBroken, match="đã ở trong đoàn"):
        actions.seat_drawn(draw, by=head, inspection=inspection)


def test_before_it_is_revealed_only_a_sealed_team_takes_them(desk: Desk, as_person: AsPerson) -> None:
    head, draw = desk.people["team_head"], drawn(desk)
    with pytest.raises(RuleBroken, match="chưa công bố"):
        actions.seat_drawn(draw, by=head, inspection=opened(desk))
    sealed = opened(desk, form="surprise", sealed=True)
    with pytest.raises(Missing):
        actions.seat_drawn(draw, by=desk.people["aggregator"], inspection=sealed)
    assert as_person(desk.people["aggregator"]).get(f"{draw.get_absolute_url()}team/").status_code == 404
    with pytest.raises(NotAllowed):
        actions.seat_drawn(draw, by=desk.people["team_member"], inspection=sealed)
    actions.seat_drawn(draw, by=head, inspection=sealed)
    assert sealed.team.filter(drawn_in=draw.uid).exists()
    for who in ("aggregator", "leader", "team_member"):
        assert "Đã vào đoàn" not in as_person(desk.people[who]).get(draw.get_absolute_url()).content.decode()


def test_a_draw_of_units_or_of_another_authority_puts_nobody_on_a_team(desk: Desk) -> None:
    head, by = desk.people["team_head"], {"by": desk.people["team_head"], "lead": desk.units["department"]}
    units = drawing.drawn(**by, area=desk.units["province"])
    with pytest.raises(RuleBroken, match="không bốc người"):
        actions.seat_drawn(units, by=head, inspection=opened(desk))
    draw = actions.reveal_draw(drawn(desk), by=head)
    theirs = desk.open(by="outsider", lead=desk.units["other_district"], form="planned", visits=[])
    with pytest.raises(RuleBroken, match="cơ quan khác chủ trì"):
        actions.seat_drawn(draw, by=head, inspection=theirs)
