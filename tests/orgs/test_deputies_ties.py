"""What ties whom, and whom the log names, when several lend, or when the deputy holds the same right somewhere else."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kycuong.audit.history import entries_for
from kycuong.core.problems import NotAllowed
from kycuong.followup.queries.measures import recorders
from kycuong.inspections.actions import add_recusal
from kycuong.openness import actions as openness
from kycuong.openness.queries.reports import is_tied, reports_seen
from kycuong.orgs.actions import grant_role
from kycuong.orgs.authority import at_the_machine, hands_of, lenders, persons_in
from kycuong.orgs.models import Person
from kycuong.plans import actions as plans
from tests.desk import BEGIN, YESTERDAY, Desk, settle
from tests.followup.measured import concluded
from tests.openness.reporting import open_and_hear, received
from tests.orgs.lending import drafted, lend, somebody

HANDLE = "citizen_report.handle"


def tie(desk: Desk, person: Person, place: str = "commune") -> None:
    keeper = desk.people["aggregator"]
    given: dict[str, Any] = {"authority": desk.units["province"], "kind": "kinship", "valid_from": YESTERDAY}
    add_recusal(by=keeper, person=person, unit=desk.units[place], **given)


def test_an_own_role_elsewhere_frees_nobody_of_what_ties_the_principal(desk: Desk) -> None:
    open_and_hear(desk)
    report, _code = received(desk)
    principal, deputy = desk.people["aggregator"], somebody(desk, "dee", "records_clerk", "province")
    tie(desk, principal)
    lend(desk, principal, "aggregator", deputy, place="province")
    with at_the_machine():
        grant_role(deputy, by=None, role="coordinator", unit=desk.units["other_district"], valid_from=BEGIN)
    deputy = settle(deputy)
    assert is_tied(deputy, report.unit)
    assert not reports_seen(deputy).exists()
    with pytest.raises(NotAllowed, match="liên hệ"):
        openness.take_report(report, by=deputy)
    with at_the_machine():
        grant_role(deputy, by=None, role="coordinator", unit=desk.units["district"], valid_from=BEGIN)
    deputy = settle(deputy)
    assert not is_tied(deputy, report.unit)  # the own role gives it here, and nobody is stood in for
    assert openness.take_report(report, by=deputy).taken_by == deputy
    assert entries_for(report)[0].instead == ()


def test_of_two_who_lend_only_the_one_who_is_named_ties(desk: Desk) -> None:
    open_and_hear(desk)
    report, _code = received(desk)
    above, near = desk.people["aggregator"], desk.people["coordinator"]
    deputy = somebody(desk, "dee", "records_clerk", "province")
    tie(desk, above)
    lend(desk, above, "aggregator", deputy, place="province")
    lend(desk, near, "coordinator", deputy, by=desk.people["system_admin"])
    deputy = settle(deputy)
    assert lenders(deputy, HANDLE, [report.unit_id]) == {report.unit_id: near.pk}
    assert not is_tied(deputy, report.unit)
    openness.take_report(report, by=deputy)
    assert entries_for(report)[0].instead == (near,)


def test_the_log_names_the_nearer_one_and_that_one_binds(desk: Desk) -> None:
    chief, deputy = somebody(desk, "chief", "leader", "district"), somebody(desk, "dee", "records_clerk", "province")
    lend(desk, desk.people["leader"], "leader", deputy, place="province")
    lend(desk, chief, "leader", deputy, by=desk.people["system_admin"])
    deputy = settle(deputy)
    plan = drafted(desk, desk.people["coordinator"])
    plans.submit_plan(plan, by=desk.people["coordinator"])
    assert persons_in(deputy, "plan.approve", at=desk.units["district"]) == [deputy, chief]
    plans.approve_plan(plan, by=deputy)
    assert entries_for(plan)[0].instead == (chief,)


def test_many_units_and_one_are_answered_alike_and_many_cost_no_more(desk: Desk) -> None:
    deputy = somebody(desk, "dee", "records_clerk", "province")
    lend(desk, desk.people["aggregator"], "aggregator", deputy, place="province")
    lend(desk, desk.people["coordinator"], "coordinator", deputy, by=desk.people["system_admin"])
    with at_the_machine():
        grant_role(deputy, by=None, role="coordinator", unit=desk.units["department"], valid_from=BEGIN)
    deputy = settle(deputy)
    units = list(desk.units.values())
    one_by_one = {unit.pk: hands_of(deputy, HANDLE, at=unit).needed for unit in units}
    many = lenders(deputy, HANDLE, [unit.pk for unit in units])
    assert many == {unit: needed[0].principal for unit, needed in one_by_one.items() if needed}
    assert len(set(many.values())) == 2
    assert set(many) < {unit.pk for unit in units}

    def asked(number: int) -> int:
        with CaptureQueriesContext(connection) as seen:
            lenders(deputy, HANDLE, [unit.pk for unit in units[:number]])
        return len(seen)

    assert asked(len(units)) == asked(1)


def test_who_records_a_measure_is_asked_unit_by_unit(desk: Desk) -> None:
    """The principal sat on the team; the deputy records elsewhere by an own role."""
    visit = concluded(desk)
    principal, deputy = desk.people["coordinator"], somebody(desk, "dee", "records_clerk", "district")
    visit.inspection.team.create(person=principal, role="member")
    lend(desk, principal, "coordinator", deputy)
    with at_the_machine():
        grant_role(deputy, by=None, role="coordinator", unit=desk.units["other_district"], valid_from=BEGIN)
    assert recorders(visit, settle(deputy)) == []
    visit.inspection.team.filter(person=principal).delete()
    assert desk.units["district"] in recorders(visit, settle(deputy))


def test_what_ties_oneself_is_declared_in_nobodys_stead(desk: Desk) -> None:
    principal, deputy = desk.people["team_head"], somebody(desk, "dee", "records_clerk", "department")
    named = lend(desk, principal, "team_head", deputy, place="department")
    given: dict[str, Any] = {"authority": desk.units["department"], "unit": desk.units["commune"], "kind": "kinship"}
    made = add_recusal(by=settle(deputy), person=deputy, **given)
    assert entries_for(made)[0].instead == ()
    assert not named.acts.exists()
