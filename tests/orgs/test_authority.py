"""A role holds at its unit and below, on the hierarchy of the day, and only while it lasts."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kycuong.audit.log import act
from kycuong.core.clock import today
from kycuong.core.problems import NotAllowed
from kycuong.core.remembering import remembering
from kycuong.orgs.actions import create_account, deactivate_account, end_role, grant_role, reactivate_account
from kycuong.orgs.authority import (
    at_the_machine,
    authorize,
    authorize_somewhere,
    can,
    people_visible_to,
    scope,
    scopes_of,
    units_where,
)
from kycuong.orgs.history import Draft, absorb_units, create_unit, move_unit
from kycuong.orgs.models import Assignment, Edge, Person, StandInQuerySet, Unit
from kycuong.orgs.roles import ROLES, roles_with
from tests.desk import BEGIN, Desk
from tests.desk import ROLES as PLACES


def calls_of(function: Callable[..., object], doing: Callable[[], object]) -> int:
    """How often the function runs meanwhile, in this thread."""
    code, seen = inspect.unwrap(function).__code__, []  # type: ignore[attr-defined]
    sys.setprofile(lambda frame, event, _arg: seen.append(1) if event == "call" and frame.f_code is code else None)
    try:
        doing()
    finally:
        sys.setprofile(None)
    return len(seen)


EVERY_VERB = sorted(set().union(*(role.verbs for role in ROLES.values())))
TODAY = today()
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
BELOW = {
    "province": {"province", "department", "district", "other_district", "commune", "second_commune", "other_commune",
                 "division"},
    "department": {"department", "division"},
    "district": {"district", "commune", "second_commune"},
    "commune": {"commune"},
}  # fmt: skip


def newcomer(desk: Desk, name: str = "moi") -> Person:
    with at_the_machine():
        return create_account(by=None, at=desk.units["province"], username=name, full_name="Người mới")[0]


def give(person: Person, role: str, unit: Unit, **dates: date) -> Assignment:
    with at_the_machine():
        return grant_role(person, by=None, role=role, unit=unit, **dates)


@pytest.mark.parametrize("role", PLACES)
def test_every_verb_of_every_role_at_every_unit(desk: Desk, role: str) -> None:
    person = desk.people[role]
    for verb in EVERY_VERB:
        allowed = {name for name, unit in desk.units.items() if can(person, verb, at=unit)}
        assert allowed == (BELOW[PLACES[role]] if verb in ROLES[role].verbs else set()), verb
        seen = Edge.objects.filter(scope(person, verb, unit="child")).values_list("child_id", flat=True)
        assert set(seen) == {desk.units[name].pk for name in allowed - {"province"}}, verb


def test_every_role_of_the_page_is_tried_above() -> None:
    assert set(PLACES) == set(ROLES)


def test_a_refusal_names_the_roles_that_would_do(desk: Desk) -> None:
    with pytest.raises(NotAllowed, match="tại Huyện Tây. Vai trò làm được: .*Trưởng đoàn") as refused:
        authorize(desk.people["coordinator"], "visit.sign", at=desk.units["other_district"])
    assert "visit.sign" in refused.value.en
    authorize(desk.people["coordinator"], "visit.sign", at=desk.units["commune"])


def test_a_role_follows_the_hierarchy_of_today(desk: Desk) -> None:
    commune, coordinator = desk.units["commune"], desk.people["coordinator"]
    with at_the_machine():
        move_unit(commune, by=None, on=TOMORROW, to=desk.units["other_district"])
    assert can(coordinator, "visit.sign", at=commune)
    assert not can(desk.outsider, "visit.sign", at=commune)
    with at_the_machine():
        move_unit(desk.units["second_commune"], by=None, on=TODAY, to=desk.units["other_district"])
    assert not can(coordinator, "visit.sign", at=desk.units["second_commune"])
    assert can(desk.outsider, "visit.sign", at=desk.units["second_commune"])


def test_the_people_of_the_successor_inherit_what_has_ended(desk: Desk) -> None:
    commune = desk.units["commune"]
    with at_the_machine():
        absorb_units([commune], by=None, on=YESTERDAY, into=desk.units["other_commune"])
    assert can(desk.people["coordinator"], "visit.see", at=commune)
    assert can(desk.outsider, "visit.see", at=commune)
    assert not can(desk.outsider, "visit.see", at=desk.units["second_commune"])
    seen = Edge.objects.filter(scope(desk.outsider, "visit.see", unit="child")).values_list("child_id", flat=True)
    assert commune.pk in seen


def test_a_role_at_a_unit_to_come_waits_for_it(desk: Desk) -> None:
    with at_the_machine():
        draft = Draft("Xã Mai", "commune_pc", desk.units["district"])
        unit = create_unit(draft, by=None, on=TODAY + timedelta(days=30)).born[0]
    assert can(desk.people["coordinator"], "plan.draft", at=unit)
    assert not can(desk.outsider, "plan.draft", at=unit)


@pytest.mark.parametrize(
    ("first", "end", "holds"),
    [(TODAY, TOMORROW, True), (TOMORROW, TOMORROW + timedelta(days=9), False), (BEGIN, TODAY, False),
     (BEGIN, TOMORROW, True)],
)  # fmt: skip
def test_a_role_lasts_from_its_first_day_until_the_day_of_its_end(
    desk: Desk, first: date, end: date, holds: bool
) -> None:
    person = newcomer(desk)
    give(person, "leader", desk.units["district"], valid_from=first, valid_to=end)
    assert can(person, "figures.see", at=desk.units["commune"]) is holds
    assert bool(units_where(person, "figures.see")) is holds
    assert scopes_of(person).exists() is holds


def test_an_ended_role_and_a_closed_account_give_nothing(desk: Desk) -> None:
    person = newcomer(desk)
    role = give(person, "leader", desk.units["district"], valid_from=BEGIN)
    with at_the_machine():
        deactivate_account(person, by=None)
    assert not can(person, "figures.see", at=desk.units["district"])
    with at_the_machine():
        reactivate_account(person, by=None)
        assert can(person, "figures.see", at=desk.units["district"])
        end_role(role, by=None, on=TODAY)
    assert not can(person, "figures.see", at=desk.units["district"])


def test_every_verb_has_a_role_and_the_administrator_none_of_the_content() -> None:
    assert all(roles_with(verb) for verb in EVERY_VERB)
    assert {verb.split(".")[0] for verb in ROLES["system_admin"].verbs} == {
        "person",
        "role",
        "daysoff",
        "tick",
        "export",
        "announcement",
        "feature",
    }


def test_nobody_may_without_the_machine(desk: Desk) -> None:
    with at_the_machine():
        authorize(None, "unit.reorganise", at=None)
    for person in (None, AnonymousUser(), desk.people["nobody"]):
        with pytest.raises(NotAllowed):
            authorize(person, "figures.see", at=desk.units["commune"])
    with pytest.raises(NotAllowed, match="dòng lệnh trên máy chủ"):
        authorize(desk.people["aggregator"], "unit.reorganise", at=None)
    with at_the_machine(), pytest.raises(NotAllowed):  # the machine opens nothing for a person
        authorize(desk.people["leader"], "unit.reorganise", at=desk.units["commune"])


def test_whose_accounts_an_administrator_sees(desk: Desk) -> None:
    person = newcomer(desk)
    give(person, "system_admin", desk.units["district"])
    seen = set(people_visible_to(person).values_list("username", flat=True))
    assert seen == {"coordinator", "unit_head", "moi", "nobody"}
    assert not people_visible_to(desk.people["leader"]).exists()
    assert not people_visible_to(AnonymousUser()).exists()


@pytest.mark.django_db
def test_within_a_request_an_act_reads_roles_afresh_and_so_does_what_follows(desk: Desk) -> None:
    person, unit = desk.people["team_head"], desk.units["department"]
    with remembering():
        assert units_where(person, "visit.record") == [unit.pk]
        with CaptureQueriesContext(connection) as asked:
            assert units_where(person, "visit.sign") == [unit.pk]
        assert len(asked) == 0
        Assignment.objects.filter(person=person).update(valid_to=TODAY)  # by somebody else, behind this request's back
        with pytest.raises(NotAllowed):
            _tried(by=person)
        assert units_where(person, "visit.record") == []


@act
def _tried(*, by: Person) -> None:
    authorize_somewhere(by, "visit.record")


def test_a_page_puts_its_question_after_rights_together_once(desk: Desk) -> None:
    """Putting it together costs more than its answer, and a page asks some fifty times: the menu, the lists, each button."""
    person, place = desk.people["leader"], desk.units["commune"]

    def asks() -> None:
        for verb in EVERY_VERB:
            units_where(person, verb)
            can(person, verb, at=place)

    assert calls_of(StandInQuerySet.running, asks) > len(EVERY_VERB), "an act asks afresh each time"
    with remembering():
        assert calls_of(StandInQuerySet.running, asks) == 1


def test_what_a_page_may_show_is_put_together_once(desk: Desk) -> None:
    person = desk.people["leader"]
    ask = lambda: [Edge.objects.filter(scope(person, "visit.see", unit="child")).count() for _ in range(3)]  # noqa: E731
    alone = ask()
    with remembering():
        assert ask() == alone
        assert scope(person, "visit.see", unit="child") is scope(person, "visit.see", unit="child")
        assert scope(person, "visit.see", unit="child") != scope(person, "visit.see", unit="parent")
