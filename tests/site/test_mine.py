"""«Việc của tôi»: each sees what waits for them, at the moment it does, and no longer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kycuong.core.clock import today
from kycuong.inspections import actions
from kycuong.inspections.actions import Planned, Seat
from kycuong.inspections.models import Visit
from kycuong.orgs.actions import grant_role
from kycuong.orgs.authority import at_the_machine
from kycuong.plans.actions import approve_plan, draft_plan, issue_plan, number_plan, submit_plan
from kycuong.site.mine import waiting
from tests.desk import YESTERDAY, Desk

AsPerson = Callable[[Any], Client]


@pytest.fixture
def office(desk: Desk) -> Desk:
    """The department has a leader and a coordinator of its own, and its plan of the year."""
    with at_the_machine():
        grant_role(desk.people["leader"], by=None, role="leader", unit=desk.units["department"])
        grant_role(desk.people["aggregator"], by=None, role="coordinator", unit=desk.units["department"])
        plan = draft_plan(by=desk.people["aggregator"], agency=desk.units["department"], year=today().year)
        issue_plan(plan, by=desk.people["aggregator"], issued_on=today(), number="1/KH")
    return desk


def waits(desk: Desk, who: str) -> list[str]:
    return [line.what for line in waiting(desk.people[who], today())]


def test_work_goes_from_hand_to_hand(office: Desk) -> None:
    head, people = office.people["team_head"], office.people
    visit = office.visit()
    assert waits(office, "team_head") == ["Ghi kết quả và ký biên bản", "Khai báo xung đột lợi ích"]
    assert waits(office, "team_member") == ["Ghi kết quả và ký biên bản"]
    office.sign(office.answered(visit))
    assert waits(office, "team_member") == []
    assert waits(office, "records_clerk") == ["Ghi số quyết định", "Ghi số biên bản"]
    assert waits(office, "team_head") == ["Soạn kết luận", "Nộp báo cáo kết quả kiểm tra"]
    actions.submit_report(visit.inspection, by=head, text="Xong", reported_on=YESTERDAY)
    conclusion = actions.draft_conclusion(Visit.objects.get(), by=head)
    assert waits(office, "team_head") == ["Hoàn thiện dự thảo kết luận"]
    actions.share_conclusion(conclusion, by=head)
    assert waits(office, "team_head") == waits(office, "leader") == []
    assert [(line.what, line.due) for line in waiting(people["unit_head"], today())] == [
        ("Trả lời dự thảo kết luận", conclusion.reply_until)
    ]
    assert conclusion.reply_until
    late = conclusion.reply_until + timedelta(days=1)
    assert [line.what for line in waiting(people["leader"], late)] == ["Duyệt kết luận"]
    assert waiting(people["unit_head"], late) == []
    actions.reply_to_conclusion(conclusion, by=people["unit_head"], reply="Nhất trí")
    assert (waits(office, "unit_head"), waits(office, "leader")) == ([], ["Duyệt kết luận"])
    actions.approve_conclusion(conclusion, by=people["leader"])
    assert "Ban hành kết luận" in waits(office, "aggregator")
    actions.issue_conclusion(conclusion, by=people["aggregator"], issued_on=today())
    assert waits(office, "records_clerk") == ["Ghi số quyết định", "Ghi số biên bản", "Ghi số kết luận"]
    led, clerk = Visit.objects.get().inspection, people["records_clerk"]
    actions.record_decision(led, by=clerk, number="3/QĐ", decision_on=YESTERDAY)
    actions.number_minutes(Visit.objects.get(), by=people["records_clerk"], number="1/BB")
    actions.number_conclusion(conclusion, by=people["records_clerk"], number="2/KL")
    assert [waits(office, who) for who in ("team_head", "leader", "records_clerk", "unit_head", "aggregator")] == [
        []
    ] * 5


def test_a_plan_goes_from_hand_to_hand(desk: Desk) -> None:
    with at_the_machine():
        grant_role(desk.people["leader"], by=None, role="leader", unit=desk.units["department"])
        grant_role(desk.people["aggregator"], by=None, role="coordinator", unit=desk.units["department"])
    by, who = desk.people["aggregator"], ("aggregator", "leader", "records_clerk")
    first = f"Lập kế hoạch kiểm tra năm {today().year}"
    assert [waits(desk, one) for one in who] == [[first], [], []]
    plan = draft_plan(by=by, agency=desk.units["department"], year=today().year, target_percent=30)
    assert waits(desk, "aggregator") == ["Trình, hoặc ghi nhận ban hành kế hoạch"]
    submit_plan(plan, by=by)
    assert [waits(desk, one) for one in who] == [[], ["Duyệt kế hoạch"], []]
    approve_plan(plan, by=desk.people["leader"])
    assert [waits(desk, one) for one in who] == [["Ghi nhận ban hành kế hoạch"], [], []]
    issue_plan(plan, by=by, issued_on=today())
    assert [waits(desk, one) for one in who] == [["Ghi số kế hoạch"], [], ["Ghi số kế hoạch"]]
    number_plan(plan, by=desk.people["records_clerk"], number="1/KH")
    assert [waits(desk, one) for one in who] == [[], [], []]
    assert waits(desk, "outsider") == []  # districts owe none since 2025


def test_what_is_overdue_waits_for_both_sides_once_for_a_visit(office: Desk) -> None:
    short = {"outcome": "fail", "finding": "Chưa có biển tên"}
    visit = office.answered(office.visit(), D3=short, D5={**short, "finding": "Không có biển cấm hút thuốc"})
    office.sign(visit, number="1/BB")
    for finding in visit.findings.all():
        assert finding.due_on
    last = today() + timedelta(days=400)
    for who in ("team_head", "unit_head"):
        lines = [line for line in waiting(office.people[who], last) if line.what == "Khắc phục tồn tại quá hạn"]
        assert len(lines) == 1
        assert lines[0].due == min(finding.due_on for finding in visit.findings.all() if finding.due_on)


def test_other_offices_and_sealed_visits_are_nobody_elses(office: Desk) -> None:
    office.open(by="team_head", sealed=True, team=[Seat(office.people["team_member"])])
    assert len(waits(office, "team_head")) == 1
    for who in ("team_member", "leader", "system_admin", "nobody", "unit_head", "auditor"):
        assert waits(office, who) == []


def test_the_page_says_so_when_nothing_waits_and_asks_little_of_the_database(office: Desk, as_person: AsPerson) -> None:
    head = as_person(office.people["team_head"])
    assert "Không có việc nào đang chờ bạn" in head.get("/mine/").content.decode()
    counts = []
    for unit in ("commune", "second_commune"):
        office.open(visits=[Planned(office.units[unit], YESTERDAY, "short") for unit in (unit,)])
        with CaptureQueriesContext(
            connection,
        ) as queries:
            shown = head.get("/mine/").content.decode()
        counts.append(len(queries))
    assert "Xã Hoàng Đồng" in shown
    assert "Xã Bình Minh" in shown
    assert counts[0] == counts[1]
