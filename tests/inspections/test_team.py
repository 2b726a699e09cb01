"""The team while it works: who joins and leaves, its head, its groups, what a seat gives, and the number of its decision."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from kycuong.audit.models import AuditEntry
from kycuong.core.clock import now, today
from kycuong.core.problems import BadInput, NotAllowed, Problem, RuleBroken, Stale
from kycuong.inspections import actions, authority
from kycuong.inspections.actions import Group, Planned, Seat
from kycuong.inspections.models import Conclusion, Inspection, TeamMember, Visit
from kycuong.inspections.queries import minutes_digest, plan_of, sealing_of, todos
from kycuong.inspections.rules import TeamRole
from kycuong.inspections.rules.teams import SEAT_VERBS, seat_gives
from tests.desk import YESTERDAY, Desk
from tests.photos import examined, jpeg

AsPerson = Callable[[Any], Client]
WHY = "Điều động sang đoàn khác"
PLACES = ("commune", "second_commune", "other_commune")


def opened(desk: Desk, **given: Any) -> Inspection:
    """A planned inspection of three communes: the head and a member of the department, the outsider as a member."""
    people = desk.people
    team = [Seat(people["team_head"], role=TeamRole.HEAD), Seat(people["team_member"]), Seat(desk.outsider)]
    visits = [Planned(desk.units[place], YESTERDAY, "") for place in PLACES]
    inspection = desk.open(**{"form": "planned", "team": team, "visits": visits, **given})
    desk.begin(inspection)
    return inspection


def seat(inspection: Inspection, person: Any) -> TeamMember:
    return inspection.team.current().get(person=person)


def at(inspection: Inspection, desk: Desk, place: str) -> Visit:
    return inspection.visits.get(unit=desk.units[place])


def divided(desk: Desk, inspection: Inspection) -> Inspection:
    """«Tổ 1» under the department's member with two communes, «Tổ 2» under the outsider with the third."""
    groups = [
        Group("Tổ 1", seat(inspection, desk.people["team_member"]), visits=[at(inspection, desk, one) for one in PLACES[:2]]),
        Group("Tổ 2", seat(inspection, desk.outsider), visits=[at(inspection, desk, PLACES[2])]),
    ]  # fmt: skip
    return actions.divide_team(inspection, by=desk.people["team_head"], groups=groups)


def write(visit: Visit, by: Any) -> None:
    actions.record_answers(visit, by=by, answers={}, strengths="Chấp hành nghiêm túc")


def sign(visit: Visit, by: Any) -> None:
    visit.refresh_from_db()
    actions.sign_minutes(visit, by=by, team_signatory="Tổ trưởng", unit_signatory="Chủ tịch UBND xã")


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


def test_groups_work_side_by_side_and_their_leads_sign(desk: Desk) -> None:
    inspection = divided(desk, opened(desk))
    member, outsider = desk.people["team_member"], desk.outsider
    own, other = at(inspection, desk, "commune"), at(inspection, desk, "other_commune")
    for visit, lead in ((own, member), (other, outsider)):
        write(visit, lead)
        sign(visit, lead)
    assert {visit.state for visit in inspection.visits.filter(pk__in=[own.pk, other.pk])} == {"signed"}
    left = at(inspection, desk, "second_commune")
    with pytest.raises(NotAllowed):
        write(left, outsider)
    write(left, member)
    with pytest.raises(NotAllowed):
        sign(left, outsider)


def test_a_plain_member_records_for_the_own_group_and_does_not_sign(desk: Desk) -> None:
    inspection, outsider = opened(desk), desk.outsider
    lead = seat(inspection, desk.people["team_member"])
    first, second = at(inspection, desk, "commune"), at(inspection, desk, "second_commune")
    actions.divide_team(
        inspection, by=desk.people["team_head"],
        groups=[Group("Tổ 1", lead, [seat(inspection, outsider)], [first]),
                Group("Tổ 2", seat(inspection, desk.people["team_head"]), visits=[second])],
    )  # fmt: skip
    write(at(inspection, desk, "commune"), outsider)
    with pytest.raises(NotAllowed):
        sign(at(inspection, desk, "commune"), outsider)
    with pytest.raises(NotAllowed):
        write(at(inspection, desk, "second_commune"), outsider)
    write(at(inspection, desk, "other_commune"), outsider)


def waiting(person: Any, desk: Desk) -> set[str]:
    names = {str(desk.units[place]): place for place in PLACES}
    found = {todo.about.split(",")[0] for todo in todos(person, today=today()) if todo.what.startswith("Ghi kết quả")}
    return {names[name] for name in found if name in names}


