"""Loading: the same wish makes the same nation, a load that was stopped goes on, and nothing is written over anything else."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from kycuong.audit.log import record
from kycuong.audit.models import BulkLoad
from kycuong.core.problems import BadInput, RuleBroken
from kycuong.followup.models import Recommendation
from kycuong.inspections.models import Inspection, Visit
from kycuong.inspections.queries import lives_of
from kycuong.nation import facts, following, load
from kycuong.nation.ground import Ground
from kycuong.nation.load import ensure_alone, load_nation
from kycuong.nation.structure import build_province
from kycuong.nation.wishes import Wish, share, sizes_of
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.history import Draft, create_units
from kycuong.orgs.history.derive import differences
from kycuong.orgs.imports.catalogue import province_called
from kycuong.orgs.models import Person, Unit
from tests.audit.watch import looking_away

from .digest import digest

pytestmark = pytest.mark.django_db
TINY = Wish(provinces=2, units=32, visits=40, years=2, seed=3)
TINY_IS = "212b9017efcd32c06cb0ef5f21176de41fd5cb52e03fc2d070d76a68776244b5"
"""The digest of the tiny nation, on both databases and on every day. It is another one when the generator, its profiles or the catalogue change."""


def made(wish: Wish) -> str:
    """The digest of a nation that is gone again afterwards."""
    with looking_away(), transaction.atomic():
        load_nation(wish)
        found = digest()
        transaction.set_rollback(True)
    return found


def test_the_same_wish_makes_the_same_nation_and_another_seed_another_one() -> None:
    assert made(TINY) == TINY_IS
    assert made(Wish(**{**TINY.as_dict(), "seed": 4})) != TINY_IS


def test_it_is_the_same_on_another_day(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (load, following):
        monkeypatch.setattr(module, "today", lambda: date(2032, 2, 29))
    assert made(TINY) == TINY_IS


def test_a_load_that_was_stopped_goes_on_and_ends_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    told = 0
    noted = load.record

    def stop_at_the_sixth(*args: Any, **kwargs: Any) -> Any:
        nonlocal told
        told += 1
        if told == 6:
            raise KeyboardInterrupt
        return noted(*args, **kwargs)

    with looking_away():
        monkeypatch.setattr(load, "record", stop_at_the_sixth)
        with pytest.raises(KeyboardInterrupt):
            load_nation(TINY)
        assert 0 < Visit.objects.count() < TINY.visits
        pieces = BulkLoad.objects.count()
        monkeypatch.setattr(load, "record", noted)
        assert load_nation(TINY) == TINY.visits - 10
        assert BulkLoad.objects.count() > pieces == 5
        assert Visit.objects.count() == TINY.visits
        assert digest() == TINY_IS
        assert load_nation(TINY) == 0


def test_units_or_people_that_are_there_stop_it() -> None:
    Unit.objects.create(slug="co-san")
    with pytest.raises(RuleBroken, match="cơ sở dữ liệu trống"):
        load_nation(TINY)
    assert not BulkLoad.objects.exists()


def test_a_person_that_is_there_stops_it() -> None:
    Person.objects.create_user("ai-do", "mot-mat-khau-dai")
    with pytest.raises(RuleBroken, match="trống"):
        load_nation(TINY)


def test_another_wish_and_the_work_of_people_stop_it() -> None:
    with looking_away():
        load_nation(TINY)
    with pytest.raises(RuleBroken, match="--visits 40"):
        load_nation(Wish(**{**TINY.as_dict(), "visits": 50}))
    assert load_nation(TINY) == 0
    with looking_away(), transaction.atomic():
        record("unit.look", Unit.objects.latest("pk"), by=None, op="read")
        with pytest.raises(RuleBroken, match="đã có việc khác .*orgs.Unit"):
            load_nation(TINY)
        transaction.set_rollback(True)
    Inspection.objects.create(lead=Unit.objects.latest("pk"), form="planned")
    with pytest.raises(RuleBroken, match="Đã có người ghi"):
        load_nation(TINY)


def test_work_between_two_pieces_is_seen_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not only at the end: whoever worked while a load ran is found by the next one."""

    def and_somebody_works(*args: Any, **kwargs: Any) -> Any:
        made = write(*args, **kwargs)
        if made:
            with transaction.atomic():
                record("unit.look", Unit.objects.earliest("pk"), by=None, op="read")
        return made

    write = load._once
    monkeypatch.setattr(load, "_once", and_somebody_works)
    with looking_away():
        load_nation(Wish(provinces=1, units=8, visits=1, years=1))
    with pytest.raises(RuleBroken, match="đã có việc khác"):
        load_nation(Wish(provinces=1, units=8, visits=1, years=1))


