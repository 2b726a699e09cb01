"""Two people break the seals of an authority, loudly; one alone learns nothing, not even whether there is a seal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from kycuong.audit.models import AuditEntry
from kycuong.core.clock import now, today
from kycuong.core.problems import BadInput, Missing, NotAllowed, RuleBroken, Stale
from kycuong.inspections import actions
from kycuong.inspections.models import Inspection, SealBreak
from kycuong.inspections.queries import looks_of
from kycuong.orgs.actions import grant_role
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.models import Person
from kycuong.site.mine import waiting
from tests.desk import ROLES, Desk

AsPerson = Callable[[Any], Client]
REASON = "Có tin báo kế hoạch đã bị lộ, cần xem ngay."
LOUD = "Niêm phong đã bị mở khẩn cấp"


def asked(desk: Desk, who: str = "leader", lead: str = "department") -> SealBreak:
    return actions.ask_seal_break(by=desk.people[who], lead=desk.units[lead], reason=REASON)


def tasks(person: Person) -> list[str]:
    return [line.what for line in waiting(person, today())]


def second_leader(desk: Desk) -> Person:
    person = desk.people["nobody"]
    with at_the_machine():
        grant_role(person, by=None, role="leader", unit=desk.units["province"])
    return person


def test_two_people_come_onto_every_waiting_list_of_that_authority(desk: Desk) -> None:
    inspection = desk.open(sealed=True)
    other = desk.open(by="outsider", lead=desk.units["other_district"], sealed=True, visits=[])
    cancelled = desk.open(by="aggregator", sealed=True, visits=[])
    actions.cancel_inspection(cancelled, by=desk.people["aggregator"], reason="Hoãn vì bão lũ")
    leader, auditor = desk.people["leader"], desk.people["auditor"]
    found = asked(desk)
    assert not Inspection.objects.visible_to(leader).filter(sealed_at__isnull=False).exists()
    actions.confirm_seal_break(found, by=auditor)
    for person in (leader, auditor):
        assert set(Inspection.objects.known_to(person)) == {inspection}
        actions.look_at_sealing(inspection, by=person)
    entries = inspection.short_list.filter(by_break=found)
    assert {(entry.person, entry.added_by) for entry in entries} == {(leader, auditor), (auditor, leader)}
    assert not other.short_list.filter(by_break=found).exists()
    assert [one.who for one in looks_of(inspection.sealing)] == [auditor.full_name, leader.full_name]
    later = desk.open(by="aggregator", sealed=True, visits=[])
    assert not Inspection.objects.known_to(leader).filter(pk=later.pk).exists()


@pytest.mark.parametrize("who", [who for who in ROLES if who not in {"leader", "auditor"}])
def test_no_other_role_asks_or_confirms(desk: Desk, who: str) -> None:
    desk.open(sealed=True)
    found = asked(desk)
    before = AuditEntry.objects.count()
    with pytest.raises(NotAllowed):
        asked(desk, who)
    with pytest.raises(NotAllowed):
        actions.confirm_seal_break(found, by=desk.people[who])
    with pytest.raises((Missing, NotAllowed)):
        actions.note_seal_break(found, by=desk.people[who])
    assert AuditEntry.objects.count() == before


def test_one_person_is_not_two(desk: Desk) -> None:
    found = asked(desk)
    with pytest.raises(NotAllowed, match="không tự xác nhận"):
        actions.confirm_seal_break(found, by=desk.people["leader"])
    actions.confirm_seal_break(found, by=desk.people["auditor"])
    with pytest.raises(Stale):
        actions.confirm_seal_break(found, by=second_leader(desk))


def test_a_request_is_void_after_a_day_and_one_waits_at_a_time(desk: Desk) -> None:
    found = asked(desk)
    with pytest.raises(RuleBroken, match="đang chờ"):
        asked(desk, "auditor")
    asked(desk, "auditor", "other_district")
    SealBreak.objects.filter(pk=found.pk).update(asked_at=now() - timedelta(hours=25))
    with pytest.raises(RuleBroken, match="24 giờ"):
        actions.confirm_seal_break(found, by=desk.people["auditor"])
    asked(desk, "auditor")


def test_a_reason_somebody_can_judge(desk: Desk) -> None:
    with pytest.raises(BadInput, match="ít nhất 20"):
        actions.ask_seal_break(by=desk.people["leader"], lead=desk.units["department"], reason="Cần xem gấp")


def test_everybody_concerned_is_told_until_they_take_note(desk: Desk, as_person: AsPerson) -> None:
    inspection, third = desk.open(sealed=True), second_leader(desk)
    head, page = desk.people["team_head"], f"/inspections/{inspection.uid}/"
    found = asked(desk)
    [line] = [line for line in waiting(desk.people["auditor"], today()) if "Xác nhận" in line.what]
    assert line.due == today() + timedelta(days=1)
    assert not [line for line in tasks(head) if "khẩn cấp" in line]
    assert LOUD not in as_person(head).get(page).content.decode()
    actions.confirm_seal_break(found, by=desk.people["auditor"])
    for person in (head, third):
        assert [line for line in tasks(person) if LOUD in line]
    for person in (
        desk.people["leader"],
        desk.people["auditor"],
        desk.people["team_member"],
        desk.people["aggregator"],
    ):
        assert not [line for line in tasks(person) if LOUD in line]
    shown = as_person(head).get(page).content.decode()
    assert LOUD in shown
    assert REASON in shown
    client = as_person(head)
    assert REASON in client.get(f"/seals/break/{found.uid}/").content.decode()
    assert client.post(f"/seals/break/{found.uid}/note/").status_code == 302
    assert client.post(f"/seals/break/{found.uid}/note/").status_code == 302
    assert not [line for line in tasks(head) if LOUD in line]
    assert [line for line in tasks(third) if LOUD in line]
    assert found.notes.count() == 1
    assert LOUD in as_person(head).get(page).content.decode()


def test_the_pages_go_from_the_request_to_the_seal(desk: Desk, as_person: AsPerson) -> None:
    inspection = desk.open(sealed=True)
    leader, auditor = as_person(desk.people["leader"]), as_person(desk.people["auditor"])
    typed = {"lead": desk.units["department"].slug, "reason": "Cần xem gấp"}
    refused = leader.post("/seals/break/", typed)
    assert refused.status_code == 422
    assert "Cần xem gấp" in refused.content.decode()
    place = leader.post("/seals/break/", {**typed, "reason": REASON}).url
    assert "Xác nhận mở khẩn cấp" not in leader.get(place).content.decode()
    asked_to = auditor.get(place).content.decode()
    assert "Xác nhận mở khẩn cấp" in asked_to
    assert "danh sách của mọi cuộc niêm phong còn chờ" in asked_to
    assert leader.post(f"/inspections/{inspection.uid}/sealed/").status_code == 404
    assert auditor.post(f"{place}confirmation/").status_code == 302
    assert "Xã Hoàng Đồng" in leader.post(f"/inspections/{inspection.uid}/sealed/").content.decode()
    assert "Chờ xác nhận" not in leader.get("/seals/break/").content.decode()


def test_who_took_note_tells_nobody_else_that_something_was_sealed(desk: Desk, as_person: AsPerson) -> None:
    """A third holder of the right sees the request, and not by the notes of a short list that there was a seal, or whose."""
    desk.open(sealed=True)
    head, third, found = desk.people["team_head"], second_leader(desk), asked(desk)
    actions.confirm_seal_break(found, by=desk.people["auditor"])
    actions.note_seal_break(found, by=head)
    actions.note_seal_break(found, by=third)
    page = f"/seals/break/{found.uid}/"
    assert head.full_name not in as_person(third).get(page).content.decode()
    for person in (head, desk.people["leader"], desk.people["auditor"]):
        shown = as_person(person).get(page).content.decode()
        assert head.full_name in shown.split("Đã đọc")[1]
        assert third.full_name in shown.split("Đã đọc")[1]


def test_whoever_may_break_no_seal_any_more_comes_onto_no_list(desk: Desk) -> None:
    """The one who asked has lost the role before the second one confirmed."""
    inspection, third = desk.open(sealed=True), second_leader(desk)
    found = actions.ask_seal_break(by=third, lead=desk.units["department"], reason=REASON)
    third.assignments.update(valid_from=today() - timedelta(days=9), valid_to=today())
    with pytest.raises(RuleBroken, match="không còn quyền"):
        actions.confirm_seal_break(found, by=desk.people["auditor"])
    assert not inspection.short_list.filter(by_break=found).exists()
    actions.confirm_seal_break(asked(desk), by=desk.people["auditor"])
