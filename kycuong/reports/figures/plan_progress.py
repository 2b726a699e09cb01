"""How far a lead authority has come with its plan of the year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext_noop as _

from . import units, units_inspected
from .figure import Column, Figure, Reading, Tally, plain, rate
from .tallies import UNITS

PLAN = Tally(
    """SELECT uid, number, issued_on, year, target_units, target_percent
FROM plans_inspectionplan
WHERE agency_id = :scope AND year = :year AND issued_on <= :last""",
    needs=(),
)


def target_in_units(target_units: int | None, target_percent: int | None, owned: int) -> int:
    """The target as a number of units; a part of a unit is a unit."""
    return target_units if target_units is not None else -(-(target_percent or 0) * owned // 100)


def read(rows: Reading) -> dict[str, Any] | None:
    if not rows[PLAN]:
        return None
    ((uid, number, issued_on, year, target_units, target_percent),) = rows[PLAN]
    led = rows.beside(rows.question.year_to_cutoff_by_lead())
    owned = units.read(led)
    issued: date = plain(issued_on, Column("issued_on", "", "day"))
    return {
        **rate(units_inspected.read(led), target_in_units(target_units, target_percent, owned)),
        "plan": plain(uid, Column("plan", "", "uid")),
        "number": number,
        "issued_on": issued.isoformat(),
        "year": year,
        "target_units": target_units,
        "target_percent": target_percent,
        "units": owned,
    }


assert units_inspected.FIGURE.listing is not None

FIGURE = Figure(
    name="plan_progress",
    titled=_("Tiến độ kế hoạch"),
    defined="Số đơn vị do cơ quan này chủ trì kiểm tra từ 01/01 đến ngày chốt, so với chỉ tiêu của kế hoạch đã ban hành (số đơn "
    "vị, hoặc % của D làm tròn lên). Luôn theo cơ quan chủ trì và theo tổ chức của ngày kiểm tra.",
    definition_en="Units inspected by lead from 1 January to the cut-off, against the target of the plan issued by then (units, or "
    "% of D rounded up). Always by lead and as it was.",
    tallies=(PLAN, UNITS),
    read=read,
    listing=replace(units_inspected.FIGURE.listing, asks=lambda question: question.year_to_cutoff_by_lead()),
)
