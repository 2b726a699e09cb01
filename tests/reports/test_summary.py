"""The summary report: every cell is the figure of that name, by as many statements for two hundred agencies as for three."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings

from kycuong.catalog.models import Checklist, Criterion, CriterionGroup
from kycuong.core.problems import BadInput
from kycuong.followup.models import AccountabilityMeasure, MeasureKind, RecommendationTransfer, RemedyReport
from kycuong.inspections.models import Conclusion
from kycuong.orgs.models import Person, Unit
from kycuong.reports.documents import workbook_of
from kycuong.reports.queries import figures_for, summary_for
from kycuong.reports.rules.periods import Period, parse_period, year_to_date
from kycuong.reports.rules.summary import by_agency, in_format, registers, sentences
from kycuong.reports.rules.summary.content import Line, Summary
from kycuong.reports.rules.summary.kept import from_json, to_json, to_text
from tests.budget import examples

from .conftest import DEPARTMENT, DISTRICT, MERGED, NEW, OLD, small_history
from .happened import PROVINCE, Edge, History, Inspection, Plan, Version, Visit
from .history import history_of
from .oracle import Asked, Oracle
from .store import MOMENT, SEALER, stored
from .test_properties import HISTORIES, NUMBERS, question

Small = Callable[[int], Unit]
YEAR, QUARTER = parse_period("2019"), parse_period("2019-Q1")
MOST_STATEMENTS = 112
MANY = settings(max_examples=examples(60, long=3000))
pytestmark = pytest.mark.django_db


def told(line: Line) -> dict[str, Any]:
    """The cells of a line by the names of the figures."""
    plan = line.plan and {
        "numerator": line.plan.progress.numerator, "denominator": line.plan.progress.denominator,
        "number": line.plan.number, "issued_on": line.plan.issued_on.isoformat(),
        "target_units": line.plan.target_units, "target_percent": line.plan.target_percent,
    }  # fmt: skip
    return {
        "units": line.units, "inspections": line.inspections, "inspections_by_form": line.forms, "visits": line.visits,
        "units_inspected": line.units_inspected, "inspections_concluded": line.concluded, "findings": line.findings,
        "findings_by_state": line.finding_states, "handling_rate": parts(line.handled), "plan_progress": plan,
        "year": {
            "inspections": line.inspections_of_year, "units_inspected": line.units_inspected_of_year,
            "coverage": parts(line.coverage_of_year), "kinds": line.kinds_of_year,
        },
    }  # fmt: skip


def parts(rate: Any) -> dict[str, Any]:
    return {"numerator": rate.numerator, "denominator": rate.denominator, "rate": rate.rate}


def expected(figures: dict[str, Any], year: dict[str, Any]) -> dict[str, Any]:
    """The same cells as the figures give them."""
    names = (
        "units",
        "inspections",
        "inspections_by_form",
        "visits",
        "units_inspected",
        "inspections_concluded",
        "findings",
    )
    names = (*names, "findings_by_state", "handling_rate")
    plan, kinds = figures["plan_progress"], year["units_by_kind"]
    return {
        **{name: figures[name] for name in names},
        "plan_progress": plan and {name: plan[name] for name in plan if name not in ("plan", "rate", "year", "units")},
        "year": {
            "inspections": year["inspections"], "units_inspected": year["units_inspected"], "coverage": year["coverage"],
            "kinds": {kind: kinds[kind]["units_inspected"] for kind in ("division", "commune_pc", "public_service_unit")},
        },
    }  # fmt: skip


def by_figures(scope: Unit, period: Period) -> dict[str, Any]:
    year = year_to_date(period.last)
    return expected(figures_for(scope, period, view="lead"), figures_for(scope, year, view="lead"))


def by_oracle(history: History, scope: int, period: Period) -> dict[str, Any]:
    year, oracle = year_to_date(period.last), Oracle(history)
    asked = Asked(scope, period.first, period.last, by_lead=True)
    return expected(oracle.figures(asked), oracle.figures(replace(asked, first=year.first)))


@MANY
@given(HISTORIES, NUMBERS)
def test_every_cell_of_every_line_is_the_figure_of_that_name(history: History, seed: int) -> None:
    """Of each authority and of the total, as the figures and as the slow second implementation count them."""
    asked, period = question(history, seed)
    with stored(history):
        scope = Unit.objects.get(pk=asked.scope)
        made = summary_for(scope, period, person=None)
        assert told(made.total) == by_figures(scope, period) == by_oracle(history, scope.pk, period)
        for line in made.lines:
            if line.stands_for == "authority":
                unit = Unit.objects.get(slug=line.place.slug)
                counted = by_figures(unit, period)
                assert counted == by_oracle(history, unit.pk, period)
                # who left before the cut-off is asked for no plan here; its figure by itself tells the one that it issued
                assert told(line) == counted | ({"plan_progress": None} if line.left_on else {})
        check_registers(made, scope, period)
        assert from_json(to_text(made)) == made


def check_registers(made: Summary, scope: Unit, period: Period) -> None:
    """Lists are as long as their figures; groups add up to the criteria; nothing is in two places."""
    figures = figures_for(scope, period, view="lead")
    assert len(made.visits) == figures["visits"]
    issued = [one for one in made.advice if not one.forwarded]
    assert len(issued) == figures["recommendations"]
    assert all(one.issued_on < period.first for one in made.advice if one.forwarded)
    for name, field in (("pass", "passed"), ("partial", "partial"), ("fail", "failed"), ("repeats", "repeats")):
        whole = sum(one[name] for one in figures["answers_by_criterion"].values())
        assert sum(getattr(group, field) for group in made.groups) == whole
    assert {one.code: one.findings for one in made.groups if one.findings} == figures["findings_by_group"]
    asked = {code: one["units_asked"] for code, one in figures["answers_by_criterion"].items()}
    for group in made.groups:
        mine = [n for code, n in asked.items() if code[0] == group.code]
        assert max(mine, default=0) <= group.units <= min(sum(mine), figures["units_inspected"])
    lined = [(line.visits, line.findings, line.handled.denominator) for line in made.lines]
    assert [sum(column) for column in zip(*lined, strict=True)] in (
        [], [made.total.visits, made.total.findings, made.total.handled.denominator],
    )  # fmt: skip
    sums = {"inspections": 0, "visits": 0, "findings": 0}
    for line in made.lines:
        sums = {name: n + getattr(line, name) for name, n in sums.items()}
    assert all(n >= getattr(made.total, name) for name, n in sums.items())


def test_a_unit_inspected_by_two_counts_once_in_the_total(small: Small) -> None:
    made = summary_for(small(PROVINCE), QUARTER, person=None)
    lines = {line.place.slug: line for line in made.lines}
    assert [lines[slug].units_inspected for slug in ("u2", "u3")] == [2, 1]
    assert made.total.units_inspected == 2
    assert [line.stands_for for line in made.lines] == ["authority", "authority"]
    assert (lines["u2"].plan, lines["u2"].owes_plan, lines["u3"].plan.number) == (None, True, "1/KH")  # type: ignore[union-attr]
    assert made.figures["double_counted"] == 1


def test_the_registers_name_documents_and_what_is_brought_forward(small: Small) -> None:
    first = summary_for(small(DEPARTMENT), QUARTER, person=None)
    assert [(one.unit.slug, one.conclusion, one.findings) for one in first.visits] == [("u4", "1/KL", 0), ("u3", "", 0)]
    assert [(one.text, one.standing, one.forwarded) for one in first.advice] == [("Recommendation 1", "waiting", False)]
    later = summary_for(small(DEPARTMENT), parse_period("2019-Q2"), person=None)
    assert [(one.standing, one.forwarded, one.days_over) for one in later.advice] == [("overdue", True, 46)]
    assert later.figures["recommendations"] == 0


def test_biểu_4_names_who_took_a_recommendation_over(small: Small) -> None:
    """From the day on which it was: before it, and in what was kept by a version that did not tell it, nobody is named."""
    RecommendationTransfer.objects.create(
        recommendation_id=1, from_unit_id=OLD, to_unit_id=NEW, transferred_on=MERGED, reason="Sáp nhập"
    )

    def units(period: str) -> list[tuple[str, bool]]:
        made = summary_for(small(DEPARTMENT), parse_period(period), person=None)
        assert from_json(to_text(made)) == made
        older = in_format(made, 1)
        assert (registers.advice(older).rows[0].cells[2], older.format) == ("Unit 4, Unit 3", 1)
        assert to_text(from_json(to_text(older))) == to_text(older)
        return [(str(row.cells[2]), "carried_by" in to_text(older)) for row in registers.advice(made).rows]

    assert units("2019-Q2") == [("Unit 4, Unit 3", False)]
    assert units("2019-Q3") == [("Unit 4, Unit 3 (nay do Unit 5, Unit 3 thực hiện tiếp)", False)]


def test_words_and_measures_are_for_whoever_may_know_them(small: Small, leader: Person) -> None:
    made = summary_for(small(DISTRICT), QUARTER, person=leader)
    assert made.measures is None
    assert {line.taken for line in (*made.lines, made.total)} == {None}
    whole = summary_for(small(DISTRICT), QUARTER, person=None)
    assert whole.measures == ()
    assert made == replace(whole.without_measures(), made_at=made.made_at)
    department = summary_for(small(DEPARTMENT), QUARTER, person=None)
    assert [one.text for one in department.without_words().advice] == [None]


def test_what_this_version_did_not_keep_is_refused(small: Small) -> None:
    kept = to_json(summary_for(small(DISTRICT), QUARTER, person=None))
    for broken in (
        {**kept, "format": 99},
        {**kept, "later": 1},
        {**kept, "total": None},
        {},
        {**kept, "lines": [{}]},
        "{",
        "[]",
    ):
        with pytest.raises(BadInput, match="không đọc được"):
            from_json(broken)


def many_agencies(count: int) -> History:
    """A province with so many departments, each with a plan and a visit in one commune."""
    begun, ever = date(2010, 1, 1), date(9999, 1, 1)
    departments = range(10, 10 + count)
    made = History(
        versions=[Version(1, "province", begun, ever), Version(2, "commune_pc", begun, ever)],
        edges=[Edge(2, PROVINCE, begun, ever)],
    )
    for unit in departments:
        made.versions.append(Version(unit, "provincial_department", begun, ever))
        made.edges.append(Edge(unit, PROVINCE, begun, ever))
        made.inspections.append(Inspection(unit, unit, "planned", (), sealed=False))
        made.visits.append(Visit(unit, unit, 2, date(2019, 2, 1), "signed", None, short=True))
        made.plans.append(Plan(unit, unit, 2019, date(2019, 1, 20), 5, None))
    return made


def test_two_hundred_agencies_take_no_more_statements_than_three() -> None:
    asked = []
    for history in (many_agencies(3), many_agencies(200), history_of(7, 3, 6, 40)):
        with stored(history):
            scope = Unit.objects.get(pk=PROVINCE)
            with CaptureQueriesContext(connection) as queries:
                made = summary_for(scope, YEAR, person=None)
            asked.append(len(queries))
            assert made.lines
    assert asked[1] <= asked[0] <= MOST_STATEMENTS, asked
    assert asked[2] <= MOST_STATEMENTS
    with stored(many_agencies(200)):
        made = summary_for(Unit.objects.get(pk=PROVINCE), YEAR, person=None)
        assert len(made.lines) == 200
        assert (made.total.units_inspected, sum(line.units_inspected for line in made.lines)) == (1, 200)


LONG, EVER, MOVED = date(2010, 1, 1), date(9999, 12, 31), date(2019, 7, 1)


def province_of(edges: list[Edge], led: list[tuple[int, date]], kinds: dict[int, str] | None = None) -> History:
    """Departments 2 and 3, a commune 7; who led a visit there and when."""
    kinds = kinds or {1: "province", 2: "provincial_department", 3: "provincial_department", 7: "commune_pc"}
    return History(
        versions=[Version(unit, kind, LONG, EVER) for unit, kind in kinds.items()],
        edges=[Edge(7, PROVINCE, LONG, EVER), *edges],
        inspections=[Inspection(at, lead, "planned", (), sealed=False) for at, (lead, _) in enumerate(led, 1)],
        visits=[Visit(at, at, 7, day, "signed", None, short=True) for at, (_, day) in enumerate(led, 1)],
    )


@pytest.mark.parametrize("deeper", [True, False])
def test_who_left_in_the_period_counts_only_while_it_stood_there(deeper: bool) -> None:
    kinds = {1: "province", 2: "provincial_department", 3: "provincial_department", 7: "commune_pc", 9: "province"}
    edges = [Edge(2, 1, LONG, EVER), Edge(3, 1, LONG, MOVED), Edge(3, 2 if deeper else 9, MOVED, EVER)]
    days = [(3, date(2019, 6, 30)), (3, MOVED), (3, date(2019, 9, 1))]
    with stored(province_of(edges, days, kinds)):
        made = summary_for(Unit.objects.get(pk=PROVINCE), YEAR, person=None)
        told_ = {line.place.slug: line for line in made.lines}
        assert (told_["u3"].visits, told_["u3"].owes_plan, told_["u3"].left_on) == (1, False, MOVED)
        assert told_["u2"].visits == (2 if deeper else 0)
        assert sum(line.visits for line in made.lines) == made.total.visits == made.figures["visits"]
        said = by_agency.schedule(made).rows
        assert "Không còn trực thuộc từ 01/07/2019" in {row.cells[-1] for row in said}
        owing = made.figures["agencies_with_plan"]["denominator"]
        assert len(made.without_plan) == owing == (2 if deeper else 1), "deeper ones are named, too"


def test_the_scope_that_owes_a_plan_itself_is_named() -> None:
    with stored(province_of([Edge(2, 1, LONG, EVER)], [])):
        made = summary_for(Unit.objects.get(pk=2), YEAR, person=None)
    assert [(line.stands_for, line.owes_plan) for line in made.lines] == [("alone", True)]
    assert "Chưa ban hành: Unit 2." in sentences.directing(made)
    assert by_agency.schedule(replace(made, lines=())).total, "the total says 0/1"


def test_a_draft_or_later_checklist_words_nothing() -> None:
    with stored(history_of(7, 3, 6, 40)):
        scope = Unit.objects.get(pk=PROVINCE)
        before = summary_for(scope, YEAR, person=None)
        assert before.groups
        later_on = date(2021, 1, 1)
        for pk, published in ((901, None), (902, later_on)):
            made = Checklist.objects.create(
                pk=pk, version=str(pk), title="x", published_on=published, valid_from=published
            )
            group = CriterionGroup.objects.create(pk=pk, checklist=made, code="A", title="CHƯA ÁP DỤNG")
            one = Criterion.objects.filter(code="A1")[0]
            one.pk, one.uid, one.checklist, one.group, one.text = pk, uuid4(), made, group, "CHƯA ÁP DỤNG"
            Criterion.objects.bulk_create([one])
        assert replace(summary_for(scope, YEAR, person=None), made_at=before.made_at) == before


def test_a_year_before_there_was_an_index_has_no_evidence(small: Small) -> None:
    made = summary_for(small(DISTRICT), parse_period("2009"), person=None)
    assert (made.evidence.scored, made.evidence.documents) == ((), ())
    assert from_json(to_text(made)) == made
    assert workbook_of(made)


def test_a_measure_is_told_in_the_line_of_who_led_the_visit_long_before() -> None:
    history = province_of([Edge(2, 1, LONG, EVER), Edge(3, 1, LONG, date(2018, 7, 1))], [(3, date(2018, 5, 1))])
    with stored(history):
        concluded = Conclusion(
            visit_id=1,
            state="issued",
            number="1/KL",
            issued_on=date(2018, 6, 1),
            created_by_id=SEALER,
            approved_at=MOMENT,
            approved_by_id=SEALER,
        )
        Conclusion.objects.bulk_create([concluded])
        kind = MeasureKind.objects.create(pk=901, code="tried", title="Phê bình", position=1)
        measure = AccountabilityMeasure(
            kind=kind, visit_id=1, unit_id=7, about="collective", state="decided", decided_on=date(2019, 2, 2),
            number="1", authority_id=1,
        )  # fmt: skip
        AccountabilityMeasure.objects.bulk_create([measure])
        made = summary_for(Unit.objects.get(pk=PROVINCE), YEAR, person=None)
    assert {line.place.slug: line.taken.collectives for line in made.lines if line.taken}["u3"] == 1
    assert made.total.taken
    assert made.total.taken.collectives == 1
    assert "u3" not in {line.place.slug for line in made.without_measures().lines}, "a line would tell of it"


def test_the_answer_is_the_number_of_the_newest_report() -> None:
    history = small_history()
    twice = ((date(2019, 3, 8), date(2019, 3, 9), 0), (date(2019, 3, 20), date(2019, 3, 21), 0))
    history.recommendations[0] = replace(history.recommendations[0], reports=twice)
    with stored(history):
        with connection.cursor() as cursor:
            for report, number in zip(RemedyReport.objects.order_by("pk"), ("9/BC", "12/BC"), strict=True):
                cursor.execute("UPDATE followup_remedyreport SET number = %s WHERE id = %s", [number, report.pk])
        made = summary_for(Unit.objects.get(pk=PROVINCE), QUARTER, person=None)
    assert [one.answer for one in made.advice] == ["12/BC"]


def test_a_unit_that_did_not_exist_last_year_is_compared_with_nothing(small: Small) -> None:
    new, old = (summary_for(small(unit), parse_period("2019-Q4"), person=None) for unit in (NEW, DISTRICT))
    assert "chưa hoạt động" in sentences.joined(sentences.inspected(new))
    assert "0 cuộc, 0 lượt" not in sentences.joined(sentences.inspected(new)).split("Lũy kế")[0]
    assert "Cùng kỳ năm trước: 0 cuộc" in sentences.joined(sentences.inspected(old))
