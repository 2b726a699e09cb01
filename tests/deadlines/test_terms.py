"""Terms read from the calendar that is kept."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kycuong.deadlines.models import CalendarDay, YearConfirmation
from kycuong.deadlines.queries import term_of, terms_of, working_days_between

pytestmark = pytest.mark.django_db


def keep(*days: date, kind: str = "holiday") -> None:
    CalendarDay.objects.bulk_create(CalendarDay(day=day, kind=kind, name="Nghỉ", source="hand") for day in days)


def test_a_term_reads_days_off_and_worked_days_and_says_which_years_nobody_confirmed(django_assert_num_queries) -> None:
    keep(date(2026, 12, 31), date(2027, 1, 1))
    keep(date(2027, 1, 2), kind="worked")
    keep(date(2027, 1, 4), kind="plain")
    YearConfirmation.objects.create(year=2026)
    with django_assert_num_queries(2):
        found, other = terms_of([(date(2026, 12, 29), 3), (date(2026, 12, 1), 1)])
    assert found.due_on == date(2027, 1, 4)  # 30/12, the Saturday worked in exchange, Monday as its weekday says
    assert found.made_up == (date(2027, 1, 2),)
    assert (found.unconfirmed_years, found.warning) == ((2027,), "Lịch nghỉ năm 2027 chưa được xác nhận.")
    assert (other.unconfirmed_years, other.warning) == ((), "")
    assert working_days_between(found.start, found.due_on) == 3
    assert working_days_between(found.due_on, found.start) == -3


def test_a_long_rest_makes_the_calendar_be_read_further() -> None:
    keep(*(date(2026, 3, 1) + timedelta(days=step) for step in range(100)))
    assert term_of(date(2026, 2, 27), 1).due_on == date(2026, 6, 9)
