"""Loading: the same wish makes the same nation, a load that was stopped goes on, and nothing is written over anything else."""

from __future__ import annotations

import hashlib
from datetime import date
from random import Random
from typing import Any

import pytest
from django.db import transaction

from kycuong.audit.models import BulkLoad
from kycuong.core.problems import BadInput, RuleBroken
from kycuong.followup.models import Recommendation
from kycuong.inspections.models import Finding, Inspection, Visit
from kycuong.inspections.queries import lives_of
from kycuong.nation import facts, load
from kycuong.nation.ground import Ground
from kycuong.nation.load import load_nation
from kycuong.nation.structure import build_province
from kycuong.nation.wishes import Wish, share, sizes_of
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.history import Draft, create_units
from kycuong.orgs.history.derive import differences
from kycuong.orgs.imports.catalogue import province_called
from kycuong.orgs.models import Person, Unit, UnitVersion
from tests.audit.watch import looking_away

pytestmark = pytest.mark.django_db
TINY = Wish(provinces=2, units=32, visits=40, years=2, seed=3)


def fingerprint() -> str:
    """Everything that does not hang on numbers that the database gives."""
    digest = hashlib.sha256()
    visits = Visit.objects.order_by("pk").values_list(
        "uid", "unit__slug", "inspection__lead__slug", "visited_on", "state"
    )
    findings = Finding.objects.order_by("pk").values_list("uid", "criterion_code", "due_on", "remedied_on")
    for rows in (visits, findings, UnitVersion.objects.order_by("pk").values_list("unit__slug", "name", "valid_from")):
        digest.update(repr(list(rows)).encode())
    return digest.hexdigest()


def made(wish: Wish) -> str:
    """The fingerprint of a nation that is gone again afterwards."""
    with looking_away(), transaction.atomic():
        load_nation(wish)
        found = fingerprint()
        transaction.set_rollback(True)
    return found


def test_the_same_wish_makes_the_same_nation_and_another_seed_another_one() -> None:
    first = made(TINY)
    assert made(TINY) == first
    assert made(Wish(**{**TINY.as_dict(), "seed": 4})) != first


def test_a_load_that_was_stopped_goes_on_and_ends_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    whole, told = made(TINY), 0
    record = load.record

    def stop_at_the_sixth(*args: Any, **kwargs: Any) -> Any:
        nonlocal told
        told += 1
        if told == 6:
            raise KeyboardInterrupt
        return record(*args, **kwargs)

    with looking_away():
        monkeypatch.setattr(load, "record", stop_at_the_sixth)
        with pytest.raises(KeyboardInterrupt):
            load_nation(TINY)
        assert 0 < Visit.objects.count() < TINY.visits
        pieces = BulkLoad.objects.count()
        monkeypatch.setattr(load, "record", record)
        assert load_nation(TINY) == TINY.visits - 10
        assert BulkLoad.objects.count() > pieces == 5
        assert Visit.objects.count() == TINY.visits
        assert fingerprint() == whole
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
    Inspection.objects.create(lead=Unit.objects.latest("pk"), form="planned")
    with pytest.raises(RuleBroken, match="Đã có người ghi"):
        load_nation(TINY)


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
