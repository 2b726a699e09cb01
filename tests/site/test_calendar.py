"""The calendar: what is planned, done and due, each on its day, for those who may see it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kycuong.core.clock import today
from kycuong.inspections import actions
from kycuong.inspections.actions import Planned
from kycuong.inspections.models import Finding
from kycuong.plans.actions import Item, add_item, draft_plan, issue_plan
from kycuong.site.calendar import falling
from tests.desk import YESTERDAY, Desk

AsPerson = Callable[[Any], Client]
MONTH = YESTERDAY.replace(day=1)


def told(desk: Desk, who: str, *, of: date = MONTH, mine: bool = True) -> list[tuple[str, date | None, str]]:
    return [(line.what, line.day, line.tone) for line in falling(desk.people[who], of, mine=mine)]


def test_a_visit_stands_on_its_day_and_changes_with_it(desk: Desk) -> None:
    visit = desk.visit()
    assert told(desk, "team_head") == [("Chưa ký biên bản", YESTERDAY, "late")]
    assert told(desk, "unit_head") == [], "a unit learns of a visit by its minutes"
    desk.sign(desk.answered(visit))
    assert told(desk, "team_head") == told(desk, "unit_head") == [("Đã kiểm tra", YESTERDAY, "good")]
    assert told(desk, "outsider", mine=False) == []
    visit.refresh_from_db()
    actions.annul_visit(visit, by=desk.people["aggregator"], reason="Ghi nhầm đơn vị")
    assert told(desk, "team_head") == []


def test_terms_stand_on_their_days(desk: Desk) -> None:
    visit = desk.visit()
    answers = {"D3": {"outcome": "fail", "finding": "Chưa có biển tên"}, "D4": {"outcome": "fail", "finding": "Cũ"}}
    desk.sign(desk.answered(visit, **answers))
    due = Finding.objects.first()
    assert due
    assert due.due_on
    by_day: dict[Any, list[str]] = {}
    for month in {due.due_on.replace(day=1), MONTH}:
        for what, day, _tone in told(desk, "unit_head", of=month):
            by_day.setdefault(day, []).append(what)
    assert any(what.startswith("Hạn khắc phục") for what in by_day[due.due_on])
    conclusion = actions.draft_conclusion(visit.inspection.visits.get(), by=desk.people["team_head"])
    until = actions.share_conclusion(conclusion, by=desk.people["team_head"]).reply_until
    assert until
    assert ("Hết hạn đơn vị có ý kiến", until, "attention") in told(desk, "unit_head", of=until.replace(day=1))


def test_a_plan_stands_in_its_months_without_a_day(desk: Desk) -> None:
    planner, department = desk.people["aggregator"], desk.units["department"]
    plan = draft_plan(by=planner, agency=department, year=today().year)
    for said in (Item(unit=desk.units["commune"], month=3), Item(form="surprise", units_count=4, month=3)):
        add_item(plan, by=planner, said=said)
    march = date(today().year, 3, 1)
    assert told(desk, "aggregator", of=march, mine=False) == [], "a draft foresees nothing yet"
    issue_plan(plan, by=planner, issued_on=today(), number="1/KH")
    assert told(desk, "aggregator", of=march, mine=False) == [
        ("Kế hoạch: 1 đơn vị, 4 đơn vị chọn sau", None, "planned")
    ]
    assert told(desk, "team_head", of=march) == told(desk, "aggregator", of=march, mine=False)
    assert told(desk, "team_head", of=date(today().year, 4, 1)) == []


def test_a_sealed_visit_is_in_nobodys_calendar_before_it_is_signed(desk: Desk) -> None:
    """Not even in the short list's: a calendar lies open on a desk."""
    inspection = desk.open(sealed=True, visits=[Planned(desk.units["commune"], YESTERDAY, "short")])
    assert told(desk, "team_head", mine=False) == []
    assert inspection.sealed_at


def test_what_lies_below_is_shown_when_asked_for(desk: Desk) -> None:
    desk.open(by="coordinator", lead=desk.units["district"])
    assert told(desk, "aggregator") == []
    assert told(desk, "aggregator", mine=False) == [("Chưa ký biên bản", YESTERDAY, "late")]


def test_a_cancelled_inspection_is_not_in_the_way(desk: Desk) -> None:
    actions.cancel_inspection(desk.open(), by=desk.people["aggregator"], reason="Hoãn sang năm sau")
    assert told(desk, "team_head") == []


@pytest.mark.parametrize(
    ("asked", "status", "title"),
    [
        ({}, 200, f"{today():%m/%Y}"),
        ({"month": "2026-03"}, 200, "03/2026"),
        ({"day": "2026-03-31"}, 200, "03/2026"),
        ({"month": "2026-12", "whose": "all"}, 200, "12/2026"),
        ({"month": "2026-13"}, 422, f"{today():%m/%Y}"),
        ({"month": "٢٠٢٦-٠٣"}, 422, f"{today():%m/%Y}"),
        ({"month": "9999-12"}, 422, f"{today():%m/%Y}"),
        ({"month": "0001-01"}, 422, f"{today():%m/%Y}"),
        ({"day": "9999-12-31"}, 422, f"{today():%m/%Y}"),
        ({"day": "hôm qua"}, 422, f"{today():%m/%Y}"),
        ({"day": "2026-02-30"}, 422, f"{today():%m/%Y}"),
    ],
)
def test_any_month_may_be_asked_for(
    desk: Desk, as_person: AsPerson, asked: dict[str, str], status: int, title: str
) -> None:
    answer = as_person(desk.people["aggregator"]).get("/calendar/", asked)
    assert answer.status_code == status
    assert f"Lịch tháng {title}" in answer.content.decode()


def test_a_full_day_shows_some_and_leads_to_the_rest(desk: Desk, as_person: AsPerson) -> None:
    units = ["commune", "second_commune", "other_commune", "district", "other_district"]
    desk.open(visits=[Planned(desk.units[unit], YESTERDAY, "short") for unit in units])
    client = as_person(desk.people["team_head"])
    with CaptureQueriesContext(connection) as few:
        page = client.get("/calendar/", {"month": f"{YESTERDAY:%Y-%m}"}).content.decode()
    assert "và 2 việc nữa" in page
    assert ">Huyện Tây<" not in page
    assert client.get("/calendar/", {"day": YESTERDAY.isoformat()}).content.decode().count(">Huyện Tây<") == 1
    desk.open(visits=[Planned(desk.units[unit], YESTERDAY, "short") for unit in units])
    with CaptureQueriesContext(connection) as many:
        client.get("/calendar/", {"month": f"{YESTERDAY:%Y-%m}"})
    assert len(many) == len(few), "more lines, no more questions"
