"""What a table of the report is (a Biểu): its heads, its rows, and the rules of counting that are printed under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from kycuong.ui.formats import percent, vn_date, vn_number

from .content import Rate

Holds = Literal["text", "number", "share", "points", "day", "code"]
Value = str | int | float | date | Rate | None
NOTHING = "–"
RUNNING = _("TT")
"""Over the running number of a row."""
BY_LEAD = _(
    "Tính theo cơ quan ra quyết định kiểm tra (chủ trì), theo tổ chức của ngày kiểm tra; ngày tính là ngày của biên bản. Chỉ tính lượt đã ký biên bản; lượt đột xuất còn niêm phong chưa có trong số nào. Tự kiểm tra không tính là kiểm tra."
)


@dataclass(frozen=True)
class Head:
    """A column: its title, the title above several, its number in the form, what it holds, its share of the width.

    `figure` and `part` name the list behind its numbers; `of_year` asks it from 1 January.
    """

    titled: str
    grouped: str = ""
    mark: str = ""
    holds: Holds = "number"
    room: float = 10
    figure: str = ""
    part: str = ""
    of_year: bool = False

    @property
    def title(self) -> str:
        return gettext(self.titled)

    @property
    def group(self) -> str:
        return gettext(self.grouped) if self.grouped else ""


@dataclass(frozen=True)
class Reference:
    """Where a cell of a row leads: a visit, a recommendation, a unit; the list of a figure by lead, or of one that scores the year."""

    column: int
    leads_to: Literal["visit", "recommendation", "unit", "figure", "evidence"]
    name: str
    part: str = ""


@dataclass(frozen=True)
class Row:
    """One row. `scope` is the unit whose lists stand behind its numbers, or nothing."""

    cells: tuple[Value, ...]
    scope: str = ""
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True)
class Schedule:
    """One Biểu. `bands` are column ranges of its parts where it is too wide for one sheet of paper."""

    number: int
    title: str
    heads: Sequence[Head]
    rows: Sequence[Row]
    rules: Sequence[str]
    total: Row | None = None
    empty: str = ""
    bands: Sequence[tuple[int, ...]] = ()

    @property
    def name(self) -> str:
        return gettext("Biểu %d") % self.number

    @property
    def grouped(self) -> bool:
        return any(head.grouped for head in self.heads)


def shown(value: Value, head: Head) -> str:
    """A cell as people read it. A total bears no number of its own."""
    if value is None:
        return "" if head.titled == RUNNING else NOTHING
    if isinstance(value, Rate):
        return NOTHING if value.rate is None else percent(value.rate)
    if isinstance(value, date):
        return vn_date(value)
    if isinstance(value, int | float):
        return vn_number(value)
    return value or (NOTHING if head.holds == "code" else "")
