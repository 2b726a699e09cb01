"""Who has spread the year's theme and who has not, by agency."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kycuong.core.vietnamese import fold, sort_key
from kycuong.orgs.authority import Someone
from kycuong.orgs.models import Unit
from kycuong.orgs.queries import full_names
from kycuong.plans.models import Dissemination
from kycuong.plans.rules import SpreadKind

from .duties import cut_off, units_that_owe


@dataclass(frozen=True, slots=True)
class SpreadLine:
    """An agency and what it did for the theme of a year."""

    unit_id: int
    slug: str
    name: str
    entries: Sequence[Dissemination]

    def count(self, kind: SpreadKind) -> int:
        return sum(entry.kind == kind for entry in self.entries)

    @property
    def documents(self) -> int:
        return self.count(SpreadKind.DOCUMENT)

    @property
    def briefings(self) -> int:
        return self.count(SpreadKind.BRIEFING)

    @property
    def promotions(self) -> int:
        return self.count(SpreadKind.PROMOTION)

    @property
    def people(self) -> int:
        """People reached, session by session: who sat in two is counted twice."""
        return sum(entry.people or 0 for entry in self.entries)

    @property
    def latest(self) -> date | None:
        return max((entry.held_on for entry in self.entries), default=None)


def spread_lines(person: Someone, year: int, *, today: date, text: str = "") -> list[SpreadLine]:
    """Agencies that must issue a plan for the year, and others that did something: who has done nothing comes first."""
    day = cut_off(year, today=today)
    entries: dict[int, list[Dissemination]] = defaultdict(list)
    for entry in Dissemination.objects.visible_to(person).standing().filter(year=year):
        entries[entry.agency_id].append(entry)
    units = Unit.objects.in_bulk({*units_that_owe(person, day), *entries})
    names = full_names(units.keys(), day)
    wanted = fold(text)
    lines = [SpreadLine(pk, unit.slug, names[pk], entries[pk]) for pk, unit in units.items()]
    found = [line for line in lines if wanted in fold(line.name)]
    return sorted(found, key=lambda line: (bool(line.entries), sort_key(line.name)))
