"""Đơn vị: what may be inspected under a scope, the denominator of coverage."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from kycuong.orgs.rules import INSPECTABLE

from . import lists
from .figure import Figure, Reading
from .tallies import UNITS


def read(rows: Reading) -> int:
    return sum(units for kind, _, belongs, _, units in rows[UNITS] if belongs and kind in INSPECTABLE)


FIGURE = Figure(
    name="units",
    titled=gettext_noop("Đơn vị thuộc phạm vi"),
    defined="Các đơn vị thuộc diện kiểm tra nằm dưới phạm vi (không kể chính nó) và còn tồn tại vào ngày chốt. Ký hiệu: D.",
    definition_en="D: inspectable units strictly under the scope that exist at the cut-off.",
    tallies=(UNITS,),
    read=read,
    listing=lists.units("belongs = 1 AND kind IN (:inspectable)"),
)
