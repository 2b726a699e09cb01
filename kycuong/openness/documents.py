"""The public page as data: the same rows as files that programs read. Columns are stable; new ones come at the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_noop as _

from kycuong.catalog.rules import Severity
from kycuong.openness.queries import Correction, PublicVisit, YearTable
from kycuong.openness.rules.suppression import Hidden, Told, told

LICENCE = "CC BY 4.0"
LICENCE_LINE = _("Dùng lại được, kể cả để kinh doanh, khi ghi nguồn là cơ quan công bố (CC BY 4.0).")
SEVERITIES = {severity: f"found_{severity.name.lower()}" for severity in Severity}
VISIT_COLUMNS = ("key", "unit", "kind", "month", "form", "groups", *SEVERITIES.values(), "remedy", "public_from")
YEAR_COLUMNS = ("year", "kind", "units", "units_public", "visits_public", *SEVERITIES.values())


def shown(number: Told, least: int) -> str | int:
    """A number as a cell of a page or a CSV file: itself, «<3», or «*» where it would give away a small one."""
    if isinstance(number, Hidden):
        return f"<{least}" if number is Hidden.SMALL else "*"
    return number


def visit_rows(visits: Sequence[PublicVisit], least: int) -> Iterator[dict[str, Any]]:
    """Each visit by column; numbers that are not told are words of `shown`."""
    for one in visits:
        found = {column: shown(told(one.found[severity], least), least) for severity, column in SEVERITIES.items()}
        yield {
            "key": one.key,
            "unit": one.unit,
            "kind": str(one.kind),
            "month": one.month,
            "form": str(one.form),
            "groups": "; ".join(one.groups),
            **found,
            "remedy": str(one.remedy),
            "public_from": f"{one.public_from:%Y-%m}",
        }


def year_rows(tables: Sequence[YearTable], least: int) -> Iterator[dict[str, Any]]:
    """Each kind of each year, and «all» of it. Findings are empty before the year is added up."""
    for table in tables:
        for line in (*table.lines, table.total):
            found = {column: shown(line.found[s], least) if line.found else "" for s, column in SEVERITIES.items()}
            yield {
                "year": table.year,
                "kind": str(line.kind or "all"),
                "units": line.units,
                "units_public": line.units_public,
                "visits_public": line.visits_public,
                **found,
            }


def about(day: date, least: int, embargo_days: int) -> dict[str, Any]:
    """What a file says of itself. The day of reading is no part of it: the same rows are the same file tomorrow."""
    return {
        "licence": LICENCE,
        "licence_line": LICENCE_LINE,
        "least_number_told": least,
        "days_after_conclusion": embargo_days,
        "days_after_conclusion_of": "what is concluded today; what was concluded before keeps the terms of its day",
        "hidden": {f"<{least}": "small number", "*": "held back: it would give away a small number"},
    }


def correction_rows(corrections: Sequence[Correction]) -> list[dict[str, str]]:
    return [
        {"key": one.key, "unit": one.unit, "month": one.month, "taken_back_on": f"{one.taken_back_on:%Y-%m}"}
        for one in corrections
    ]
