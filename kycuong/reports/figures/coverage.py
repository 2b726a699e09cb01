"""Tỷ lệ đơn vị được kiểm tra: never above one, and none where there is nothing to inspect."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop

from kycuong.orgs.rules import INSPECTABLE

from . import lists
from .figure import Figure, Reading, rate
from .tallies import UNITS


def read(rows: Reading) -> dict[str, Any]:
    owned = [
        (inspected, units) for kind, _, belongs, inspected, units in rows[UNITS] if belongs and kind in INSPECTABLE
    ]
    return rate(sum(units for inspected, units in owned if inspected), sum(units for _, units in owned))


FIGURE = Figure(
    name="coverage",
    titled=gettext_noop("Tỷ lệ đơn vị được kiểm tra"),
    defined="Tỷ lệ đơn vị thuộc phạm vi vào ngày chốt đã được kiểm tra trong kỳ: |I ∩ D| / |D|. D rỗng thì không có tỷ lệ.",
    definition_en="|I ∩ D| / |D|: never above 1; an empty D gives no rate, not 0.",
    tallies=(UNITS,),
    read=read,
    listing=lists.units("belongs = 1 AND kind IN (:inspectable)"),
)
