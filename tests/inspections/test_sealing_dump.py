"""A dump of the whole database, and the folder of the product, name no target of a sealed inspection that waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from kycuong.core.clock import today
from kycuong.core.problems import NotAllowed
from kycuong.core.sealing import Keyring, SealBroken, keyring, new_key
from kycuong.inspections import actions
from kycuong.inspections.models import Inspection
from kycuong.inspections.queries import plan_of, sealing_of
from kycuong.inspections.queries.sealing import about_sealing
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.history import Draft, create_units
from kycuong.orgs.models import Unit
from tests.desk import BEGIN, DAY_TYPED, Desk

AsPerson = Callable[[Any], Client]
FAR = 987_650_000
"""So that the primary key of the target is a number that stands nowhere by chance."""
TITLE, NOTES = "Bất ngờ Phiêng Chư", "Gặp ở ngã ba Phiêng Chư"


def dump() -> str:
    """Every value of every table, the log's bodies and the sessions included, as text."""
    tables = connection.introspection.table_names()
    return "\n".join(str(value) for table in tables for value in told(table))


def told(table: str) -> Iterator[object]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        for row in cursor.fetchall():
            for value in row:
                yield bytes(value).decode(errors="replace") if isinstance(value, bytes | memoryview) else value


def files() -> Iterator[Path]:
    """What stands in the folder of the product, but for the key."""
    keys = Path(settings.SEALING_KEYS_FILE) if getattr(settings, "SEALING_KEYS_FILE", "") else None
    for path in Path(settings.HOME).rglob("*"):
        if path.is_file() and path != keys and "key" not in path.name:
            yield path


def target(desk: Desk) -> Unit:
    """A commune like no other."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = 'orgs_unit'", [FAR])
        else:
            cursor.execute("SELECT setval(pg_get_serial_sequence('orgs_unit', 'id'), %s)", [FAR])
    with at_the_machine():
        [unit] = create_units([Draft("Xã Phiêng Chư", "commune_pc", desk.units["district"])], by=None, on=BEGIN).born
    assert unit.pk > FAR
    return unit


def counts(unit: Unit) -> dict[str, int]:
    whole, words = (
        dump(),
        [str(unit.uid), unit.uid.hex, unit.slug, str(unit.pk), "Phiêng Chư", "phieng chu", TITLE, NOTES],
    )
    return {word: whole.count(word) for word in words}


def opened(desk: Desk, client: Client, unit: Unit) -> Inspection:
    """By the page, as people do it."""
    given = {"lead": "so-noi-vu", "form": "surprise", "checklist_form": "short", "sealed": "on", "title": TITLE, "notes": NOTES,
             "head": str(desk.people["team_head"].uid), "visits-TOTAL_FORMS": "1", "visits-INITIAL_FORMS": "0",
             "visits-0-unit": unit.slug, "visits-0-visited_on": DAY_TYPED}  # fmt: skip
    answer = client.post("/inspections/new/", given)
    assert answer.status_code == 302, answer.content.decode()
    return Inspection.objects.get()


def test_a_dump_names_no_target_before_its_visit_begins(desk: Desk, as_person: AsPerson) -> None:
    unit, head = target(desk), desk.people["team_head"]
    client = as_person(head)
    before = counts(unit)
    inspection = opened(desk, client, unit)
    place = f"/inspections/{inspection.uid}"
    client.get(f"{place}/")
    client.get("/mine/")
    assert TITLE in client.post(f"{place}/sealed/").content.decode()
    sealing = sealing_of(inspection)
    assert sealing is not None
    [first] = plan_of(sealing).waiting
    client.post(
        f"{place}/targets/", {"unit": unit.slug, "visited_on": f"{today():%d/%m/%Y}", "checklist_form": "short"}
    )
    client.post(f"{place}/targets/{first.key}/", {"unit": unit.slug, "visited_on": DAY_TYPED, "checklist_form": ""})
    client.post(f"{place}/targets/{first.key}/strike/", {"reason": f"Đường vào {unit} bị sạt lở"})
    client.post(f"{place}/release/", {"on": DAY_TYPED, "at": "07:30"})
    client.post(f"/api/v1/inspections/{inspection.uid}/sealed", {}, content_type="application/json")
    assert len(plan_of(sealing_of(inspection) or sealing).targets) == 2
    assert counts(unit) == before
    for path in files():
        content = path.read_bytes()
        assert not any(word.encode() in content for word in (TITLE, NOTES, "Phiêng Chư", unit.uid.hex)), path


def test_a_dump_tells_of_a_begun_visit(desk: Desk, as_person: AsPerson) -> None:
    """So that the test above can fail."""
    unit = target(desk)
    before = counts(unit)
    inspection = opened(desk, as_person(desk.people["team_head"]), unit)
    desk.begin(inspection)
    assert counts(unit)[str(unit.pk)] > before[str(unit.pk)]


def test_a_seal_opens_with_the_key_of_the_installation_in_its_own_row_only(desk: Desk) -> None:
    one, other = desk.open(sealed=True), desk.open(sealed=True)
    sealing = sealing_of(one)
    assert sealing is not None
    with pytest.raises(SealBroken):
        keyring().unseal(sealing.sealed_plan, about=about_sealing(other))
    with pytest.raises(SealBroken):
        Keyring.read(new_key()).unseal(sealing.sealed_plan, about=about_sealing(one))
    actions.look_at_sealing(one, by=desk.people["team_head"])


def test_a_dump_names_no_unit_that_is_declared_under_the_seal(desk: Desk, as_person: AsPerson) -> None:
    """Whoever has read where it goes declares just that; the tie holds none the less."""
    unit, head = target(desk), desk.people["team_head"]
    client = as_person(head)
    before = counts(unit)
    inspection = opened(desk, client, unit)
    place = f"/inspections/{inspection.uid}/declaration/"
    for note in ("Anh họ ở Phiêng Chư", "Chị họ ở Phiêng Chư"):
        said = {"kind-0": "kinship", "unit-0": unit.slug, "note-0": note}
        assert client.post(place, said).status_code == 302
    assert counts(unit) == before
    shown = client.get(place).content.decode()
    assert "Chị họ ở Phiêng Chư" in shown
    assert unit.slug in shown
    assert "data-keep=" not in shown
    with pytest.raises(NotAllowed, match="quan hệ gia đình"):
        desk.begin(inspection)
