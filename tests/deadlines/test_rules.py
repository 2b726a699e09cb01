"""Terms in working days: properties, beside an oracle that walks day by day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kycuong.core.problems import BadInput
from kycuong.deadlines.rules import MOST_DAYS, Calendar, Run, term

SPRING = date(2026, 1, 1)
days_near = st.integers(0, 90).map(lambda step: SPRING + timedelta(days=step))
weekend_days = days_near.filter(lambda day: day.weekday() >= 5)
calendars = st.tuples(
    st.dictionaries(days_near, st.sampled_from(["Tết Nguyên Đán", "Mùng hai Tết Nguyên Đán", "Giỗ Tổ"]), max_size=25),
    st.sets(weekend_days, max_size=5),
)
lengths = st.integers(1, 60)


def works(day: date, off: dict[date, str], worked: set[date]) -> bool:
    """The oracle's own idea of a working day."""
    if day.strftime("%A") in {"Saturday", "Sunday"}:
        return day in worked
    return day not in off


@given(days_near, lengths, calendars)
def test_the_due_day_is_the_nth_working_day_after_the_start(start: date, days: int, calendar: tuple) -> None:
    off, worked = calendar
    day, counted = start, 0
    while counted < days:
        day += timedelta(days=1)
        counted += works(day, off, worked)
    found = term(start, days, off=off, worked=worked)
    assert found.due_on == day
    assert works(found.due_on, off, worked)
    between = Calendar(start, day, off, worked)
    assert between.count(start, day) == days
    assert between.count(day, start) == -days
    passed = {
        run.first + timedelta(days=step) for run in found.skipped for step in range((run.last - run.first).days + 1)
    }
    assert passed == {day for day in off if start < day < found.due_on and not works(day, off, worked)}
    assert set(found.made_up) == {day for day in worked if start < day <= found.due_on}


@given(days_near, lengths, calendars, days_near)
def test_more_days_end_later_and_one_more_day_off_never_ends_earlier(
    start: date, days: int, calendar: tuple, extra: date
) -> None:
    off, worked = calendar
    due = term(start, days, off=off, worked=worked).due_on
    assert term(start, days + 1, off=off, worked=worked).due_on > due
    assert term(start, days, off=off | {extra: "Nghỉ thêm"}, worked=worked).due_on >= due
    assert term(start, days, off=off, worked=worked | {extra}).due_on <= due


OFF_2026 = {
    date(2026, 4, 26): "Ngày Giỗ Tổ Hùng Vương",
    date(2026, 4, 27): "Ngày Giỗ Tổ Hùng Vương (nghỉ bù)",
    date(2026, 4, 30): "Ngày Chiến thắng",
    date(2026, 5, 1): "Ngày Quốc tế Lao động",
}


def test_the_words_list_the_days_off_that_were_passed() -> None:
    found = term(date(2026, 4, 22), 6, off=OFF_2026, worked={date(2026, 4, 25)})
    assert found.skipped == (Run(date(2026, 4, 26), date(2026, 4, 27), "Ngày Giỗ Tổ Hùng Vương"),
                             Run(date(2026, 4, 30), date(2026, 5, 1), "Ngày Chiến thắng, Ngày Quốc tế Lao động"))  # fmt: skip
    assert found.words == (
        "6 ngày làm việc kể từ 22/04/2026, không tính thứ Bảy, Chủ nhật, 26/04–27/04 (Ngày Giỗ Tổ Hùng Vương) và "
        "30/04–01/05 (Ngày Chiến thắng, Ngày Quốc tế Lao động); tính cả 25/04 (làm bù) → 04/05/2026"
    )
    assert "leaving out Saturdays, Sundays, 26/04–27/04 (" in found.words_en
    assert term(date(2026, 12, 30), 2, off={date(2027, 1, 1): "Tết"}, worked=()).words == (
        "2 ngày làm việc kể từ 30/12/2026, không tính thứ Bảy, Chủ nhật và 01/01/2027 (Tết) → 04/01/2027"
    )


@pytest.mark.parametrize(("start", "days"), [(SPRING, 0), (SPRING, -1), (SPRING, MOST_DAYS + 1), (date(1990, 1, 1), 1)])
def test_a_term_that_no_calendar_holds_is_refused(start: date, days: int) -> None:
    with pytest.raises(BadInput):
        term(start, days, off={}, worked=())
