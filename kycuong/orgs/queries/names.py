"""What units are called, where they stand and what codes they bear on a day, for many at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.db.models import OuterRef, Subquery

from kycuong.orgs.models import Edge, Unit, UnitCode, UnitVersion
from kycuong.orgs.rules import FOREVER, TOPS, Kind, Scheme

AT_ONCE = 2_000


def versions_on(unit_ids: Collection[int], day: date) -> dict[int, UnitVersion]:
    """The version valid on the day; after the end of a unit its last, before its beginning its first."""
    found: dict[int, UnitVersion] = {}
    for part in _parts(unit_ids):
        for version in UnitVersion.objects.filter(unit_id__in=part).order_by("valid_from"):
            if version.valid_from <= day or version.unit_id not in found:
                found[version.unit_id] = version
    return found


def names_on(unit_ids: Collection[int], day: date) -> dict[int, str]:
    """Plain names on the day."""
    return {unit: version.name for unit, version in versions_on(unit_ids, day).items()}


def last_name(of: str) -> Subquery:
    """What a unit is called now, or was when it ended, inside a question about rows that name it in the column `of`."""
    return Subquery(UnitVersion.objects.filter(unit_id=OuterRef(of)).order_by("-valid_from").values("name")[:1])


def parents_on(unit_ids: Collection[int], day: date) -> dict[int, int]:
    """The parent on the day, or the nearest one in time for units that do not exist on it."""
    found: dict[int, int] = {}
    for part in _parts(unit_ids):
        edges = Edge.objects.filter(child_id__in=part).order_by("valid_from")
        for child, parent, start in edges.values_list("child_id", "parent_id", "valid_from"):
            if start <= day or child not in found:
                found[child] = parent
    return found


def full_names(unit_ids: Collection[int], day: date) -> dict[int, str]:
    """Names with the district or department they belong to: «Phòng Nội vụ, Huyện Cao Lộc». A province goes without saying.

    A unit that ended before the day is named as it last was, with its last parent.
    """
    versions = versions_on(unit_ids, day)
    parents = parents_on(unit_ids, day)
    above = _versions_at_the_side(versions, parents, day)
    return {
        unit: f"{version.name}, {above[unit].name}" if unit in above else version.name
        for unit, version in versions.items()
    }


def parent_on(unit: Unit, day: date) -> Unit | None:
    """The unit above on that very day; None at the top or when the unit does not exist."""
    edge = Edge.objects.filter(child=unit, valid_from__lte=day, valid_to__gt=day).select_related("parent").first()
    return edge.parent if edge else None


def children_on(unit: Unit, day: date) -> list[Unit]:
    """The units directly below on that day."""
    children = Unit.objects.filter(
        edges_up__parent=unit, edges_up__valid_from__lte=day, edges_up__valid_to__gt=day
    ).distinct()
    by_key = {child.pk: child for child in children}
    versions = versions_on(by_key, day)
    return [by_key[key] for key in sorted(by_key, key=lambda key: in_order(versions[key].kind, versions[key].sort_key))]


def unit_by_code(code: str, day: date, scheme: str = Scheme.AREA) -> Unit | None:
    """The bearer of a code on a day."""
    row = UnitCode.objects.filter(value=code, scheme=scheme, valid_from__lte=day, valid_to__gt=day)
    found = row.select_related("unit").first()
    return found.unit if found else None


def codes_on(unit_ids: Collection[int], day: date, scheme: str = Scheme.AREA) -> dict[int, str]:
    """The codes borne on the day."""
    found: dict[int, str] = {}
    for part in _parts(unit_ids):
        rows = UnitCode.objects.filter(unit_id__in=part, scheme=scheme, valid_from__lte=day, valid_to__gt=day)
        found |= dict(rows.values_list("unit_id", "value"))
    return found


PLACES = {kind: place for place, kind in enumerate(Kind.values)}


def in_order(kind: str, key: str) -> tuple[int, str]:
    """Order among brothers: by kind, then by the dictionary."""
    return (PLACES[kind], key)


def last_day(valid_to: date) -> date | None:
    """The last day of a half-open validity, as people write it; None while it goes on."""
    return None if valid_to == FOREVER else valid_to - timedelta(days=1)


def _versions_at_the_side(
    versions: dict[int, UnitVersion], parents: dict[int, int], day: date
) -> dict[int, UnitVersion]:
    """Each unit's parent as it was called when the unit last existed, at the latest on the day; provinces left out."""
    moments = {unit: min(day, version.valid_to - timedelta(days=1)) for unit, version in versions.items()}
    rows: dict[int, list[UnitVersion]] = {}
    for part in _parts(set(parents.values())):
        for version in UnitVersion.objects.filter(unit_id__in=part).order_by("valid_from"):
            rows.setdefault(version.unit_id, []).append(version)
    found: dict[int, UnitVersion] = {}
    for unit, parent in parents.items():
        then = [version for version in rows[parent] if version.valid_from <= moments[unit]]
        version = then[-1] if then else rows[parent][0]
        if version.kind not in TOPS:
            found[unit] = version
    return found


def _parts(keys: Iterable[int]) -> Iterable[list[int]]:
    every = sorted(set(keys))
    for start in range(0, len(every), AT_ONCE):
        yield every[start : start + AT_ONCE]
