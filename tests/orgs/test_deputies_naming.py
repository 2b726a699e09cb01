"""Who may name whom to stand in, and that nobody below gets at a role above by it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from kycuong.core.problems import BadInput, NotAllowed, RuleBroken
from kycuong.orgs.actions import (
    end_role,
    grant_role,
    name_stand_in,
    set_temporary_password,
    take_back,
)
from kycuong.orgs.authority import at_the_machine, can, people_visible_to
from kycuong.orgs.models import Person, StandIn
from kycuong.orgs.rules import LONGEST_ABSENCE
from tests.desk import Desk

from .lending import DAY, TODAY, WEEK, chief, clerk, lend, lend_coordinator, somebody

__all__ = ["chief", "clerk"]


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
