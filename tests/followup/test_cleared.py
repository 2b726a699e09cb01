"""Two hundred and fifty-five units that were cleared hear nothing more, whatever the day; the one that owes something does."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kycuong.core.clock import today
from kycuong.followup.actions import RecommendationRow, record_recommendations
from kycuong.followup.models import Recommendation, Reminder
from kycuong.followup.tasks import remind_of_terms, tell_of_unread_reports
from kycuong.inspections.actions import VisitRow, record_signed_visits
from kycuong.notices.models import Notice
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.history import Draft, create_units
from kycuong.orgs.models import Assignment, Person
from tests.budget import examples
from tests.desk import BEGIN, Desk

CLEARED = 255
VISITED = today() - timedelta(days=200)


def cleared(desk: Desk) -> Recommendation:
    """Each unit visited, asked for one thing, and done with it, but for one. Every unit has a head with an account."""
    names = [Draft(f"Xã số {n}", "commune_pc", desk.units["district"]) for n in range(CLEARED + 1)]
    with at_the_machine():
        units = create_units(names, by=None, on=BEGIN).born
        rows = [
            VisitRow("K1", desk.units["department"], unit, VISITED, "planned", strengths="Nền nếp") for unit in units
        ]
        visits = record_signed_visits(rows, by=None, source="import")
        done = VISITED + timedelta(days=20)
        asked = [
            RecommendationRow(visit, "Lắp biển tên", VISITED, 10, settled_on=done if place else None)
            for place, visit in enumerate(visits)
        ]
        record_recommendations(asked, by=None, source="import")
    heads = Person.objects.bulk_create([Person(username=f"xa{unit.pk}", full_name="Chủ tịch") for unit in units])
    Assignment.objects.bulk_create(
        Assignment(person=head, role="unit_head", unit=unit, valid_from=BEGIN)
        for head, unit in zip(heads, units, strict=True)
    )
    return Recommendation.objects.open().get()


def test_no_cleared_unit_is_ever_reminded(desk: Desk) -> None:
    owed = cleared(desk)
    head = Assignment.objects.get(unit=owed.unit, role="unit_head").person

    @settings(max_examples=examples(10, long=200), deadline=None, suppress_health_check=list(HealthCheck))
    @given(days=st.lists(st.integers(-30, 2000), min_size=1, max_size=4))
    def on_any_days(days: list[int]) -> None:
        for day in days:
            on: date = today() + timedelta(days=day)
            remind_of_terms(on)
            tell_of_unread_reports(on)
        assert set(Reminder.objects.values_list("recommendation", flat=True)) <= {owed.pk}
        told = set(Notice.objects.values_list("person__username", flat=True))
        assert not {name for name in told if name.startswith("xa")} - {head.username}

    on_any_days()
    assert Recommendation.objects.overdue(on=today()).count() == 1
    assert Notice.objects.filter(person=head).exists()
