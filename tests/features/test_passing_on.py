"""What a reorganisation does to switches: units that were split, merged, dissolved, or have not begun."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kycuong.core.clock import today
from kycuong.core.problems import BadInput, RuleBroken
from kycuong.features.actions import switch_feature
from kycuong.features.authority import ensure_offered, off_at
from kycuong.features.queries import standings
from kycuong.features.rules import FEATURES
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.history import Draft, create_units, dissolve_unit, merge_units, move_unit, split_unit
from kycuong.orgs.models import Unit
from tests.desk import Desk

from .switching import REASON, switched

PART = "citizen_reports"


def merged(desk: Desk) -> Unit:
    old = [desk.units["commune"], desk.units["second_commune"]]
    with at_the_machine():
        merge_units(old, by=None, on=today(), into=Draft("Xã Mới", "commune_pc", desk.units["district"]))
    return old[0].heirs.exclude(heir=old[0]).get().heir


def test_a_unit_that_was_split_and_goes_on_says_nothing_for_the_new_one(desk: Desk) -> None:
    new = Draft("Xã A", "commune_pc", desk.units["other_district"])
    with at_the_machine():
        split_unit(desk.units["commune"], by=None, on=today(), into=[new], keep=True)
    switched(desk, PART, "commune")
    assert off_at(PART, [desk.units["commune"].pk])
    assert not off_at(PART, [Unit.objects.get(slug="xa-a").pk])


def test_a_unit_that_was_split_up_passes_its_switch_on_to_each(desk: Desk) -> None:
    switched(desk, PART, "commune")
    into = [Draft(name, "commune_pc", desk.units["district"]) for name in ("Xã A", "Xã B")]
    with at_the_machine():
        split_unit(desk.units["commune"], by=None, on=today(), into=into)
    born = [Unit.objects.get(slug=slug).pk for slug in ("xa-a", "xa-b")]
    assert set(off_at(PART, born)) == set(born)


def test_merged_pilots_remain_pilots(desk: Desk) -> None:
    switched(desk, PART, "province")
    for name in ("commune", "second_commune"):
        switched(desk, PART, name, "on")
    heir = merged(desk)
    assert not off_at(PART, [heir.pk, desk.units["commune"].pk])


@pytest.mark.parametrize("second", ["off", "above"])
def test_units_that_disagree_pass_nothing_on(desk: Desk, second: str) -> None:
    switched(desk, PART, "second_commune", "on")
    switched(desk, PART, "second_commune", second)
    switched(desk, PART, "commune", "on")
    switched(desk, PART, "province")
    assert off_at(PART, [merged(desk).pk])


def test_what_a_new_unit_began_with_can_be_left_to_the_unit_above(desk: Desk) -> None:
    for name in ("commune", "second_commune"):
        switched(desk, PART, name)
    heir = merged(desk)
    given = {"by": desk.people["aggregator"], "unit": heir, "reason": REASON}
    switch_feature(PART, setting="above", **given)
    assert not off_at(PART, [heir.pk])
    with pytest.raises(BadInput, match="đang để như vậy"):
        switch_feature(PART, setting="above", **given)


def test_for_a_unit_that_nobody_carries_on_the_ladder_of_its_last_day_decides(desk: Desk) -> None:
    dead, by = desk.units["other_district"], desk.people["aggregator"]
    with at_the_machine():
        move_unit(desk.units["other_commune"], by=None, on=today(), to=desk.units["district"])
        dissolve_unit(dead, by=None, on=today())
    assert not off_at(PART, [dead.pk])
    switched(desk, PART, "province")
    assert set(off_at(PART, [dead.pk, desk.units["commune"].pk])) == {dead.pk, desk.units["commune"].pk}
    with pytest.raises(RuleBroken, match="Tỉnh Thử Nghiệm"):
        ensure_offered(PART, at=dead)
    line = standings(dead)[list(FEATURES).index(PART)]
    assert (line.is_on, line.decided_at) == (False, "Tỉnh Thử Nghiệm")
    switch_feature(PART, by=by, unit=desk.units["province"], setting="on", reason=REASON)
    assert not off_at(PART, [dead.pk])


def test_a_unit_that_has_not_begun_is_told_when_it_does(desk: Desk) -> None:
    day = today() + timedelta(days=30)
    with at_the_machine():
        [born] = create_units([Draft("Xã Sau", "commune_pc", desk.units["district"])], by=None, on=day).born
    with pytest.raises(BadInput, match=f"chỉ hoạt động từ ngày {day:%d/%m/%Y}") as refused:
        switch_feature(PART, by=desk.people["aggregator"], unit=born, setting="off", reason=REASON)
    assert "has ended" not in refused.value.en
    switched(desk, PART, "district")
    assert off_at(PART, [born.pk]), "as on its first day"
