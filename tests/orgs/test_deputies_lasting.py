"""What was lent lasts as long as the very assignment that was lent and the deputy's own role do; both sides learn when it ends earlier."""

from __future__ import annotations

from datetime import date

import pytest

from kycuong.audit.reconcile import differences
from kycuong.core.problems import RuleBroken
from kycuong.field.authority import belongs
from kycuong.notices.models import Notice
from kycuong.orgs.actions import end_role, grant_role, take_back
from kycuong.orgs.authority import at_the_machine, can
from kycuong.orgs.history import absorb_units
from kycuong.orgs.models import Assignment, Person, StandIn
from tests.desk import Desk

from .lending import DAY, TODAY, clerk, lend, lend_coordinator, somebody

__all__ = ["clerk"]


def in_force(day: int) -> bool:
    return StandIn.objects.in_force(on=TODAY + day * DAY).exists()


def told(what: str, named: StandIn) -> int:
    return Notice.objects.filter(key__startswith=f"stand-in.{what}:{named.uid}").count()


def end(person: Person, role: str, on: date | None = None) -> None:
    with at_the_machine():
        end_role(person.assignments.filter(role=role).earliest("valid_from"), by=None, on=on)


def renewed(desk: Desk, day: int) -> Assignment:
    with at_the_machine():
        return grant_role(
            desk.people["coordinator"],
            by=None,
            role="coordinator",
            unit=desk.units["district"],
            valid_from=TODAY + day * DAY,
        )


def test_what_begins_after_the_role_ends_does_not_come_back_with_a_role_given_anew(desk: Desk, clerk: Person) -> None:
    named = lend_coordinator(desk, clerk, valid_from=TODAY + 20 * DAY, valid_to=TODAY + 25 * DAY)
    end(desk.people["coordinator"], "coordinator", TODAY + 5 * DAY)
    renewed(desk, 10)
    named.refresh_from_db()
    assert (named.recalled_at is not None, in_force(21), told("recalled", named)) == (True, False, 2)


def test_the_row_alone_never_holds_by_an_assignment_that_was_not_lent(desk: Desk, clerk: Person) -> None:
    """Even where nothing was taken back: what decides reads the assignment that was lent."""
    coordinator = desk.people["coordinator"]
    lend_coordinator(desk, clerk, valid_from=TODAY + 20 * DAY, valid_to=TODAY + 25 * DAY)
    coordinator.assignments.update(valid_to=TODAY + 5 * DAY)
    renewed(desk, 10)
    assert not in_force(21)


def test_a_role_that_ends_within_the_days_shortens_them_and_both_learn_of_it(desk: Desk, clerk: Person) -> None:
    named = lend_coordinator(desk, clerk)
    end(desk.people["coordinator"], "coordinator", TODAY + 3 * DAY)
    renewed(desk, 3)
    named.refresh_from_db()
    assert (named.valid_to, named.recalled_at) == (TODAY + 3 * DAY, None)
    assert [in_force(day) for day in (0, 2, 3, 4)] == [True, True, False, False]
    assert told("shortened", named) == 2
    assert not differences()


def test_a_role_renewed_without_a_gap_is_lent_across_both(desk: Desk, clerk: Person) -> None:
    coordinator = desk.people["coordinator"]
    coordinator.assignments.update(valid_to=TODAY + 3 * DAY)
    with pytest.raises(RuleBroken, match="suốt thời gian ấy"):
        lend_coordinator(desk, clerk)
    later = renewed(desk, 3)
    named = lend_coordinator(desk, clerk)
    assert [in_force(day) for day in (0, 2, 3, 6, 7)] == [True, True, True, True, False]
    with at_the_machine():
        end_role(later, by=None, on=TODAY + 5 * DAY)
    named.refresh_from_db()
    assert (named.valid_to, in_force(4)) == (TODAY + 5 * DAY, True)


