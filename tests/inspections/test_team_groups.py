"""Groups that work side by side: who leads and signs, what is whose to do, how a team is divided."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from kycuong.core.clock import today
from kycuong.core.problems import BadInput, NotAllowed, RuleBroken
from kycuong.inspections import actions
from kycuong.inspections.actions import Group
from kycuong.inspections.models import Inspection, Visit
from kycuong.inspections.queries import todos
from tests.bodies import sheet
from tests.desk import Desk
from tests.inspections.crews import PLACES, at, divided, opened, seat, sign, write

AsPerson = Callable[[Any], Client]
WHY = "Điều động sang đoàn khác"


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


def test_who_may_not_sign_saves_and_is_told_who_signs(desk: Desk, as_person: AsPerson) -> None:
    """The button that leads on to signing would lead this person to a refusal."""
    visit = at(opened(desk), desk, PLACES[0])
    address = f"/visits/{visit.uid}/"
    for who, signs in (("team_member", False), ("team_head", True)):
        text = as_person(desk.people[who]).get(address).content.decode()
        assert ("Lưu và đọc lại để ký" in text) is signs
        assert ("Trưởng đoàn, tổ trưởng ký biên bản" in text) is not signs
        visit.refresh_from_db()
        typed = {**sheet({"draft": str(visit.uid)}), "version": visit.version, "sign": "1"}
        answer = as_person(desk.people[who]).post(address, typed)
        assert answer.headers["Location"] == (f"{address}signing/" if signs else address)
