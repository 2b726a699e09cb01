"""People, their roles, who stands in for whom; units and their history."""

from __future__ import annotations

from .people import Assignment, Person, PersonManager
from .standing_in import StandIn, StandInAct, StandInQuerySet
from .units import (
    Closure,
    Edge,
    Lineage,
    Reorganisation,
    Succession,
    Unit,
    UnitCode,
    UnitQuerySet,
    UnitVersion,
    interval,
)

__all__ = [
    "Assignment",
    "Closure",
    "Edge",
    "Lineage",
    "Person",
    "PersonManager",
    "Reorganisation",
    "StandIn",
    "StandInAct",
    "StandInQuerySet",
    "Succession",
    "Unit",
    "UnitCode",
    "UnitQuerySet",
    "UnitVersion",
    "interval",
]
