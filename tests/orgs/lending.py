"""What the stories about deputies share: people who lend and stand in, and what the log says of their acts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from kycuong.audit.history import entries_for
from kycuong.core.clock import today
from kycuong.orgs.actions import (
    create_account,
    grant_role,
    name_stand_in,
)
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.models import Person, StandIn
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


def acts_of(row: Any) -> list[tuple[str, str, list[str]]]:
    return [(one.verb, str(one.who), [str(person) for person in one.instead]) for one in entries_for(row)]
