"""The table of a year by kind of unit: how many units there are, what of the list was about them, and what was found there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from kycuong.catalog.models import province
from kycuong.catalog.rules import Severity
from kycuong.openness.rules import sums_from, was_open_between
from kycuong.openness.rules.suppression import Sums, Told, added
from kycuong.orgs.rules import INSPECTABLE, Kind
from kycuong.reports.queries import figures_for
from kycuong.reports.rules.periods import Period

from .register import Listed, Terms, becomes_public, concluded, found_at
from .switching import switchings

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class YearLine:
    """One kind of unit. `found`: severity → told or not; nothing before the year is added up."""

    kind: Kind | None
    units: int
    units_public: int
    visits_public: int
    found: dict[int, Told]


@dataclass(frozen=True, slots=True)
class YearTable:
    """A year. `summed_on`: from when on its findings are added up; `is_summed`: whether they are."""

    year: int
    lines: tuple[YearLine, ...]
    total: YearLine
    summed_on: date
    is_summed: bool


def year_table(year: int, visits: Sequence[Listed], day: date, least: int) -> YearTable:
    """`visits`: the public ones of the year, which stand in the list beside it.

    Units are the figure `units_by_kind`; everything else is added up from the list. Findings are added up once, over what
    was public when the sums were first told; when one of those visits is annulled, no sum of the year is told any more.
    """
    until = min(date(year, 12, 31), day)
    units = _units(Period(date(year, 1, 1), until))
    summed_on = sums_from(year)
    summed = [one for one in visits if one.public_from < summed_on]
    is_summed = day >= summed_on
    kinds = [kind for kind in INSPECTABLE if units.get(kind) or any(one.kind == kind for one in visits)]
    sums = _sums(kinds, summed, least, held=is_summed and _taken_back(year, summed_on, day)) if is_summed else {}
    lines = tuple(_line(kind, units.get(kind, 0), [v for v in visits if v.kind == kind], sums) for kind in kinds)
    return YearTable(year, lines, _line(None, sum(units.values()), visits, sums), summed_on, is_summed)


def _units(period: Period) -> dict[Kind, int]:
    top = province()
    if top is None:
        return {}
    # Counted plainly: how long an answer took would tell anybody that something was written.
    told = figures_for(top, period, names=["units_by_kind"], plainly=True)["units_by_kind"]
    return {Kind(kind): counts["units"] for kind, counts in told.items()}


def _sums(kinds: Sequence[Kind], visits: Sequence[Listed], least: int, *, held: bool) -> dict[int, Sums[Kind]]:
    found = found_at([one.pk for one in visits])
    by_kind = {kind: [one.pk for one in visits if one.kind == kind] for kind in kinds}
    return {
        severity: added({k: [found.get((pk, severity), 0) for pk in of] for k, of in by_kind.items()}, least, held=held)
        for severity in Severity.values
    }


def _taken_back(year: int, summed_on: date, day: date) -> bool:
    """Whether a visit that was added in has been annulled since the sums were first told."""
    terms, all_ = Terms(), switchings()
    gone = concluded().filter(visited_on__year=year, annulled_at__isnull=False)
    before = [timezone.localtime(row["annulled_at"]).date() for row in gone if becomes_public(row, terms) < summed_on]
    return any(was_open_between(all_, summed_on, gone_on) for gone_on in before if gone_on <= day)


def _line(kind: Kind | None, units: int, visits: Sequence[Listed], sums: dict[int, Sums[Kind]]) -> YearLine:
    found = {severity: sum_.total if kind is None else sum_.groups[kind] for severity, sum_ in sums.items()}
    return YearLine(kind, units, len({one.unit_key for one in visits}), len(visits), found)
