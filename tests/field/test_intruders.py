"""Who has no business at a visit neither plants anything there, nor learns anything of it; and nobody writes as somebody else."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from kycuong.audit.canonical import key_of
from kycuong.audit.models import AuditEntry
from kycuong.core.clock import now
from kycuong.field.models import FieldAside, FieldMedia, FieldOp, FieldVisit, KeyRequest
from kycuong.inspections import actions as desk_acts
from kycuong.inspections.actions import Seat
from kycuong.inspections.models import Visit
from kycuong.inspections.rules import TeamRole
from tests.desk import Desk
from tests.field.phone import API, Phone
from tests.field.test_desk import desk_client, page, sealed
from tests.field.test_record import answer_all, sign, snapshot_of
from tests.photos import jpeg

REASON = "Trưởng đoàn đã đối chiếu"


@pytest.fixture
def head(desk: Desk, tmp_path: Path, settings: Any) -> Phone:
    settings.HOME = tmp_path
    return Phone(desk.people["team_head"])


@pytest.fixture
def visit(desk: Desk) -> Visit:
    return desk.visit(team=[Seat(desk.people["team_head"], role=TeamRole.HEAD), Seat(desk.people["coordinator"])])


def test_a_stranger_plants_nothing_beside_a_visit(desk: Desk, head: Phone, visit: Visit) -> None:
    stranger = Phone(desk.outsider)
    stranger.say(visit, "t/strengths", "cài vào")
    stranger.say(visit, "t/strengths", "giả danh", author=str(head.person.uid))
    photo = stranger.announce(visit, jpeg())
    assert [line["status"] for line in stranger.sent()] == ["set_aside"] * 3
    assert stranger.client.head(f"{API}media/{photo}").status_code == 404
    assert set(FieldAside.objects.values_list("visit", "visit_uid")) == {(None, visit.uid)}
    assert not FieldVisit.objects.filter(visit=visit).exists()  # its record was not moved either
    assert 'name="aside"' not in page(head, visit)
    desk_acts.remove_draft_visit(visit, by=head.person)


def test_a_sealed_visit_is_as_one_that_is_not_there(desk: Desk, head: Phone) -> None:
    visit, member = desk.visit(sealed=True), Phone(desk.people["team_member"])
    there = member.announce(visit, jpeg())
    nowhere = member.announce(visit, jpeg())
    member.said[-1]["visit"] = str(uuid4())
    one, two = member.sent()
    assert {**one, "op_id": ""} == {**two, "op_id": ""}
    assert {member.client.head(f"{API}media/{uid}").status_code for uid in (there, nowhere)} == {404}
    assert not FieldMedia.objects.exists()


def signed_with_late_word(desk: Desk, head: Phone, visit: Visit) -> Phone:
    answer_all(head, visit)
    head.sent()
    head.sent([sign(head, visit, snapshot_of(head, visit))])
    member = Phone(desk.people["team_member"])
    member.say(visit, "t/strengths", "muộn")
    return member


def test_the_unit_hands_in_no_bundle_of_a_visit_to_it(desk: Desk, head: Phone, visit: Visit) -> None:
    member = signed_with_late_word(desk, head, visit)
    unit = Phone(desk.people["unit_head"])
    bundle = sealed(member, b"", uuid4())
    assert unit.post("rescue", bundle).status_code == 403
    draft = desk.visit()
    for item in bundle["sealed"]:
        item["visit"] = str(draft.uid)  # what is written on the outside proves nothing
    assert unit.post("rescue", bundle).status_code == 403
    other = Phone(desk.outsider)
    assert other.post("rescue", bundle).status_code == 403


def test_of_visits_that_one_does_not_read_a_bundle_tells_states_only(desk: Desk, head: Phone) -> None:
    visit = desk.visit(sealed=True)
    head.say(visit, "t/strengths", "kín")
    head.say(visit, "h", {"quota": -5})
    bundle = sealed(head, b"", uuid4())
    admin = Phone(desk.people["system_admin"])
    told = admin.post("rescue", bundle)
    assert told.status_code == 200
    assert [(line["heads"], line.get("problem")) for line in told.json()["results"][:2]] == [([], None)] * 2
    own = head.post("rescue", bundle).json()["results"]
    assert own[0]["heads"]


def test_the_unit_is_not_told_that_a_log_is_there(desk: Desk, head: Phone, visit: Visit) -> None:
    signed_with_late_word(desk, head, visit).sent()
    unit = desk_client(desk, "unit_head", head)
    assert str(visit.uid) in head.client.get("/field/received/").content.decode()
    assert str(visit.uid) not in unit.get("/field/received/").content.decode()


def writer_of_the_visit() -> str:
    entry = AuditEntry.objects.filter(model="inspections.Visit").order_by("-seq")[0]
    meta: dict[str, Any] = json.loads(bytes(entry.meta))
    return str(meta["actor"])


@pytest.mark.parametrize("taken", [False, True])
def test_what_is_accepted_is_written_by_who_accepted_it(desk: Desk, head: Phone, visit: Visit, taken: bool) -> None:
    """Under its own id, and under another where that one is taken."""
    member = desk.people["team_member"]
    if taken:
        head.say(visit, "t/explanation", "lời của tôi")
    first = head.said[0]["op_id"] if taken else None
    head.say(visit, "t/strengths", "bịa", author=str(member.uid), **({"op_id": first} if first else {}))
    head.sent()
    aside = FieldAside.objects.get()
    said = {"aside": [str(aside.uid)], "reason": REASON}
    assert head.client.post(f"/field/visits/{visit.uid}/acceptance/", said).status_code == 302
    visit.refresh_from_db()
    assert visit.strengths == "bịa"
    assert writer_of_the_visit() == key_of(head.person)
    aside.refresh_from_db()
    assert FieldOp.objects.get(uid=aside.taken_as).field == "t/strengths"
    assert (str(aside.taken_as) == head.said[-1]["op_id"]) is not taken


def test_one_approval_is_one_reading_within_a_day(desk: Desk, head: Phone) -> None:
    admin = desk_client(desk, "system_admin", head)
    asking = f"devices/{head.uid}/key-request", {"reason": "Quên mật khẩu của máy"}
    for late in (False, True):
        assert head.post(*asking).json()["approved"] is False
        assert admin.post(f"/field/devices/{head.uid}/key/").status_code == 302
        assert head.post(*asking).json()["approved"] is True
        if late:
            KeyRequest.objects.filter(read_at=None).update(approved_at=now() - timedelta(hours=25))
        told = [head.get(f"devices/{head.uid}/key").status_code for _twice in range(2)]
        assert told == ([403, 403] if late else [200, 403])
    assert head.post(*asking).json()["approved"] is False