def test_ending_a_renewal_that_has_not_begun_leaves_what_rests_on_the_present_role(desk: Desk, clerk: Person) -> None:
    desk.people["coordinator"].assignments.update(valid_to=TODAY + 30 * DAY)
    later = renewed(desk, 30)
    named = lend_coordinator(desk, clerk)
    with at_the_machine():
        end_role(later, by=None)
    named.refresh_from_db()
    assert (named.recalled_at, in_force(6), told("recalled", named)) == (None, True, 0)


def test_a_role_that_is_as_if_never_given_was_never_lent(desk: Desk) -> None:
    person, deputy = (
        somebody(desk, "person", "coordinator", "district", valid_from=TODAY),
        somebody(desk, "deputy", "records_clerk", "district"),
    )
    named = lend(desk, person, "coordinator", deputy)
    end(person, "coordinator")
    named.refresh_from_db()
    assert (named.assignment, named.recalled_at is not None, told("recalled", named)) == (None, True, 2)
    assert not person.assignments.exists()


def test_it_ends_for_good_with_the_own_role_of_the_deputy_and_both_learn_of_it(desk: Desk, clerk: Person) -> None:
    named = lend_coordinator(desk, clerk)
    with at_the_machine():
        grant_role(clerk, by=None, role="unit_head", unit=desk.units["district"])
    end(clerk, "records_clerk")
    named.refresh_from_db()
    assert (named.recalled_at, told("recalled", named)) == (None, 0)  # another own role carries it
    end(clerk, "unit_head", TODAY + 2 * DAY)
    named.refresh_from_db()
    assert (named.valid_to, told("shortened", named)) == (TODAY + 2 * DAY, 2)
    end(clerk, "unit_head")
    named.refresh_from_db()
    assert (named.recalled_at is not None, told("recalled", named)) == (True, 2)
    with at_the_machine():
        grant_role(clerk, by=None, role="records_clerk", unit=desk.units["district"])
    assert not can(clerk, "visit.sign", at=desk.units["commune"])
    lend_coordinator(desk, clerk)  # and nothing stands in the way of naming anew


def test_nobody_is_named_for_days_without_a_role_of_the_own(desk: Desk, clerk: Person) -> None:
    clerk.assignments.update(valid_to=TODAY + 3 * DAY)
    with pytest.raises(RuleBroken, match="trước ngày"):
        lend_coordinator(desk, clerk)
    lend_coordinator(desk, clerk, valid_to=TODAY + 3 * DAY)


@pytest.mark.parametrize("days", [0, 2])
def test_it_ends_with_the_unit_and_both_learn_of_it(desk: Desk, days: int) -> None:
    deputy = somebody(desk, "deputy", "records_clerk", "commune")
    named = lend(desk, desk.people["unit_head"], "unit_head", deputy, place="commune")
    with at_the_machine():
        absorb_units([desk.units["commune"]], by=None, on=TODAY + days * DAY, into=desk.units["second_commune"])
    named.refresh_from_db()
    assert told("shortened" if days else "recalled", named) == 2
    assert (named.recalled_at is None, in_force(days)) == (bool(days), False)


def test_being_named_and_taken_back_at_once_is_no_work_at_a_visit(desk: Desk) -> None:
    head, clerk = desk.people["team_head"], somebody(desk, "cee", "unit_head", "department")
    visit = desk.visit()
    assert not belongs(clerk, visit)
    for first in (TODAY, TODAY + 30 * DAY):
        take_back(
            lend(desk, head, "team_head", clerk, place="department", valid_from=first, valid_to=first + DAY), by=head
        )
        assert not belongs(clerk, visit)
    named = lend(desk, head, "team_head", clerk, place="department")
    assert belongs(clerk, visit)
    StandIn.objects.filter(pk=named.pk).update(valid_from=TODAY - 9 * DAY)
    take_back(named, by=head)
    assert belongs(clerk, visit)
