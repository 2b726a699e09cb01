"""What a cell of such a table says: counts, with the dashes and unit words that offices write, and rates."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from kycuong.gathering.rules import COLUMNS, NAME, Adds
from kycuong.sheets.cells import Cell, Parsed
from kycuong.sheets.reading import error, parser, shown, warning
from kycuong.sheets.table import Column
from kycuong.sheets.values import number_in, text

NOTHING = {"-", "–", "—", "không", "không có", "ko", "k", "x"}
"""How offices write 0."""
MOST_COUNTED, MOST_RATE = 10**8, 10**6
"""More in one cell is a slip of the hand, and more than a figure can hold."""
WITH_WORD = re.compile(r"(\d{1,8})\s*(?:cuộc|lượt|đơn vị|tồn tại|tập thể|cá nhân|người|xã|phường|phòng)", re.IGNORECASE)


@lru_cache(maxsize=10_000)
def _counted(value: int) -> Parsed[Decimal]:
    """Most cells hold small numbers: each is made once."""
    return Parsed(Decimal(value))


@parser
def count(cell: Cell, title: str) -> Parsed[Decimal]:
    """A count: 12, «1.234», «05 cuộc»; a dash is nothing."""
    if type(cell.value) is int and 0 <= cell.value <= MOST_COUNTED:
        return _counted(cell.value)
    said = shown(cell.value)
    if said.lower() in NOTHING:
        return Parsed(Decimal())
    if worded := WITH_WORD.fullmatch(said):
        found = Decimal(worded.group(1))
        vi, en = (
            f"«{said[:60]}» được hiểu là {found}. Hãy kiểm tra.",
            f"“{said[:60]}” was taken as {found}. Please check.",
        )
        return Parsed(found, warning(cell, title, vi, en))
    number = number_in(cell) if "%" not in said else None
    if number is not None and 0 <= number <= MOST_COUNTED and number == int(number):
        return Parsed(Decimal(int(number)))
    return Parsed(
        issue=error(
            cell,
            title,
            f"«{said[:60]}» không phải số đếm. Hãy ghi một số nguyên như 0, 5 hoặc 1.234 và xóa chữ trong ô.",
            f"“{said[:60]}” is no count. Write a whole number such as 0, 5 or 1.234, without words.",
        )
    )


@parser
def rate(cell: Cell, title: str) -> Parsed[Decimal]:
    """A rate as it is written; what it means is told by its numerator and denominator."""
    if type(cell.value) is int and 0 <= cell.value <= MOST_RATE:
        return _counted(cell.value)
    said = shown(cell.value)
    if said.lower() in NOTHING:
        return Parsed()
    number = number_in(cell)
    if number is not None and 0 <= number <= MOST_RATE:
        return Parsed(number)
    return Parsed(
        issue=error(
            cell,
            title,
            f"«{said[:60]}» không phải tỷ lệ. Hãy ghi như 30 % hoặc 12,5 %.",
            f"“{said[:60]}” is not a percentage. Write it like 30 % or 12,5 %.",
        )
    )


PARSERS = {Adds.SUM: count, Adds.DISTINCT: count, Adds.RATE: rate, Adds.TEXT: text}
SMALL = {number: Decimal(number) for number in range(10_000)}
"""What `count` and `rate` alike make of small whole numbers: nearly every cell of such a table holds one."""
WANTED = [
    Column(one.key, one.titles, one.key == NAME, PARSERS[one.adds], SMALL if one.is_figure else {}) for one in COLUMNS
]
"""The columns as the reader of tables takes them."""
