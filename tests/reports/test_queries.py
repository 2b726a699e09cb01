"""Figures and lists of a history that can be counted by hand; how few questions they ask; what they refuse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kycuong.core.problems import BadInput
from kycuong.orgs.models import Unit
from kycuong.reports.figures import FIGURES
from kycuong.reports.figures.question import VIEWS
from kycuong.reports.queries import NAMES, figures_for, list_for
from kycuong.reports.rules.periods import Period, parse_period

from .conftest import DEPARTMENT, DISTRICT, ROOM, small_history
from .happened import PROVINCE
from .history import history_of
from .store import stored, uid

QUARTER, YEAR = parse_period("2019-Q1"), parse_period("2019")
Small = Callable[[int], Unit]
MOST_QUERIES = 36
"""For every figure and the same of last year, whatever the number of rows."""


def test_a_unit_visited_by_two_leads_counts_once(small: Small) -> None:
    figures = figures_for(small(PROVINCE), QUARTER)
    assert (figures["visits"], figures["inspections"], figures["units_inspected"]) == (3, 2, 2)
    assert (figures["sum_of_leads"], figures["double_counted"]) == (3, 1)
    assert figures["coverage"] == {"numerator": 2, "denominator": 4, "rate": 0.5}
    assert figures["self_checks"] == 1


def test_by_lead_a_department_inspects_what_it_does_not_own(small: Small) -> None:
    figures = figures_for(small(DEPARTMENT), QUARTER, view="lead")
    assert (figures["units_inspected"], figures["units_inspected_outside"]) == (2, 2)
    assert figures["coverage"] == {"numerator": 0, "denominator": 0, "rate": None}
    assert figures["units_by_kind"]["district_pc"]["units_inspected"] == 1
    assert [topic["code"] for topic in figures["topics"]] == ["t1", "t2"]


def test_a_unit_that_ended_is_listed_with_its_successor(small: Small) -> None:
    assert figures_for(small(DISTRICT), YEAR)["units_inspected_ceased"] == 1
    (row,) = list_for("units_inspected_ceased", small(DISTRICT), YEAR).dicts()
    assert (row["unit"], row["successors"], row["first_visit"]) == ("u4", "Unit 5", date(2019, 2, 1))


def test_restated_the_successor_stands_for_it(small: Small) -> None:
    figures = figures_for(small(DISTRICT), QUARTER, restated_on=date(2019, 12, 31))
    assert (figures["units_inspected"], figures["units_inspected_ceased"], figures["restated_flagged"]) == (1, 0, 0)
    (row,) = list_for("units_inspected", small(DISTRICT), QUARTER, restated_on=date(2019, 12, 31)).dicts()
    assert row["unit"] == "u5"


def test_plan_and_progress(small: Small) -> None:
    figures = figures_for(small(DISTRICT), QUARTER)
    assert figures["agencies_with_plan"] == {"numerator": 1, "denominator": 1, "rate": 1.0}
    progress = figures["plan_progress"]
    assert (progress["numerator"], progress["denominator"], progress["plan"]) == (1, 2, str(uid(4, 1)))
    missing = list_for("agencies_without_plan", small(PROVINCE), QUARTER).dicts()
    assert [row["unit"] for row in missing] == ["u2"]


@pytest.mark.parametrize(
    ("last", "standing", "due_on", "over"),
    [(date(2019, 3, 14), "waiting", date(2019, 3, 14), 0), (date(2019, 3, 31), "waiting", date(2019, 3, 14), 0),
     (date(2019, 4, 2), "in_term", date(2019, 5, 15), 0), (date(2019, 5, 18), "overdue", date(2019, 5, 15), 3)],
)  # fmt: skip
def test_a_recommendation_stands_where_it_stood_at_the_cutoff(
    small: Small, last: date, standing: str, due_on: date, over: int
) -> None:
    """Asked for more time in time and not answered: not overdue; granted later: the earlier figure stays."""
    period = Period(date(2019, 1, 1), last)
    figures = figures_for(small(DISTRICT), period)
    assert figures["recommendations_by_state"] == {**dict.fromkeys(figures["recommendations_by_state"], 0), standing: 1}
    assert figures["handling_rate"] == {"numerator": 0, "denominator": 1, "rate": 0.0}
    (row,) = list_for("recommendations", small(DISTRICT), period).dicts()
    assert (row["unit"], row["due_on"], row["standing"], row["days_over"]) == ("u4", due_on, standing, over)


def test_last_year_comes_with_difference_and_ratio(small: Small) -> None:
    last_year = figures_for(small(PROVINCE), parse_period("2020-Q1"))["same_period_last_year"]
    assert last_year["from"] == "2019-01-01"
    assert last_year["figures"]["visits"] == 3
    assert last_year["change"]["visits"] == {"difference": -3, "ratio": 0.0}
    assert last_year["change"]["coverage"] == {"difference": -0.5, "ratio": 0.0}
    assert last_year["change"]["visits_by_form"]["surprise"]["difference"] == -1
    assert last_year["change"]["units_by_kind"]["commune_pc"]["coverage"]["difference"] == -1.0
    assert last_year["change"]["self_checks"] == {"difference": -1, "ratio": 0.0}


@pytest.mark.parametrize("name", [name for name in FIGURES if FIGURES[name].has_list])
@pytest.mark.parametrize("view", VIEWS)
def test_pages_of_a_list_make_up_the_whole(small: Small, name: str, view: str) -> None:
    options: dict[str, Any] = {"view": view, "restated_on": date(2019, 12, 31)}
    whole = list_for(name, small(PROVINCE), YEAR, **options)
    pages = [list_for(name, small(PROVINCE), YEAR, limit=2, offset=offset, **options) for offset in range(0, 40, 2)]
    assert [row for page in pages for row in page.rows] == whole.rows[:40]
    assert {page.total for page in pages} == {whole.total}


@pytest.mark.parametrize(
    ("name", "key", "rows"),
    [("visits_by_form", "surprise", 1), ("by_month", "2019-03", 2), ("units_by_kind", "commune_pc", 1),
     ("findings_by_state", "overdue", 1), ("recommendations_by_state", "waiting", 1), ("topics", "t2", 1), ("answers_by_criterion", "A1", 1), ("visits", "remote", 0)],
)  # fmt: skip
def test_a_key_opens_one_part(small: Small, name: str, key: str, rows: int) -> None:
    assert list_for(name, small(PROVINCE), QUARTER, key=key).total == rows


def test_a_sealed_draft_is_nowhere(small: Small) -> None:
    for name in (name for name in FIGURES if FIGURES[name].has_list):
        rows = (
            list_for(name, small(ROOM if name == "units" else PROVINCE), QUARTER).dicts()
            if name != "restated_flagged"
            else []
        )
        assert str(uid(6, 4)) not in {row.get("visit") for row in rows}


def test_lists_give_days_and_identifiers_as_the_same_on_every_engine(small: Small) -> None:
    row = list_for("visits", small(PROVINCE), QUARTER, key="surprise").dicts()[0]
    assert (row["visit"], row["visited_on"], row["month"]) == (str(uid(6, 1)), date(2019, 2, 1), "2019-02")
    finding = list_for("findings", small(PROVINCE), QUARTER).dicts()[0]
    assert (finding["due_on"], finding["remedied_on"], finding["state"]) == (date(2019, 3, 1), None, "overdue")


def test_the_number_of_queries_does_not_grow_with_the_rows(db: None) -> None:
    asked = []
    for history in (small_history(), history_of(7, 3, 6, 40)):
        with (
            stored(history),
            CaptureQueriesContext(
                connection,
            ) as queries,
        ):
            figures_for(Unit(pk=DISTRICT), YEAR)
        asked.append([query["sql"] for query in queries if query["sql"].lstrip().startswith(("SELECT", "WITH"))])
    assert len(asked[0]) <= MOST_QUERIES
    assert len(asked[1]) <= MOST_QUERIES


def test_named_figures_alone_are_counted(small: Small) -> None:
    unit = small(PROVINCE)
    with CaptureQueriesContext(connection) as queries:
        assert list(figures_for(unit, YEAR, names=["coverage", "units"])) == ["coverage", "units"]
    assert len(queries) == 1


@pytest.mark.parametrize("figure", FIGURES.values(), ids=lambda figure: figure.name)
def test_a_figure_says_which_texts_it_reads(small: Small, figure: Any) -> None:
    """The reference and the benchmark show `tallies`; so it must name all that `read` uses."""
    options = {"restated_on": date(2019, 12, 31)} if figure.name == "restated_flagged" else {}
    with CaptureQueriesContext(connection) as queries:
        figures_for(Unit(pk=DISTRICT), YEAR, names=[figure.name], **options)
    assert len(queries) == len(figure.tallies)


def test_what_is_unknown_is_refused_with_what_to_write(small: Small) -> None:
    unit = small(PROVINCE)
    with pytest.raises(BadInput, match="visits"):
        figures_for(unit, YEAR, names=["visit"])
    with pytest.raises(BadInput, match="không có danh sách"):
        list_for("same_period_last_year", unit, YEAR)
    with pytest.raises(BadInput, match="không có danh sách"):
        list_for("restated_flagged", unit, YEAR)
    with pytest.raises(BadInput, match="cách nhìn"):
        figures_for(unit, YEAR, view="owner")
    with pytest.raises(BadInput, match="không chia phần"):
        list_for("restated_flagged", unit, YEAR, restated_on=date(2019, 12, 31), key="x")


def test_every_figure_has_its_words() -> None:
    assert len(NAMES) == len(set(NAMES))
    for figure in FIGURES.values():
        assert figure.title
        assert figure.definition.endswith(".")
        assert figure.definition_en.endswith(".")
