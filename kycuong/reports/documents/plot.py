"""Columns over a table of months: shapes alone, without letters, so that Word and PDF say the same words."""

from __future__ import annotations

from collections.abc import Sequence

WIDTH, HEIGHT = 1000, 130
INK, LINE = "#1B5E9E", "#6B7280"


def bars_of(values: Sequence[int], *, before: float) -> str:
    """SVG: one column a value, from zero, each over its column of the table; `before` is the share of the first column."""
    step = WIDTH / (before + len(values))
    top = max([*values, 1])
    bars = "".join(
        f'<rect x="{(before + place + 0.2) * step:.1f}" y="{HEIGHT - size(value, top):.1f}" width="{0.6 * step:.1f}" '
        f'height="{size(value, top):.1f}" fill="{INK}"/>'
        for place, value in enumerate(values)
        if value
    )
    base = f'<rect x="{before * step:.1f}" y="{HEIGHT}" width="{len(values) * step:.1f}" height="1.5" fill="{LINE}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT + 2}">{bars}{base}</svg>'


def size(value: int, top: int) -> float:
    return value * (HEIGHT - 6) / top
