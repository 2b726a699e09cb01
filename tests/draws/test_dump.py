"""A dump of the whole database tells nothing of a sealed draw, and the same pages show other winners to nobody."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from kycuong.audit.models import AuditEntry
from kycuong.core.sealing import Keyring, SealBroken, keyring, new_key
from kycuong.draws import actions
from kycuong.draws.models import Draw
from kycuong.draws.queries import basis_of, outcome_of
from kycuong.draws.queries.sealed import about
from tests import drawing
from tests.desk import Desk
from tests.draws.test_actions import given

AsPerson = Callable[[Any], Client]


def dump(only: str = "") -> str:
    """Every value of every table, as text."""
    return "\n".join(
        str(value) for table in connection.introspection.table_names() if only in table for value in told(table)
    )


def told(table: str) -> Iterator[object]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        for row in cursor.fetchall():
            for value in row:
                yield bytes(value).decode(errors="replace") if isinstance(value, bytes | memoryview) else value


def logged() -> str:
    """What the log holds of draws: heads and bodies."""
    entries = AuditEntry.objects.filter(model__startswith="draws.").select_related("body")
    return "\n".join(bytes(entry.meta).decode() + bytes(entry.body.body).decode() for entry in entries)


def found(desk: Desk, draw: Draw, text: str) -> set[str]:
    """Which units of the list the text names, by uid or by name."""
    ids = {row[0] for row in basis_of(draw).frame["eligible"]}
    return {
        str(unit)
        for unit in desk.units.values()
        if str(unit.uid) in ids
        for word in (str(unit.uid), unit.uid.hex, str(unit))
        if word in text
    }


def test_a_dump_holds_neither_winners_nor_list_nor_nonce_until_the_reveal(desk: Desk) -> None:
    draw = drawing.drawn(**given(desk, ago=30))
    actions.look_at_draw(draw, by=desk.people["team_head"])
    basis = basis_of(draw)
    assert basis.nonce not in dump()
    assert found(desk, draw, dump("draws_") + logged()) == set()
    actions.reveal_draw(draw, by=desk.people["team_head"])
    assert basis.nonce in dump()
    assert len(found(desk, draw, dump("draws_") + logged())) == 3


def test_a_seal_opens_with_the_key_of_the_installation_in_its_own_row_only(desk: Desk) -> None:
    draw, other = drawing.drawn(**given(desk)), drawing.drawn(**given(desk))
    for sealed, place in (
        (draw.sealed_outcome, about(other, "sealed_outcome")),
        (draw.sealed_outcome, about(draw, "sealed_basis")),
    ):
        with pytest.raises(SealBroken):
            keyring().unseal(sealed, about=place)
    with pytest.raises(SealBroken):
        Keyring.read(new_key()).unseal(draw.sealed_outcome, about=about(draw, "sealed_outcome"))


@pytest.mark.parametrize("who", ["aggregator", "leader", "records_clerk", "team_member"])
def test_other_winners_change_no_page_of_whoever_is_off_the_short_list(
    desk: Desk, as_person: AsPerson, who: str
) -> None:
    draw = drawing.drawn(**given(desk))
    client, seen = as_person(desk.people[who]), []
    for _world in range(2):
        seen.append([client.get(place).content.decode() for place in places(draw)])
        assert found(desk, draw, json.dumps(seen, ensure_ascii=False)) == set()
        turn(draw)
    assert [without_token(page) for page in seen[0]] == [without_token(page) for page in seen[1]]


def places(draw: Draw) -> list[str]:
    return [
        "/draws/",
        f"/draws/{draw.uid}/",
        f"/draws/{draw.uid}/proof.json",
        f"/api/v1/draws/{draw.uid}",
        "/api/v1/draws",
    ]


def turn(draw: Draw) -> None:
    """The other world: the same draw with somebody else drawn, and opened already."""
    basis, outcome = basis_of(draw), outcome_of(draw)
    assert outcome is not None
    [loser, *_] = [one for one in basis.frame["eligible"] if one[0] != outcome.winners[0].id]
    written = outcome.written().replace(outcome.winners[0].id, loser[0])
    sealed = keyring().seal(written, about=about(draw, "sealed_outcome"))
    Draw.objects.filter(pk=draw.pk).update(sealed_outcome=sealed, version=draw.version + 1)


def without_token(body: str) -> str:
    return "\n".join(line for line in body.splitlines() if "csrfmiddlewaretoken" not in line)
