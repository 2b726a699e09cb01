"""The article as acceptance test: every statement holds exactly, and the reforms of 2020–2025 change none of it."""

from __future__ import annotations

from typing import Any

import pytest

from kycuong.demo.scenario.article import HOME_AFFAIRS, LATE_WITH_ITS_PLAN
from kycuong.demo.statements import STATEMENTS, Statement
from kycuong.orgs.queries import resolve_unit
from kycuong.reports.queries import list_for
from kycuong.reports.rules.periods import between

Stages = dict[str, dict[str, dict[str, Any]]]
pytestmark = [pytest.mark.django_db]
EACH = pytest.mark.parametrize("statement", STATEMENTS, ids=lambda statement: statement.key)


@EACH
def test_statement_holds_before_the_reforms(stages: Stages, statement: Statement) -> None:
    assert statement.holds(stages["before"][statement.key])


@EACH
def test_statement_holds_after_the_reforms(stages: Stages, statement: Statement) -> None:
    assert statement.holds(stages["after"][statement.key])


@EACH
def test_reforms_change_no_figure_of_the_past(stages: Stages, statement: Statement) -> None:
    assert stages["after"][statement.key] == stages["before"][statement.key]


def test_exact_numbers_of_the_article(stages: Stages) -> None:
    after = stages["after"]
    assert after["year-2018"]["units_inspected"] == 296
    assert after["first-months-2019"]["units_inspected"] == 197
    assert after["chi-lang"]["units_inspected"] == 32
    assert after["chi-lang"]["units"] == 34
    assert after["cao-loc"]["coverage"] == {"numerator": 11, "denominator": 36, "rate": 11 / 36}
    assert after["plans-issued"]["agencies_with_plan"] == {"numerator": 30, "denominator": 31, "rate": 30 / 31}
    assert after["first-months-2019"]["units_by_kind"]["commune_pc"]["units"] == 226
    assert after["first-months-2019"]["units_by_kind"]["district_pc"]["units"] == 11


def test_agency_without_plan_is_listed_by_name(stages: Stages) -> None:
    statement = next(s for s in STATEMENTS if s.key == "plans-issued")
    rows = list_for(
        "agencies_without_plan", resolve_unit(statement.scope), between(statement.first, statement.last)
    ).dicts()
    assert [row["unit"] for row in rows] == [LATE_WITH_ITS_PLAN]


def test_every_list_is_as_long_as_its_number(stages: Stages) -> None:
    for statement in STATEMENTS:
        period = between(statement.first, statement.last)
        scope = resolve_unit(statement.scope)
        for name in ("visits", "inspections", "units_inspected", "double_counted", "findings"):
            rows = list_for(name, scope, period, view=statement.view)
            assert rows.total == len(rows.rows) == stages["after"][statement.key][name], (statement.key, name)


def test_home_affairs_inspects_units_it_does_not_own(stages: Stages) -> None:
    answer = stages["after"]["so-noi-vu"]
    assert resolve_unit(HOME_AFFAIRS).slug == HOME_AFFAIRS
    assert answer["units_inspected_outside"] == 10
    assert answer["coverage"]["numerator"] == 0
