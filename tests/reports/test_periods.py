"""Periods: names, borders, labels, and the year before."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kycuong.core.problems import BadInput
from kycuong.reports.rules.periods import Period, between, parse_day, parse_period, period_asked, year_to_date

TODAY = date(2019, 5, 20)


def days(text: str) -> tuple[str, str]:
    period = parse_period(text)
    return period.first.isoformat(), period.last.isoformat()


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2019", "2019-01-01", "2019-12-31"),
        ("2019-H1", "2019-01-01", "2019-06-30"),
        ("2019-h2", "2019-07-01", "2019-12-31"),
        ("2019-Q1", "2019-01-01", "2019-03-31"),
        ("2019-Q4", "2019-10-01", "2019-12-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2019-M12", "2019-12-01", "2019-12-31"),
        ("nd09:2019", "2018-12-15", "2019-12-14"),
        ("nd09:2019-Q1", "2018-12-15", "2019-03-14"),
        ("nd09:2019-Q2", "2019-03-15", "2019-06-14"),
        ("nd09:2019-Q3", "2019-06-15", "2019-09-14"),
        ("nd09:2019-Q4", "2019-09-15", "2019-12-14"),
        ("ND09:2019-H1", "2018-12-15", "2019-06-14"),
        ("nd09:2019-H2", "2019-06-15", "2019-12-14"),
        ("nd09:2019-01", "2018-12-15", "2019-01-14"),
        (" 2019-01-01..2019-02-28 ", "2019-01-01", "2019-02-28"),
        ("2019-01-01/2019-02-28", "2019-01-01", "2019-02-28"),
    ],
)
def test_names_mean_two_days(text: str, first: str, last: str) -> None:
    assert days(text) == (first, last)


@pytest.mark.parametrize(
    "text",
    ["", "2019-Q5", "2019-13", "2019-00", "19", "nd10:2019", "Q1", "0000", "9999", "2019-02-30..2019-03-01",
     "2019-03-01..2019-02-01", "nd09:2019-01-01..2019-02-01", "٢٠١٩"],
)  # fmt: skip
def test_what_is_no_period_is_refused_in_two_languages(text: str) -> None:
    with pytest.raises(BadInput) as refusal:
        parse_period(text)
    assert refusal.value.vi
    assert refusal.value.en


@pytest.mark.parametrize("text", ["30/04/2019", "2019-4-30", "2019-02-29", "20190430", "0001-01-01", ""])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        parse_day(text)


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("2020", ("2019-01-01", "2019-12-31")),
        ("2021-02", ("2020-02-01", "2020-02-29")),
        ("nd09:2019-Q1", ("2017-12-15", "2018-03-14")),
        ("2021-01-01..2021-02-28", ("2020-01-01", "2020-02-29")),
        ("2020-01-01..2020-02-29", ("2019-01-01", "2019-02-28")),
        ("2020-02-29..2020-02-29", ("2019-02-28", "2019-02-28")),
        ("2020-02-29..2020-03-10", ("2019-02-28", "2019-03-10")),
        ("2020-02-10..2020-02-28", ("2019-02-10", "2019-02-28")),
    ],
)
def test_the_year_before_keeps_whole_months_and_survives_29_february(text: str, before: tuple[str, str]) -> None:
    shifted = parse_period(text).year_before()
    assert (shifted.first.isoformat(), shifted.last.isoformat()) == before


def test_the_year_before_keeps_its_name() -> None:
    assert parse_period("nd09:2019-Q1").year_before() == parse_period("nd09:2018-Q1")
    assert parse_period("2019-H2").year_before().label == "6 tháng cuối năm 2018"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("2019", "Năm 2019"),
        ("2019-Q1", "Quý I năm 2019"),
        ("2019-Q4", "Quý IV năm 2019"),
        ("2019-H1", "6 tháng đầu năm 2019"),
        ("2019-04", "Tháng 4 năm 2019"),
        ("nd09:2019-Q2", "Quý II năm 2019 (kỳ báo cáo NĐ 09/2019)"),
        ("2019-01-01..2019-04-30", "4 tháng đầu năm 2019"),
        ("2019-01-01..2019-12-31", "Năm 2019"),
        ("2019-01-15..2019-02-28", "15/01/2019 – 28/02/2019"),
        ("2019-02-28..2019-02-28", "Ngày 28/02/2019"),
    ],
)
def test_labels(text: str, label: str) -> None:
    assert parse_period(text).label == label


def test_months_of_a_period_across_years() -> None:
    assert parse_period("nd09:2019-Q1").months() == ["2018-12", "2019-01", "2019-02", "2019-03"]
    assert between(date(2019, 4, 30), date(2019, 4, 30)).months() == ["2019-04"]


def test_a_request_without_a_period_is_this_year_so_far() -> None:
    assert period_asked("", None, None, today=TODAY) == year_to_date(TODAY) == Period(date(2019, 1, 1), TODAY)
    assert period_asked("", None, date(2018, 2, 28), today=TODAY) == Period(date(2018, 1, 1), date(2018, 2, 28))
    assert period_asked("", date(2019, 3, 1), None, today=TODAY) == Period(date(2019, 3, 1), TODAY)


def test_a_request_names_a_period_or_days_but_not_both() -> None:
    with pytest.raises(BadInput, match="không ghi cả hai"):
        period_asked("2019", date(2019, 1, 1), None, today=TODAY)


@given(st.dates(date(1950, 1, 1), date(8000, 1, 1)), st.integers(0, 800))
def test_the_year_before_is_in_order_and_about_as_long(first: date, length: int) -> None:
    period = between(first, date.fromordinal(first.toordinal() + length))
    shifted = period.year_before()
    assert shifted.first <= shifted.last
    assert abs((shifted.last - shifted.first).days - length) <= 1
    assert shifted.last.year == period.last.year - 1


@given(st.integers(1946, 8999))
def test_quarters_of_both_systems_follow_each_other_without_a_gap(year: int) -> None:
    for system in ("", "nd09:"):
        quarters = [parse_period(f"{system}{year}-Q{number}") for number in (1, 2, 3, 4)]
        whole = parse_period(f"{system}{year}")
        assert (quarters[0].first, quarters[-1].last) == (whole.first, whole.last)
        for earlier, following in zip(quarters, quarters[1:], strict=False):
            assert (following.first - earlier.last).days == 1
