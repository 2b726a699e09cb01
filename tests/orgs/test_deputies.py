"""Somebody stands in for a colleague who is away: what it gives, while it holds, and what the log says for good."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kycuong.audit.models import AuditBody
from kycuong.core.problems import NotAllowed, RuleBroken
from kycuong.core.remembering import remembering
from kycuong.notices.models import Notice
from kycuong.notices.tasks.standing_in import tell_of_first_days
from kycuong.orgs.actions import (
    deactivate_account,
    end_role,
    grant_role,
    reactivate_account,
    take_back,
)
from kycuong.orgs.authority import at_the_machine, can, scope, stands_in, units_where
from kycuong.orgs.history import absorb_units
from kycuong.orgs.models import Edge, Person, StandIn, StandInAct
from kycuong.orgs.queries import holders
from kycuong.orgs.queries.standing_in import absences_of, in_whose_stead
from kycuong.orgs.roles import APART, KEPT, LENT, ROLES, lends
from kycuong.plans import actions as plans
from kycuong.plans.models import InspectionPlan
from tests.desk import Desk

from .lending import DAY, TODAY, acts_of, chief, clerk, drafted, lend, lend_coordinator, somebody

__all__ = ["chief", "clerk"]

# What is lent


def test_every_verb_is_lent_or_kept() -> None:
    every = set().union(*(role.verbs for role in ROLES.values()))
    assert every == LENT | set(KEPT)
    assert not LENT & set(KEPT)
    assert all(KEPT.values())
    never = {"role.grant", "audit.see", "seal.break", "webhook.keep", "retention.set"}
    assert never | {verb for verb in every if verb.startswith("person.") or verb.endswith("set_rules")} <= set(KEPT)


def test_a_deputy_does_what_the_role_does_day_by_day_and_nothing_else(desk: Desk, clerk: Person) -> None:
    coordinator, district = desk.people["coordinator"], desk.units["district"]
    own = ROLES["records_clerk"].verbs
    lend_coordinator(desk, clerk)
    for verb in sorted(set().union(*(role.verbs for role in ROLES.values()))):
        lent = verb in ROLES["coordinator"].verbs and verb in LENT
        assert can(clerk, verb, at=district) == (lent or verb in own), verb
        seen = Edge.objects.filter(scope(clerk, verb, unit="child"), child=district).exists()
        assert seen == (lent or verb in own), verb
    assert can(clerk, "visit.sign", at=desk.units["commune"])
    assert not can(clerk, "visit.sign", at=desk.units["other_commune"])
    assert units_where(coordinator, "checklist.publish")
    assert not units_where(clerk, "checklist.publish")


@pytest.mark.parametrize("role", sorted(APART))
def test_who_watches_and_who_keeps_accounts_lends_nothing(desk: Desk, role: str) -> None:
    colleague = somebody(desk, "colleague", "records_clerk", "province")
    assert not lends(role)
    with pytest.raises(RuleBroken, match="không giao người làm thay"):
        lend(desk, desk.people[role], role, colleague, place="province")


@pytest.mark.parametrize("role", sorted(APART))
def test_nobody_stands_in_by_a_role_that_watches_or_keeps_accounts(desk: Desk, role: str) -> None:
    with pytest.raises(RuleBroken, match="không làm thay được"):
        lend(desk, desk.people["leader"], "leader", desk.people[role], place="province")


# While it holds


def test_it_holds_from_its_first_day_to_its_last(desk: Desk, clerk: Person) -> None:
    lend_coordinator(desk, clerk, valid_from=TODAY + DAY, valid_to=TODAY + 3 * DAY)
    assert not can(clerk, "visit.sign", at=desk.units["commune"])
    days = {day: StandIn.objects.in_force(on=TODAY + day * DAY).exists() for day in range(5)}
    assert days == {0: False, 1: True, 2: True, 3: False, 4: False}


def test_taken_back_it_gives_nothing_from_then_on_and_both_sides_may(desk: Desk, clerk: Person) -> None:
    for by in (desk.people["coordinator"], clerk, desk.people["system_admin"]):
        named = lend_coordinator(desk, clerk)
        assert can(clerk, "visit.sign", at=desk.units["commune"])
        epoch = Person.objects.get(pk=clerk.pk).sessions_epoch
        take_back(named, by=by)
        assert not can(clerk, "visit.sign", at=desk.units["commune"])
        clerk.refresh_from_db()
        assert (clerk.sessions_epoch > epoch) is (by != clerk)
    with pytest.raises(RuleBroken, match="đã kết thúc"):
        take_back(named, by=clerk)
    with pytest.raises(NotAllowed):
        take_back(lend_coordinator(desk, clerk), by=desk.people["leader"])


def test_it_ends_with_the_role_that_was_lent_and_does_not_come_back_with_a_new_one(desk: Desk, clerk: Person) -> None:
    coordinator = desk.people["coordinator"]
    named = lend_coordinator(desk, clerk)
    with at_the_machine():
        end_role(coordinator.assignments.get(), by=None)
    assert not can(clerk, "visit.sign", at=desk.units["commune"])
    named.refresh_from_db()
    assert named.recalled_at is not None
    assert Notice.objects.filter(key=f"stand-in.recalled:{named.uid}").count() == 2
    with at_the_machine():
        grant_role(coordinator, by=None, role="coordinator", unit=desk.units["district"])
    assert not can(clerk, "visit.sign", at=desk.units["commune"])


def test_a_role_that_will_end_takes_it_along_on_its_day(desk: Desk, clerk: Person) -> None:
    lend_coordinator(desk, clerk)
    with at_the_machine():
        end_role(desk.people["coordinator"].assignments.get(), by=None, on=TODAY + 2 * DAY)
    held = [StandIn.objects.in_force(on=TODAY + day * DAY).exists() for day in (0, 1, 2)]
    assert held == [True, True, False]
    with at_the_machine():
        grant_role(
            desk.people["coordinator"],
            by=None,
            role="coordinator",
            unit=desk.units["district"],
            valid_from=TODAY + 2 * DAY,
        )
    assert not StandIn.objects.in_force(on=TODAY + 2 * DAY).exists()  # given anew, it was never lent


def test_it_ends_with_either_account(desk: Desk, clerk: Person) -> None:
    for closed in (desk.people["coordinator"], clerk):
        named = lend_coordinator(desk, clerk)
        Person.objects.filter(pk=closed.pk).update(is_active=False)
        assert not StandIn.objects.filter(pk=named.pk).in_force().exists()
        Person.objects.filter(pk=closed.pk).update(is_active=True)
        with at_the_machine():
            deactivate_account(closed, by=None)
            reactivate_account(closed, by=None)
        assert not can(clerk, "visit.sign", at=desk.units["commune"])


def test_it_does_not_outlive_the_deputys_own_role_at_the_unit(desk: Desk, clerk: Person) -> None:
    lend_coordinator(desk, clerk)
    with at_the_machine():
        grant_role(clerk, by=None, role="unit_head", unit=desk.units["commune"])
        end_role(clerk.assignments.get(role="records_clerk"), by=None)
    assert not can(clerk, "visit.sign", at=desk.units["commune"])
    assert absences_of(clerk)[0].state == "recalled"


def test_it_ends_with_the_unit(desk: Desk) -> None:
    head = desk.people["unit_head"]
    deputy = somebody(desk, "deputy", "records_clerk", "commune")
    lend(desk, head, "unit_head", deputy, place="commune")
    assert can(deputy, "remedy.report", at=desk.units["commune"])
    with at_the_machine():
        absorb_units([desk.units["commune"]], by=None, on=TODAY, into=desk.units["second_commune"])
    assert not can(deputy, "remedy.report", at=desk.units["commune"])
    assert not stands_in(deputy).exists()


# On the record


def test_each_act_says_in_whose_stead_it_was_done_for_good(desk: Desk, clerk: Person) -> None:
    coordinator = desk.people["coordinator"]
    named = lend_coordinator(desk, clerk)
    plan = drafted(desk, clerk)
    take_back(named, by=coordinator)
    plans.submit_plan(plan, by=coordinator)
    assert acts_of(plan) == [
        ("plan.submit", str(coordinator), []),
        ("plan.draft", str(clerk), [str(coordinator)]),
    ]
    noted = StandInAct.objects.filter(stand_in=named).values_list("verb", "model")
    assert ("plan.draft", "plans.InspectionPlan") in set(noted)
    body = json.loads(bytes(AuditBody.objects.get(entry__seq=named.acts.order_by("seq")[0].seq).body or b""))
    assert body["details"]["for"] == [str(coordinator.uid)]


def test_who_holds_the_right_himself_acts_in_nobodys_stead(desk: Desk, clerk: Person) -> None:
    named = lend_coordinator(desk, clerk)
    with at_the_machine():
        grant_role(clerk, by=None, role="coordinator", unit=desk.units["district"])
    assert acts_of(drafted(desk, clerk))[0][2] == []
    assert not named.acts.exists()


def test_of_several_only_the_one_whose_role_was_needed_is_named(desk: Desk, clerk: Person, chief: Person) -> None:
    coordinator = desk.people["coordinator"]
    lend(desk, chief, "leader", clerk)
    lend_coordinator(desk, clerk)
    plan = drafted(desk, coordinator)
    plans.submit_plan(plan, by=coordinator)
    plans.approve_plan(plan, by=clerk)
    assert acts_of(plan)[0] == ("plan.approve", str(clerk), [str(chief)])
    plans.issue_plan(plan, by=clerk, issued_on=TODAY)
    assert acts_of(plan)[0] == ("plan.issue", str(clerk), [str(coordinator)])


def test_where_two_lent_the_same_the_first_alone_is_named_and_binds(desk: Desk, clerk: Person, chief: Person) -> None:
    other = somebody(desk, "deputychief", "leader", "district")
    with at_the_machine():
        grant_role(chief, by=None, role="coordinator", unit=desk.units["district"])
    lend(desk, chief, "leader", clerk)
    lend(desk, other, "leader", clerk)
    plan = drafted(desk, chief)
    plans.submit_plan(plan, by=chief)
    with pytest.raises(RuleBroken, match="không tự duyệt"):
        plans.approve_plan(plan, by=clerk)  # in the stead of who submitted it
    plans.return_plan(plan, by=clerk, note="Chỉ tiêu còn thấp.")
    assert acts_of(plan)[0] == ("plan.return", str(clerk), [str(chief)])


def test_reading_and_refused_acts_leave_nothing(desk: Desk, clerk: Person, chief: Person) -> None:
    named = lend_coordinator(desk, clerk)
    plan = drafted(desk, desk.people["coordinator"])
    with pytest.raises(NotAllowed):
        plans.approve_plan(plan, by=clerk)
    assert InspectionPlan.objects.visible_to(clerk).filter(pk=plan.pk).exists()
    assert not named.acts.exists()


# Two people stay two


def test_a_deputy_approves_neither_what_the_principal_submitted_nor_what_he_did_himself(
    desk: Desk, chief: Person
) -> None:
    """Somebody is coordinator and leader at once, away; and a coordinator stands in for a leader."""
    coordinator = desk.people["coordinator"]
    second = somebody(desk, "second", "coordinator", "district")
    with at_the_machine():
        grant_role(chief, by=None, role="coordinator", unit=desk.units["district"])
    plan = drafted(desk, chief)
    plans.submit_plan(plan, by=chief)
    named = lend(desk, chief, "leader", second)
    with pytest.raises(RuleBroken, match="không tự duyệt"):
        plans.approve_plan(plan, by=second)  # as the chief, who submitted it
    plans.withdraw_plan(plan, by=chief)
    plans.submit_plan(plan, by=second)
    with pytest.raises(RuleBroken, match="không tự duyệt"):
        plans.approve_plan(plan, by=second)  # as oneself
    plans.withdraw_plan(plan, by=second)
    plans.submit_plan(plan, by=coordinator)
    assert plans.approve_plan(plan, by=second).state == "approved"
    assert named.acts.filter(verb="plan.approve").exists()


def test_the_principal_approves_nothing_that_was_submitted_in_his_stead(
    desk: Desk, clerk: Person, chief: Person
) -> None:
    with at_the_machine():
        grant_role(chief, by=None, role="coordinator", unit=desk.units["district"])
    named = lend(desk, chief, "coordinator", clerk)
    plan = drafted(desk, clerk)
    plans.submit_plan(plan, by=clerk)
    take_back(named, by=chief)
    with pytest.raises(RuleBroken, match="không tự duyệt"):
        plans.approve_plan(plan, by=chief)
    assert plans.approve_plan(plan, by=desk.people["leader"]).state == "approved"


def test_naming_alone_blocks_nobody_from_approving(desk: Desk, clerk: Person, chief: Person) -> None:
    """The coordinator names the very person who is to approve; what binds is what was done, not that somebody was named."""
    coordinator = desk.people["coordinator"]
    named = lend_coordinator(desk, chief)
    plan = drafted(desk, coordinator)
    plans.submit_plan(plan, by=coordinator)
    assert plans.approve_plan(plan, by=chief).state == "approved"  # by the own role
    take_back(named, by=coordinator)
    assert not named.acts.exists()


# Told, listed, asked


def test_both_sides_are_told_when_named_taken_back_and_on_the_first_day(desk: Desk, clerk: Person) -> None:
    coordinator, admin = desk.people["coordinator"], desk.people["system_admin"]

    def told(what: str, named: StandIn) -> set[Person]:
        return {one.person for one in Notice.objects.filter(key=f"stand-in.{what}:{named.uid}")}

    named = lend_coordinator(desk, clerk, valid_from=TODAY + DAY)
    assert told("named", named) == {coordinator, clerk}
    assert tell_of_first_days(TODAY) == ""
    assert not told("begins", named)
    tell_of_first_days(TODAY + DAY)
    tell_of_first_days(TODAY + DAY)
    assert told("begins", named) == {coordinator, clerk}
    take_back(named, by=clerk)
    assert told("recalled", named) == {coordinator, clerk}
    other = lend_coordinator(desk, clerk, by=admin)
    assert told("named", other) == {coordinator, clerk, admin}


def test_whoever_is_told_of_work_is_told_with_the_deputy(desk: Desk, clerk: Person) -> None:
    district, coordinator = desk.units["district"], desk.people["coordinator"]
    named = lend_coordinator(desk, clerk)
    assert set(holders(district, "round.answer", on=TODAY)) == {coordinator, clerk}
    assert set(holders(district, "checklist.publish", on=TODAY)) == {coordinator}
    take_back(named, by=coordinator)
    assert set(holders(district, "round.answer", on=TODAY)) == {coordinator}


def test_it_costs_who_lends_nothing_no_question_more(desk: Desk, clerk: Person) -> None:
    def asked(person: Person) -> int:
        with remembering(), CaptureQueriesContext(connection) as seen:
            can(person, "visit.sign", at=desk.units["commune"])
            can(person, "visit.sign", at=desk.units["commune"])
        return len(seen)

    before = asked(desk.people["coordinator"])
    lend_coordinator(desk, clerk)
    assert asked(desk.people["coordinator"]) == before
    assert asked(clerk) <= before + 3
    assert [one.row.principal for one in in_whose_stead(clerk)] == [desk.people["coordinator"]]
