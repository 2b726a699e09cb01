"""Every generated row is one that the product could have written: valid by its own fields and rules, in its own order of days."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

import pytest

from kycuong.core.checks import ensure_values
from kycuong.core.clock import today
from kycuong.deadlines.queries import calendar_of
from kycuong.followup.models import AccountabilityMeasure, Recommendation, RecommendationTerm, Reminder
from kycuong.followup.queries.retention import due_names, kept_until_of
from kycuong.followup.tasks import remind_of_terms
from kycuong.inspections.models import AnswerException, Finding, Inspection, Minutes, Visit
from kycuong.inspections.queries import exceptions_at, form_of, lives_of
from kycuong.inspections.rules import state_of
from kycuong.nation import facts
from kycuong.nation.days import LAST, Days
from kycuong.orgs.history.derive import differences
from kycuong.orgs.models import Assignment, Edge
from kycuong.orgs.rules import INSPECTABLE
from kycuong.plans.models import InspectionPlan, PlanStep

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nation")]
WRITTEN = (
    AccountabilityMeasure,
    AnswerException,
    Finding,
    Inspection,
    InspectionPlan,
    Minutes,
    PlanStep,
    Recommendation,
    RecommendationTerm,
    Reminder,
    Visit,
)


@pytest.mark.parametrize("model", WRITTEN, ids=lambda model: model.__name__)
def test_every_row_passes_the_checks_of_its_fields(model: type) -> None:
    rows = list(model.objects.all())
    assert rows
    for row in rows:
        ensure_values(row)


def test_exceptions_are_what_the_answers_come_to() -> None:
    rows: dict[int, dict[str, tuple[str, str]]] = defaultdict(dict)
    for row in AnswerException.objects.all():
        rows[row.visit_id][row.criterion_code] = (row.outcome, row.note)
        assert row.unit_id == row.visit.unit_id
    for visit in Visit.objects.all():
        expected = {
            code: (str(outcome), note) for code, (outcome, note) in exceptions_at(visit, form_of(visit)).items()
        }
        assert rows[visit.pk] == expected


def test_visits_are_to_units_and_by_departments_of_their_day() -> None:
    visits = list(Visit.objects.select_related("inspection"))
    lives = lives_of({unit for visit in visits for unit in (visit.unit_id, visit.inspection.lead_id)})
    for visit in visits:
        day, lead = visit.visited_on, visit.inspection.lead_id
        subject, leader = lives[visit.unit_id].on(day), lives[lead].on(day)
        assert subject is not None
        assert subject[1] in INSPECTABLE
        assert lead != visit.unit_id
        assert leader is not None
        assert leader[1] == "provincial_department"
        assert (visit.unit_name_then, visit.lead_name_then) == (
            lives[visit.unit_id].full_name_on(day),
            lives[lead].full_name_on(day),
        )
        assert visit.inspection.plan is None or visit.inspection.plan.issued_on <= day


def test_inspections_stand_where_their_visits_do() -> None:
    for inspection in Inspection.objects.prefetch_related("visits"):
        states = [visit.state for visit in inspection.visits.all()]
        assert states
        assert inspection.state == state_of("in_progress", states, sealed=False)


def test_recommendations_follow_their_visits_and_terms() -> None:
    for row in Recommendation.objects.prefetch_related("terms", "findings", "visit"):
        (term,) = row.terms.all()
        (finding,) = row.findings.all()
        assert row.visit.visited_on < row.issued_on
        assert row.due_on == term.due_on > row.issued_on
        assert finding.visit_id == row.visit_id
        assert row.days_late == (max(timedelta(0), row.settled_on - row.due_on).days if row.settled_on else None)


def test_measures_rest_on_a_conclusion_and_come_from_above() -> None:
    """After the conclusion, while the unit is there, by the unit above it on that day."""
    measures = list(AccountabilityMeasure.objects.select_related("visit").prefetch_related("findings"))
    units = {unit for measure in measures for unit in (measure.unit_id, measure.authority_id)}
    lives, ended = lives_of(units), 0
    for measure in measures:
        day, visit = measure.decided_on, measure.visit
        concluded = [one.issued_on for one in Recommendation.objects.filter(visit=visit)]
        assert concluded
        assert max(concluded) < day <= LAST
        assert lives[measure.unit_id].on(day) is not None
        assert lives[measure.authority_id].on(day) is not None
        assert Edge.objects.filter(
            child=measure.unit, parent=measure.authority, valid_from__lte=day, valid_to__gt=day
        ).exists()
        assert {finding.visit_id for finding in measure.findings.all()} == {visit.pk}
        ended += lives[measure.unit_id].spans[-1][1] <= LAST
    assert ended, "no unit that ended: nothing was tried of it"


def test_everything_happens_on_working_days() -> None:
    off = calendar_of(facts.BEGINNING, LAST).off
    assert {day.year for day in off} == set(range(2016, 2026))
    days = [
        *Visit.objects.values_list("visited_on", flat=True),
        *InspectionPlan.objects.filter(state="issued").values_list("issued_on", flat=True),
        *Recommendation.objects.values_list("issued_on", flat=True),
        *AccountabilityMeasure.objects.values_list("decided_on", flat=True),
    ]
    assert [day for day in days if day in off or day.weekday() > 4] == []


@pytest.mark.parametrize("day", [date(2016, 2, 8), date(2017, 1, 30), date(2018, 2, 16)])
def test_nobody_works_at_tet(day: date) -> None:
    assert not Days().works(day)
    assert Days().since(day) > day


def test_what_the_first_tick_would_do_is_done() -> None:
    """Or it ran for hours after a large load: names past their term are erased, steps of the ladder taken."""
    assert due_names(today()) == []
    erased = list(AccountabilityMeasure.objects.exclude(erased_on=None))
    assert erased
    for row in erased:
        assert (row.about, row.version) == ("person", 2)
        assert row.erased_on == kept_until_of(row.visit, today=today()) + timedelta(1)
    assert AccountabilityMeasure.objects.filter(about="person", erased_on=None).exists()
    assert Recommendation.objects.filter(state="issued", due_on__lt=today()).exists()
    assert remind_of_terms(today()) == ""
    for reminder in Reminder.objects.all():
        assert reminder.due_on < reminder.reminded_on <= today()


def test_nobody_holds_a_role_before_the_unit_is_there() -> None:
    roles = Assignment.objects.select_related("unit")
    assert {role.unit.versions.earliest("valid_from").valid_from == role.valid_from for role in roles} == {True}
    assert len({role.valid_from for role in roles}) > 1


def test_closure_and_lineage_are_what_history_says() -> None:
    assert differences() == []
