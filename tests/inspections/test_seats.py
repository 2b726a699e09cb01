"""What a seat on a team gives, in its own office and in another, and what goes with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from kycuong.core.clock import now, today
from kycuong.core.problems import NotAllowed
from kycuong.inspections import actions
from kycuong.inspections.actions import Planned, Seat
from kycuong.inspections.models import Inspection
from kycuong.inspections.queries import plan_of, sealing_of, todos
from kycuong.inspections.rules import TeamRole
from kycuong.inspections.rules.teams import SEAT_VERBS, seat_gives
from tests.desk import YESTERDAY, Desk
from tests.inspections.crews import at, divided, opened, seat, sign, write
from tests.photos import examined, jpeg

AsPerson = Callable[[Any], Client]
WHY = "Điều động sang đoàn khác"


def test_the_head_of_another_office_reports(desk: Desk, as_person: AsPerson) -> None:
    team = [Seat(desk.outsider, role=TeamRole.HEAD)]
    inspection = opened(desk, team=team, visits=[Planned(desk.units["commune"], YESTERDAY, "")])
    visit = inspection.visits.get()
    write(visit, desk.outsider)
    sign(visit, desk.outsider)
    assert [todo.what for todo in todos(desk.outsider, today=today())] == ["Nộp báo cáo kết quả kiểm tra"]
    typed = {"text": "Đã kiểm tra xong.", "reported_on": f"{YESTERDAY:%d/%m/%Y}"}
    assert as_person(desk.outsider).post(f"/inspections/{inspection.uid}/report/", typed).status_code == 302
    assert "Đã kiểm tra xong." in as_person(desk.outsider).get(f"/inspections/{inspection.uid}/").content.decode()


@given(
    role=st.sampled_from(list(TeamRole)), group=st.sampled_from([None, 1, 2]), leads=st.booleans(),
    where=st.sampled_from([None, 1, 2]), verb=st.sampled_from(["visit.record", "visit.sign", "report.submit"]),
)  # fmt: skip
def test_a_seat_never_gives_more_than_the_table(
    role: TeamRole, group: int | None, leads: bool, where: int | None, verb: str
) -> None:
    gives = seat_gives(verb, role=role, group=group, leads_group=leads and group is not None, visit_group=where)
    assert not gives or verb in SEAT_VERBS[role] or (leads and group == where and verb == "visit.sign")
    if role == TeamRole.MEMBER and group and where and group != where:
        assert not gives


def test_a_seat_reaches_photos_choices_and_people_concerned(desk: Desk, as_person: AsPerson) -> None:
    """Whoever came from another office records there whatever belongs to the record, and not in another group's visit."""
    inspection = divided(desk, opened(desk))
    own, others = at(inspection, desk, "other_commune"), at(inspection, desk, "commune")
    finding = actions.add_finding(own, by=desk.outsider, description="Cửa khóa từ sáng", severity=1)
    file = actions.add_file(own, by=desk.outsider, examined=examined())
    actions.remove_file(file, by=desk.outsider)
    actions.pick_case_files(own, by=desk.outsider, subject="Hồ sơ", number=1, size=9)
    person = actions.add_concerned(finding, by=desk.outsider, category="official", position="Chủ tịch")
    actions.remove_concerned(person, by=desk.outsider)
    with pytest.raises(NotAllowed):
        actions.add_file(others, by=desk.outsider, examined=examined())
    with pytest.raises(NotAllowed):
        actions.pick_case_files(others, by=desk.outsider, subject="Hồ sơ", number=1, size=9)
    client, photo = as_person(desk.outsider), SimpleUploadedFile("a.jpg", jpeg(), "image/jpeg")
    assert client.post(f"/visits/{own.uid}/files/", {"file": photo}).status_code == 302
    again = {"size": "9", "number": "1", "subject": "Hồ sơ", "reason": "Chọn thêm vì hồ sơ thất lạc"}
    assert client.post(f"/visits/{own.uid}/picks/", again).status_code == 302
    said = {"category": "official", "position": "Chủ tịch"}
    assert client.post(f"/findings/{finding.uid}/people/", said).status_code == 302


def test_the_head_from_another_office_begins_a_sealed_visit(desk: Desk) -> None:
    inspection = desk.open(sealed=True, team=[Seat(desk.outsider, role=TeamRole.HEAD)])
    sealing = sealing_of(inspection)
    assert sealing is not None
    [target] = plan_of(sealing).waiting
    visit = actions.begin_target(inspection, by=desk.outsider, key=target.key, as_planned=True)
    write(visit, desk.outsider)


def test_a_told_member_from_another_office_declares_and_records(desk: Desk) -> None:
    """What the to-do asks of a member is not refused to the member; before the hour there is neither."""
    team = [Seat(desk.people["team_head"], role=TeamRole.HEAD), Seat(desk.outsider)]
    inspection = desk.open(sealed=True, team=team, members_from=now() + timedelta(hours=1))
    sealing = sealing_of(inspection)
    assert sealing is not None
    [target] = plan_of(sealing).waiting
    assert not list(todos(desk.outsider, today=today()))
    with pytest.raises(NotAllowed):
        actions.declare_conflicts(inspection, by=desk.outsider, nothing=True)
    actions.release_members(inspection, by=desk.people["team_head"], members_from=now() - timedelta(seconds=1))
    assert [one.what for one in todos(desk.outsider, today=today())][0] == "Khai báo xung đột lợi ích"
    actions.declare_conflicts(inspection, by=desk.outsider, nothing=True)
    write(actions.begin_target(inspection, by=desk.outsider, key=target.key, as_planned=True), desk.outsider)


def test_a_head_who_left_is_told_nothing_sealed_any_more(desk: Desk) -> None:
    """The short list keeps the entry, for who knew; whoever sealed it knows by that."""
    people = desk.people
    team = [Seat(people["team_head"], role=TeamRole.HEAD), Seat(people["team_member"])]
    inspection = desk.open(by="aggregator", sealed=True, team=team)
    given: dict[str, Any] = {"joining": [Seat(desk.outsider, role=TeamRole.HEAD)], "by": people["aggregator"]}
    actions.change_team(inspection, leaving={seat(inspection, people["team_head"]): WHY}, **given)
    for who, knows in (("team_head", False), ("aggregator", True), ("outsider", True), ("team_member", False)):
        assert Inspection.objects.known_to(people[who]).exists() is knows, who
        assert Inspection.objects.visible_to(people[who]).exists() is knows, who
    assert inspection.short_list.filter(person=people["team_head"]).exists()
    back = {seat(inspection, desk.outsider): WHY}
    joining = [Seat(people["team_head"], role=TeamRole.HEAD)]
    actions.change_team(inspection, by=people["aggregator"], leaving=back, joining=joining)
    assert Inspection.objects.known_to(people["team_head"]).exists()
    assert not Inspection.objects.known_to(desk.outsider).exists()


def test_whoever_sealed_it_knows_of_it_off_the_team(desk: Desk) -> None:
    inspection, head = desk.open(sealed=True), desk.people["team_head"]
    joining = [Seat(desk.outsider, role=TeamRole.HEAD)]
    actions.change_team(inspection, by=head, leaving={seat(inspection, head): WHY}, joining=joining)
    assert Inspection.objects.known_to(head).exists()
