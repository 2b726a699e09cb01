"""Rules 1 to 6 of the figures, on random hierarchies and random histories, against the naive oracle.

Rule 7 (signed reports are frozen) has no data yet: reports are not signed in this version.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kycuong.inspections.models import Visit as StoredVisit
from kycuong.orgs.models import Unit
from kycuong.reports.figures import FIGURES
from kycuong.reports.queries import Rows, figures_for, list_for
from kycuong.reports.rules.periods import Period, parse_period
from tests.budget import examples

from .happened import END, FIRST_VISIT, PROVINCE, History
from .history import history_of, later
from .oracle import Asked, Oracle, days_over, due, proofs, standing
from .store import MOMENT, stored, uid

NUMBERS = st.integers(0, 2**32 - 1)
HISTORIES = st.builds(history_of, NUMBERS, st.integers(1, 3), st.integers(0, 7), st.integers(1, 12))
NAMED = (
    "2018",
    "2019",
    "2020",
    "2018-Q4",
    "2019-H1",
    "2019-07",
    "2020-02",
    "nd09:2019-Q1",
    "nd09:2020",
    "nd09:2020-H2",
)
MANY = settings(max_examples=examples(240, long=20_000))
HALF = settings(max_examples=examples(90, long=20_000))
pytestmark = pytest.mark.django_db


def question(history: History, seed: int) -> tuple[Asked, Period]:
    """A scope, a period and a view out of the history; often at the border of a change."""
    random = Random(seed)
    period = parse_period(random.choice(NAMED)) if random.random() < 0.4 else period_at_a_border(history, random)
    tops = [row.unit for row in history.versions if row.kind in ("district_pc", "provincial_department")]
    scope = random.choice([PROVINCE, PROVINCE, *tops, random.choice(history.units())])
    restated = random.choice([None, None, END, period.last, random.choice(history.change_days())])
    return Asked(scope, period.first, period.last, random.random() < 0.5, restated), period


def period_at_a_border(history: History, random: Random) -> Period:
    """Two dates of which each is, or is next to, a day on which something happened."""
    changes = [day for day in history.change_days() if day >= FIRST_VISIT]
    terms = [day for row in history.findings for day in (row.due, row.remedied) if day]
    terms += [day for row in history.recommendations for day in row.days()]
    days = [row.day for row in history.visits] + 3 * changes + terms + [FIRST_VISIT, END, date(2020, 2, 29)]
    first, last = sorted(random.choices(days, k=2))
    return Period(first - timedelta(random.choice((0, 0, 1, 90))), last + timedelta(random.choice((0, 0, 1))))


def answered(asked: Asked, period: Period, names: list[str] | None = None) -> dict[str, Any]:
    view = "lead" if asked.by_lead else "subject"
    scope = Unit(pk=asked.scope)
    return figures_for(scope, period, view=view, restated_on=asked.restated, names=names)


def comparable(figures: dict[str, Any]) -> dict[str, Any]:
    """The figures without the one identifier that the oracle does not know."""
    progress = figures["plan_progress"]
    return {**figures, "plan_progress": progress and {k: v for k, v in progress.items() if k != "plan"}}


@MANY
@given(HISTORIES, NUMBERS)
def test_figures_equal_the_oracle(history: History, seed: int) -> None:
    """Every figure, of the period and of the same period last year; and every list as long as its figure (rule 4)."""
    oracle = Oracle(history)
    with stored(history):
        for step in range(2):
            asked, period = question(history, seed + step)
            figures = answered(asked, period)
            last_year = figures.pop("same_period_last_year")
            before = replace(
                asked, first=date.fromisoformat(last_year["from"]), last=date.fromisoformat(last_year["to"])
            )
            assert comparable(figures) == oracle.figures(asked)
            assert comparable(last_year["figures"]) == oracle.figures(before)
            check_existing_and_ceased(figures)
        check_lists(history, asked, period, figures)


def check_existing_and_ceased(figures: dict[str, Any]) -> None:
    """Rule 2; and coverage is never above one."""
    assert figures["units_inspected_existing"] + figures["units_inspected_ceased"] == figures["units_inspected"]
    assert figures["coverage"]["numerator"] <= figures["coverage"]["denominator"] == figures["units"]
    assert figures["double_counted"] >= 0


def check_lists(history: History, asked: Asked, period: Period, figures: dict[str, Any]) -> None:
    """Rules 4 and 5: lists count to their figures, and no draft or annulled visit is in any."""
    hidden = {str(uid(6, row.id)) for row in history.visits if row.state != "signed"}
    lists = {name: listed(name, asked, period) for name in figures if FIGURES[name].has_list}
    for name, rows in lists.items():
        assert rows.total == len(rows.rows)
        assert not hidden & {row.get("visit") for row in rows.dicts()}, name
        check_list(name, figures[name], rows)
    check_recommendations(history, asked, lists["recommendations"].dicts())


def listed(name: str, asked: Asked, period: Period, **options: Any) -> Rows:
    view = "lead" if asked.by_lead else "subject"
    return list_for(name, Unit(pk=asked.scope), period, view=view, restated_on=asked.restated, **options)


def check_recommendations(history: History, asked: Asked, found: list[dict[str, Any]]) -> None:
    """Each row of the list tells what the oracle tells: due day, standing, days over, proof, all at the cut-off."""
    rows = {str(uid(9, row.id)): row for row in history.recommendations}
    for told in found:
        row = rows[told["recommendation"]]
        settled = row.settled[1] if row.settled and row.settled[2] <= asked.last else None
        expected = due(row, asked.last), standing(row, asked.last), days_over(row, asked.last), settled
        assert (told["due_on"], told["standing"], told["days_over"], told["settled_on"]) == expected
        assert told["proofs"] == proofs(row, asked.last)


Found = list[dict[str, Any]]
MARKS = {
    "coverage": lambda row: row["inspected"],
    "agencies_with_plan": lambda row: row["issued"],
    "handling_rate": lambda row: row["handled"],
    "remedied_in_time": lambda row: row["in_time"],
    "surprise_share": lambda row: row["surprise"],
    "surprise_share_visits": lambda row: row["form"] == "surprise",
}
PARTS = {
    "inspections_by_form": "form",
    "visits_by_form": "form",
    "findings_by_group": "group_code",
    "findings_by_severity": "severity",
    "findings_by_state": "state",
    "recommendations_by_state": "standing",
}


def check_list(name: str, value: Any, rows: Rows) -> None:
    """The rows of one list against the value that they are behind."""
    found = rows.dicts()
    if isinstance(value, int):
        assert len(found) == value, name
    elif name in MARKS:
        assert (sum(MARKS[name](row) for row in found), len(found)) == (value["numerator"], value["denominator"]), name
    elif name in PARTS:
        assert {key: sum(row[PARTS[name]] == key for row in found) for key in value} == value, name
        assert sum(value.values()) == len(found), name
    elif name == "plan_progress":
        assert value is None or len(found) == value["numerator"]
    else:
        RECORDS[name](value, found)


def check_kinds(value: dict[str, Any], found: Found) -> None:
    for kind, numbers in value.items():
        mine = [row for row in found if row["kind"] == kind]
        assert sum(row["belongs"] for row in mine) == numbers["units"]
        assert sum(row["inspected"] for row in mine) == numbers["units_inspected"]


def check_months(value: list[dict[str, Any]], found: Found) -> None:
    for month in value:
        mine = [row for row in found if row["month"] == month["month"]]
        assert len(mine) == month["visits"]


def check_topics(value: list[dict[str, Any]], found: Found) -> None:
    for topic in value:
        assert sum(row["code"] == topic["code"] for row in found) == topic["inspections"]


def check_answers(value: dict[str, Any], found: Found) -> None:
    for code, numbers in value.items():
        outcomes = [row["outcome"] for row in found if row["criterion"] == code]
        for outcome in ("pass", "partial", "fail", "not_applicable"):
            assert outcomes.count(outcome) == numbers[outcome]


RECORDS = {
    "units_by_kind": check_kinds,
    "by_month": check_months,
    "topics": check_topics,
    "answers_by_criterion": check_answers,
}


@HALF
@given(HISTORIES, NUMBERS)
def test_a_unit_is_at_most_the_sum_of_its_children(history: History, seed: int) -> None:
    """Rule 1: by subject, never more than the children of any day of the period and what is under them."""
    asked, period = question(history, seed)
    asked = replace(asked, by_lead=False, restated=None)
    oracle = Oracle(history)
    counted = {
        visit.unit for visit in history.visits if oracle.signed(visit) and asked.first <= visit.day <= asked.last
    }
    with stored(history):
        whole = answered(asked, period, ["units_inspected"])["units_inspected"]
        children = oracle.children_ever(asked)
        parts = [answered(replace(asked, scope=child), period, ["units_inspected"]) for child in children]
    assert whole <= sum(part["units_inspected"] for part in parts) + len(children & counted)


@HALF
@given(HISTORIES, NUMBERS)
def test_the_past_stays(history: History, seed: int) -> None:
    """Rule 3: what takes effect, is visited, remedied or issued after the cut-off changes nothing before it."""
    asked, period = question(history, seed)
    asked = replace(asked, restated=None)
    with stored(history):
        before = answered(asked, period)
    with stored(later(history, asked.last, seed)):
        after = answered(asked, period)
    assert after == before


@HALF
@given(HISTORIES, NUMBERS)
def test_written_then_visible(history: History, seed: int) -> None:
    """Rule 6: signing or annulling a visit late changes the figures at the next read, as the oracle says."""
    asked, period = question(history, seed)
    names = ["visits", "units_inspected", "inspections"]
    rows = [row for row in history.visits if row.state != "annulled"]
    with stored(history):
        for row in Random(seed).sample(rows, min(3, len(rows))):
            now = replace(row, state="signed" if row.state == "draft" else "annulled")
            history = replace(history, visits=[now if visit.id == row.id else visit for visit in history.visits])
            annulment = {"annulled_at": MOMENT, "annul_reason": "ghi nhầm"} if now.state == "annulled" else {}
            StoredVisit.objects.filter(pk=row.id).update(state=now.state, signed_at=MOMENT, **annulment)
            expected = Oracle(history).figures(asked)
            assert answered(asked, period, names) == {name: expected[name] for name in names}
