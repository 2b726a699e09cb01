"""What is known of the organisation, as an importer needs it: every unit by the names and codes it may be called."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Max

from kycuong.orgs.models import Edge, Reorganisation, Unit, UnitCode, UnitVersion
from kycuong.orgs.rules import PEOPLES_COMMITTEES, Scheme, formal_name
from kycuong.sheets.match import Candidate
from kycuong.sheets.names import name_keys


@dataclass
class Known:
    """A unit with everything that was ever true of it."""

    unit: Unit
    versions: list[UnitVersion] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    codes: list[UnitCode] = field(default_factory=list)

    def version(self, day: date) -> UnitVersion | None:
        """What it was called on that very day; None when it did not exist."""
        return next((row for row in self.versions if row.valid_from <= day < row.valid_to), None)

    def parent(self, day: date) -> int | None:
        return next((edge.parent_id for edge in self.edges if edge.valid_from <= day < edge.valid_to), None)

    def code(self, day: date, scheme: str = Scheme.AREA) -> str:
        held = (row for row in self.codes if row.scheme == scheme and row.valid_from <= day < row.valid_to)
        return next((row.value for row in held), "")

    @property
    def latest(self) -> UnitVersion:
        return self.versions[-1]


class Organisation:
    """All units at once: a file names many of them."""

    def __init__(self) -> None:
        self.state = last_change()
        self.units = {unit.pk: Known(unit) for unit in Unit.objects.order_by("pk")}
        for version in UnitVersion.objects.order_by("unit_id", "valid_from"):
            self.units[version.unit_id].versions.append(version)
        for edge in Edge.objects.order_by("child_id", "valid_from"):
            self.units[edge.child_id].edges.append(edge)
        for code in UnitCode.objects.order_by("unit_id", "valid_from"):
            self.units[code.unit_id].codes.append(code)
        self._named: dict[tuple[str, ...], set[int]] = {}
        self._bearers: dict[tuple[str, str], list[UnitCode]] = {}
        for key, known in self.units.items():
            for version in known.versions:
                self._named.setdefault(name_keys(version.name), set()).add(key)
            for code in known.codes:
                self._bearers.setdefault((code.scheme, code.value), []).append(code)

        rows: list[UnitVersion | Edge | UnitCode] = []
        for known in self.units.values():
            rows += [*known.versions, *known.edges, *known.codes]
        self._changes = sorted({day for row in rows for day in (row.valid_from, row.valid_to)})

    def era(self, day: date) -> int:
        """Days of the same number know the same units with the same names, places and codes."""
        return bisect_right(self._changes, day)

    def called(self, name: str) -> list[Known]:
        """Units that bear or bore the name, however it is spelt."""
        return [self.units[key] for key in sorted(self._named.get(name_keys(name), ()))]

    def bearers(self, scheme: str, code: str, *, on: date) -> list[Known]:
        """Units that have the code on the day or later."""
        rows = self._bearers.get((scheme, code), [])
        return [self.units[key] for key in sorted({row.unit_id for row in rows if row.valid_to > on})]

    def label(self, known: Known, on: date) -> str:
        """The name on the day with the parent's, as people tell namesakes apart."""
        version = known.version(on) or known.latest
        above = self.units.get(known.parent(on) or (known.edges[-1].parent_id if known.edges else 0))
        return f"{version.name}, {(above.version(on) or above.latest).name}" if above else version.name


def last_change() -> int:
    """The number of the last act on the organisation: the same number, the same organisation."""
    return Reorganisation.objects.aggregate(last=Max("pk"))["last"] or 0


def unit_candidates(on: date | None = None) -> list[Candidate]:
    """Every unit that exists on the day, or at any time: by its names, its code and the names of those above it."""
    return candidates(Organisation(), on)


def candidates(organisation: Organisation, on: date | None) -> list[Candidate]:
    """The same for an organisation already read. The `id` is the unit's primary key."""
    found = []
    for key, known in organisation.units.items():
        if not known.versions or (on and not known.version(on)):
            continue
        rows = [row for row in (known.version(on),) if row] if on else known.versions[::-1]
        codes = [known.code(on)] if on else [row.value for row in known.codes if row.scheme == Scheme.AREA][-1:]
        above = [name for parent in _above(organisation, known, on) for name in parent]
        found.append(Candidate(key, list(_names(rows)), (codes or [""])[0], above))
    return found


def _above(organisation: Organisation, known: Known, on: date | None) -> Iterator[list[str]]:
    """Names of the parents, nearest first; without a day, of every parent at any time."""
    waiting = [known]
    seen = {known.unit.pk}
    while waiting:
        edges = [edge for edge in waiting.pop(0).edges[::-1] if on is None or edge.valid_from <= on < edge.valid_to]
        for edge in edges:
            if edge.parent_id in seen:
                continue
            seen.add(edge.parent_id)
            parent = organisation.units[edge.parent_id]
            waiting.append(parent)
            rows = [row for row in (parent.version(on),) if row] if on else parent.versions[::-1]
            yield list(_names(rows))


def _names(versions: Iterable[UnitVersion]) -> Iterator[str]:
    """Plain names first, then the formal ones."""
    names = list(dict.fromkeys((row.name, row.kind) for row in versions))
    yield from dict.fromkeys(name for name, _ in names)
    for name, kind in names:
        if kind in PEOPLES_COMMITTEES:
            yield formal_name(name, kind)
            yield formal_name(name, kind).replace("UBND", "Ủy ban nhân dân", 1)
