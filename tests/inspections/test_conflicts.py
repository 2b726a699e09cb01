"""Conflicts of interest: declared, found in postings and in the standing register; and what they forbid."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from kycuong.audit.models import AuditEntry
from kycuong.core.clock import today
from kycuong.core.ids import uuid7
from kycuong.core.problems import BadInput, NotAllowed, Problem, RuleBroken
from kycuong.draws.queries import inspectors_frame
from kycuong.inspections import actions
from kycuong.inspections.actions import Declared, Group, Planned
from kycuong.inspections.models import StandingRecusal
from kycuong.inspections.queries import todos
from kycuong.inspections.rules.conflicts import posting_years, since
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.history import Document, absorb_units
from kycuong.orgs.rules import FOREVER
from tests.desk import YESTERDAY, Desk
from tests.inspections.tied import at, blocked, kin, opened, posted
from tests.photos import examined

AsPerson = Callable[[Any], Client]
WHY = "Không còn ai khác trong đoàn"


def test_a_declared_tie_forbids_recording_and_signing_at_that_unit_alone(desk: Desk) -> None:
    inspection, head = opened(desk), desk.people["team_head"]
    kin(inspection, head, desk.units["commune"])
    with pytest.raises(NotAllowed, match="tự khai: quan hệ gia đình, thân thuộc") as refused:
        actions.record_answers(at(inspection, desk), by=head, answers={}, strengths="Tốt")
    assert refused.value.en
    other = at(inspection, desk, "second_commune")
    actions.record_answers(other, by=head, answers={}, strengths="Tốt")
    member = desk.people["team_member"]
    visit = actions.record_answers(at(inspection, desk), by=member, answers={}, strengths="Tốt")
    with pytest.raises(NotAllowed, match="xung đột lợi ích"):
        actions.sign_minutes(visit, by=head, team_signatory="Trưởng đoàn", unit_signatory="Chủ tịch")
    for ties in ([], [Declared("kinship", desk.units["second_commune"])]):
        with pytest.raises(RuleBroken, match="không tự rút lại được"):  # nobody frees himself
            actions.declare_conflicts(inspection, by=head, ties=ties, nothing=not ties)
    more = [Declared("kinship", desk.units["commune"], "Em họ"), Declared("other", desk.units["second_commune"])]
    actions.declare_conflicts(inspection, by=head, ties=more)
    assert blocked(head, visit)
    reason = "Khai nhầm, đã xác minh"
    unit = desk.units["commune"]
    actions.waive_conflict(inspection, by=desk.people["leader"], person=head, unit=unit, reason=reason)
    assert not blocked(head, visit)


def test_the_page_of_a_visit_is_read_and_not_written_by_whoever_is_tied(desk: Desk, as_person: AsPerson) -> None:
    inspection, head = opened(desk), desk.people["team_head"]
    kin(inspection, head, desk.units["commune"])
    address = f"/visits/{at(inspection, desk).uid}/"
    assert "Lưu và đọc lại để ký" not in as_person(head).get(address).content.decode()
    assert as_person(head).post(address, {}).status_code == 403
    assert as_person(head).get(f"{address}signing/").status_code == 403


@pytest.mark.parametrize(
    ("place", "begins", "ends", "tied"),
    [
        ("commune", -100, None, True),
        ("commune", -3000, -365 * 3 + 20, True),
        ("commune", -3000, -365 * 3 - 20, False),
        ("district", -100, None, False),
        ("second_commune", -100, None, False),
        ("commune", 30, None, False),
    ],
)
def test_a_posting_at_the_unit_within_the_years_ties(
    desk: Desk, place: str, begins: int, ends: int | None, tied: bool
) -> None:
    inspection, member = opened(desk), desk.people["team_member"]
    day = lambda days: today() + timedelta(days)  # noqa: E731
    posted(member, desk.units[place], day(begins), FOREVER if ends is None else day(ends))
    assert blocked(member, at(inspection, desk)) is tied


def test_a_posting_under_the_unit_ties_too(desk: Desk) -> None:
    visits = [Planned(desk.units["district"], YESTERDAY, "")]
    inspection = opened(desk, visits=visits, lead=desk.units["province"], by="aggregator")
    member = desk.people["team_member"]
    posted(member, desk.units["commune"], today() - timedelta(400), today() - timedelta(200))
    assert blocked(member, at(inspection, desk, "district"))


def test_a_posting_at_a_unit_that_was_carried_on_ties_too(desk: Desk) -> None:
    member = desk.people["team_member"]
    posted(member, desk.units["second_commune"], today() - timedelta(400), today() - timedelta(200))
    with at_the_machine():
        absorb_units(
            [desk.units["second_commune"]], into=desk.units["commune"], by=None, on=today() - timedelta(100),
            document=Document(number="1/NQ", on=today() - timedelta(100)),
        )  # fmt: skip
    inspection = opened(desk, visits=[Planned(desk.units["commune"], YESTERDAY, "")])
    assert blocked(member, at(inspection, desk))


def test_nobody_is_in_conflict_in_a_self_check(desk: Desk) -> None:
    own = [Planned(desk.units["department"], YESTERDAY, "")]
    visit = opened(desk, form="self_check", visits=own).visits.get()
    assert not blocked(desk.people["team_head"], visit)


def test_the_standing_register_ties_while_it_holds(desk: Desk) -> None:
    inspection, member = opened(desk), desk.people["team_member"]
    given: dict[str, Any] = {"authority": desk.units["department"], "unit": desk.units["commune"], "kind": "kinship"}
    actions.add_recusal(by=member, person=member, valid_from=today() - timedelta(9), **given)
    assert blocked(member, at(inspection, desk))
    later = desk.open(form="planned", visits=[Planned(desk.units["commune"], today() - timedelta(20), "")])
    assert not blocked(member, later.visits.get())
    with pytest.raises(BadInput, match="đã có trong danh sách"):
        actions.add_recusal(by=desk.people["aggregator"], person=member, **given)


def test_the_register_is_kept_by_its_keepers_and_ended_by_nobody_for_himself(desk: Desk) -> None:
    member, keeper = desk.people["team_member"], desk.people["aggregator"]
    given: dict[str, Any] = {"authority": desk.units["department"], "unit": desk.units["commune"], "kind": "other"}
    for who in ("team_head", "leader", "outsider"):
        with pytest.raises(NotAllowed):
            actions.add_recusal(by=desk.people[who], person=member, **given)
    mine = actions.add_recusal(by=member, person=member, valid_from=YESTERDAY, **given)
    for who, sees in {"team_member": True, "aggregator": True, "team_head": False, "leader": False, "auditor": False,
                      "coordinator": False}.items():  # fmt: skip
        assert StandingRecusal.objects.visible_to(desk.people[who]).exists() is sees, who
    with pytest.raises(NotAllowed):
        actions.end_recusal(mine, by=member)
    actions.end_recusal(mine, by=keeper)
    assert mine.valid_to == today()
    with pytest.raises(RuleBroken, match="hết hiệu lực"):
        actions.end_recusal(mine, by=keeper)
    own = actions.add_recusal(by=keeper, person=keeper, valid_from=YESTERDAY, **given)
    with pytest.raises(RuleBroken, match="của chính mình"):
        actions.end_recusal(own, by=keeper)
    for wrong in ({"valid_from": today(), "valid_to": today()}, {"kind": "none"}):
        with pytest.raises(BadInput):
            actions.add_recusal(by=keeper, person=keeper, **{**given, **wrong})


def test_a_tied_member_is_not_put_into_the_group_of_that_unit(desk: Desk) -> None:
    inspection, head, outsider = opened(desk), desk.people["team_head"], desk.outsider
    kin(inspection, outsider, desk.units["commune"])
    seats = {seat.person: seat for seat in inspection.team.all()}
    groups = [
        Group("Tổ 1", seats[desk.people["team_member"]], [seats[outsider]], [at(inspection, desk)]),
        Group("Tổ 2", seats[head], visits=[at(inspection, desk, "second_commune")]),
    ]
    with pytest.raises(RuleBroken, match="Người outsider có xung đột lợi ích với Xã Hoàng Đồng"):
        actions.divide_team(inspection, by=head, groups=groups)
    assert not inspection.groups.exists()
    actions.waive_conflict(
        inspection, by=desk.people["leader"], person=outsider, unit=desk.units["commune"], reason=WHY
    )
    actions.divide_team(inspection, by=head, groups=groups)
    assert inspection.groups.count() == 2


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"nothing": True, "ties": [("kinship", "commune")]},
        {"ties": [("kinship", None)]},
        {"ties": [("none", "commune")]},
        {"ties": [("", "commune")]},
        {"ties": [("kinship", "commune"), ("kinship", "commune")]},
    ],
)
def test_a_declaration_says_nothing_or_names_its_units(desk: Desk, given: dict[str, Any]) -> None:
    inspection = opened(desk)
    ties = [Declared(kind, desk.units.get(place)) for kind, place in given.pop("ties", ())]
    with pytest.raises(BadInput) as refused:
        actions.declare_conflicts(inspection, by=desk.people["team_head"], ties=ties, **given)
    assert refused.value.en
    assert not inspection.declarations.exists()


def test_a_declaration_waits_in_my_work_until_it_is_made(desk: Desk, as_person: AsPerson) -> None:
    inspection = opened(desk)
    what = "Khai báo xung đột lợi ích"
    assert [one.what for one in todos(desk.outsider, today=today())][0] == what
    typed = {"kind-0": "kinship", "unit-0": "xa-hoang-dong", "note-0": "Chị ruột làm văn phòng", "kind-1": ""}
    address = f"/inspections/{inspection.uid}/declaration/"
    assert as_person(desk.outsider).post(address, typed).status_code == 302
    assert what not in [one.what for one in todos(desk.outsider, today=today())]
    assert "Chị ruột" in as_person(desk.outsider).get(address).content.decode()
    wrong = as_person(desk.outsider).post(address, {**typed, "nothing": "on", "note-0": "Giữ chữ này"})
    assert wrong.status_code == 422
    assert "Giữ chữ này" in wrong.content.decode()


def test_whoever_forms_the_team_sees_conflicts_and_others_see_their_own(desk: Desk, as_person: AsPerson) -> None:
    inspection = opened(desk)
    kin(inspection, desk.outsider, desk.units["commune"])
    tie = "tự khai: quan hệ gia đình"
    for who, sees in {
        "team_head": True,
        "leader": True,
        "outsider": True,
        "team_member": False,
        "auditor": False,
    }.items():
        body = as_person(desk.people[who]).get(f"/inspections/{inspection.uid}/").content.decode()
        assert (tie in body) is sees, who
    added = {"unit": "xa-xa", "visited_on": f"{YESTERDAY:%d/%m/%Y}", "checklist_form": ""}
    posted(desk.people["team_member"], desk.units["other_commune"], today() - timedelta(50))
    answer = as_person(desk.people["team_head"]).post(f"/inspections/{inspection.uid}/visits/", added, follow=True)
    assert "Xung đột lợi ích với đơn vị này: Người team_member" in answer.content.decode()


def test_a_draw_of_inspectors_leaves_out_whoever_is_tied(desk: Desk) -> None:
    member, head = desk.people["team_member"], desk.people["team_head"]
    given: dict[str, Any] = {"authority": desk.units["department"], "unit": desk.units["commune"], "kind": "kinship"}
    actions.add_recusal(by=member, person=member, note="Chị ruột", **given)
    posted(head, desk.units["second_commune"], today() - timedelta(50))
    about: dict[str, Any] = {"lead": desk.units["department"], "rest_months": 0, "day": today(), "recused": {}}
    frame = inspectors_frame(subjects=[desk.units["commune"], desk.units["second_commune"]], **about)
    assert frame.excluded == {
        str(member.uid): "hồi tị thường xuyên",
        str(head.uid): "công tác tại đơn vị được kiểm tra",
    }
    assert not inspectors_frame(subjects=[desk.units["other_commune"]], **about).excluded
    assert not inspectors_frame(subjects=[], **about).excluded
    declared = {**about, "recused": {member: "Đang nghỉ ốm dài ngày"}}
    assert inspectors_frame(subjects=[desk.units["commune"]], **declared).excluded[str(member.uid)].startswith("Đang")


@given(st.dates(min_value=date(2010, 1, 1), max_value=date(2090, 12, 31)))
def test_the_years_of_a_posting_reach_back_whole_years(day: date) -> None:
    first = since(day)
    assert day.year - first.year == posting_years(day)
    assert first <= day
    assert (first.month, first.day) == (day.month, min(day.day, 28) if day.month == 2 else day.day)


def test_a_refused_act_leaves_no_trace(desk: Desk) -> None:
    inspection = opened(desk)
    before = AuditEntry.objects.count()
    for act in (
        lambda: kin(inspection, desk.people["unit_head"], desk.units["commune"]),
        lambda: actions.declare_conflicts(inspection, by=desk.people["team_head"]),
    ):
        with pytest.raises(Problem):
            act()
    assert AuditEntry.objects.count() == before


def test_whoever_is_tied_adds_and_takes_away_nothing_beside_the_form(desk: Desk, as_person: AsPerson) -> None:
    """Photos, choices of case files, people concerned and the draft itself are records of the visit like its answers."""
    visit, member, head = desk.visit(), desk.people["team_member"], desk.people["team_head"]
    finding = actions.add_finding(visit, by=head, description="Cửa khóa từ sáng", severity=1)
    file = actions.add_file(visit, by=head, examined=examined())
    person = actions.add_concerned(finding, by=head, category="official", position="Chủ tịch")
    posted(member, desk.units["commune"], today() - timedelta(50))
    before = AuditEntry.objects.count()
    for act in (
        lambda: actions.add_file(visit, by=member, examined=examined("olive")),
        lambda: actions.remove_file(file, by=member),
        lambda: actions.pick_case_files(visit, by=member, subject="Hồ sơ", number=1, size=9),
        lambda: actions.add_concerned(finding, by=member, category="official", position="Phó chủ tịch"),
        lambda: actions.remove_concerned(person, by=member),
        lambda: actions.remove_draft_visit(visit, by=member),
    ):
        with pytest.raises(NotAllowed, match="xung đột lợi ích"):
            act()
    client, place = as_person(member), f"/visits/{visit.uid}"
    for address in (f"{place}/files/", f"{place}/picks/", f"{place}/removal/", f"/findings/{finding.uid}/people/"):
        assert client.post(address, {"size": "9", "number": "1", "subject": "Hồ sơ"}).status_code == 403, address
    assert 'name="file"' not in client.get(f"{place}/files/").content.decode()
    assert 'name="number"' not in client.get(f"{place}/picks/").content.decode()
    given = {"uid": str(uuid7()), "name": "a.jpg", "size": 9, "sha256": "0" * 64}
    assert client.post(f"/api/v1{place}/uploads", given, content_type="application/json").status_code == 403
    assert AuditEntry.objects.count() == before
