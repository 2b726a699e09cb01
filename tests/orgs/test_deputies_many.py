"""An act over many units tells of each in whose stead it alone was done; who names keeps the account of whom they name."""

from __future__ import annotations

from kycuong.core.clock import today
from kycuong.orgs.actions import grant_role
from kycuong.orgs.authority import at_the_machine, candidates_at
from kycuong.plans.actions import PlanRow, record_issued_plans
from tests.desk import BEGIN, Desk, settle

from .lending import DAY, TODAY, acts_of, lend, somebody


def test_each_plan_of_a_sheet_says_in_whose_stead_it_alone_was_written(desk: Desk) -> None:
    boss = somebody(desk, "boss", "coordinator", "department")
    clerk = somebody(desk, "dee", "records_clerk", "department")
    with at_the_machine():
        grant_role(clerk, by=None, role="coordinator", unit=desk.units["commune"], valid_from=BEGIN)
    lend(desk, boss, "coordinator", settle(clerk), place="department")
    rows = [PlanRow(agency=desk.units[place], year=today().year) for place in ("department", "commune")]
    lent, own = record_issued_plans(rows, by=settle(clerk), source="test")
    assert acts_of(lent)[-1][2] == [str(boss)]
    assert acts_of(own)[-1][2] == []


def test_nobody_is_named_for_somebody_ill_by_whom_their_account_is_not_kept(desk: Desk) -> None:
    """Once below, now above: who gives roles below sees the account still, and names it no more."""
    admin = somebody(desk, "admin", "system_admin", "district")
    moved = somebody(desk, "moved", "coordinator", "district", valid_to=TODAY - 30 * DAY)
    with at_the_machine():
        grant_role(moved, by=None, role="leader", unit=desk.units["province"], valid_from=TODAY - 29 * DAY)
    named = candidates_at(desk.units["district"], by=admin, own=False)
    assert moved not in named
    assert desk.people["coordinator"] in named