def test_of_two_loads_at_once_the_second_writes_no_piece_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """While it waited for its turn the other one wrote the piece."""

    def wait_for_the_other() -> None:
        BulkLoad.objects.create(piece="mảnh", rows={}, wish=TINY.as_dict())

    def write() -> dict[str, list[int]]:
        raise AssertionError("written again")

    monkeypatch.setattr(load, "take_turns", wait_for_the_other)
    assert load._once("mảnh", TINY, write) is False


def test_where_others_come_in_nothing_is_loaded(settings: Any) -> None:
    settings.ALLOWED_HOSTS, settings.ADDRESS, settings.HTTPS = ["localhost", "127.0.0.1"], "127.0.0.1", False
    ensure_alone()
    for name, value in (("ALLOWED_HOSTS", ["kycuong.langson.example"]), ("ADDRESS", "0.0.0.0"), ("HTTPS", True)):
        before = getattr(settings, name)
        setattr(settings, name, value)
        with pytest.raises(RuleBroken, match="mật khẩu ai cũng biết"):
            call_command("load", "national", "--provinces", "1", "--units", "8", "--visits", "1")
        setattr(settings, name, before)
    assert not Unit.objects.exists()


@pytest.mark.parametrize(
    ("name", "value"), [("provinces", 35), ("provinces", 0), ("units", 15), ("visits", 0), ("years", 11), ("seed", -1)]
)
def test_what_cannot_be_wished_for_is_told_by_name(name: str, value: int) -> None:
    with pytest.raises(BadInput, match=f"{name}|tỉnh cần"):
        load_nation(Wish(**{**TINY.as_dict(), name: value}))
    assert not Unit.objects.exists()


def test_sixty_three_provinces_became_thirty_four() -> None:
    assert sum(map(len, facts.MERGED_FROM.values())) + (34 - len(facts.MERGED_FROM)) == 63
    assert len(set().union(*facts.MERGED_FROM.values())) == 52


@pytest.mark.parametrize("units", [8, 40])
def test_a_province_of_three_is_built_however_small(units: int) -> None:
    """With fewer communes than old provinces, one of these has none."""
    province, wish = province_called("Phú Thọ"), Wish(provinces=1, units=units)
    with looking_away(), at_the_machine():
        top = create_units([Draft("Cả nước", "nation", None)], by=None, on=facts.BEGINNING).born[0]
        built = build_province(Ground(province, sizes_of(wish, 148), Random(1), top))
    assert differences() == []
    there = Unit.objects.existing(on=date(2025, 12, 31)).exclude(pk=top.pk)
    assert len(there) >= units
    assert {built["p0"], built["p1"], built["p2"]}.isdisjoint(there)


def test_nothing_is_open_at_a_unit_that_has_ended() -> None:
    """As in the product, where a reorganisation passes open recommendations on before a unit ends."""
    with looking_away():
        load_nation(Wish(provinces=1, units=24, visits=1200, years=1, seed=3))
    ends = {unit: life.spans[-1][1] for unit, life in lives_of(Unit.objects.values_list("pk", flat=True)).items()}
    rows = Recommendation.objects.values_list("unit_id", "settled_on", "issued_on")
    at_ended = [(ends[unit], settled, issued) for unit, settled, issued in rows if ends[unit] <= date(2025, 12, 31)]
    assert len(at_ended) > 10
    assert all(settled and issued < end and settled < end for end, settled, issued in at_ended)


def test_shares_add_up() -> None:
    assert sum(share(1003, 34, place) for place in range(34)) == 1003
    for units in (8, 60, 500, 3000):
        sizes = sizes_of(Wish(provinces=1, units=units), 98)
        assert sizes.communes + sizes.departments + sizes.divisions + sizes.services + 1 == units
