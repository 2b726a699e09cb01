"""Agencies that owe a plan: the missing ones, by name."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_noop as _

from .agencies_with_plan import LISTING, PLANS
from .figure import Figure, Reading


def read(rows: Reading) -> int:
    ((issued, agencies),) = rows[PLANS]
    return int(agencies - issued)


FIGURE = Figure(
    name="agencies_without_plan",
    titled=_("Cơ quan chưa ban hành kế hoạch"),
    defined="Các cơ quan phải có kế hoạch của năm mà đến hết ngày chốt chưa ban hành, nêu tên.",
    definition_en="The agencies that must issue a plan for the year and had not by the cut-off, listed by name.",
    tallies=(PLANS,),
    read=read,
    listing=replace(LISTING, where="issued = 0"),
)
