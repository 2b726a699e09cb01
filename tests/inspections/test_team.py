"""The team while it works: who joins and leaves, its head, and the number of its decision."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from kycuong.audit.models import AuditEntry
from kycuong.core.clock import today
from kycuong.core.problems import BadInput, NotAllowed, Problem, RuleBroken, Stale
from kycuong.inspections import actions, authority
from kycuong.inspections.actions import Planned, Seat
from kycuong.inspections.models import Conclusion, Inspection, Visit
from kycuong.inspections.queries import minutes_digest
from kycuong.inspections.rules import TeamRole
from tests.desk import YESTERDAY, Desk
from tests.inspections.crews import PLACES, at, opened, seat, sign, write

AsPerson = Callable[[Any], Client]
WHY = "Điều động sang đoàn khác"


def test_the_decision_is_recorded_later_and_signed_minutes_stay_whole(desk: Desk) -> None:
    inspection, clerk = desk.open(visits=[Planned(desk.units["commune"], YESTERDAY, "")]), desk.people["records_clerk"]
    visit = inspection.visits.get()
    write(visit, desk.people["team_head"])
    sign(visit, desk.people["team_head"])
    actions.record_decision(inspection, by=clerk, number=" 5/QĐ-SNV ", decision_on=YESTERDAY)
    inspection.refresh_from_db()
    assert (inspection.decision_number, inspection.decision_on) == ("5/QĐ-SNV", YESTERDAY)
    visit.refresh_from_db()
    assert visit.minutes.digest == minutes_digest(Visit.objects.get(pk=visit.pk), visit.minutes)
    with pytest.raises(RuleBroken, match="không sửa được"):
        actions.record_decision(inspection, by=clerk, number="6/QĐ-SNV", decision_on=YESTERDAY)


def test_a_decision_that_nobody_signed_under_is_put_right(desk: Desk) -> None:
    inspection = desk.open(decision_number="5/QĐ")
    for who in ("records_clerk", "aggregator"):
        actions.record_decision(inspection, by=desk.people[who], number=f"6/{who}", decision_on=YESTERDAY)
    assert AuditEntry.objects.filter(model="inspections.Inspection").count() == 3
    for who in ("team_head", "team_member", "leader"):
        with pytest.raises(NotAllowed):
            actions.record_decision(inspection, by=desk.people[who], number="7/QĐ", decision_on=YESTERDAY)
    with pytest.raises(BadInput) as refused:
        actions.record_decision(
            inspection, by=desk.people["aggregator"], number=" ", decision_on=today() + timedelta(1)
        )
    assert [fault["field"] for fault in refused.value.errors] == ["number", "decision_on"]


def test_the_decision_of_a_sealed_inspection_comes_after_a_visit(desk: Desk) -> None:
    plain = [Planned(desk.units[one], YESTERDAY, "") for one in PLACES[:2]]
    inspection, clerk = desk.open(sealed=True, visits=plain), desk.people["records_clerk"]
    desk.begin(inspection)
    with pytest.raises(RuleBroken, match="niêm phong"):
        actions.record_decision(inspection, by=desk.people["aggregator"], number="5/QĐ", decision_on=YESTERDAY)
    first = inspection.visits.earliest("pk")
    write(first, desk.people["team_head"])
    sign(first, desk.people["team_head"])
    actions.record_decision(inspection, by=clerk, number="5/QĐ", decision_on=YESTERDAY)


def test_a_member_who_leaves_keeps_authorship_and_nothing_else(desk: Desk, as_person: AsPerson) -> None:
    inspection, head, gone = opened(desk), desk.people["team_head"], desk.outsider
    visit = at(inspection, desk, "commune")
    write(visit, gone)
    assert (visit.recorded_by, Visit.objects.visible_to(gone).count()) == (head, 3)
    actions.change_team(inspection, by=head, leaving={seat(inspection, gone): WHY})
    row = inspection.team.get(person=gone)
    assert (row.left_by, row.leave_reason) == (head, WHY)
    assert not Inspection.objects.visible_to(gone).filter(pk=inspection.pk).exists()
    assert not Visit.objects.visible_to(gone).filter(inspection=inspection, unit=desk.units["commune"]).exists()
    assert not authority.can(gone, "visit.record", at=visit)
    with pytest.raises(NotAllowed):
        write(visit, gone)
    body = as_person(head).get(f"/inspections/{inspection.uid}/").content.decode()
    assert "Đã rút khỏi đoàn" in body
    assert WHY in body
    assert "Người outsider" in as_person(head).get(f"/visits/{visit.uid}/minutes/").content.decode()
    assert AuditEntry.objects.filter(model="inspections.TeamMember", key=str(row.pk)).count() == 2


def test_a_conclusion_is_not_for_whoever_left(desk: Desk) -> None:
    inspection = opened(desk, visits=[Planned(desk.units["commune"], YESTERDAY, "")])
    visit, head = inspection.visits.get(), desk.people["team_head"]
    write(visit, head)
    sign(visit, head)
    visit.refresh_from_db()
    actions.draft_conclusion(visit, by=head)
    assert Conclusion.objects.visible_to(desk.outsider).exists()
    actions.change_team(inspection, by=head, leaving={seat(inspection, desk.outsider): WHY})
    assert not Conclusion.objects.visible_to(desk.outsider).exists()


def test_the_head_does_not_vanish_without_a_successor(desk: Desk) -> None:
    inspection, head = opened(desk), desk.people["team_head"]
    old, other = seat(inspection, head), seat(inspection, desk.people["team_member"])
    for change in ({"leaving": {old: WHY}}, {"roles": {old: TeamRole.MEMBER}}):
        with pytest.raises(RuleBroken, match="không thể thiếu trưởng đoàn"):
            actions.change_team(inspection, by=head, **change)
    with pytest.raises(BadInput, match="một trưởng đoàn"):
        actions.change_team(inspection, by=head, roles={other: TeamRole.HEAD})
    actions.change_team(inspection, by=head, roles={old: TeamRole.DEPUTY, other: TeamRole.HEAD})
    assert {one.role for one in inspection.team.current()} == {TeamRole.HEAD, TeamRole.DEPUTY, TeamRole.MEMBER}
    actions.change_team(
        inspection, by=head, leaving={seat(inspection, desk.people["team_member"]): WHY},
        joining=[Seat(position="Phó Giám đốc Sở Nội vụ", role=TeamRole.HEAD)],
    )  # fmt: skip
    assert inspection.team.current().get(role=TeamRole.HEAD).title == "Phó Giám đốc Sở Nội vụ"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda desk, one: {"leaving": {one: "ngắn"}}, "ít nhất 10"),
        (lambda desk, one: {"joining": [Seat(desk.outsider)]}, "đã có trong đoàn"),
        (lambda desk, one: {"joining": [Seat(desk.people["auditor"])] * 2}, "đã có trong đoàn"),
        (lambda desk, one: {"joining": [Seat(position=" ")]}, "ghi chức vụ"),
        (lambda desk, one: {"roles": {one: "emperor"}}, "Vai trò"),
    ],
)
def test_a_change_that_is_not_in_order_changes_nothing(desk: Desk, change: Any, sentence: str) -> None:
    inspection = opened(desk)
    before = list(inspection.team.values_list("pk", "role", "left_at")), AuditEntry.objects.count()
    with pytest.raises(Problem, match=sentence) as refused:
        actions.change_team(
            inspection, by=desk.people["team_head"], **change(desk, seat(inspection, desk.people["team_member"]))
        )
    assert refused.value.en
    assert (list(inspection.team.values_list("pk", "role", "left_at")), AuditEntry.objects.count()) == before


def test_of_two_who_change_the_team_one_wins(desk: Desk, as_person: AsPerson) -> None:
    inspection, head = opened(desk), desk.people["team_head"]
    version, member = inspection.version, seat(inspection, desk.people["team_member"])
    actions.change_team(inspection, by=head, version=version, roles={member: TeamRole.SECRETARY})
    with pytest.raises(Stale):
        actions.change_team(inspection, by=head, version=version, leaving={member: WHY})
    typed = {f"role-{one.seat_uid}": one.role for one in inspection.team.current()}
    typed |= {"version": str(version), "position-0": "Đại diện Ban Nội chính"}
    answer = as_person(head).post(f"/inspections/{inspection.uid}/team/", typed)
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "vừa được người khác sửa" in body
    assert "Đại diện Ban Nội chính" in body
    assert f'name="version" value="{version + 1}"' in body


def test_a_member_who_left_meanwhile_is_told_as_such(desk: Desk) -> None:
    inspection, head = opened(desk), desk.people["team_head"]
    held = seat(inspection, desk.outsider)
    actions.change_team(inspection, by=head, leaving={held: WHY})
    with pytest.raises(Stale):
        actions.change_team(inspection, by=head, roles={held: TeamRole.DEPUTY})
    actions.change_team(inspection, by=head, joining=[Seat(desk.outsider)])
    assert inspection.team.filter(person=desk.outsider).count() == 2


def test_nobody_changes_the_team_of_a_cancelled_inspection_or_without_the_right(desk: Desk) -> None:
    inspection = opened(desk)
    for who in ("team_member", "leader", "records_clerk", "outsider"):
        with pytest.raises(NotAllowed):
            actions.change_team(inspection, by=desk.people[who], joining=[Seat(desk.people["auditor"])])
    actions.cancel_inspection(inspection, by=desk.people["aggregator"], reason="Hoãn vì bão lũ")
    with pytest.raises(RuleBroken, match="đã hủy"):
        actions.change_team(inspection, by=desk.people["team_head"], joining=[Seat(desk.people["auditor"])])


def test_a_sealed_team_is_changed_by_its_short_list_and_a_new_head_joins_it(desk: Desk) -> None:
    inspection, head = opened(desk, form="surprise", sealed=True), desk.people["team_head"]
    with pytest.raises(NotAllowed):
        actions.change_team(inspection, by=desk.people["aggregator"], joining=[Seat(desk.people["auditor"])])
    assert not authority.can(desk.outsider, "visit.record", at=at(inspection, desk, "commune"))
    swap = {seat(inspection, head): TeamRole.DEPUTY, seat(inspection, desk.outsider): TeamRole.HEAD}
    actions.change_team(inspection, by=head, roles=swap)
    assert Visit.objects.visible_to(desk.outsider).filter(inspection=inspection).count() == 3
    assert authority.can(desk.outsider, "visit.sign", at=at(inspection, desk, "commune"))
