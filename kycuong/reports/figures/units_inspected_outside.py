"""The units inspected that exist, but do not belong to the scope at the cut-off."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from . import lists
from .figure import Figure, Reading
from .tallies import UNITS


def read(rows: Reading) -> int:
    return sum(
        units for _, existing, belongs, inspected, units in rows[UNITS] if inspected and existing and not belongs
    )


FIGURE = Figure(
    name="units_inspected_outside",
    titled=gettext_noop("Trong đó không thuộc phạm vi"),
    defined="Phần còn tồn tại nhưng vào ngày chốt không nằm dưới phạm vi: đã chuyển đi, hoặc cơ quan chủ trì kiểm tra "
    "mà không quản lý trực tiếp.",
    definition_en="The existing part that is not under the scope at the cut-off: moved away, or inspected by a lead that does "
    "not own it.",
    tallies=(UNITS,),
    read=read,
    listing=lists.units("inspected = 1 AND existing = 1 AND belongs = 0"),
)
