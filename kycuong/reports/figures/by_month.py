"""Visits and units inspected month by month, so that an end-of-year rush is visible."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop as _

from . import lists
from .each import UNIT
from .figure import Figure, Reading, Tally

MONTHS = Tally(
    f"""SELECT {{of_n}}{lists.MONTH} AS month, COUNT(*) AS visits, COUNT(DISTINCT n.unit_id) AS units_inspected
FROM counting n
GROUP BY {{of_n}}{lists.MONTH}""",
    by=UNIT,
    keys=1,
    sums=2,
)


def read(rows: Reading) -> list[dict[str, Any]]:
    found = {month: (visits, units) for month, visits, units in rows[MONTHS]}
    months = ((month, *found.get(month, (0, 0))) for month in rows.question.period.months())
    return [{"month": month, "visits": visits, "units_inspected": units} for month, visits, units in months]


FIGURE = Figure(
    name="by_month",
    titled=_("Theo tháng"),
    defined="Lượt và đơn vị được kiểm tra trong từng tháng dương lịch của kỳ. Một đơn vị có mặt ở mỗi tháng nó được kiểm tra.",
    definition_en="Visits and units inspected in each calendar month of the period.",
    tallies=(MONTHS,),
    read=read,
    listing=lists.visits("month"),
)
