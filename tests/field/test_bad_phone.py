"""Phones with mad clocks, torn data and odd numbers: nothing falls over, and nothing of what they sent is lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from kycuong.audit.models import AuditEntry
from kycuong.core.clock import today
from kycuong.field import store, tasks
from kycuong.field.models import FieldAside, FieldDevice
from kycuong.field.queries import raw_of
from kycuong.field.rules.spelling import written
from kycuong.inspections.actions import Seat
from kycuong.inspections.models import Visit
from kycuong.inspections.rules import TeamRole
from kycuong.notices.models import Notice
from tests.desk import Desk
from tests.field.phone import API, Phone
from tests.field.test_desk import sealed
from tests.photos import jpeg


@pytest.fixture
def head(desk: Desk, tmp_path: Path, settings: Any) -> Phone:
    settings.HOME = tmp_path
    return Phone(desk.people["team_head"])


@pytest.fixture
def visit(desk: Desk) -> Visit:
    return desk.visit(team=[Seat(desk.people["team_head"], role=TeamRole.HEAD), Seat(desk.people["coordinator"])])


def test_a_clock_gone_mad_takes_nothing_down(desk: Desk, head: Phone, visit: Visit) -> None:
    member = Phone(desk.people["coordinator"])
    for sent, oldest in ((2**53 - 1, 1), (0, 2**53 - 1)):
        assert head.send([], sent_wall=sent, queued={"ops": 1, "media": 0, "oldest_wall": oldest}).status_code == 200
        assert head.client.get("/field/devices/").status_code == 200
        assert head.client.get("/field/received/").status_code == 200
    FieldDevice.objects.filter(uid=head.uid).update(clock_offset=-(2**53), oldest_wall=1)  # from before it was bounded
    assert head.client.get("/field/devices/").status_code == 200
    member.send([], seq_head=3)
    assert tasks.tell_of_gaps(today())


def test_one_phone_never_keeps_the_others_from_being_told_of(
    desk: Desk, head: Phone, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, member = tasks.missing_seq, Phone(desk.people["coordinator"])

    def falls_over(device: FieldDevice) -> list[int]:
        if device.uid == head.uid:
            raise ValueError
        return real(device)

    for phone in (head, member):
        phone.send([], seq_head=3)
    monkeypatch.setattr(tasks, "missing_seq", falls_over)
    assert tasks.tell_of_gaps(today())
    assert Notice.objects.filter(person=member.person).exists()


@pytest.mark.parametrize("deep", [40, 300, 600])
def test_boxes_in_boxes_are_kept_and_stop_no_other(desk: Desk, head: Phone, visit: Visit, deep: int) -> None:
    value: Any = json.loads("[" * deep + "]" * deep)
    head.say(visit, "t/strengths", value)
    head.say(visit, "t/explanation", "được")
    head.client.raise_request_exception = False
    for _twice in range(2):
        assert [line["status"] for line in head.sent()] == ["set_aside", "applied"]
    assert raw_of(FieldAside.objects.get()) == head.said[0]
    told = head.post("rescue", sealed(head, b"", uuid4()))
    assert (told.status_code, [line["status"] for line in told.json()["results"][:2]]) == (
        200,
        ["set_aside", "applied"],
    )


def test_what_is_no_number_is_kept_and_stops_no_other(desk: Desk, head: Phone, visit: Visit) -> None:
    head.say(visit, "h", {"quota": float("nan"), "present": float("inf")})
    head.say(visit, "t/strengths", "được", mono=float("nan"))
    head.say(visit, "t/explanation", "được")
    told = head.post("rescue", sealed(head, b"", uuid4()))
    assert told.status_code == 200
    assert [line["status"] for line in told.json()["results"][:3]] == ["set_aside", "set_aside", "applied"]


def test_what_is_kept_is_written_as_any_json() -> None:
    for value in ({"b": [1, "hai", None, {}], "a": {"x": True}}, [], "x", [[], [1.5]]):
        assert written(value) == json.dumps(value, sort_keys=True)


def test_what_belongs_to_no_visit_is_found_at_its_phone(desk: Desk, head: Phone, visit: Visit) -> None:
    member = Phone(desk.people["coordinator"])
    member.say(visit, "t/strengths", "đọc không ra", more=1)
    member.say(visit, "t/strengths", "lượt lạ")["visit"] = str(uuid4())
    member.sent([*member.said, "LỜI RỜI"])
    assert FieldAside.objects.get(visit=visit).why == "misshapen"  # on the page of its visit
    address = f"/field/devices/{member.uid}/unplaced/"
    assert address in head.client.get("/field/devices/").content.decode()
    looks = AuditEntry.objects.count()
    text = head.client.get(address).content.decode()
    assert AuditEntry.objects.count() == looks + 1
    assert "lượt lạ" in text
    assert "LỜI RỜI" in text
    assert "đọc không ra" not in text
    assert Phone(desk.outsider).client.get(address).status_code == 404


def test_a_choice_that_the_record_refuses_is_told_so(desk: Desk, head: Phone, visit: Visit) -> None:
    member = Phone(desk.people["team_member"])
    head.say(visit, "h", {"quota": -5})
    member.say(visit, "h", {"quota": 3, "present": 1})
    head.sent()
    heads = member.sent()[0]["heads"]
    said = {"field": "h", "shown": " ".join(heads), "choice": head.said[0]["op_id"]}
    shown = head.client.post(f"/field/visits/{visit.uid}/resolution/", said, follow=True).content.decode()
    assert "chưa vào hồ sơ" in shown
    assert "Đã ghi giá trị được chọn" not in shown


def test_a_last_part_that_comes_twice_is_answered_twice(
    desk: Desk,
    head: Phone,
    visit: Visit,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    data, real = jpeg(), store.finish
    photo = head.announce(visit, data)
    head.sent()

    def finish(uid: UUID, sha: str) -> None:
        real(uid, sha)
        monkeypatch.setattr(store, "finish", real)
        with django_capture_on_commit_callbacks(execute=True):
            assert head.client.head(f"{API}media/{photo}")["Upload-Complete"] == "?1"

    monkeypatch.setattr(store, "finish", finish)
    reply = head.put(photo, data, length=len(data))
    assert (reply.status_code, reply["Upload-Complete"]) == (204, "?1")
    assert not store.is_whole(photo)
    assert visit.files.count() == 1


def test_a_bundle_loses_no_photo(desk: Desk, head: Phone) -> None:
    """Handed in by who does not see the visit, over parts that hold other bytes; what could not be taken is said."""
    visit, data = desk.visit(sealed=True), jpeg()
    photo = head.announce(visit, data)
    head.sent()
    assert head.put(photo, bytes(100), length=len(data)).status_code == 204
    unknown = sealed(head, data, uuid4())["sealed"][-1]
    bundle = sealed(head, data, photo)
    bundle["sealed"].append(unknown)
    admin = Phone(desk.people["system_admin"])
    for _twice in range(2):
        told = admin.post("rescue", bundle).json()["media"]
        assert [(one["id"], one["complete"]) for one in told] == [(str(photo), True), (unknown["id"], False)]
        assert told[0]["problem"] is None
        assert told[1]["problem"]["vi"]
    assert visit.files.get().attachment.uid == photo


def test_a_bundle_with_a_part_of_a_photo_says_so(desk: Desk, head: Phone, visit: Visit) -> None:
    data = jpeg()
    photo = head.announce(visit, data)
    (told,) = head.post("rescue", sealed(head, data[:-5], photo)).json()["media"]
    assert told["complete"] is False
    assert store.offset_of(photo) == len(data) - 5
    (told,) = head.post("rescue", sealed(head, data, photo)).json()["media"]
    assert told["complete"] is True
