"""Units, units inspected and coverage for each kind of unit."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop

from kycuong.orgs.rules import Kind

from . import lists
from .figure import Figure, Reading, rate
from .tallies import UNITS

KINDS = (Kind.COMMUNE_PC, Kind.DISTRICT_PC, Kind.DIVISION, Kind.PROVINCIAL_DEPARTMENT, Kind.PUBLIC_SERVICE_UNIT)


def of_kind(rows: Reading, kind: Kind) -> dict[str, Any]:
    mine = [(belongs, inspected, units) for found, _, belongs, inspected, units in rows[UNITS] if found == kind]
    owned = sum(units for belongs, _, units in mine if belongs)
    both = sum(units for belongs, inspected, units in mine if belongs and inspected)
    inspected_units = sum(units for _, inspected, units in mine if inspected)
    return {"units": owned, "units_inspected": inspected_units, "coverage": rate(both, owned)}


def read(rows: Reading) -> dict[str, dict[str, Any]]:
    return {str(kind): of_kind(rows, kind) for kind in KINDS}


FIGURE = Figure(
    name="units_by_kind",
    titled=gettext_noop("Theo loại đơn vị"),
    defined="Đơn vị, đơn vị được kiểm tra và tỷ lệ của từng loại. Loại lấy theo ngày chốt; đơn vị đã chấm dứt lấy loại cuối.",
    definition_en="Units, units inspected and coverage of each kind: the kind at the cut-off, or the last one of a unit that "
    "ended.",
    tallies=(UNITS,),
    read=read,
    listing=lists.units("(inspected = 1 OR belongs = 1) AND kind IN (:inspectable)"),
)
