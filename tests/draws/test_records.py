"""What weighs in a frame: the last signed visit, open and repeated findings, and those of units carried on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kycuong.core.clock import today
from kycuong.draws.queries import records_of, units_frame
from kycuong.draws.queries.records import whole_months
from kycuong.draws.rules import Record
from kycuong.inspections.actions import Planned, confirm_remedy
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.history import Draft, merge_units
from tests.desk import YESTERDAY, Desk

FAIL = {"D3": {"outcome": "fail", "finding": "Chưa có biển tên."}}


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2026, 1, 31), date(2026, 2, 28), 0),
        (date(2025, 11, 25), date(2026, 11, 25), 12),
        (date(2025, 11, 26), date(2026, 11, 25), 11),
    ],
)
def test_months_are_whole(start: date, end: date, months: int) -> None:
    assert whole_months(start, end) == months


def test_only_signed_minutes_move_a_weight(desk: Desk) -> None:
    unit = desk.units["commune"].pk
    assert records_of([unit], today())[unit] == Record(None)
    visit = desk.answered(desk.visit(sealed=True), **FAIL)
    assert records_of([unit], today())[unit] == Record(None)
    desk.sign(visit)
    assert records_of([unit], today())[unit] == Record(0, open_findings=1)
    confirm_remedy(visit.findings.get(), by=desk.people["team_head"], remedied_on=YESTERDAY)
    assert records_of([unit], today())[unit] == Record(0)


def test_a_finding_that_comes_back_is_a_repeat(desk: Desk) -> None:
    unit = desk.units["commune"]
    for days in (40, 20):
        visit = desk.visit(visits=[Planned(unit, today() - timedelta(days=days), "short")])
        desk.sign(desk.answered(visit, **FAIL))
    assert records_of([unit.pk], today())[unit.pk].repeated_findings == 1


def test_the_lead_itself_and_other_kinds_are_not_in_the_frame(desk: Desk) -> None:
    frame = units_frame(
        area=desk.units["province"],
        lead=desk.units["department"],
        kinds=["commune_pc", "provincial_department", "province"],
        day=today(),
        excluded={},
        complaints={},
    )
    assert sorted(frame.names.values()) == ["Xã Bình Minh, Huyện Đông", "Xã Hoàng Đồng, Huyện Đông", "Xã Xa, Huyện Tây"]
    assert frame.available == {"commune_pc": 3}


def test_a_new_unit_carries_on_the_visits_of_those_it_was_merged_from(desk: Desk) -> None:
    desk.sign(desk.answered(desk.visit(visits=[Planned(desk.units["commune"], YESTERDAY, "short")]), **FAIL))
    into = Draft("Xã Hợp Nhất", "commune_pc", desk.units["district"])
    both = [desk.units["commune"], desk.units["second_commune"]]
    with at_the_machine():
        [born] = merge_units(both, by=None, on=today(), into=into).born
    assert records_of([born.pk], today())[born.pk] == Record(0, open_findings=1)
