"""Keeps the tables that are derived from history (closure, lineage) equal to what history says."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from kycuong.audit.log import take_turns
from kycuong.orgs.models import Closure, Edge, Lineage, Succession, Unit, UnitVersion

from .closure import ClosureRow, Interval, closure_rows, joined
from .lineage import LineageRow, World, lineage_rows
from .records import chunks

CLOSURE = ("ancestor_id", "descendant_id", "depth", "valid_from", "valid_to")
LINEAGE = ("origin_id", "heir_id", "valid_from", "valid_to", "whole")


def derive(hierarchy: Collection[int], lineage: Collection[int]) -> None:
    """Bring the derived rows up to date after a change of these units' places and of these units' successions."""
    if hierarchy:
        below = units_below(hierarchy)
        _replace(Closure, CLOSURE, "descendant_id", below, _closure_of(below))
    if lineage:
        origins = set(lineage)
        for part in chunks(lineage):
            origins |= set(Lineage.objects.filter(heir_id__in=part).values_list("origin_id", flat=True))
        _replace(Lineage, LINEAGE, "origin_id", origins, _lineage_of(origins))


@transaction.atomic
def rebuild() -> tuple[int, int]:
    """Derive everything anew. The numbers of rows of closure and lineage. No act changes history meanwhile."""
    take_turns()
    units = set(Unit.objects.values_list("pk", flat=True))
    closure, lineage = _closure_of(units), _lineage_of(units)
    _replace(Closure, CLOSURE, "descendant_id", units, closure)
    _replace(Lineage, LINEAGE, "origin_id", units, lineage)
    return len(closure), len(lineage)


def differences() -> list[str]:
    """Where the derived tables differ from what history says, one line a row; empty when all is right."""
    units = set(Unit.objects.values_list("pk", flat=True))
    names = dict(Unit.objects.values_list("pk", "slug"))
    lines: list[str] = []
    for model, fields, wanted in (
        (Closure, CLOSURE, _closure_of(units)),
        (Lineage, LINEAGE, _lineage_of(units)),
    ):
        present = set(model._default_manager.values_list(*fields))
        for sign, rows in (("thiếu/missing", wanted - present), ("thừa/extra", present - wanted)):
            lines += [f"{model.__name__} {sign}: {_words(fields, row, names)}" for row in sorted(rows)]
    return lines


def units_below(units: Iterable[int]) -> set[int]:
    """The units and all that were, are or will be under them."""
    seen = set(units)
    front = set(seen)
    while front:
        found: set[int] = set()
        for part in chunks(front):
            found |= set(Edge.objects.filter(parent_id__in=part).values_list("child_id", flat=True))
        front = found - seen
        seen |= front
    return seen


def lives_of(units: Iterable[int]) -> dict[int, list[Interval]]:
    """When each unit exists: its versions, joined."""
    spans: dict[int, list[Interval]] = {}
    for part in chunks(units):
        rows = UnitVersion.objects.filter(unit_id__in=part).values_list("unit_id", "valid_from", "valid_to")
        for unit, start, end in rows:
            spans.setdefault(unit, []).append((start, end))
    return {unit: joined(found) for unit, found in spans.items()}


def _closure_of(units: Collection[int]) -> set[ClosureRow]:
    parents: dict[int, list[tuple[int, date, date]]] = {}
    front, seen = set(units), set(units)
    while front:
        above: set[int] = set()
        for part in chunks(front):
            edges = Edge.objects.filter(child_id__in=part).values_list(
                "child_id", "parent_id", "valid_from", "valid_to"
            )
            for child, parent, start, end in edges:
                parents.setdefault(child, []).append((parent, start, end))
                above.add(parent)
        front = above - seen
        seen |= front
    return closure_rows(units, lives_of(units), parents)


def _lineage_of(origins: Collection[int]) -> set[LineageRow]:
    forward: dict[int, list[tuple[date, int | None, bool]]] = {}
    rows = Succession.objects.filter(predecessor__isnull=False).filter(
        Q(successor__isnull=True) | ~Q(successor=F("predecessor"))
    )
    for unit, heir, day, whole in rows.values_list(
        "predecessor_id", "successor_id", "reorganisation__effective_on", "whole"
    ):
        forward.setdefault(unit, []).append((day, heir, whole))
    reached, front = set(origins), set(origins)
    while front:
        front = {heir for unit in front for _, heir, _ in forward.get(unit, ()) if heir is not None} - reached
        reached |= front
    return lineage_rows(origins, World(lives_of(reached), forward))


def _replace(model: type[Any], fields: Iterable[str], key: str, keys: Iterable[int], wanted: set[Any]) -> None:
    """Make the rows of these keys equal to those wanted, writing only what differs."""
    present: dict[Any, int] = {}
    for part in chunks(keys):
        for pk, *row in model.objects.filter(**{f"{key}__in": part}).values_list("pk", *fields):
            present[tuple(row)] = pk
    for part in chunks(pk for row, pk in present.items() if row not in wanted):
        model.objects.filter(pk__in=part).delete()
    names = list(fields)
    missing = sorted(wanted - present.keys())
    model.objects.bulk_create([model(**dict(zip(names, row, strict=True))) for row in missing], batch_size=2000)


def _words(fields: Iterable[str], row: tuple[Any, ...], names: dict[int, str]) -> str:
    """One derived row for people: units by their addresses."""
    values = [
        names.get(value, value) if field.endswith("_id") else value for field, value in zip(fields, row, strict=True)
    ]
    return " ".join(str(value) for value in values)
