"""The calendar is filled, corrected, confirmed; running deadlines move in the same transaction."""

from __future__ import annotations

from datetime import date

import pytest

from kycuong.audit.models import AuditEntry
from kycuong.core.problems import BadInput, NotAllowed, RuleBroken, Stale
from kycuong.deadlines.actions import (
    add_day_off,
    confirm_year,
    fill_year,
    remove_day_off,
    swap_days,
    withdraw_confirmation,
)
from kycuong.deadlines.models import CalendarDay, YearConfirmation
from kycuong.deadlines.queries import calendar_of, term_of
from kycuong.deadlines.rules import Moved, days_of_library
from kycuong.orgs.models import Person
from tests.desk import Desk

REACHES = f"{__name__}.reach"
REACHED: list[Person | None] = []
FAILING: list[Exception] = []


def reach(by: Person | None) -> list[Moved]:
    """A capability above, as it is named in the settings: one term that runs from 28 April 2027, 5 working days."""
    REACHED.append(by)
    if FAILING:
        raise FAILING.pop()
    return [Moved("Hạn trả lời", "/somewhere/", date(2027, 5, 6), term_of(date(2027, 4, 28), 5).due_on, 1)]


@pytest.fixture
def reached(settings) -> list[Person | None]:
    settings.DEADLINES_RUNNING = [REACHES]
    REACHED.clear()
    return REACHED


def off_in(year: int) -> list[date]:
    return sorted(calendar_of(date(year, 1, 1), date(year, 12, 31)).off)


def test_the_library_knows_the_years_as_they_were(desk: Desk) -> None:
    """The calendars of 2025 and 2026, as announced, day by day; the swap of 2/1/2026 came too late for the library."""
    by = desk.people["aggregator"]
    for year in (2025, 2026):
        fill_year(year, by=by)
    assert [f"{day:%d%m}" for day in off_in(2025)] == (
        "0101 2701 2801 2901 3001 3101 0102 0704 3004 0105 0205 0109 0209".split()
    )
    assert [f"{day:%d%m}" for day in off_in(2026)] == (
        "0101 1602 1702 1802 1902 2002 2604 2704 3004 0105 3108 0109 0209 2411".split()
    )
    rows = {row.day: row for row in CalendarDay.objects.all()}
    assert rows[date(2026, 4, 27)].kind == "compensatory"
    assert rows[date(2026, 8, 31)].exchanged_for == date(2026, 8, 22)
    assert (rows[date(2026, 8, 22)].kind, rows[date(2026, 8, 22)].name) == ("worked", "Làm bù cho ngày 31/08/2026")
    assert {row.source for row in rows.values()} == {"library"}
    assert term_of(date(2026, 2, 13), 1).words.endswith("16/02–20/02 (Tết Nguyên Đán) → 23/02/2026")
    assert term_of(date(2026, 8, 20), 3).due_on == date(2026, 8, 24)  # Friday, the Saturday that is worked, Monday


def test_a_swap_over_the_new_year_stands_in_both_years() -> None:
    assert [one.exchanged_for for one in days_of_library(2018) if one.kind == "swapped"] == [date(2019, 1, 5)]
    assert [one.exchanged_for for one in days_of_library(2019) if one.kind == "worked" and one.day.month == 1] == [
        date(2018, 12, 31)
    ]


def test_filling_again_neither_overwrites_nor_brings_back(desk: Desk) -> None:
    by = desk.people["system_admin"]
    by_hand = add_day_off(by=by, day=date(2027, 1, 1), name="Tết Dương lịch (nhập tay)").days[0]
    fill_year(2027, by=by)
    by_hand.refresh_from_db()
    assert (by_hand.source, by_hand.name) == ("hand", "Tết Dương lịch (nhập tay)")
    remove_day_off(CalendarDay.objects.get(day=date(2027, 11, 24)), by=by)
    assert date(2027, 11, 24) not in off_in(2027)
    with pytest.raises(RuleBroken):
        remove_day_off(CalendarDay.objects.get(day=date(2027, 11, 24)), by=by)
    assert fill_year(2027, by=by) == ([], [])
    assert date(2027, 11, 24) not in off_in(2027)
    add_day_off(by=by, day=date(2027, 11, 24), name="Ngày Văn hóa Việt Nam")
    assert date(2027, 11, 24) in off_in(2027)


