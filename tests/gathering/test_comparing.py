"""What is counted beside what an agency declares is Biểu 1, cell by cell, of every agency and period."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings

from kycuong.gathering.models import Gathering
from kycuong.gathering.queries import computed_for
from kycuong.gathering.rules import FIGURES
from kycuong.orgs.models import Unit
from kycuong.reports.figures.by_lead import authorities
from kycuong.reports.queries import summary_for
from kycuong.reports.queries.summary_lines import widest
from kycuong.reports.rules.periods import parse_period, year_to_date
from kycuong.reports.rules.summary import by_agency
from kycuong.reports.rules.summary.content import Rate
from tests.budget import examples
from tests.reports.happened import PROVINCE, History
from tests.reports.store import stored
from tests.reports.test_properties import HISTORIES, NUMBERS, question

pytestmark = pytest.mark.django_db


def told(value: Any) -> Decimal | None:
    """A cell of Biểu 1 as a number, rates in percent; words are none."""
    if isinstance(value, Rate):
        return None if value.rate is None else round(100 * Decimal(value.numerator) / value.denominator, 1)
    if isinstance(value, str):
        return Decimal(value.split()[0]) if value.endswith(" đơn vị") else None
    return None if value is None else Decimal(value)


@settings(max_examples=examples(8, long=400))
@given(HISTORIES, NUMBERS)
def test_beside_what_is_declared_stands_biểu_1(history: History, seed: int) -> None:
    asked, period = question(history, seed)
    with stored(history):
        for scope in {asked.scope, PROVINCE}:
            unit = Unit.objects.get(pk=scope)
            for one in (period, parse_period(f"{period.last.year}-Q3")):
                check(Gathering(scope=unit, first=one.first, last=one.last, name=one.name))


def check(gathering: Gathering) -> None:
    made = summary_for(gathering.scope, gathering.period, person=None)
    rows = by_agency.schedule(made).rows
    lines = {
        one.place.slug: row.cells for one, row in zip(made.lines, rows, strict=True) if one.stands_for == "authority"
    }
    units = list(Unit.objects.filter(slug__in=lines))
    # Who stood directly below once and left has a line there that says nothing, and is no deeper one.
    year = year_to_date(gathering.period.last)
    below = [one.pk for one in authorities(widest(gathering.scope, gathering.period, year))]
    deeper = Unit.objects.exclude(slug__in=lines).exclude(pk__in=[gathering.scope.pk, *below]).first()
    if deeper:
        units.append(deeper)
        own = summary_for(deeper, gathering.period, person=None)
        total = by_agency.row(own.total, None, own).cells
    counted = computed_for(gathering, units, FIGURES)
    for unit in units:
        cells = lines.get(unit.slug) or total
        assert {one.key: counted[unit.pk].get(one.key) for one in FIGURES} == {
            one.key: told(cells[one.number - 1]) for one in FIGURES
        }
