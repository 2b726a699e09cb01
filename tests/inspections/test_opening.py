"""Opening and cancelling inspections."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from kycuong.audit.models import AuditEntry
from kycuong.catalog.models import Topic
from kycuong.core.clock import today
from kycuong.core.ids import uuid7
from kycuong.core.problems import BadInput, NotAllowed, Problem, RuleBroken
from kycuong.inspections import actions
from kycuong.inspections.actions import Planned, Seat
from kycuong.inspections.models import Inspection, Visit
from kycuong.inspections.rules import InspectionState, TeamRole
from kycuong.plans.actions import draft_plan
from tests.desk import YESTERDAY, Desk


def verbs(*labels: str) -> set[str]:
    """Models that the log has entries of."""
    return set(AuditEntry.objects.filter(model__in=labels).values_list("model", flat=True))


def test_open_writes_everything_and_logs_every_row(desk: Desk) -> None:
    topics = list(Topic.objects.all())
    inspection = desk.open(topics=topics, form="combined", decision_number="5/QĐ", decision_on=YESTERDAY)
    assert inspection.state == InspectionState.SCHEDULED
    assert inspection.topics.count() == len(topics)
    assert inspection.team.get().person == desk.people["team_head"]
    visit = inspection.visits.get()
    assert (visit.checklist, visit.checklist_form, visit.state) == (desk.checklist, "short", "draft")
    labels = ("inspections.Inspection", "inspections.Inspection_topics", "inspections.TeamMember", "inspections.Visit")
    assert verbs(*labels) == set(labels)


def test_open_again_with_the_same_uid_returns_the_first(desk: Desk) -> None:
    uid = uuid7()
    assert desk.open(uid=uid) == desk.open(uid=uid)
    assert Inspection.objects.count() == 1
    assert Visit.objects.count() == 1


@pytest.mark.parametrize(
    "person", ["leader", "auditor", "system_admin", "unit_head", "team_member", "coordinator", "nobody"]
)
def test_open_by_others_is_not_allowed(desk: Desk, person: str) -> None:
    with pytest.raises(NotAllowed):
        desk.open(by=person)


def test_open_needs_units_that_existed(desk: Desk) -> None:
    with pytest.raises(RuleBroken, match="không tồn tại"):
        desk.open(visits=[Planned(desk.units["commune"], date(2014, 12, 31), "")], opened_on=YESTERDAY)
    with pytest.raises(RuleBroken, match="không tồn tại"):
        desk.open(opened_on=date(2014, 1, 1), visits=[])


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"form": "planned", "sealed": True}, "niêm phong"),
        ({"form": "combined"}, "hai nội dung"),
        ({"form": "unheard_of"}, "Hình thức"),
        ({"title": "x" * 301}, "Nội dung"),
        ({"decision_number": "a\x00b"}, "không đọc được"),
    ],
)
def test_open_refuses_what_is_not_in_order(desk: Desk, given: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Problem, match=sentence) as refusal:
        desk.open(**given)
    assert refusal.value.en
    assert not Inspection.objects.exists()


def test_nobody_inspects_itself_but_in_a_self_check(desk: Desk) -> None:
    own = [Planned(desk.units["department"], YESTERDAY, "")]
    with pytest.raises(RuleBroken, match="tự kiểm tra"):
        desk.open(visits=own)
    assert desk.open(visits=own, form="self_check").visits.count() == 1


def test_the_province_is_not_inspected(desk: Desk) -> None:
    with pytest.raises(RuleBroken, match="không phải đơn vị được kiểm tra"):
        desk.open(visits=[Planned(desk.units["province"], YESTERDAY, "")])


def test_a_team_has_one_head(desk: Desk) -> None:
    heads = [Seat(desk.people["team_head"], role=TeamRole.HEAD), Seat(position="Phó giám đốc", role=TeamRole.HEAD)]
    with pytest.raises(BadInput, match="một trưởng đoàn"):
        desk.open(team=heads)


def test_a_plan_of_another_agency_will_not_do(desk: Desk) -> None:
    plan = draft_plan(by=desk.people["coordinator"], agency=desk.units["district"], year=today().year)
    with pytest.raises(RuleBroken, match="cơ quan khác"):
        desk.open(plan=plan)


def test_the_same_visit_twice_is_one(desk: Desk) -> None:
    same = Planned(desk.units["commune"], YESTERDAY, "short")
    assert desk.open(visits=[same, same]).visits.count() == 1


def test_seal_names_creator_head_and_others(desk: Desk) -> None:
    people = desk.people
    inspection = desk.open(
        by="aggregator",
        sealed=True,
        team=[Seat(people["team_head"], role=TeamRole.HEAD), Seat(people["team_member"])],
        short_list=[people["auditor"]],
    )
    listed = {entry.person for entry in inspection.short_list.select_related("person")}
    assert listed == {people["aggregator"], people["team_head"], people["auditor"]}
    assert inspection.sealed_by == people["aggregator"]


def test_cancel_keeps_the_reason_and_takes_no_more_visits(desk: Desk) -> None:
    inspection = desk.open(by="aggregator")
    actions.cancel_inspection(inspection, by=desk.people["aggregator"], reason="Hoãn vì bão lũ")
    assert (inspection.state, inspection.cancel_reason) == (InspectionState.CANCELLED, "Hoãn vì bão lũ")
    with pytest.raises(RuleBroken, match="đã hủy"):
        actions.add_visit(
            inspection, by=desk.people["aggregator"], unit=desk.units["second_commune"], visited_on=YESTERDAY
        )
    with pytest.raises(RuleBroken, match="đã hủy"):
        desk.answered(inspection.visits.get())
    with pytest.raises(RuleBroken, match="đã hủy"):
        actions.cancel_inspection(inspection, by=desk.people["aggregator"], reason="Hoãn vì bão lũ")


def test_cancel_needs_a_reason_the_right_and_nothing_signed(desk: Desk) -> None:
    inspection = desk.open()
    with pytest.raises(BadInput, match="ít nhất 10"):
        actions.cancel_inspection(inspection, by=desk.people["aggregator"], reason="  hoãn  ")
    with pytest.raises(NotAllowed):
        actions.cancel_inspection(inspection, by=desk.people["team_head"], reason="Hoãn vì bão lũ")
    desk.sign(desk.answered(inspection.visits.get()))
    with pytest.raises(RuleBroken, match="từng lượt"):
        actions.cancel_inspection(inspection, by=desk.people["aggregator"], reason="Hoãn vì bão lũ")


def test_a_draft_may_lie_in_the_future_and_is_removed_with_all_it_holds(desk: Desk) -> None:
    tomorrow = today() + timedelta(days=1)
    visit = desk.visit(visits=[Planned(desk.units["commune"], tomorrow, "short")])
    desk.answered(visit, D3={"outcome": "fail", "finding": "Thiếu biển phòng"})
    with pytest.raises(RuleBroken, match="chưa tới"):
        desk.sign(visit)
    actions.remove_draft_visit(visit, by=desk.people["team_member"])
    assert not Visit.objects.exists()


def test_add_visit_refuses_a_second_one_that_day(desk: Desk) -> None:
    inspection = desk.open()
    with pytest.raises(RuleBroken, match="đã có lượt"):
        actions.add_visit(inspection, by=desk.people["team_head"], unit=desk.units["commune"], visited_on=YESTERDAY)
    with pytest.raises(NotAllowed):
        actions.add_visit(inspection, by=desk.outsider, unit=desk.units["other_commune"], visited_on=YESTERDAY)
    uid = uuid7()
    given: dict[str, Any] = {
        "by": desk.people["team_head"],
        "unit": desk.units["second_commune"],
        "visited_on": YESTERDAY,
    }
    assert actions.add_visit(inspection, uid=uid, **given) == actions.add_visit(inspection, uid=uid, **given)
    assert inspection.visits.count() == 2
