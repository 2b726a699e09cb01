"""Destinations whose owner may no longer have them, that somebody else made, or of which a seal keeps something back."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from kycuong.audit.log import record
from kycuong.audit.models import AuditBody
from kycuong.connect.actions import remove_webhook, remove_webhook_of, resume_webhook
from kycuong.connect.models import Delivery, Destination
from kycuong.connect.queries import webhooks as asking
from kycuong.connect.tasks import send_due, sending
from kycuong.core import presence
from kycuong.core.problems import NotAllowed, SecondFactorNeeded, StepUpNeeded
from kycuong.inspections import actions as inspecting
from kycuong.inspections.models import Visit
from kycuong.inspections.queries import plan_of
from kycuong.notices.models import Notice
from kycuong.orgs.actions import deactivate_account, end_role, grant_role
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.models import Person
from kycuong.site.identity import listed_hosts
from tests.connect.receiver import Receiver, made
from tests.desk import Desk
from tests.sealed import seal

pytestmark = pytest.mark.django_db


def without_role(person: Person) -> None:
    with at_the_machine():
        for one in list(person.assignments.all()):
            end_role(one, by=None)


def told_of(person: Person, start: str) -> str:
    return "\n".join(Notice.objects.filter(person=person, subject__startswith=start).values_list("text", flat=True))


def test_who_loses_the_role_pauses_and_others_are_told_and_it_can_be_taken_away(
    desk: Desk, there: Receiver, as_person: Any
) -> None:
    place, _secret = made(desk, there)
    owner, heir = place.owner, desk.people["coordinator"]
    with at_the_machine():
        grant_role(heir, role="aggregator", unit=desk.units["province"], by=None)
    desk.signed()
    without_role(owner)
    owner.refresh_from_db()
    assert send_due() == 0
    place.refresh_from_db()
    assert (place.state, place.why, there.got) == ("paused", "Chủ nơi nhận không còn vai trò cần có.", [])
    for person in (owner, heir, desk.people["system_admin"]):
        assert "chỉ còn gỡ được" in told_of(person, "Tạm dừng gửi"), person.username
        assert "bấm “Gửi tiếp”" not in told_of(person, "Tạm dừng gửi"), "a sentence that is true"
    with pytest.raises(NotAllowed):
        resume_webhook(place, by=owner)
    client = as_person(owner)
    assert "Trục liên thông" in client.get("/webhooks/").content.decode()
    shown = client.get(place.get_absolute_url()).content.decode()
    assert "Gỡ nơi nhận" in shown
    assert "/resumption/" not in shown
    assert client.post(f"{place.get_absolute_url()}removal/").status_code == 302
    place.refresh_from_db()
    assert (place.state, place.sealed, place.address) == ("removed", "", ""), (
        "nothing of it is kept that opens anything"
    )


def test_an_account_that_is_closed_pauses_and_somebody_else_is_told(desk: Desk, there: Receiver) -> None:
    place, _secret = made(desk, there)
    with at_the_machine():
        deactivate_account(place.owner, by=None)
    assert "quản trị gỡ ở trang tài khoản" in told_of(desk.people["system_admin"], "Tạm dừng gửi")


@pytest.mark.parametrize("lack", ["password", "factor"])
def test_sending_asks_as_much_of_the_owner_as_the_calendar(
    desk: Desk, there: Receiver, settings: Any, monkeypatch: pytest.MonkeyPatch, lack: str
) -> None:
    place, _secret = made(desk, there)
    desk.signed()
    if lack == "password":
        Person.objects.filter(pk=place.owner_id).update(password_ends_at="2019-01-01T00:00:00Z")
    else:
        settings.SECOND_FACTOR = "required"
    assert send_due() == 0
    place.refresh_from_db()
    assert (place.state, there.got) == ("paused", [])
    assert "lớp bảo vệ" in place.why
    if lack == "factor":
        with pytest.raises(SecondFactorNeeded):
            resume_webhook(place, by=place.owner)


def test_an_intruder_s_destination_is_seen_and_removed(desk: Desk, there: Receiver, as_person: Any) -> None:
    place, _secret = made(desk, there)
    owner, admin = place.owner, desk.people["system_admin"]
    assert f"http://127.0.0.1:{there.port}" in told_of(owner, "Đã tạo nơi nhận")
    assert "gỡ nơi nhận này trước" in told_of(owner, "Đã tạo nơi nhận")
    assert "Trục liên thông" in as_person(owner).get("/me/security/").content.decode()
    assert "tự báo tới" not in as_person(desk.people["leader"]).get("/me/security/").content.decode()
    page = f"/people/{owner.uid}/webhooks/"
    client = as_person(admin)
    assert page in client.get(f"/people/{owner.uid}/").content.decode()
    assert place.address not in client.get(page).content.decode(), "the path may hold what is the receiver's"
    assert f"http://127.0.0.1:{there.port}" in client.get(page).content.decode()
    assert client.post(page, {"webhook": str(place.uid), "reason": ""}).status_code == 422
    assert client.post(page, {"webhook": "0", "reason": "Không phải người ấy thêm"}).status_code == 422
    assert client.post(page, {"webhook": str(place.uid), "reason": "Không phải người ấy thêm"}).status_code == 302
    place.refresh_from_db()
    assert (place.state, place.sealed) == ("removed", "")
    assert told_of(owner, "Đã gỡ nơi nhận") == "Không phải người ấy thêm"
    with pytest.raises(NotAllowed):
        remove_webhook_of(made(desk, there)[0], by=owner, reason="Của chính mình")


def test_going_on_takes_a_fresh_proof(desk: Desk, there: Receiver, settings: Any) -> None:
    place, _secret = made(desk, there)
    Destination.objects.update(state="paused", why="Không kết nối được")
    settings.CONFIRM = True
    with presence.present(presence.Presence(proved_at=None)), pytest.raises(StepUpNeeded):
        resume_webhook(place, by=place.owner)


def test_a_visit_of_a_sealed_inspection_is_told_when_all_of_it_is_open(desk: Desk, there: Receiver) -> None:
    made(desk, there)
    inspection, head = seal(desk), desk.people["team_head"]
    first = Visit.objects.get(inspection=inspection)
    desk.sign(first)
    plain = desk.signed()
    assert Delivery.objects.filter(kind="visit.signed").count() == 2
    assert asking.due()
    assert send_due() == 1
    assert [one["data"]["uid"] for one in there.told] == [str(plain.uid)], (
        "others need not wait; the next target is not warned"
    )
    assert not asking.due(), "and nobody asks again and again"
    for target in plan_of(inspection.sealing).waiting:
        inspecting.strike_target(inspection, by=head, key=target.key, reason="Hoãn sang quý sau")
    assert send_due() == 0
    inspecting.open_all(inspection, by=head)
    assert send_due() == 1
    assert there.told[-1]["data"]["uid"] == str(first.uid)


def test_the_path_of_an_address_is_in_no_log_and_no_answer_to_a_key(
    desk: Desk, there: Receiver, as_person: Any
) -> None:
    place, _secret = made(desk, there)
    assert place.address.endswith("/told")
    assert place.address not in as_person(place.owner).get("/api/v1/webhooks").content.decode()
    bodies = [bytes(row) for row in AuditBody.objects.values_list("body", flat=True) if row]
    assert any(place.origin.encode() in body for body in bodies)
    assert not any(b"/told" in body for body in bodies)
    desk.signed()
    Destination.objects.update(address="https://evil.example/told", origin=place.origin)
    place.refresh_from_db()
    assert sending._forbidden(place) == sending.causes.CHANGED, "where it leads is in the log"


def test_what_is_noted_is_part_of_the_act_even_if_its_failure_is_caught(
    desk: Desk, there: Receiver, settings: Any
) -> None:
    visit = desk.visit()
    settings.RECORDED = [f"{__name__}.fails"]
    with transaction.atomic():
        with pytest.raises(ZeroDivisionError):
            record("visit.begin", visit, by=None)
        assert transaction.get_connection().needs_rollback
        transaction.set_rollback(True)


def fails(*_given: Any) -> None:
    raise ZeroDivisionError


@pytest.mark.parametrize(
    "text", ["*.example", "host:0", "host?x", "host#x", "host?", "host:", "a b", "me@host", "host/x"]
)
def test_a_list_of_hosts_that_cannot_be_meant_is_refused(text: str) -> None:
    with pytest.raises(Exception, match="KYCUONG_WEBHOOK_HOSTS"):
        listed_hosts(text)
    assert listed_hosts("A.example, b.example:8443,[::1]:80") == {("a.example", None), ("b.example", 8443), ("::1", 80)}


def test_removed_with_nothing_left_that_opens(desk: Desk, there: Receiver) -> None:
    place, _secret = made(desk, there)
    remove_webhook(place, by=place.owner)
    place.refresh_from_db()
    assert (place.sealed, place.address, place.origin) == ("", "", f"http://127.0.0.1:{there.port}")
