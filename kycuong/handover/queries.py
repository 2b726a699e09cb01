"""Which rows leave: all of them, without what is still sealed."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Case, F, Field, ForeignKey, Model, Q, QuerySet, When

from kycuong.draws.models import Draw
from kycuong.inspections.models import Inspection, Sealing, Visit
from kycuong.inspections.rules import VisitState
from kycuong.orgs.models import Closure, Unit

from .rules import NAMED_BY, SECRET_COLUMNS, TABLES, Table

BY_LABEL = {table.label: table for table in TABLES}
CHUNK = 2_000
FAR = 5
"""Steps from a row to the inspection that it belongs to, at most."""
KEPT_FILE = "files.Attachment"
OF_KEPT_FILE = {KEPT_FILE: "pk", "files.AttachmentOrigin": "attachment"}


def topmost() -> list[Unit]:
    """The units above which nothing ever stood."""
    below = Closure.objects.exclude(ancestor_id=F("descendant_id")).values("descendant_id")
    return list(Unit.objects.exclude(pk__in=below).order_by("pk"))


def model_of(table: Table) -> type[Model]:
    return apps.get_model(table.label)


def columns_of(table: Table) -> list[Field[Any, Any]]:
    """The columns that leave."""
    secret = SECRET_COLUMNS.get(table.label, {})
    return [field for field in model_of(table)._meta.concrete_fields if field.column not in secret]


def rows_of(table: Table) -> Iterator[tuple[Any, ...]]:
    """The rows that leave, in the order of their keys, some thousand in memory at a time."""
    told = [_value(table, field) for field in columns_of(table)]
    yield from chosen(table).order_by("pk").values_list(*told).iterator(chunk_size=CHUNK)


def _value(table: Table, field: Field[Any, Any]) -> str | Case:
    """The column; of a signed visit the group of the team only once the team leaves."""
    if (table.label, field.name) != ("inspections.Visit", "group"):
        return field.attname
    return Case(When(~Q(inspection__in=waiting_inspections().values("pk")), then=F("group_id")))


def chosen(table: Table) -> QuerySet[Any]:
    """The rows of a table, without what is still sealed."""
    rows = unsealed(model_of(table)._base_manager.all())
    if (key := OF_KEPT_FILE.get(table.label)) is None:
        return rows
    wanted = Q(pk__in=[])
    for label, field in NAMED_BY.items():
        naming = chosen(BY_LABEL[label]).filter(**{f"{field}__isnull": False})
        wanted |= Q(**{f"{key}__in": naming.values(f"{field}_id")})
    return rows.filter(wanted)


def unsealed(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Without what belongs to a visit of a sealed inspection whose minutes are not signed, to a sealed inspection beside its
    visits while not all of it is opened, or to the readers of a draw."""
    model: type[Model] = rows.model
    if model is Inspection:
        return rows.exclude(pk__in=unsigned_inspections().values("pk"))
    for target, sealed in (
        (Inspection, waiting_inspections()),
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


def unsigned_inspections() -> QuerySet[Inspection]:
    """Sealed, and no minutes of theirs are signed."""
    signed = Visit.objects.exclude(state=VisitState.DRAFT).values("inspection_id")
    return Inspection.objects.filter(sealed_at__isnull=False).exclude(pk__in=signed)


def waiting_inspections() -> QuerySet[Inspection]:
    """Sealed, and something of theirs is still to come: their teams, ties and waivers would tell where."""
    opened = Sealing.objects.filter(unsealed_at__isnull=False).values("inspection_id")
    return Inspection.objects.filter(sealed_at__isnull=False).exclude(pk__in=opened)


@cache
def paths_to(model: type[Model], target: type[Model]) -> tuple[str, ...]:
    """Every way along foreign keys from a row to a row of the target, not past a visit: a new table finds its own."""
    found, waiting = [], deque([(model, "")])
    while waiting:
        at, path = waiting.popleft()
        if at is target:
            found.append(path or "pk")
            continue
        if at is Visit or path.count("__") >= FAR:
            continue
        for field in at._meta.concrete_fields:
            if isinstance(field, ForeignKey) and field.related_model is not at:
                waiting.append((field.related_model, f"{path}__{field.name}" if path else field.name))
    return tuple(found)