def test_my_work_is_that_of_my_group(desk: Desk) -> None:
    inspection = opened(desk)
    for person in (desk.outsider, desk.people["team_member"]):
        assert waiting(person, desk) == set(PLACES)
    divided(desk, inspection)
    assert waiting(desk.outsider, desk) == {"other_commune"}
    assert waiting(desk.people["team_member"], desk) == {"commune", "second_commune"}
    assert waiting(desk.people["team_head"], desk) == set(PLACES)


def test_the_page_tells_the_groups_with_their_units(desk: Desk, as_person: AsPerson) -> None:
    inspection = divided(desk, opened(desk))
    body = as_person(desk.people["leader"]).get(f"/inspections/{inspection.uid}/").content.decode()
    group = body.split('aria-label="Tổ 2"')[1].split("</section>")[0]
    assert "Xã Xa" in group
    assert "Người outsider" in group
    assert "Bình Minh" not in group


def test_deputies_a_secretary_and_positions_are_named_at_the_opening(desk: Desk, as_person: AsPerson) -> None:
    people = {who: str(desk.people[who].uid) for who in ("team_head", "team_member", "aggregator", "coordinator")}
    typed = {
        "lead": "so-noi-vu", "form": "planned", "checklist_form": "by_form", "visits-TOTAL_FORMS": "0",
        "visits-INITIAL_FORMS": "0", "head": people["aggregator"], "deputies": [people["team_head"]],
        "secretary": people["team_member"], "members": [people["team_head"], people["coordinator"]],
        "others": "Đại diện Ban Nội chính\nPhó trưởng đoàn: Phó Chánh Thanh tra tỉnh\nVăn thư: Sở Nội vụ",
    }  # fmt: skip
    assert as_person(desk.people["aggregator"]).post("/inspections/new/", typed).status_code == 302
    seats = [(seat.title, str(seat.role)) for seat in Inspection.objects.get().team.order_by("pk")]
    assert seats == [
        ("Người aggregator", "team_head"), ("Người team_head", "deputy_head"), ("Người team_member", "secretary"),
        ("Người coordinator", "member"), ("Đại diện Ban Nội chính", "member"),
        ("Phó Chánh Thanh tra tỉnh", "deputy_head"), ("Văn thư: Sở Nội vụ", "member"),
    ]  # fmt: skip


def test_groups_are_in_order(desk: Desk) -> None:
    inspection, head = opened(desk), desk.people["team_head"]
    one, two = seat(inspection, desk.people["team_member"]), seat(inspection, desk.outsider)
    visit = at(inspection, desk, "commune")
    for groups, sentence in (
        ([Group("Tổ 1", None, [one])], "chưa có tổ trưởng"),
        ([Group(" ", one)], "đặt tên"),
        ([Group("Tổ 1", one), Group("tổ 1", two)], "cùng tên"),
        ([Group("Tổ 1", one), Group("Tổ 2", two, [one])], "ở hai tổ"),
        ([Group("Tổ 1", one, visits=[visit]), Group("Tổ 2", two, visits=[visit])], "ở hai tổ"),
    ):
        with pytest.raises(BadInput, match=sentence) as refused:
            actions.divide_team(inspection, by=head, groups=groups)
        assert refused.value.en
    assert not inspection.groups.exists()


def test_groups_are_divided_anew_and_a_used_one_stays(desk: Desk) -> None:
    inspection = divided(desk, opened(desk))
    head, (first, _second) = desk.people["team_head"], inspection.groups.all()
    swapped = [
        Group("Tổ 1", seat(inspection, desk.outsider), [seat(inspection, desk.people["team_member"])], there=first)
    ]
    actions.divide_team(inspection, by=head, groups=swapped)
    assert [group.name for group in inspection.groups.all()] == ["Tổ 1"]
    assert not inspection.visits.filter(group__isnull=False).exists()
    with pytest.raises(RuleBroken, match="đang là tổ trưởng"):
        actions.change_team(inspection, by=head, leaving={seat(inspection, desk.outsider): WHY})
    actions.change_team(inspection, by=head, leaving={seat(inspection, desk.people["team_member"]): WHY})
    with pytest.raises(RuleBroken, match="không bỏ được"):
        actions.divide_team(inspection, by=head, groups=[])


def test_dividing_leaves_what_is_being_written_alone(desk: Desk) -> None:
    inspection = opened(desk)
    visit = at(inspection, desk, "commune")
    write(visit, desk.people["team_head"])
    version = Visit.objects.get(pk=visit.pk).version
    divided(desk, inspection)
    actions.record_answers(visit, by=desk.people["team_head"], version=version, answers={}, strengths="Tốt")
    assert Visit.objects.get(pk=visit.pk).group is not None


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
