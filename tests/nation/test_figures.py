"""The figures of a generated nation are those that the slow oracle counts from its rows: at every level, across the reform of 2025."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from kycuong.orgs.models import Closure, Unit, UnitVersion
from kycuong.reports.queries import figures_for
from kycuong.reports.rules.periods import between
from tests.budget import few
from tests.reports import oracle as naive
from tests.reports.oracle import Asked

from .told import NationOracle, criteria, duties, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nation")]
LAST = date(2025, 12, 31)
PERIODS = {
    "year of the reform": (date(2025, 1, 1), LAST),
    "a year of before": (date(2021, 1, 1), date(2021, 12, 31)),
    "all years": (date(2019, 1, 1), LAST),
}
NAMED_OTHERWISE = {"topics"}
"""What the oracle calls by numbers of its own."""


@pytest.fixture(scope="module")
def oracle(nation: Any, django_db_blocker: Any) -> Iterator[NationOracle]:
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(naive, "CRITERIA", criteria())
        patch.setattr(naive, "DUTIES", duties())
        yield told()


def scopes() -> list[Unit]:
    """The nation, a province that was made of others, one of those, one that went on, a district, a department, a commune."""
    merged = UnitVersion.objects.filter(kind="province", valid_from=date(2025, 7, 1)).earliest("pk").unit
    gone = UnitVersion.objects.filter(kind="province", valid_to=date(2025, 7, 1)).earliest("pk").unit
    first = UnitVersion.objects.filter(kind="province", valid_from__lt=LAST, valid_to__gt=LAST).earliest("pk").unit
    smaller = [
        UnitVersion.objects.filter(kind=kind).latest("pk").unit
        for kind in ("district_pc", "provincial_department", "commune_pc")
    ]
    return [Unit.objects.get(slug="ca-nuoc"), merged, gone, first, *smaller]


@pytest.mark.parametrize("period", few(list(PERIODS)))
@pytest.mark.parametrize("view", few(["subject", "lead"]))
def test_figures_equal_the_oracle(oracle: NationOracle, period: str, view: str) -> None:
    first, last = PERIODS[period]
    counted = 0
    for scope in scopes():
        found = plain(figures_for(scope, between(first, last), view=view))
        expected = plain(oracle.figures(Asked(scope.pk, first, last, by_lead=view == "lead")))
        assert found == expected, scope.slug
        counted += found["visits"]
    assert counted, "no visit at all lies in the period: nothing was compared"


@pytest.mark.long
def test_figures_restated_on_the_last_day_equal_the_oracle(oracle: NationOracle) -> None:
    first, last = PERIODS["all years"]
    for scope in scopes()[:2]:
        found = plain(figures_for(scope, between(first, last), restated_on=LAST))
        assert found == plain(oracle.figures(Asked(scope.pk, first, last, restated=LAST))), scope.slug
        assert found["visits"] > 10, scope.slug


def test_a_merged_province_restates_what_its_parts_did(oracle: NationOracle) -> None:
    """Before July 2025 it did not exist; restated it bears the visits of both provinces that it was made of."""
    merged, year = scopes()[1], between(date(2021, 1, 1), date(2021, 12, 31))
    assert figures_for(merged, year)["visits"] == 0
    assert figures_for(merged, year, restated_on=LAST)["visits"] > 0


def test_about_as_many_units_as_were_wished_for(nation: Any) -> None:
    top = Closure.objects.filter(ancestor__slug="ca-nuoc", depth__gt=0, valid_from__lte=LAST, valid_to__gt=LAST)
    assert abs(top.count() - nation.units) <= 0.1 * nation.units


def plain(figures: dict[str, Any]) -> dict[str, Any]:
    """Without words and identifiers that only one side has."""
    dropped = {*NAMED_OTHERWISE, "same_period_last_year"}
    found = {name: value for name, value in figures.items() if name not in dropped}
    progress = found["plan_progress"]
    found["plan_progress"] = progress and {k: v for k, v in progress.items() if k not in {"plan", "number"}}
    found["answers_by_criterion"] = {
        code: {name: count for name, count in counts.items() if name != "text"}
        for code, counts in found["answers_by_criterion"].items()
    }
    return found