def test_a_swap_is_written_and_taken_away_as_a_pair(desk: Desk) -> None:
    by = desk.people["aggregator"]
    off, worked = date(2026, 1, 2), date(2026, 1, 10)
    pair = swap_days(by=by, off=off, worked=worked, note="Thông báo ngày 25/12/2025").days
    calendar = calendar_of(off, worked)
    assert (calendar.is_working(off), calendar.is_working(worked)) == (False, True)
    remove_day_off(pair[1], by=by)
    assert not CalendarDay.objects.exists()
    with pytest.raises(Stale):
        remove_day_off(pair[0], by=by)


@pytest.mark.parametrize(
    ("off", "worked", "field"),
    [
        (date(2027, 1, 2), date(2027, 1, 9), "off"),
        (date(2027, 1, 8), date(2027, 1, 11), "worked"),
        (date(2027, 1, 8), date(2028, 1, 8), "worked"),
        (date(2027, 1, 1), date(2027, 1, 9), "off"),
        (date(1999, 1, 1), date(1999, 1, 9), "off"),
    ],
)
def test_a_swap_that_cannot_be_is_refused_whole(desk: Desk, off: date, worked: date, field: str) -> None:
    by = desk.people["aggregator"]
    add_day_off(by=by, day=date(2027, 1, 1), name="Tết Dương lịch")
    with pytest.raises(BadInput) as refusal:
        swap_days(by=by, off=off, worked=worked)
    assert refusal.value.errors[0]["field"] == field
    assert CalendarDay.objects.count() == 1


def test_running_deadlines_move_with_the_calendar_or_nothing_is_written(
    desk: Desk, reached: list[Person | None]
) -> None:
    by = desk.people["aggregator"]
    change = add_day_off(by=by, day=date(2027, 4, 30), name="Ngày Chiến thắng")
    assert reached == [by]
    assert [one.new for one in change.moved] == [date(2027, 5, 6)]
    assert swap_days(by=by, off=date(2027, 5, 3), worked=date(2027, 5, 8)).moved[0].new == date(2027, 5, 7)
    assert remove_day_off(change.days[0], by=by).moved[0].new == date(2027, 5, 6)
    before = AuditEntry.objects.count()
    FAILING.append(RuleBroken("Hạn đang được sửa.", en="It is being changed."))
    with pytest.raises(RuleBroken):
        fill_year(2027, by=by)
    assert AuditEntry.objects.count() == before
    assert off_in(2027) == [date(2027, 5, 3)]


def test_a_year_is_confirmed_once_by_name_of_the_announcement_and_may_be_taken_back(desk: Desk, reached) -> None:
    by = desk.people["aggregator"]
    with pytest.raises(RuleBroken, match="chưa có ngày nghỉ nào"):
        confirm_year(2027, by=by, announcement="Thông báo")
    fill_year(2027, by=by)
    with pytest.raises(BadInput):
        confirm_year(2027, by=by, announcement=" ")
    confirm_year(2027, by=by, announcement="Thông báo của Bộ Nội vụ")
    assert term_of(date(2027, 3, 1), 1).unconfirmed_years == ()
    with pytest.raises(RuleBroken, match="đã được xác nhận"):
        confirm_year(2027, by=by, announcement="Thông báo")
    withdraw_confirmation(2027, by=by)
    assert not YearConfirmation.objects.exists()
    with pytest.raises(RuleBroken):
        withdraw_confirmation(2027, by=by)
    assert len(reached) == 1  # no day changed but by filling


@pytest.mark.parametrize("who", ["leader", "coordinator", "team_head", "outsider"])
def test_only_who_keeps_the_calendar_changes_it(desk: Desk, who: str) -> None:
    by = desk.people[who]
    with pytest.raises(NotAllowed):
        fill_year(2027, by=by)
    with pytest.raises(NotAllowed):
        add_day_off(by=by, day=date(2027, 1, 1), name="Nghỉ")
    with pytest.raises(NotAllowed):
        swap_days(by=by, off=date(2027, 1, 8), worked=date(2027, 1, 9))
    with pytest.raises(NotAllowed):
        confirm_year(2027, by=by, announcement="Thông báo")
    with pytest.raises(NotAllowed):
        withdraw_confirmation(2027, by=by)
    row = CalendarDay(day=date(2027, 1, 1), kind="holiday", name="Nghỉ", source="hand")
    with pytest.raises(NotAllowed):
        remove_day_off(row, by=by)
