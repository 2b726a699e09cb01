"""For whom a plan waits: the own people of the agency, and where nobody there or between could take the step, whoever stands above."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import AnonymousUser

from kycuong.core.clock import today
from kycuong.orgs.actions import create_account, grant_role
from kycuong.orgs.authority import at_the_machine, waits_for
from kycuong.orgs.models import Assignment, Person
from kycuong.plans import actions
from kycuong.plans.queries import todos
from tests.desk import BEGIN, Desk
from tests.plans.test_actions import drafted

APPROVE = "Duyệt kế hoạch"


def waiting(person: Person) -> list[str]:
    return [one.about for one in todos(person, today=today()) if one.what == APPROVE]


def leader_of_the_district(desk: Desk) -> Person:
    with at_the_machine():
        district = desk.units["district"]
        person, _ = create_account(by=None, at=district, username="lanh-dao-huyen", full_name="Lãnh đạo huyện")
        grant_role(person, by=None, role="leader", unit=district, valid_from=BEGIN)
    return person


def test_where_the_agency_has_no_leader_its_plan_waits_for_the_nearest_above(desk: Desk) -> None:
    plan = drafted(desk, target_percent=30)
    assert not waiting(desk.people["leader"]), "a draft waits for its author"
    actions.submit_plan(plan, by=desk.people["coordinator"])
    assert len(waiting(desk.people["leader"])) == 1
    assert not waiting(desk.people["coordinator"])
    assert not waiting(desk.people["aggregator"])
    assert not waiting(desk.outsider)
    own = leader_of_the_district(desk)
    assert len(waiting(own)) == 1
    assert not waiting(desk.people["leader"]), "somebody nearer can"


def test_who_has_gone_stands_in_nobodys_way(desk: Desk) -> None:
    own = leader_of_the_district(desk)
    actions.submit_plan(drafted(desk, target_percent=30), by=desk.people["coordinator"])
    assert not waiting(desk.people["leader"])
    Person.objects.filter(pk=own.pk).update(is_active=False)
    assert len(waiting(desk.people["leader"])) == 1
    Person.objects.filter(pk=own.pk).update(is_active=True)
    assert not waiting(desk.people["leader"])
    Assignment.objects.filter(person=own).update(valid_to=today() - timedelta(days=1))
    assert len(waiting(desk.people["leader"])) == 1


def test_a_leader_further_up_waits_for_nobody_where_one_stands_between(desk: Desk) -> None:
    """The commune's plan goes to the district's leader, not past that one to the province."""
    plan = drafted(desk, agency=desk.units["commune"], target_percent=30, by=desk.people["coordinator"])
    between = leader_of_the_district(desk)
    actions.submit_plan(plan, by=desk.people["coordinator"])
    assert len(waiting(between)) == 1
    assert not waiting(desk.people["leader"])


def test_who_submitted_is_not_asked_to_approve_and_stands_in_nobodys_way(desk: Desk) -> None:
    own = leader_of_the_district(desk)
    with at_the_machine():
        grant_role(own, by=None, role="coordinator", unit=desk.units["district"], valid_from=BEGIN)
    actions.submit_plan(drafted(desk, target_percent=30, by=own), by=own)
    assert not waiting(own)
    assert len(waiting(desk.people["leader"])) == 1


def test_who_holds_nothing_is_asked_nothing(desk: Desk) -> None:
    assert waits_for(desk.people["nobody"], "plan.approve", "agency") is None
    assert waits_for(AnonymousUser(), "plan.approve", "agency") is None
