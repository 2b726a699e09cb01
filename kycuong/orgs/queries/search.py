"""Finding units by what people type: without accents, by abbreviation, by a name of long ago — and of which era it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from kycuong.core.clock import today
from kycuong.core.vietnamese import fold, query_words
from kycuong.orgs.models import Edge, UnitVersion
from kycuong.orgs.rules import FOREVER, TOPS, Kind

from .names import in_order, last_day

LONGEST_QUERY = 8
"""Words of a query that count; the rest only make it slow."""
MOST_CANDIDATES = 400


@dataclass(frozen=True)
class UnitHit:
    """A unit as it was called, and where it stood, during an interval."""

    unit_id: int
    slug: str
    uid: UUID
    name: str
    kind: str
    parent: str
    valid_from: date
    valid_to: date

    @property
    def kind_label(self) -> str:
        return str(Kind(self.kind).label)

    @property
    def label(self) -> str:
        return f"{self.name}, {self.parent}" if self.parent else self.name

    @property
    def is_past(self) -> bool:
        return self.valid_to <= today()

    @property
    def past_label(self) -> str:
        """«tên cũ đến 01/01/2020»: the day on which the name, or what it belonged to, held no longer."""
        return f"tên cũ đến {self.valid_to:%d/%m/%Y}"

    @property
    def era(self) -> str:
        """«đến 30/06/2025», «từ 01/07/2025»; empty for what has no end and begins before anybody's memory."""
        end = last_day(self.valid_to)
        start = self.valid_from
        return f"{start:%d/%m/%Y} – {end:%d/%m/%Y}" if end else f"từ {start:%d/%m/%Y}"


def search_units(text: str, *, on: date | None = None, kinds: Collection[str] = (), limit: int = 30) -> list[UnitHit]:
    """Units of which every word typed begins a word of the name, of an abbreviation, or of the parent's name.

    At least one word must be of the unit's own name. With `on` only what exists that day; else each era is a hit.
    """
    words = query_words(text)[:LONGEST_QUERY]
    if not words:
        return []
    versions = UnitVersion.objects.select_related("unit")
    if on:
        versions = versions.filter(valid_from__lte=on, valid_to__gt=on)
    if kinds:
        versions = versions.filter(kind__in=kinds)
    own = Q()
    for word in words:
        own |= _begins(word)
        versions = versions.filter(_begins(word) | Q(Exists(_parents_called(word, on))))
    found = list(versions.filter(own).order_by("-valid_to", "search_key", "pk")[:MOST_CANDIDATES])
    hits = _joined(_eras(found, on))
    typed = fold(text)
    return sorted(hits, key=lambda hit: _rank(hit, typed, words))[:limit]


def _begins(word: str, path: str = "search_key") -> Q:
    """A word of the key begins so."""
    return Q(**{f"{path}__startswith": word}) | Q(**{f"{path}__contains": f" {word}"})


def _parents_called(word: str, on: date | None) -> QuerySet[Edge]:
    """Edges to a parent whose name has the word, at a time when the version held."""
    edges = Edge.objects.filter(
        _begins(word, "parent__versions__search_key"),
        child=OuterRef("unit_id"),
        valid_from__lt=OuterRef("valid_to"),
        valid_to__gt=OuterRef("valid_from"),
    )
    return edges.filter(valid_from__lte=on, valid_to__gt=on) if on else edges


def _eras(versions: list[UnitVersion], on: date | None) -> list[UnitHit]:
    """One hit for each stretch with one name and one parent's name."""
    edges: dict[int, list[Edge]] = {}
    for edge in Edge.objects.filter(child_id__in={version.unit_id for version in versions}):
        edges.setdefault(edge.child_id, []).append(edge)
    above: dict[int, list[UnitVersion]] = {}
    parents = {edge.parent_id for found in edges.values() for edge in found}
    for row in UnitVersion.objects.filter(unit_id__in=parents).exclude(kind__in=TOPS):
        above.setdefault(row.unit_id, []).append(row)
    hits = []
    for version in versions:
        for parent, start, end in _stretches(version, edges.get(version.unit_id, []), above):
            if on is None or start <= on < end:
                hits.append(_hit(version, parent, start, end))
    return hits


def _stretches(
    version: UnitVersion, edges: list[Edge], above: dict[int, list[UnitVersion]]
) -> Iterable[tuple[str, date, date]]:
    """(parent's name, from, to) within the version; the whole version where the parent goes without saying."""
    named = [
        (
            row.name,
            max(version.valid_from, edge.valid_from, row.valid_from),
            min(version.valid_to, edge.valid_to, row.valid_to),
        )
        for edge in edges
        for row in above.get(edge.parent_id, [])
    ]
    named = sorted((row for row in named if row[1] < row[2]), key=lambda row: row[1])
    day = version.valid_from
    for name, start, end in named:
        if day < start:
            yield "", day, start
        yield name, start, end
        day = end
    if day < version.valid_to:
        yield "", day, version.valid_to


def _hit(version: UnitVersion, parent: str, start: date, end: date) -> UnitHit:
    unit = version.unit
    return UnitHit(unit.pk, unit.slug, unit.uid, version.name, version.kind, parent, start, end)


def _joined(hits: list[UnitHit]) -> list[UnitHit]:
    """Stretches that follow each other and read the same are one."""
    result: list[UnitHit] = []
    for hit in sorted(hits, key=lambda hit: (hit.unit_id, hit.valid_from)):
        last = result[-1] if result else None
        same = last and (last.unit_id, last.name, last.kind, last.parent) == (
            hit.unit_id,
            hit.name,
            hit.kind,
            hit.parent,
        )
        if last and same and last.valid_to == hit.valid_from:
            result[-1] = UnitHit(*_head(last), last.valid_from, hit.valid_to)
        else:
            result.append(hit)
    return result


def _head(hit: UnitHit) -> tuple[int, str, UUID, str, str, str]:
    return hit.unit_id, hit.slug, hit.uid, hit.name, hit.kind, hit.parent


def _rank(hit: UnitHit, typed: str, words: list[str]) -> tuple[object, ...]:
    """The very name first, then more words of the own name, then what exists, then the natural order."""
    own = fold(hit.name).split()
    matched = sum(any(part.startswith(word) for part in own) for word in words)
    exact = fold(hit.name) == typed or " ".join(own[1:]) == typed
    return (not exact, -matched, hit.valid_to != FOREVER, *in_order(hit.kind, fold(hit.label)), hit.valid_from)
