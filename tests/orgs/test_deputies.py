"""Somebody stands in for a colleague who is away: what it gives, while it holds, who may name whom, and what the log says for good."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext

from kycuong.audit.history import entries_for
from kycuong.audit.models import AuditBody
from kycuong.core.clock import today
from kycuong.core.problems import BadInput, NotAllowed, RuleBroken
from kycuong.core.remembering import remembering
from kycuong.notices.models import Notice
from kycuong.notices.tasks.standing_in import tell_of_first_days
from kycuong.orgs.actions import (
    create_account,
    deactivate_account,
    end_role,
    grant_role,
    name_stand_in,
    reactivate_account,
    set_temporary_password,
    take_back,
)
from kycuong.orgs.authority import at_the_machine, can, people_visible_to, scope, stands_in, units_where
from kycuong.orgs.history import absorb_units
from kycuong.orgs.models import Edge, Person, StandIn, StandInAct
from kycuong.orgs.queries import holders
from kycuong.orgs.queries.standing_in import absences_of, in_whose_stead
from kycuong.orgs.roles import APART, KEPT, LENT, ROLES, lends
from kycuong.orgs.rules import LONGEST_ABSENCE
from kycuong.plans import actions as plans
from kycuong.plans.models import InspectionPlan
from tests.desk import BEGIN, Desk, settle

TODAY = today()
DAY = timedelta(days=1)
WEEK = {"valid_to": TODAY + 7 * DAY, "reason": "Nghỉ phép"}


def somebody(desk: Desk, name: str, role: str, place: str, **dates: date) -> Person:
    with at_the_machine():
        person, _ = create_account(by=None, at=desk.units[place], username=name, full_name=f"Người {name}")
        grant_role(person, by=None, role=role, unit=desk.units[place], **{"valid_from": BEGIN, **dates})
    return settle(person)


@pytest.fixture
def chief(desk: Desk) -> Person:
    """The leader of the district."""
    return somebody(desk, "chief", "leader", "district")


@pytest.fixture
def clerk(desk: Desk) -> Person:
    """A colleague of the coordinator and of the chief, with a right of hardly anything."""
    return somebody(desk, "clerk", "records_clerk", "district")


def lend(desk: Desk, principal: Person, role: str, person: Person, *, place: str = "district", **given: Any) -> StandIn:
    given = {"by": principal, **WEEK, **given}
    return name_stand_in(principal, role=role, unit=desk.units[place], person=person, **given)


def lend_coordinator(desk: Desk, clerk: Person, **given: Any) -> StandIn:
    return lend(desk, desk.people["coordinator"], "coordinator", clerk, **given)


def drafted(desk: Desk, by: Person) -> InspectionPlan:
    return plans.draft_plan(by=by, agency=desk.units["district"], year=TODAY.year)


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


# Who names whom


def test_what_is_refused_when_somebody_is_named(desk: Desk, clerk: Person, chief: Person) -> None:
    coordinator, district = desk.people["coordinator"], desk.units["district"]
    given: dict[str, Any] = {"role": "coordinator", "unit": district, "person": clerk, "by": coordinator, **WEEK}

    def refused(kind: type[Exception], words: str, **changed: Any) -> None:
        with pytest.raises(kind, match=words) as told:
            name_stand_in(coordinator, **{**given, **changed})
        assert told.value.en  # type: ignore[attr-defined]

    refused(BadInput, "không ghi lùi ngày", valid_from=TODAY - DAY)
    refused(BadInput, f"dài nhất {LONGEST_ABSENCE} ngày", valid_to=TODAY + (LONGEST_ABSENCE + 1) * DAY)
    refused(BadInput, "phải sau ngày bắt đầu", valid_to=TODAY)
    refused(BadInput, "lý do", reason="  ")
    refused(NotAllowed, "không giữ vai trò", role="emperor")
    refused(NotAllowed, "không giữ vai trò", role="leader")
    refused(NotAllowed, "không giữ vai trò", unit=desk.units["commune"])
    refused(RuleBroken, "không làm thay được", person=coordinator)
    refused(RuleBroken, "không làm thay được", person=desk.people["unit_head"])
    refused(RuleBroken, "không làm thay được", person=desk.people["leader"])
    refused(RuleBroken, "không làm thay được", person=desk.people["nobody"])
    refused(NotAllowed, "Vai trò làm được", by=chief)
    refused(NotAllowed, "Vai trò làm được", by=clerk)
    name_stand_in(coordinator, **given)
    refused(RuleBroken, "đã được giao", person=chief)
    refused(RuleBroken, "đã được giao")
    name_stand_in(coordinator, **{**given, "valid_from": TODAY + 7 * DAY, "valid_to": TODAY + 9 * DAY})
    assert LONGEST_ABSENCE == 60
    assert StandIn.objects.count() == 2


def test_what_was_lent_is_not_lent_on(desk: Desk, clerk: Person, chief: Person) -> None:
    lend_coordinator(desk, clerk)
    with pytest.raises(NotAllowed, match="không giữ vai trò"):
        lend(desk, clerk, "coordinator", chief)
    with pytest.raises(RuleBroken, match="không giữ vai trò"):
        lend(desk, clerk, "coordinator", chief, by=desk.people["system_admin"])


def test_the_database_keeps_nobody_from_standing_in_for_himself(desk: Desk, clerk: Person) -> None:
    row = {"role": "coordinator", "unit": desk.units["district"], "valid_from": TODAY, **WEEK}
    for people in (
        {"person": clerk, "principal": clerk},
        {"person": clerk, "principal": desk.outsider, "named_by": clerk},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            StandIn.objects.create(**row, **people)


def test_an_administrator_names_for_somebody_ill_within_reach_and_never_himself(desk: Desk, clerk: Person) -> None:
    admin, coordinator = desk.people["system_admin"], desk.people["coordinator"]
    local = somebody(desk, "local", "system_admin", "district")
    with at_the_machine():
        grant_role(local, by=None, role="records_clerk", unit=desk.units["district"])
    with pytest.raises(RuleBroken, match="không làm thay được"):
        lend_coordinator(desk, local, by=local)
    with pytest.raises(RuleBroken, match="không làm thay được"):
        lend_coordinator(desk, desk.people["leader"], by=local)  # of the province: not in this administrator's reach
    named = lend_coordinator(desk, desk.people["leader"], by=admin)
    assert (named.named_by, can(desk.people["leader"], "plan.submit", at=desk.units["district"])) == (admin, True)
    take_back(named, by=coordinator)
    lend_coordinator(desk, clerk, by=local)
    with pytest.raises(NotAllowed):
        lend(desk, desk.people["leader"], "leader", clerk, place="province", by=local)


def test_whoever_keeps_accounts_below_gets_at_no_role_above(desk: Desk) -> None:
    """Somebody of the province with a second role in the commune stands in for the leader of the province."""
    below = somebody(desk, "below", "system_admin", "commune")
    both = somebody(desk, "both", "records_clerk", "province")
    with at_the_machine():
        grant_role(both, by=None, role="unit_head", unit=desk.units["commune"])
        grant_role(both, by=None, role="unit_head", unit=desk.units["second_commune"])
    lend(desk, desk.people["leader"], "leader", both, place="province")
    assert can(both, "plan.approve", at=desk.units["district"])
    with pytest.raises(NotAllowed):
        set_temporary_password(both, by=below)
    with at_the_machine():
        end_role(both.assignments.get(role="records_clerk"), by=None)
        end_role(both.assignments.get(unit=desk.units["second_commune"]), by=None)
    set_temporary_password(both, by=below)  # now the account is in that care, and gives nothing of the province
    assert not can(both, "plan.approve", at=desk.units["district"])


def test_standing_in_moves_no_account_into_or_out_of_anybodys_care(desk: Desk, clerk: Person) -> None:
    local = somebody(desk, "local", "system_admin", "district")
    before = set(people_visible_to(local))
    lend_coordinator(desk, clerk)
    lend(desk, desk.people["leader"], "leader", desk.people["aggregator"], place="province")
    assert set(people_visible_to(local)) == before
    set_temporary_password(clerk, by=local)
    with pytest.raises(NotAllowed):
        set_temporary_password(desk.people["aggregator"], by=local)


# On the record


def acts_of(row: Any) -> list[tuple[str, str, list[str]]]:
    return [(one.verb, str(one.who), [str(person) for person in one.instead]) for one in entries_for(row)]


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
    assert asked(clerk) <= before + 2
    assert [one.row.principal for one in in_whose_stead(clerk)] == [desk.people["coordinator"]]
