"""Đơn vị được kiểm tra: distinct units, however often and by however many leads they were visited."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from . import lists
from .figure import Figure, Reading
from .tallies import UNITS


def read(rows: Reading) -> int:
    return sum(units for _, _, _, inspected, units in rows[UNITS] if inspected)


FIGURE = Figure(
    name="units_inspected",
    titled=gettext_noop("Đơn vị được kiểm tra"),
    defined="Số đơn vị khác nhau có ít nhất một lượt được tính trong kỳ; nhiều lượt, nhiều cơ quan chủ trì vẫn là một. Ký hiệu: I.",
    definition_en="I: distinct units with a counting visit in the period; visited twice or by two leads, a unit counts once.",
    tallies=(UNITS,),
    read=read,
    listing=lists.units("inspected = 1"),
)
