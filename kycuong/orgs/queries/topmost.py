"""Whether a unit heads a hierarchy, which is why its figures may be put together in another way; and which one is the top of all."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from kycuong.core.remembering import remembered
from kycuong.orgs.models import Edge, Unit, UnitVersion
from kycuong.orgs.rules import TOPS

TOLD = "told_topmost"
"""The attribute of a unit that says so."""
TOP = "top of all"


def telling_topmost(units: QuerySet[Unit]) -> QuerySet[Unit]:
    """Each of them knows, which takes no query of its own then."""
    called = UnitVersion.objects.filter(unit_id=OuterRef("pk"), kind__in=TOPS)
    above = Edge.objects.filter(child_id=OuterRef("pk"))
    return units.annotate(**{TOLD: Exists(called) & ~Exists(above)})


def is_topmost(unit: Unit) -> bool:
    """Whether it is or was called a nation or a province, and never stood under another. Asked of the database once, or not at
    all where `telling_topmost` found the unit."""
    if TOLD not in vars(unit):
        setattr(unit, TOLD, telling_topmost(Unit.objects.filter(pk=unit.pk)).values_list(TOLD, flat=True).first())
    return bool(vars(unit)[TOLD])


def top_key() -> int | None:
    """The number of the top of all."""
    return remembered(TOP, Unit.objects.heading().values_list("pk", flat=True).first)


def finding_top() -> Subquery:
    """The same for a question that is asked anyway."""
    return Subquery(Unit.objects.heading().values("pk")[:1])


def note_top(found: int | None) -> None:
    """Somebody has asked so: for the rest of the request nobody asks again."""
    remembered(TOP, lambda: found)
