"""What earlier visits say while a visit is written: a repeat at once, the last result only after the answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from kycuong.inspections import actions
from kycuong.inspections.actions import Planned
from kycuong.inspections.models import Visit
from kycuong.inspections.queries import earlier_results
from kycuong.inspections.rules import is_within_span
from kycuong.orgs.history import Draft, merge_units
from tests.desk import FULL_HOUSE, YESTERDAY, Desk, passing

AsPerson = Callable[[Any], Client]
FAILED = {"outcome": "fail", "finding": "Chưa có biển tên ở bàn làm việc"}
EARLIER = YESTERDAY - timedelta(days=60)


def earlier(desk: Desk, *, on: date = EARLIER, number: str = "7/BB", sign: bool = True, **given: Any) -> Visit:
    """A visit at which D3 failed."""
    unit = given.pop("unit", desk.units["commune"])
    visit = desk.answered(desk.visit(visits=[Planned(unit, on, "short")], **given), D3=FAILED)
    if sign:
        desk.sign(visit, number=number)
    visit.refresh_from_db()
    return visit


def place(text: str, code: str) -> str:
    """The part of the page about one criterion."""
    return re.split(r'id="criterion-', text.split(f'id="criterion-{code}"')[1])[0]


@pytest.mark.parametrize(
    ("first", "within"),
    [("2024-03-15", True), ("2024-03-14", False), ("2026-03-14", True), ("2026-03-15", False), ("2026-03-16", False)],
)
def test_a_repeat_lies_within_two_years_before(first: str, within: bool) -> None:
    assert is_within_span(date.fromisoformat(first), date(2026, 3, 15)) is within


def test_the_page_holds_both_back_until_there_is_an_answer(desk: Desk, as_person: AsPerson) -> None:
    old, visit, page = earlier(desk), desk.visit(), as_person(desk.people["team_member"])
    fresh = place(page.get(visit.get_absolute_url()).content.decode(), "D3")
    assert re.search(r"data-repeat\s+hidden", fresh)
    assert re.search(r"data-before\s+data-told\s+hidden", fresh)
    desk.answered(visit, D3=FAILED)
    shown = place(page.get(visit.get_absolute_url()).content.decode(), "D3")
    assert re.search(r"data-repeat>", shown)
    assert f"đã ghi ngày {EARLIER:%d/%m/%Y}, biên bản số 7/BB" in shown
    assert old.get_absolute_url() in shown
    desk.answered(visit)
    passed = place(page.get(visit.get_absolute_url()).content.decode(), "D3")
    assert re.search(r"data-repeat\s+hidden", passed)
    assert re.search(r"data-before\s+data-told>", passed)
    assert "không đạt" in passed


def test_the_minutes_and_the_api_tell_of_a_repeat(desk: Desk, as_person: AsPerson) -> None:
    old = earlier(desk)
    visit = desk.answered(desk.visit(), D3=FAILED)
    head = as_person(desk.people["team_head"])
    told = head.get(f"/api/v1/visits/{visit.uid}").json()["repeats"]
    assert told == [
        {"criterion_code": "D3", "visit": str(old.uid), "visited_on": EARLIER.isoformat(), "minutes_number": "7/BB"}
    ]
    assert "Tái phạm:" in head.get(f"/visits/{visit.uid}/signing/").content.decode()
    desk.sign(visit)
    assert "Tái phạm:" in head.get(f"/visits/{visit.uid}/minutes/").content.decode()
    assert "Tái phạm:" not in head.get(f"/visits/{visit.uid}/minutes/?print=1").content.decode()
    desk.answered(other := desk.visit())
    assert head.get(f"/api/v1/visits/{other.uid}").json()["repeats"] == []


def test_what_does_not_count_is_no_repeat(desk: Desk) -> None:
    head = desk.people["team_head"]
    earlier(desk, sign=False)
    earlier(desk, unit=desk.units["second_commune"])
    earlier(desk, on=YESTERDAY - timedelta(days=800))
    annulled = earlier(desk, on=EARLIER + timedelta(days=1))
    actions.annul_visit(annulled, by=desk.people["aggregator"], reason="Ghi nhầm đơn vị")
    found = earlier_results(desk.visit(), person=head)["D3"]
    assert found.repeat is None
    assert found.last is not None  # two years and more ago, yet the last there is
    assert found.outcome == "fail"


def test_nobody_learns_of_a_visit_that_they_may_not_see(desk: Desk, as_person: AsPerson) -> None:
    """The district's visit is nothing to a member of the department's team; the aggregator sees both."""
    visit = actions.open_inspection(
        by=desk.people["coordinator"], lead=desk.units["district"], form="surprise", team=[],
        visits=[Planned(desk.units["commune"], EARLIER, "short")],
    ).visits.get()  # fmt: skip
    desk_visit = desk.answered(desk.visit(), D3=FAILED)
    assert visit.inspection.lead != desk_visit.inspection.lead
    coordinator = desk.people["coordinator"]
    actions.record_answers(visit, by=coordinator, answers={**passing(visit), "D3": FAILED}, headcount=FULL_HOUSE)
    actions.sign_minutes(visit, by=coordinator, team_signatory="Trưởng đoàn", unit_signatory="Chủ tịch UBND xã")
    assert earlier_results(desk_visit, person=desk.people["team_member"]) == {}
    assert earlier_results(desk_visit, person=desk.people["aggregator"])["D3"].repeat == visit
    shown = as_person(desk.people["team_member"]).get(desk_visit.get_absolute_url()).content.decode()
    assert "Tái phạm" not in shown
    assert str(visit.uid) not in shown


def test_a_unit_carries_what_it_succeeded(desk: Desk) -> None:
    old = earlier(desk)
    with_it = [desk.units["commune"], desk.units["second_commune"]]
    into = Draft("Xã Đông Kinh", "commune_pc", desk.units["district"])
    on = YESTERDAY - timedelta(days=10)
    [heir] = merge_units(with_it, by=desk.people["aggregator"], on=on, into=into).born
    visit = desk.visit(visits=[Planned(heir, YESTERDAY, "short")])
    assert earlier_results(visit, person=desk.people["team_head"])["D3"].repeat == old
