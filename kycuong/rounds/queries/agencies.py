"""Whom a round asks: those that Biểu 1 of the period has a row for; any unit below the authority may be named."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from kycuong.features.authority import off_at, under
from kycuong.orgs.models import Closure, Person, Unit
from kycuong.orgs.queries import full_names
from kycuong.reports.queries.summary_lines import lines_for
from kycuong.reports.rules.periods import Period, year_to_date
from kycuong.rounds.models import ReportingRound
from kycuong.rounds.rules import RoundState


def usual_agencies(authority: Unit, period: Period) -> list[Unit]:
    """Directly below the authority, leading inspections or owing a plan, and still there at the cut-off; not where reports are switched off."""
    found = _usual(authority, period)
    off = off_at("rounds", [unit.pk for unit in found])
    return [unit for unit in found if unit.pk not in off]


def usual_left_out(authority: Unit, period: Period) -> int:
    """How many would be asked if reports were not switched off there."""
    return len(off_at("rounds", [unit.pk for unit in _usual(authority, period)]))


def _usual(authority: Unit, period: Period) -> list[Unit]:
    _alone, lines, _total = lines_for(authority, period, year_to_date(period.last), sees=False, owes=False)
    slugs = [line.place.slug for line in lines if line.exists and not line.left_on]
    found = {unit.slug: unit for unit in Unit.objects.filter(slug__in=slugs)}
    return [found[slug] for slug in slugs]


def strangers_to(authority: Unit, agencies: Collection[Unit], *, on: date) -> list[str]:
    """Names of those that do not stand below the authority on the day."""
    rows = Closure.objects.filter(ancestor=authority, depth__gt=0, valid_from__lte=on, valid_to__gt=on)
    below = set(rows.filter(descendant__in=agencies).values_list("descendant_id", flat=True))
    bad = [unit.pk for unit in agencies if unit.pk not in below]
    names = full_names(bad, on)
    return [names[pk] for pk in bad]


def unit_named(unit: Unit, on: date) -> str:
    return full_names([unit.pk], on)[unit.pk]


def open_under(person: Person, unit: Unit) -> int:
    """Rounds that collect reports, asked by the unit or one below it or of one of them, as far as the person may see them."""
    inside = Q(authority__in=under(unit)) | Q(reports__agency__in=under(unit))
    return ReportingRound.objects.visible_to(person).filter(inside, state=RoundState.OPEN).distinct().count()
