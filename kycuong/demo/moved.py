"""Before and after: whose figures of this year a visitor moves, what they were when the visitor began, and now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kycuong.orgs.authority import Someone, can, units_where
from kycuong.orgs.models import Unit
from kycuong.orgs.rules import Kind
from kycuong.reports.forms import Asked
from kycuong.reports.queries import figures_for, list_for
from kycuong.reports.rules.words import is_rate
from kycuong.ui.formats import percent, vn_number

from .tour import SEE, list_url, this_year

LIVE = ("visits", "inspections", "units_inspected", "coverage", "surprise_share")
Remembered = Mapping[str, list[int]]
"""Name → [number] or [numerator, denominator]: what a session keeps."""


@dataclass(frozen=True)
class Moving:
    """One figure of this year: now, and before if the visitor has begun."""

    label: str
    now: str
    parts: str
    url: str
    before: str = ""
    parts_before: str = ""

    @property
    def moved(self) -> bool:
        return bool(self.before) and (self.before, self.parts_before) != (self.now, self.parts)


def labels() -> dict[str, str]:
    return {
        "visits": _("Lượt kiểm tra"),
        "inspections": _("Cuộc kiểm tra"),
        "units_inspected": _("Đơn vị được kiểm tra"),
        "coverage": _("Tỷ lệ bao phủ"),
        "surprise_share": _("Tỷ lệ đột xuất"),
    }


def counted(asked: Asked) -> dict[str, list[int]]:
    """The live figures, as a session keeps them."""
    figures = figures_for(asked.scope, asked.period, names=LIVE)
    return {name: plain(figures[name]) for name in LIVE}


def plain(value: Any) -> list[int]:
    return [value["numerator"], value["denominator"]] if is_rate(value) else [value]


def movings(asked: Asked, before: Remembered | None) -> list[Moving]:
    """Each live figure, beside what it was."""
    now = counted(asked)
    then = before or {}
    return [
        Moving(
            label, *said(now[name]), list_url(asked, name), *(said(then[name]) if then.get(name) else ("", ""))
        )
        for name, label in labels().items()
    ]  # fmt: skip


def said(value: list[int]) -> tuple[str, str]:
    """(number, what it is made of)."""
    if len(value) == 1:
        return vn_number(value[0]), ""
    top, bottom = value
    return percent(top / bottom if bottom else None), f"{vn_number(top)}/{vn_number(bottom)}"


def to_move(person: Someone, province: Unit) -> Asked | None:
    """The figures that a visit of this person moves before their eyes: the province's, or those of their own agency."""
    own = Unit.objects.filter(pk__in=recorders(person)).order_by("pk")
    scope = next((unit for unit in (province, *own) if can(person, SEE, at=unit)), None)
    return this_year(scope) if scope else None


def recorders(person: Someone) -> set[int]:
    """Units in whose name the person may open a surprise visit and sign its minutes."""
    return set(units_where(person, "visit.sign")) & set(units_where(person, "inspection.open"))


def unit_not_yet_inspected(asked: Asked) -> str:
    """The address of a unit that nobody inspected this year, a commune if there is one: a visit there moves every figure."""
    for kind in (Kind.COMMUNE_PC, Kind.DIVISION, Kind.PUBLIC_SERVICE_UNIT):
        rows = list_for("units_by_kind", asked.scope, asked.period, key=kind).dicts()
        if found := next((str(row["unit"]) for row in rows if not row["inspected"]), ""):
            return found
    return ""
