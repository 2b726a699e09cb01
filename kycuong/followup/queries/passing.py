"""Who ended by a reorganisation, who carries a unit on, and what is still open there."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.db.models import Count
from django.urls import reverse

from kycuong.followup.models import Recommendation
from kycuong.orgs.models import Edge, Lineage, Person, Reorganisation, Unit
from kycuong.orgs.rules import FOREVER, Duty

HIGHEST = 10
"""Levels of a hierarchy: more would be a circle."""


def ended_by(reorganisation: Reorganisation) -> list[Unit]:
    """Predecessors that no longer exist on the day of effect, in a fixed order."""
    day = reorganisation.effective_on
    old = Unit.objects.filter(successions_forward__reorganisation=reorganisation).distinct().order_by("pk")
    standing = old.filter(versions__valid_from__lte=day, versions__valid_to__gt=day)
    return list(old.exclude(pk__in=list(standing.values_list("pk", flat=True))))


def heirs_of(unit: Unit, reorganisation: Reorganisation) -> list[Unit]:
    """Who carries the unit on by this reorganisation, in the order in which it names them."""
    rows = reorganisation.successions.filter(predecessor=unit, successor__isnull=False).order_by("pk")
    return [row.successor for row in rows.select_related("successor") if row.successor is not None]


def stands(unit: Unit, day: date) -> bool:
    """Whether the unit exists on the day."""
    return unit.versions.filter(valid_from__lte=day, valid_to__gt=day).exists()


def carrier_of(unit: Unit, day: date) -> Unit:
    """The unit itself while it exists; then the first that carries it on, as far as there is one."""
    if stands(unit, day):
        return unit
    rows = Lineage.objects.filter(origin=unit, valid_from__lte=day, valid_to__gt=day).exclude(heir=unit)
    first = rows.select_related("heir").order_by("pk").first()
    return first.heir if first else unit


def superior_of(unit: Unit, day: date) -> Unit | None:
    """The nearest unit that stood above it on the day before and still exists."""
    here, before = unit, day - timedelta(days=1)
    for _step in range(HIGHEST):
        edges = Edge.objects.filter(child=here, valid_from__lte=before, valid_to__gte=day).select_related("parent")
        edge = edges.first()
        if edge is None:
            return None
        if stands(edge.parent, day):
            return edge.parent
        here = edge.parent
    return None


def receivers_of(recommendation: Recommendation) -> list[Unit]:
    """To whom an open recommendation of a unit that ended may be given: other heirs of that unit, and their superiors."""
    first = recommendation.issued_to or recommendation.unit
    rows = Lineage.objects.filter(origin=first, valid_to=FOREVER).select_related("heir")
    heirs = [row.heir for row in rows if row.heir_id != first.pk]
    above = [edge.parent for edge in Edge.objects.filter(child__in=heirs, valid_to=FOREVER).select_related("parent")]
    return [one for one in dict.fromkeys([*heirs, *above]) if one != recommendation.unit]


def open_duties(person: Person, unit_ids: Collection[int], *, on: date) -> Iterable[Duty]:
    """Open recommendations of units that are about to end: they go on by themselves."""
    found = Recommendation.objects.visible_to(person).open().filter(unit_id__in=unit_ids)
    rows = found.order_by().values_list("unit_id", "unit__slug").annotate(count=Count("pk", distinct=True))
    for unit, slug, count in rows:
        address = f"{reverse('followup:recommendations')}?unit={slug}"
        fate = "về cơ quan quản lý trực tiếp, hoặc kết thúc với lý do đã ghi"
        yield Duty(unit, "kiến nghị còn mở (tự chuyển)", count, address, fate)
