"""Which rows are a unit's: its own and those of what was ever below it, without what is still sealed."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Field, ForeignKey, Model, Q, QuerySet

from kycuong.draws.models import Draw
from kycuong.inspections.models import Inspection, Visit
from kycuong.inspections.rules import VisitState
from kycuong.orgs.models import Closure, Lineage, Unit

from .rules import SECRET_COLUMNS, TABLES, Table

BY_LABEL = {table.label: table for table in TABLES}
CHUNK = 2_000
FAR = 5
"""Steps from a row to the inspection that it belongs to, at most."""


@dataclass(frozen=True)
class Extent:
    """What leaves: the units, and whether these are all there are; then rows that hang on no unit leave as well."""

    unit: Unit
    whole: bool

    def units(self) -> Q:
        """Those ever below the unit, and those that ended and are carried on there, as a filter of units."""
        below = Closure.objects.filter(ancestor=self.unit).values("descendant_id")
        return Q(pk__in=below) | Q(pk__in=Lineage.objects.filter(heir__in=below).values("origin_id"))


def extent_of(unit: Unit) -> Extent:
    """What leaves with a unit."""
    some = Extent(unit, whole=False)
    return Extent(unit, whole=not Unit.objects.exclude(some.units()).exists())


def model_of(table: Table) -> type[Model]:
    return apps.get_model(table.label)


def columns_of(table: Table) -> list[Field[Any, Any]]:
    """The columns that leave."""
    secret = SECRET_COLUMNS.get(table.label, {})
    return [field for field in model_of(table)._meta.concrete_fields if field.column not in secret]


def rows_of(table: Table, extent: Extent) -> Iterator[tuple[Any, ...]]:
    """The rows that leave, in the order of their keys, some thousand in memory at a time."""
    names = [field.attname for field in columns_of(table)]
    yield from chosen(table, extent).order_by("pk").values_list(*names).iterator(chunk_size=CHUNK)


def chosen(table: Table, extent: Extent) -> QuerySet[Any]:
    """The unit's rows of a table, without what is still sealed."""
    return unsealed(owned(table, extent))


def owned(table: Table, extent: Extent) -> QuerySet[Any]:
    """The unit's rows of a table, sealed or not."""
    rows = model_of(table)._base_manager.all()
    if table.how == "*" or (extent.whole and not table.how.startswith("<<") and ">" not in table.how):
        return rows
    if ">" in table.how and "<" not in table.how:
        field, label = table.how.split(">")
        return rows.filter(**{f"{field}__in": chosen(BY_LABEL[label], extent).values("pk")})
    wanted = Q(pk__in=[])
    for way in table.how.split() if "<" in table.how else table.how.split("/"):
        wanted |= _pointed_at(way.lstrip("<"), extent) if "<" in way else _leads_to(way, extent)
    return rows.filter(wanted)


def _leads_to(path: str, extent: Extent) -> Q:
    """Rows whose path ends at one of the units."""
    name = path.removesuffix("?")
    inside = Q(**{f"{name}__in": Unit.objects.filter(extent.units()).values("pk")})
    return inside | Q(**{f"{name}__isnull": True}) if path.endswith("?") else inside


def _pointed_at(way: str, extent: Extent) -> Q:
    """Rows that a field of the chosen rows of another table points to."""
    label, field = way.rsplit(".", 1)
    found = chosen(BY_LABEL[label], extent).filter(**{f"{field}__isnull": False})
    return Q(pk__in=found.values(f"{field}_id"))


def unsealed(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Without what belongs to a sealed inspection none of whose minutes are signed, to such a visit, or to the readers of a draw."""
    model: type[Model] = rows.model
    for target, sealed in (
        (Inspection, sealed_inspections()),
        (Visit, sealed_visits()),
        (Draw, Draw.objects.filter(revealed_at=None)),
    ):
        if target is Draw and model is Draw:
            continue  # that there is one, and its title, everybody may know: what is sealed of it are columns
        for path in paths_to(model, target):
            rows = rows.exclude(**{f"{path}__in": sealed.values("pk")})
    return rows


def sealed_visits() -> QuerySet[Visit]:
    """Of sealed inspections, before their minutes are signed: known to a short list only, by their pages."""
    return Visit.objects.filter(state=VisitState.DRAFT, inspection__sealed_at__isnull=False)


def sealed_inspections() -> QuerySet[Inspection]:
    """Sealed, and no minutes of theirs are signed."""
    signed = Visit.objects.exclude(state=VisitState.DRAFT).values("inspection_id")
    return Inspection.objects.filter(sealed_at__isnull=False).exclude(pk__in=signed)


@cache
def paths_to(model: type[Model], target: type[Model]) -> tuple[str, ...]:
    """Every way along foreign keys from a row to a row of the target: a new table finds its own."""
    found, waiting = [], deque([(model, "")])
    while waiting:
        at, path = waiting.popleft()
        if at is target:
            found.append(path or "pk")
            continue
        for field in at._meta.concrete_fields if path.count("__") < FAR else ():
            if isinstance(field, ForeignKey) and field.related_model is not at:
                waiting.append((field.related_model, f"{path}__{field.name}" if path else field.name))
    return tuple(found)


def withheld_in(table: Table, extent: Extent) -> dict[str, int]:
    """Sealed column → how many rows hold something in it; «rows» → how many rows stay, because they are sealed whole."""
    held = {"rows": owned(table, extent).count() - chosen(table, extent).count()}
    for column in SECRET_COLUMNS.get(table.label, {}):
        if column.startswith("sealed_"):
            held[column] = chosen(table, extent).exclude(**{column: ""}).count()
    return {name: count for name, count in held.items() if count}
