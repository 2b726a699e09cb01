"""Phones with mad clocks, torn data and odd numbers: nothing falls over, and nothing of what they sent is lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from kycuong.core.clock import today
from kycuong.field import tasks
from kycuong.field.models import FieldAside, FieldDevice
from kycuong.field.queries import raw_of
from kycuong.field.rules.spelling import written
from kycuong.inspections.actions import Seat
from kycuong.inspections.models import Visit
from kycuong.inspections.rules import TeamRole
from kycuong.notices.models import Notice
from tests.desk import Desk
from tests.field.phone import Phone
from tests.field.test_desk import sealed


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
