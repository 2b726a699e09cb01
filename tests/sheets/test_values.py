"""What a cell says, as a value: certain, guessed with a warning, or wrong with what to do."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kycuong.sheets.cells import Cell, Parsed, index_of, letter_of
from kycuong.sheets.days import FIRST_DAY, LAST_DAY, SERIAL_ZERO
from kycuong.sheets.values import choice, date_value, percent, ratio, text, whole, yes_no

NOON = datetime(2019, 4, 30, 12, 0)  # noqa: DTZ001 - spreadsheets know no zone


def cell(value: Any) -> Cell:
    return Cell(value, 7, "C")


def level(parsed: Parsed[Any]) -> str:
    return parsed.issue.level if parsed.issue else ""


@pytest.mark.parametrize(
    ("value", "day", "said"),
    [
        (date(2019, 4, 30), date(2019, 4, 30), ""),
        (NOON, date(2019, 4, 30), ""),
        ("30/4/2019", date(2019, 4, 30), ""),
        ("30-04-2019", date(2019, 4, 30), ""),
        ("30.4.2019", date(2019, 4, 30), ""),
        (" 30 / 4 / 2019 ", date(2019, 4, 30), ""),
        ("2019-04-30", date(2019, 4, 30), ""),
        ("2019-04-30 00:00:00", date(2019, 4, 30), ""),
        ("ngày 8 tháng 9 năm 2026", date(2026, 9, 8), ""),
        ("Ngày 08 tháng 09 năm 2026", date(2026, 9, 8), ""),
        ("Thứ hai, 30/04/2018", date(2018, 4, 30), ""),
        ("30/4/19", date(2019, 4, 30), "warning"),
        (46273, date(2026, 9, 8), "warning"),
        ("46273", date(2026, 9, 8), "warning"),
        ("30/02/2019", None, "error"),
        ("2019", None, "error"),
        (2019, None, "error"),
        ("năm 2019", None, "error"),
        ("tháng 4/2019", None, "error"),
        ("hôm qua", None, "error"),
        (12.5, None, "error"),
        (True, None, "error"),
        ("30/4/1066", None, "error"),
        (None, None, ""),
        ("  ", None, ""),
    ],
)
def test_days(value: Any, day: date | None, said: str) -> None:
    parsed = date_value(cell(value), "Ngày")
    assert (parsed.value, level(parsed)) == (day, said)


@given(st.dates(FIRST_DAY, LAST_DAY))
def test_every_day_is_read_in_every_way_of_writing(day: date) -> None:
    for written in (f"{day:%d/%m/%Y}", f"{day.day}-{day.month}-{day.year}", day.isoformat(), day):
        assert date_value(cell(written), "Ngày") == Parsed(day)
    serial = (day - SERIAL_ZERO).days
    if 20_000 <= serial < 80_000:
        assert date_value(cell(serial), "Ngày").value == day


@pytest.mark.parametrize(
    ("value", "number"),
    [(12, 12), (12.0, 12), ("12", 12), ("1.234", 1234), ("1 234 567", 1234567), (0, 0), ("12,0", 12)],
)
def test_whole_numbers(value: Any, number: int) -> None:
    assert whole(cell(value), "Số") == Parsed(number)


@pytest.mark.parametrize("value", ["hai", -1, "-5", 1.5, "1,5", "12%", True, "1e5", "９x"])
def test_what_is_no_whole_number(value: Any) -> None:
    assert level(whole(cell(value), "Số")) == "error"


@pytest.mark.parametrize(
    ("value", "rate", "said"),
    [
        ("30 %", Decimal(30), ""),
        ("12,5%", Decimal("12.5"), ""),
        (30, Decimal(30), ""),
        (0.3, Decimal(30), "warning"),
        ("0,125", Decimal("12.5"), "warning"),
        (0, Decimal(0), ""),
        (150, Decimal(150), "warning"),
        ("nhiều", None, "error"),
        (-3, None, "error"),
    ],
)
def test_percents(value: Any, rate: Decimal | None, said: str) -> None:
    parsed = percent(cell(value), "Tỷ lệ")
    assert (parsed.value, level(parsed)) == (rate, said)


@pytest.mark.parametrize(
    ("value", "pair"),
    [("3/5", (3, 5)), ("3 trên 5", (3, 5)), ("0/4", (0, 4)), ("5/3", None), ("3/0", None), (date(2019, 5, 3), None)],
)
def test_ratios(value: Any, pair: tuple[int, int] | None) -> None:
    parsed = ratio(cell(value), "Đúng hạn")
    assert parsed.value == pair
    assert level(parsed) == ("" if pair else "error")


@pytest.mark.parametrize(
    ("value", "answer"), [("Có", True), ("x", True), (1, True), ("KHÔNG", False), ("chưa có", False)]
)
def test_yes_and_no(value: Any, answer: bool) -> None:
    assert yes_no(cell(value), "Có kế hoạch") == Parsed(answer)


def test_neither_yes_nor_no() -> None:
    assert level(yes_no(cell("có lẽ"), "Có kế hoạch")) == "error"


def test_choices_take_names_and_aliases_without_accents() -> None:
    parse = choice({"surprise": ["Đột xuất", "bất ngờ"], "planned": ["Theo kế hoạch"]})
    for value, key in (("đột  xuất", "surprise"), ("DOT XUAT", "surprise"), ("planned", "planned")):
        assert parse(cell(value), "Hình thức") == Parsed(key)
    refused = parse(cell("tùy hứng"), "Hình thức").issue
    assert refused is not None
    assert "Đột xuất; Theo kế hoạch" in refused.vi


def test_one_name_for_two_choices_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="names two options"):
        choice({"a": ["Một"], "b": ["mot"]})


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        ("  Xã \u00a0 Hoàng\u200b Đồng\n", "Xã Hoàng Đồng"),
        (12.0, "12"),
        (0.5, "0,5"),
        (date(2019, 4, 30), "30/04/2019"),
        (timedelta(hours=7), "7:00:00"),
        ("\ue000x\x07", "x"),
    ],
)
def test_text_is_tidy(value: Any, seen: str) -> None:
    assert text(cell(value), "Tên") == Parsed(seen)


@pytest.mark.parametrize("parse", [text, whole, percent, ratio, yes_no, date_value, choice({"a": ["A"]})])
def test_every_parser_tells_a_fault_of_a_formula(parse: Any) -> None:
    assert level(parse(Cell(None, 1, "A", uncomputed=True), "T")) == "error"
    assert level(parse(Cell("#REF!", 1, "A"), "T")) == "error"
    assert parse(Cell("\u200b ", 1, "A"), "T") == Parsed()


@given(st.integers(0, 20_000))
def test_letters_of_columns_and_back(index: int) -> None:
    assert index_of(letter_of(index)) == index
