"""Units under a scope by what was seen at their visits."""

from __future__ import annotations

from datetime import date
from typing import Any

from kycuong.orgs.models import Unit
from kycuong.reports.figures.by_unit import measured
from kycuong.reports.figures.question import SUBJECT
from kycuong.reports.models import RankingRule
from kycuong.reports.rules.periods import Period
from kycuong.reports.rules.ranking import Measured, Placed, Ranking, ranked

from .figures import asked


def ranking_for(scope: Unit, period: Period, *, view: str = SUBJECT, restated_on: date | None = None) -> Ranking:
    """The ranking of a period, by the rule of its cut-off. The caller has authorised `figures.see`."""
    return ranked(measured(asked(scope, period, view, restated_on)), RankingRule.on(period.last))


def ranking_answer(made: Ranking) -> dict[str, Any]:
    """What the command line and the API say."""
    return {
        "least_visits": made.terms.least_visits,
        "partial_percent": made.terms.partial_percent,
        "ranked": [placed_told(one) for one in made.placed],
        "not_ranked": [named(unit) | {"visits": unit.visits} for unit in made.unranked],
    }


def placed_told(one: Placed) -> dict[str, Any]:
    unit = one.unit
    return named(unit) | {
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


def named(unit: Measured) -> dict[str, Any]:
    return {"unit": unit.slug, "unit_name": unit.name, "kind": unit.kind}
