"""From a signed visit with shortcomings to issued recommendations, for tests of what follows."""

from __future__ import annotations

from datetime import date
from typing import Any

from kycuong.core.clock import today
from kycuong.followup.models import Recommendation
from kycuong.inspections import actions as inspecting
from kycuong.inspections.actions import Planned
from kycuong.inspections.models import Conclusion, Visit
from kycuong.orgs.actions import grant_role
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.models import Person, Unit
from tests.desk import YESTERDAY, Desk

SHORT = {
    "D3": {"outcome": "fail", "finding": "Bàn làm việc chưa có biển tên."},
    "C2": {"outcome": "fail", "finding": "Ba người đến muộn không lý do."},
}
DONE = "Đã lắp đủ biển tên cho mọi bàn làm việc ngày hôm qua."
WHY = "Nhà cung cấp giao biển tên chậm, đang đợi hàng."


def drafted(desk: Desk, unit: str = "commune", **short: Any) -> Conclusion:
    """The draft conclusion on a signed visit with two shortcomings (or those given), a recommendation for each beside it."""
    visit = desk.answered(desk.visit(visits=[Planned(desk.units[unit], YESTERDAY, "short")]), **(short or SHORT))
    desk.sign(visit)
    visit.refresh_from_db()
    return inspecting.draft_conclusion(visit, by=desk.people["team_head"])


def issue(desk: Desk, conclusion: Conclusion, *, on: date | None = None) -> None:
    """Shared, answered, approved, issued."""
    if conclusion.state == "draft":
        inspecting.share_conclusion(conclusion, by=desk.people["team_head"], days=20)
        inspecting.reply_to_conclusion(conclusion, by=head_of(desk, conclusion.visit.unit), reply="Nhất trí")
    inspecting.approve_conclusion(conclusion, by=desk.people["leader"])
    inspecting.issue_conclusion(conclusion, by=desk.people["aggregator"], issued_on=on or today())


def head_of(desk: Desk, unit: Unit) -> Person:
    """Who answers for the unit; elsewhere than at the commune it is somebody without another role."""
    if unit == desk.units["commune"]:
        return desk.people["unit_head"]
    with at_the_machine():
        grant_role(desk.people["nobody"], by=None, role="unit_head", unit=unit)
    return desk.people["nobody"]


def recommended(desk: Desk) -> list[Recommendation]:
    """A recommendation for each of two findings, issued today."""
    conclusion = drafted(desk)
    issue(desk, conclusion)
    return of(conclusion.visit)


def of(visit: Visit) -> list[Recommendation]:
    return list(Recommendation.objects.filter(visit=visit).select_related("visit__inspection__lead", "unit"))
