"""The units inspected that still exist at the cut-off."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from . import lists
from .figure import Figure, Reading
from .tallies import UNITS


def read(rows: Reading) -> int:
    return sum(units for _, existing, _, inspected, units in rows[UNITS] if inspected and existing)


FIGURE = Figure(
    name="units_inspected_existing",
    titled=gettext_noop("Trong đó còn tồn tại"),
    defined="Phần của các đơn vị được kiểm tra còn tồn tại vào ngày chốt.",
    definition_en="The part of the units inspected that exists at the cut-off.",
    tallies=(UNITS,),
    read=read,
    listing=lists.units("inspected = 1 AND existing = 1"),
)
