"""Every wish that is accepted can be laid out, however small: without a database."""

from __future__ import annotations

from random import Random

import pytest
from vietnam_provinces import Province, Ward

from kycuong.nation import facts
from kycuong.nation.ground import Ground
from kycuong.nation.structure import Founding
from kycuong.nation.wishes import Wish, checked, sizes_of
from kycuong.orgs.models import Unit

EACH = (*range(8, 33), 40, 47, 48, 64, 96, 200)
"""Units of a province."""


def laid_out(province: Province, units: int) -> tuple[Ground, set[str]]:
    """The province before its reforms, and the keys of its first units."""
    wish = checked(Wish(provinces=1, units=units))
    sizes = sizes_of(wish, sum(1 for _ in Ward.iter_by_province(province.code)))
    ground = Ground(province, sizes, Random(f"1/{province.code.value}"), Unit(slug="ca-nuoc"))
    founding = Founding(ground)
    founding.lay_out()
    return ground, set(founding.drafts)


@pytest.mark.parametrize("province", list(Province.iter_all()), ids=lambda province: province.code.value)
def test_every_small_province_has_what_its_reforms_ask_for(province: Province) -> None:
    for units in EACH:
        ground, there = laid_out(province, units)
        places = range(len(ground.old_provinces))
        assert len(ground.communes) >= 2
        for place in places:
            for number, (_today, before) in enumerate(facts.DEPARTMENTS[: ground.sizes.departments]):
                assert {f"p{place}/d{number}.{part}" for part in range(len(before))} <= there
            assert ground.division_to_split(place) in {None, *there}
            risen = ground.commune_to_raise(place)
            assert risen in {None, *there, *ground.halves}
            assert (risen is None) == (not any(district.place == place for district in ground.districts))
        old = [key for commune in ground.communes for key in commune.old]
        assert sorted(old) == sorted(key for district in ground.districts for key in district.communes)
        assert {half for key in old for half in ground.halves.get(key, (key,))} <= there


def test_provinces_without_a_commune_or_a_division_are_among_them() -> None:
    """Or nothing of this were tried: the smallest Phú Thọ has two communes for three old provinces."""
    phu_tho = next(province for province in Province.iter_all() if province.code.value == 25)
    ground, _there = laid_out(phu_tho, 8)
    assert [ground.commune_to_raise(place) is None for place in range(3)] == [False, False, True]
    assert None in [ground.division_to_split(place) for place in range(3)]
