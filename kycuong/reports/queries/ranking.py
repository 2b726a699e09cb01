"""Units under a scope by what was seen at their visits."""

from __future__ import annotations

from datetime import date
from typing import Any

from kycuong.features.authority import ensure_offered
from kycuong.orgs.models import Unit
from kycuong.reports.figures.by_unit import measured
from kycuong.reports.figures.question import SUBJECT
from kycuong.reports.models import RankingRule
from kycuong.reports.rules.periods import Period
from kycuong.reports.rules.ranking import Placed, Ranking, ranked

from .figures import asked, owners_of


def ranking_for(scope: Unit, period: Period, *, view: str = SUBJECT, restated_on: date | None = None) -> Ranking:
    """The ranking of a period, by the rule of its cut-off. The caller has authorised `figures.see`. RuleBroken where it is switched off."""
    ensure_offered("ranking", at=scope)
    return ranked(measured(asked(scope, period, view, restated_on)), RankingRule.on(period.last))


def ranking_answer(made: Ranking, day: date) -> dict[str, Any]:
    """What the command line and the API say; units belong to whom they did on the day."""
    units = [*(one.unit for one in made.placed), *made.unranked]
    owners = owners_of({unit.slug for unit in units}, day)
    named = {
        unit.slug: {"unit": unit.slug, "unit_name": unit.name + owners[unit.slug], "kind": unit.kind} for unit in units
    }
    return {
        "least_visits": made.terms.least_visits,
        "partial_percent": made.terms.partial_percent,
        "ranked": [named[one.unit.slug] | placed_told(one) for one in made.placed],
        "not_ranked": [named[unit.slug] | {"visits": unit.visits} for unit in made.unranked],
    }


def placed_told(one: Placed) -> dict[str, Any]:
    unit = one.unit
    return {
        "rank": one.rank,
        "band": one.band,
        "rate": float(one.rate),
        "low": one.low,
        "high": one.high,
        "answers": unit.answers,
        "visits": unit.visits,
        "findings_per_visit": unit.findings / unit.visits,
        "repeats": unit.repeats,
    }
