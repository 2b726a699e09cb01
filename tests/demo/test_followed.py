"""The demonstration shows follow-up as it is: most in time, some late, some open, some overdue, then and today."""

from __future__ import annotations

from datetime import date

import pytest

from kycuong.core.clock import today
from kycuong.orgs.queries import resolve_unit
from kycuong.reports.queries import figures_for, par_for, ranking_for
from kycuong.reports.rules.periods import between

from .conftest import Answers

pytestmark = pytest.mark.django_db


def test_recommendations_stand_in_every_way_in_april_2019_and_today(stages: dict[str, Answers]) -> None:
    scope = resolve_unit("tinh-lang-son")
    for first, last in ((date(2019, 1, 1), date(2019, 4, 30)), (date(2026, 1, 1), today())):
        figures = figures_for(scope, between(first, last))
        states, in_time = figures["recommendations_by_state"], figures["remedied_in_time"]
        assert states["verified"] > states["in_term"]
        assert states["overdue"]
        assert 0 < in_time["numerator"] < in_time["denominator"]
        assert sum(states.values()) == figures["recommendations"]


def test_a_year_can_be_scored_and_units_compared(stages: dict[str, Answers]) -> None:
    sheet = par_for(resolve_unit("tinh-lang-son"), 2019, today=today())
    assert [one.points is not None for one in sheet.scored] == [True, True]
    assert {one.kind for one in sheet.documents} == {"plans", "conclusions", "remedies"}
    assert 0 < sheet.missing < len(sheet.documents)
    made = ranking_for(resolve_unit("tinh-lang-son"), between(date(2020, 1, 1), date(2025, 12, 31)))
    assert made.placed[0].band == 1
    assert made.unranked
