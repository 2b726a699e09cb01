"""What a cell says, as a value: text, whole numbers, percents, ratios, choices, yes or no; days are in days.py."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from kycuong.core.vietnamese import fold

from .cells import Cell, Parsed
from .days import date_value
from .reading import Parser, error, parser, shown, tidy, warning

__all__ = [
    "Parser",
    "choice",
    "date_value",
    "error",
    "percent",
    "ratio",
    "shown",
    "text",
    "tidy",
    "warning",
    "whole",
    "yes_no",
]

GROUPED = re.compile(r"-?\d{1,3}(?:[. ]\d{3})+")
GROUPED_PART = re.compile(r"-?\d{1,3}(?:[. ]\d{3})+,\d{1,9}")
PLAIN = re.compile(r"-?\d{1,12}(?:[.,]\d{1,9})?")
RATIO = re.compile(r"(\d{1,9})\s*(?:/|trên)\s*(\d{1,9})")
YES = {"co", "x", "dung", "yes", "true", "1", "roi", "da co"}
NO = {"khong", "ko", "sai", "no", "false", "0", "chua", "khong co", "chua co"}


@parser
def text(cell: Cell, title: str) -> Parsed[str]:
    """Tidy text; a number or a date becomes what a person sees in the cell."""
    return Parsed(shown(cell.value))


def number_in(cell: Cell) -> Decimal | None:
    """The number of a cell, Vietnamese commas and grouping points understood; None when it is none."""
    if isinstance(cell.value, bool):
        return None
    if isinstance(cell.value, int | float):
        if not math.isfinite(cell.value):
            return None
        return Decimal(repr(cell.value))
    words = shown(cell.value).replace("%", "").strip()
    if GROUPED.fullmatch(words) or GROUPED_PART.fullmatch(words):
        return Decimal(words.replace(".", "").replace(" ", "").replace(",", "."))
    return Decimal(words.replace(",", ".")) if PLAIN.fullmatch(words) else None


def _plain(number: Decimal) -> Decimal:
    """Without trailing zeros and without an exponent: 30, not 3E+1."""
    return Decimal(f"{number.normalize():f}")


@parser
def whole(cell: Cell, title: str) -> Parsed[int]:
    """A count: 0, 1, 2, …; “1.234” is one thousand two hundred and thirty-four."""
    number = number_in(cell) if "%" not in shown(cell.value) else None
    if number is not None and number >= 0 and number == int(number):
        return Parsed(int(number))
    return Parsed(
        issue=error(
            cell,
            title,
            f"«{shown(cell.value)[:60]}» không phải số nguyên. Hãy ghi một số như 0, 5 hoặc 12.",
            f"“{shown(cell.value)[:60]}” is not a whole number. Write a number such as 0, 5 or 12.",
        )
    )


@parser
def percent(cell: Cell, title: str) -> Parsed[Decimal]:
    """A rate in percent: “30 %”, 30; 0,3 without the sign is taken as 30 % with a warning."""
    number = number_in(cell)
    if number is None or number < 0:
        return Parsed(
            issue=error(
                cell,
                title,
                f"«{shown(cell.value)[:60]}» không phải tỷ lệ phần trăm. Hãy ghi như 30 % hoặc 12,5 %.",
                f"“{shown(cell.value)[:60]}” is not a percentage. Write it like 30 % or 12,5 %.",
            )
        )
    if "%" in str(cell.value) or number > 1 or number == 0:
        return _percent_within(_plain(number), cell, title)
    whole_percent = _plain(number * 100)
    sign = f"{whole_percent} %".replace(".", ",")
    return Parsed(
        whole_percent,
        warning(
            cell,
            title,
            f"Số {shown(cell.value)} được hiểu là {sign}. Hãy kiểm tra lại.",
            f"The number {shown(cell.value)} was taken as {sign}. Please check.",
        ),
    )


def _percent_within(number: Decimal, cell: Cell, title: str) -> Parsed[Decimal]:
    if number <= 100:
        return Parsed(number)
    return Parsed(
        number,
        warning(cell, title, "Tỷ lệ lớn hơn 100 %. Hãy kiểm tra lại.", "The rate is over 100 %. Please check."),
    )


@parser
def ratio(cell: Cell, title: str) -> Parsed[tuple[int, int]]:
    """A part of a whole: “3/5” is (3, 5)."""
    if isinstance(cell.value, date):
        return Parsed(
            issue=error(
                cell,
                title,
                "Excel đã đổi tỷ lệ thành ngày. Hãy định dạng ô là Văn bản rồi gõ lại, ví dụ 3/5.",
                "Excel turned the ratio into a day. Format the cell as Text and type it again, for example 3/5.",
            )
        )
    found = RATIO.fullmatch(shown(cell.value).lower())
    if found and 0 <= int(found.group(1)) <= int(found.group(2)) and int(found.group(2)) > 0:
        return Parsed((int(found.group(1)), int(found.group(2))))
    return Parsed(
        issue=error(
            cell,
            title,
            f"«{shown(cell.value)[:60]}» không phải tỷ lệ. Hãy ghi phần/tổng số, phần không lớn hơn tổng số, ví dụ 3/5.",
            f"“{shown(cell.value)[:60]}” is not a ratio. Write part/whole, the part not above the whole, for example 3/5.",
        )
    )


@parser
def yes_no(cell: Cell, title: str) -> Parsed[bool]:
    """Có, x, 1 … or không, 0 …."""
    answer = fold(shown(cell.value))
    if answer in YES or answer in NO:
        return Parsed(answer in YES)
    return Parsed(
        issue=error(
            cell,
            title,
            f"«{shown(cell.value)[:60]}» chưa rõ. Hãy ghi Có hoặc Không.",
            f"“{shown(cell.value)[:60]}” is not clear. Write Có (yes) or Không (no).",
        )
    )


def choice(options: Mapping[str, Sequence[str]]) -> Parser:
    """A parser that gives the key of the option whose name or alias the cell holds, accents and case aside."""
    keys: dict[str, str] = {}
    for key, names in options.items():
        for name in (key, *names):
            if keys.setdefault(fold(name), key) != key:
                raise ValueError(f"«{name}» names two options: {keys[fold(name)]} and {key}")
    allowed = "; ".join(names[0] for names in options.values())

    @parser
    def parse(cell: Cell, title: str) -> Parsed[Any]:
        key = keys.get(fold(shown(cell.value)))
        if key is not None:
            return Parsed(key)
        return Parsed(
            issue=error(
                cell,
                title,
                f"Không hiểu «{shown(cell.value)[:60]}». Hãy ghi một trong: {allowed}.",
                f"“{shown(cell.value)[:60]}” is not known. Write one of: {allowed}.",
            )
        )

    return parse
