"""The units of a day as lists tell them: filtered, in order, with parent and code."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from kycuong.orgs.authority import Someone, units_visible_to
from kycuong.orgs.models import Unit, UnitVersion
from kycuong.orgs.rules import Kind

from .names import codes_on, parents_on, versions_on
from .search import search_units

MOST_HITS = 400


def keys_on(day: date, *, person: Someone, kind: str = "", under: Unit | None = None, text: str = "") -> list[int]:
    """The units of the day that the person sees, of a kind, under a unit, and called so."""
    found = UnitVersion.objects.filter(valid_from__lte=day, valid_to__gt=day, unit__in=units_visible_to(person))
    if kind:
        found = found.filter(kind=kind)
    if under:
        found = found.filter(unit__in=Unit.objects.under(under, on=day))
    return in_order_of(found, text, day)


def in_order_of(found: QuerySet[UnitVersion], text: str, day: date) -> list[int]:
    """Keys of the units: best hits first when a text is looked for, otherwise by kind and name."""
    if not text.strip():
        rows = found.values_list("unit_id", "kind", "sort_key")
        return [key for key, *_ in sorted(rows, key=lambda row: (Kind.values.index(row[1]), row[2], row[0]))]
    wanted = set(found.values_list("unit_id", flat=True))
    hits = search_units(text, on=day, limit=MOST_HITS)
    return [key for key in dict.fromkeys(hit.unit_id for hit in hits) if key in wanted]


def lines_of(keys: list[int], day: date) -> list[dict[str, Any]]:
    parents, codes = parents_on(keys, day), codes_on(keys, day)
    slugs = dict(Unit.objects.filter(pk__in=set(parents.values())).values_list("pk", "slug"))
    return [
        {**line, "parent": slugs.get(parents.get(key, 0)), "code": codes.get(key, "")}
        for key, line in zip(keys, named_on(keys, day), strict=True)
    ]


def named_on(keys: Iterable[int], day: date) -> list[dict[str, Any]]:
    """The units as they are called on the day, in the order of the keys."""
    keys = list(keys)
    versions = versions_on(keys, day)
    units = Unit.objects.in_bulk(keys)
    return [
        {"slug": units[key].slug, "uid": units[key].uid, "name": versions[key].name, "kind": versions[key].kind}
        for key in keys
    ]
