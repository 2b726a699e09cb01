"""What must hold between the numbers that an agency declares: totals, parts, rates. Each returns sentences, never refuses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from .columns import BY_KEY, COLUMNS, NOT_ABOVE, PARTS, Adds

Said = tuple[str, str, str]
"""Key of the column whose cell is meant, then the sentence in both languages."""
NEAR = Decimal("0.11")
"""Points of a percentage that rounding may account for."""


def total_faults(key: str, total: Decimal, rows: Sequence[Decimal]) -> Iterator[Said]:
    """Whether a total agrees with its rows."""
    column, added = BY_KEY[key], sum(rows, Decimal())
    if not rows or column.adds is Adds.RATE:
        return
    if column.adds is Adds.SUM and total != added:
        yield (
            key,
            f"Dòng tổng ghi {number(total)}, cộng {len(rows)} dòng được {number(added)}. Hãy kiểm tra lại.",
            f"The total says {number(total)}, the {len(rows)} rows add up to {number(added)}. Please check.",
        )
    elif column.adds is Adds.DISTINCT and not max(rows) <= total <= added:
        yield (
            key,
            f"Tổng số đơn vị không trùng ghi {number(total)}, phải từ {number(max(rows))} (dòng lớn nhất) đến {number(added)} (cộng các dòng).",
            f"The total of distinct units says {number(total)}; it must lie between {number(max(rows))} (the largest row) and "
            f"{number(added)} (the sum of the rows).",
        )


def faults_between(values: Mapping[str, Decimal]) -> Iterator[Said]:
    """Parts above their whole, a smaller count above a larger one, a rate unlike its numerator and denominator."""
    for whole, parts in PARTS:
        given = [values[part] for part in parts if part in values]
        if whole in values and given and sum(given) > values[whole]:
            titles = ", ".join(f"«{BY_KEY[part].title}»" for part in parts if part in values)
            yield (
                whole,
                f"«{BY_KEY[whole].title}» là {number(values[whole])} nhưng các phần {titles} cộng lại là {number(sum(given, Decimal()))}.",
                f"{whole} is {number(values[whole])}, but its parts add up to {number(sum(given, Decimal()))}.",
            )
    for less, more in NOT_ABOVE:
        if less in values and more in values and values[less] > values[more]:
            yield (
                less,
                f"«{BY_KEY[less].title}» ({number(values[less])}) lớn hơn «{BY_KEY[more].title}» ({number(values[more])}).",
                f"{less} ({number(values[less])}) is above {more} ({number(values[more])}).",
            )
    yield from _rates(values)


def _rates(values: Mapping[str, Decimal]) -> Iterator[Said]:
    for column in COLUMNS:
        if column.adds is not Adds.RATE or column.key not in values:
            continue
        value, (top, bottom) = values[column.key], (values.get(key) for key in column.of or ("", ""))
        if top is None or not bottom:
            yield from _above_all(column.key, value)
            continue
        expected = 100 * top / bottom
        if value > expected + NEAR or (value < expected - NEAR and not column.at_most):
            most, en = (" nhiều nhất", " at most") if column.at_most else ("", "")
            yield (
                column.key,
                f"Tỷ lệ ghi {number(value)} %, nhưng {number(top)}/{number(bottom)} là{most} {number(round(expected, 1))} %.",
                f"The rate says {number(value)} %, but {number(top)}/{number(bottom)} is{en} {number(round(expected, 1))} %.",
            )


def _above_all(key: str, value: Decimal) -> Iterator[Said]:
    """A rate above 100 % without the parts that would bear it out."""
    if value > 100:
        yield key, f"Tỷ lệ ghi {number(value)} %, lớn hơn 100 %. Hãy kiểm tra lại.", f"The rate says {number(value)} %."


def share_meant(written: Decimal, expected: Decimal | None) -> Decimal:
    """A rate in percent: 0.3 without a sign is 30 % where Excel shows it so, unless the parts say otherwise."""
    if written > 1 or written == 0:
        return written
    if expected is not None and abs(written - expected) <= NEAR:
        return written
    return written * 100


def number(value: Decimal) -> str:
    """1234.5 → «1.234,5»."""
    plain = f"{value.normalize():,f}" if value else "0"
    return plain.translate(str.maketrans(",.", ".,"))
