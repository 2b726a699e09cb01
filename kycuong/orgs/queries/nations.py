"""Whether a unit is a nation, or was one: figures of a nation are put together in another way."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from kycuong.orgs.models import Unit, UnitVersion
from kycuong.orgs.rules import Kind

TOLD = "told_nation"
"""The attribute of a unit that says so."""


def telling_nations(units: QuerySet[Unit]) -> QuerySet[Unit]:
    """Each of them knows, which takes no query of its own then."""
    nations = UnitVersion.objects.filter(unit_id=OuterRef("pk"), kind=Kind.NATION)
    return units.annotate(**{TOLD: Exists(nations)})


def ever_nation(unit: Unit) -> bool:
    """Asked of the database once, or not at all where `telling_nations` found the unit."""
    if TOLD not in vars(unit):
        setattr(unit, TOLD, UnitVersion.objects.filter(unit_id=unit.pk, kind=Kind.NATION).exists())
    return bool(vars(unit)[TOLD])
