"""Every generated row is one that the product could have written: valid by its own fields and rules, in its own order of days."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

import pytest

from kycuong.core.checks import ensure_values
from kycuong.followup.models import AccountabilityMeasure, Recommendation, RecommendationTerm
from kycuong.inspections.models import AnswerException, Finding, Inspection, Minutes, Visit
from kycuong.inspections.queries import exceptions_at, form_of, lives_of
from kycuong.inspections.rules import state_of
from kycuong.orgs.history.derive import differences
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


def test_closure_and_lineage_are_what_history_says() -> None:
    assert differences() == []
