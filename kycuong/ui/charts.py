"""Pictures of numbers as SVG: from zero, with real text, no dependency, in percentages so that a phone keeps the letters' size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, log10
from typing import Literal

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .formats import Number, rate, vn_number

HEIGHT, TOP, BOTTOM = 240, 22, 26
PLOT = HEIGHT - TOP - BOTTOM


@dataclass(frozen=True)
class Series:
    """Numbers by month. «bar» is a column; «outer» a pale one with an «inner» one inside it (a part of it), «mark» a line across it."""

    name: str
    values: Sequence[Number]
    style: Literal["bar", "outer", "inner", "mark"] = "bar"


@dataclass(frozen=True)
class Bar:
    """One row of a comparison. With `of`, the bar is the share value/of and `target` (0…1) is a mark on it."""

    name: str
    value: Number
    of: int | None = None
    target: Number | None = None
    url: str = ""
    text: str = ""

    @property
    def shown(self) -> str:
        if self.text:
            return self.text
        return rate(int(self.value), self.of) if self.of is not None else vn_number(self.value)


def axis(highest: Number) -> tuple[int, int]:
    """The top of the axis and its step: whole, round, at most five steps, never below the highest number."""
    if highest <= 0:
        return 1, 1
    scale = 10 ** max(0, int(log10(float(highest))) - 1)
    steps = [factor * scale for factor in (1, 2, 5, 10, 20, 50, 100)]
    step = next(step for step in steps if highest / step <= 5)
    return ceil(highest / step) * step, step


def month_chart(title: str, labels: Sequence[str], series: Sequence[Series], *, id: str) -> SafeString:
    """Columns over `labels`, a number on each column of the first series."""
    top, step = axis(max((value for one in series for value in one.values), default=0))
    parts = [grid(top, step)]
    if not any(value for one in series for value in one.values):
        parts = [grid(1, 1, bare=True), nothing()]
    for at, label in enumerate(labels):
        parts.append(month(at, len(labels), label, [(one, one.values[at]) for one in series], top))
    drawing = format_html(
        '<svg class="chart-drawing" width="100%" height="{}" role="img" aria-labelledby="{}-title {}-desc">'
        '<title id="{}-title">{}</title><desc id="{}-desc">{}</desc>',
        HEIGHT, id, id, id, title, id, in_words(labels, series),
    )  # fmt: skip
    return mark_safe(drawing + "".join(parts) + "</svg>")  # noqa: S308 - every part escaped its own text


def in_words(labels: Sequence[str], series: Sequence[Series]) -> str:
    """What a person who does not see the drawing should know at once."""
    sentences = []
    for one in series:
        if not one.values or max(one.values) <= 0:
            sentences.append(_("%(name)s: không có.") % {"name": one.name})
            continue
        highest = max(one.values)
        where = labels[list(one.values).index(highest)]
        facts = {"name": one.name, "sum": vn_number(sum(one.values)), "highest": vn_number(highest), "where": where}
        sentences.append(_("%(name)s: cao nhất %(highest)s (%(where)s), cộng các tháng %(sum)s.") % facts)
    return " ".join(sentences)


def nothing() -> str:
    """What stands in an empty drawing."""
    words = escape(_("Chưa có số liệu trong kỳ này"))
    return f'<text class="chart-nothing" x="50%" y="{HEIGHT / 2}" text-anchor="middle" font-size="14">{words}</text>'


def grid(top: int, step: int, *, bare: bool = False) -> str:
    """Lines across and the numbers at their left ends."""
    lines = []
    for value in range(0, top + 1, step):
        y = TOP + PLOT - PLOT * value / top
        lines.append(f'<line class="chart-line" x1="0" x2="100%" y1="{y:.1f}" y2="{y:.1f}" stroke="#dde3ec"/>')
        if not bare:
            lines.append(
                f'<text class="chart-axis" x="-8" y="{y + 4:.1f}" text-anchor="end" font-size="12">{vn_number(value)}</text>'
            )
    return "".join(lines)


def month(at: int, count: int, label: str, values: Sequence[tuple[Series, Number]], top: int) -> str:
    """One month: its own drawing area, so that widths inside it are shares of a column's room."""
    room = 100 / count
    inside = "".join(mark_of(one, value, top, label) for one, value in values)
    first = values[0][1] if values else 0
    # The number stands above every mark of its month, so that no line crosses it.
    highest = max((float(value) for _one, value in values), default=0)
    y = TOP + PLOT - PLOT * highest / top
    number = f'<text class="chart-value" x="50%" y="{y - 6:.1f}" text-anchor="middle" font-size="12">{vn_number(first)}</text>'
    name = (
        f'<text class="chart-axis" x="50%" y="{HEIGHT - 8}" text-anchor="middle" font-size="12">{escape(label)}</text>'
    )
    number = number if first else ""
    return f'<svg x="{at * room:.3f}%" width="{room:.3f}%" height="{HEIGHT}" overflow="visible">{inside}{number}{name}</svg>'


def mark_of(one: Series, value: Number, top: int, label: str) -> str:
    """The column, the inner column or the line of one series in one month."""
    length = PLOT * float(value) / top
    y = TOP + PLOT - length
    told = f"<title>{escape(f'{label} – {one.name}: {vn_number(value)}')}</title>"
    if one.style == "mark":
        return f'<line class="chart-mark" x1="8%" x2="92%" y1="{y:.1f}" y2="{y:.1f}" stroke="#c77700" stroke-width="3">{told}</line>'
    x, width, fill = ("30%", "40%", "#1b5e9e") if one.style == "inner" else ("14%", "72%", "#1b5e9e")
    return f'<rect class="chart-{one.style}" x="{x}" y="{y:.1f}" width="{width}" height="{length:.1f}" fill="{fill}">{told}</rect>'


def share_bar(share: Number | None, *, target: Number | None = None) -> SafeString:
    """A bar filled to a share of the whole. An ornament: the number always stands beside it in words."""
    filled = min(100.0, max(0.0, float(share or 0) * 100))
    mark = ""
    if target is not None:
        at = min(99.6, max(0.4, float(target) * 100))
        mark = f'<rect class="share-target" x="{at - 0.4:.2f}%" y="0" width="3" height="12" fill="#c77700"/>'
    return mark_safe(  # noqa: S308 - numbers only
        '<svg class="share" width="100%" height="12" aria-hidden="true" focusable="false">'
        '<rect class="share-whole" x="0" y="2" width="100%" height="8" rx="4" fill="#e2e8f1"/>'
        f'<rect class="share-part" x="0" y="2" width="{filled:.2f}%" height="8" rx="4" fill="#1b5e9e"/>{mark}</svg>'
    )


def length_bar(row: Bar, longest: float) -> SafeString:
    """The bar of a comparison: a share of its own whole, or a length against the longest."""
    if row.of is not None:
        return share_bar(float(row.value) / row.of if row.of else None, target=row.target)
    return share_bar(float(row.value) / longest if longest else 0)
