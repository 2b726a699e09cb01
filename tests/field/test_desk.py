"""What a person decides at the desk about what came from phones; and what of it is told to whom."""

from __future__ import annotations

import base64
import json
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kycuong.audit.models import AuditEntry
from kycuong.core.clock import now, today
from kycuong.core.problems import RuleBroken
from kycuong.field.models import FieldAside, FieldMedia, FieldOp, FieldPolicy
from kycuong.field.queries import body_of, heads_of, todos
from kycuong.field.tasks import tell_of_gaps
from kycuong.inspections import actions as desk_acts
from kycuong.inspections.actions import Seat
from kycuong.inspections.models import Visit
from kycuong.inspections.rules import TeamRole, VisitState
from kycuong.notices.models import Notice
from tests.desk import Desk
from tests.field.phone import Phone
from tests.field.test_record import answer_all, sign, snapshot_of
from tests.photos import jpeg

REASON = "Trưởng đoàn đã đối chiếu"


@pytest.fixture
def head(desk: Desk, tmp_path: Path, settings: Any) -> Phone:
    settings.HOME = tmp_path
    return Phone(desk.people["team_head"])


@pytest.fixture
def visit(desk: Desk) -> Visit:
    """With a team: its head, and a member."""
    return desk.visit(team=[Seat(desk.people["team_head"], role=TeamRole.HEAD), Seat(desk.people["coordinator"])])


def conflict(desk: Desk, head: Phone, visit: Visit) -> list[str]:
    member = Phone(desk.people["team_member"])
    head.say(visit, "t/strengths", "của trưởng đoàn")
    member.say(visit, "t/strengths", "của thành viên")
    head.sent()
    found: list[str] = member.sent()[0]["heads"]
    return found


def page(phone: Phone, visit: Visit) -> str:
    return phone.client.get(f"/field/visits/{visit.uid}/").content.decode()


def test_of_two_values_a_person_chooses(desk: Desk, head: Phone, visit: Visit) -> None:
    heads = conflict(desk, head, visit)
    text = page(head, visit)
    assert "của trưởng đoàn" in text
    assert "của thành viên" in text
    assert [one.what for one in todos(head.person, today=today())] == ["Chọn giữa hai giá trị ghi khác nhau (1)"]
    said = {"field": "t/strengths", "shown": " ".join(heads)}
    assert head.client.post(f"/field/visits/{visit.uid}/resolution/", said).status_code == 422
    chosen = head.client.post(f"/field/visits/{visit.uid}/resolution/", {**said, "choice": heads[0]})
    assert chosen.status_code == 302
    visit.refresh_from_db()
    assert visit.strengths == body_of(FieldOp.objects.get(uid=heads[0]))["value"]
    assert len(heads_of(visit)["t/strengths"]) == 1
    stale = head.client.post(f"/field/visits/{visit.uid}/resolution/", {**said, "choice": "other", "other": "sau"})
    assert stale.status_code == 409
    assert "vừa thay đổi" in stale.content.decode()


def test_another_value_may_be_written(desk: Desk, head: Phone, visit: Visit) -> None:
    heads = conflict(desk, head, visit)
    said = {"field": "t/strengths", "shown": " ".join(heads), "choice": "other", "other": "cả hai cùng đúng"}
    assert head.client.post(f"/field/visits/{visit.uid}/resolution/", said).status_code == 302
    visit.refresh_from_db()
    assert visit.strengths == "cả hai cùng đúng"


def test_what_a_former_member_said_comes_in_by_the_head(desk: Desk, head: Phone, visit: Visit) -> None:
    member = Phone(desk.people["coordinator"])
    cursor, data = member.pull().json()["cursor"], jpeg()
    member.say(visit, "t/strengths", "ghi khi còn trong đoàn")
    photo = member.announce(visit, data)
    seat = visit.inspection.team.get(person=member.person)
    desk_acts.change_team(visit.inspection, by=head.person, leaving={seat: "Chuyển công tác khác"})
    assert {line["status"] for line in member.sent()} == {"set_aside"}
    assert member.upload(photo, data, step=5000)["Upload-Complete"] == "?1"
    assert member.pull(cursor).json()["visits"] == [{"uid": str(visit.uid), "removed": True}]
    assert "ghi khi còn trong đoàn" not in page(head, visit)
    asides = {"aside": [str(one.uid) for one in FieldAside.objects.all()]}
    address = f"/field/visits/{visit.uid}/acceptance/"
    assert head.client.post(address, {**asides, "reason": "ừ"}).status_code == 422
    assert member.client.post(address, {**asides, "reason": REASON}).status_code in (403, 404)
    assert head.client.post(address, {**asides, "reason": REASON}).status_code == 302
    visit.refresh_from_db()
    assert visit.strengths == "ghi khi còn trong đoàn"
    assert visit.files.get().attachment.uid == photo
    assert FieldOp.objects.get(field="t/strengths").author == member.person
    assert head.client.post(address, {**asides, "reason": REASON}).status_code == 409
    assert {line["status"] for line in member.sent()} == {"applied"}


def test_minutes_are_signed_without_photos_that_are_lost(desk: Desk, head: Phone, visit: Visit) -> None:
    answer_all(head, visit)
    lost = head.announce(visit, jpeg())
    sha = head.said[-1]["value"]["sha256"]
    head.sent()
    head.sent([sign(head, visit, snapshot_of(head, visit, media={str(lost): sha}))])
    assert "còn chờ 1 ảnh" in page(head, visit)
    said = {"media": [str(lost)], "reason": "Máy rơi xuống suối"}
    assert head.client.post(f"/field/visits/{visit.uid}/missing/", said).status_code == 302
    visit.refresh_from_db()
    assert visit.state == VisitState.SIGNED
    assert "khớp" in page(head, visit)
    assert FieldMedia.objects.get(uid=lost).lost_by == head.person


def test_what_a_rule_refused_may_be_taken_up_by_who_may(desk: Desk, head: Phone, visit: Visit) -> None:
    member = Phone(desk.people["team_member"])
    answer_all(member, visit)
    member.sent()
    op = sign(member, visit, snapshot_of(member, visit))
    assert member.sent([op])[0]["status"] == "set_aside"
    said = {"field": op["field"], "shown": op["op_id"], "choice": op["op_id"]}
    assert head.client.post(f"/field/visits/{visit.uid}/resolution/", said).status_code == 302
    visit.refresh_from_db()
    assert (visit.state, visit.signed_by) == (VisitState.SIGNED, head.person)


def test_a_phone_is_revoked_and_its_bundle_still_comes_in(desk: Desk, head: Phone, visit: Visit) -> None:
    member, data = Phone(desk.people["team_member"]), jpeg()
    member.say(visit, "t/strengths", "trong gói dự phòng")
    photo = member.announce(visit, data)
    assert head.client.post(f"/field/devices/{member.uid}/revocation/").status_code == 404  # of no team of his
    assert desk_client(desk, "system_admin", head).post(f"/field/devices/{member.uid}/revocation/").status_code == 302
    refused = member.send()
    assert (refused.status_code, refused.json()["code"]) == (403, "revoked")
    assert member.pull().json()["code"] == "revoked"
    bundle = sealed(member, data, photo)
    stranger = Phone(desk.outsider)
    assert stranger.post("rescue", bundle).status_code == 403
    for _twice in range(2):
        told = head.post("rescue", bundle)
        assert told.status_code == 200
        assert [line["status"] for line in told.json()["results"]] == ["applied", "applied", "set_aside"]
    visit.refresh_from_db()
    assert visit.strengths == "trong gói dự phòng"
    assert visit.files.get().attachment.uid == photo
    assert head.post("rescue", {**bundle, "device": str(uuid4())}).status_code == 404
    assert head.post("rescue", {**bundle, "kind": "x"}).status_code == 422


def sealed(phone: Phone, data: bytes, photo: Any) -> dict[str, Any]:
    def item(plain: bytes, **about: Any) -> dict[str, Any]:
        iv = secrets.token_bytes(12)
        closed = AESGCM(phone.key).encrypt(iv, plain, None)
        return {**about, "iv": base64.b64encode(iv).decode(), "data": base64.b64encode(closed).decode()}

    ops = [item(json.dumps(op).encode(), k="op", id=op["op_id"], seq=op["seq"], visit=op["visit"]) for op in phone.said]
    torn = {**ops[0], "id": str(uuid4()), "data": base64.b64encode(b"torn apart and worthless").decode()}
    step = 48 * 1024
    chunks = [item(data[at : at + step], k="chunk", id=str(photo), n=at // step) for at in range(0, len(data), step)]
    head = {
        "kind": "kycuong-rescue",
        "version": 1,
        "device": str(phone.uid),
        "author": str(phone.person.uid),
        "exported": 1,
    }
    return {**head, "sealed": [*ops, torn, *chunks]}


def desk_client(desk: Desk, who: str, like: Phone) -> Any:
    client = type(like.client)()
    client.force_login(desk.people[who])
    return client


def test_a_forgotten_passphrase_is_helped_by_somebody_else(desk: Desk, head: Phone) -> None:
    admin = desk_client(desk, "system_admin", head)
    assert head.get(f"devices/{head.uid}/key").status_code == 403
    assert head.post(f"devices/{head.uid}/key-request", {"reason": "quên"}).status_code == 422
    for _twice in range(2):
        assert head.post(f"devices/{head.uid}/key-request", {"reason": "Quên mật khẩu của máy"}).status_code == 201
    assert head.get(f"devices/{head.uid}/key").status_code == 403
    assert head.client.post(f"/field/devices/{head.uid}/key/").status_code == 403  # nobody approves for himself
    assert "Duyệt mở khóa" in admin.get("/field/devices/").content.decode()
    assert admin.post(f"/field/devices/{head.uid}/key/").status_code == 302
    before = AuditEntry.objects.count()
    assert base64.b64decode(head.get(f"devices/{head.uid}/key").json()["key"]) == head.key
    assert AuditEntry.objects.count() == before + 1


def test_a_gap_and_a_long_silence_are_told_to_the_head(desk: Desk, head: Phone, visit: Visit) -> None:
    member = Phone(desk.people["coordinator"])
    wall = int(now().timestamp() * 1000)
    old = wall - int(timedelta(hours=30).total_seconds() * 1000)
    member.send([], seq_head=3, sent_wall=wall, queued={"ops": 2, "media": 1, "oldest_wall": old})
    assert tell_of_gaps(today())
    assert not tell_of_gaps(today())
    told = list(Notice.objects.filter(person=head.person).values_list("subject", flat=True))
    assert len(told) == 2
    text = head.client.get("/field/received/").content.decode()
    assert "1, 2, 3" in text
    assert "quá 24 giờ" in text


def test_a_draft_with_words_from_a_phone_is_not_removed(desk: Desk, head: Phone, visit: Visit) -> None:
    other = desk.visit(visits=None)
    head.pull()
    desk_acts.remove_draft_visit(other, by=head.person)  # only mirrored
    head.say(visit, "t/strengths", "lời trên máy")
    head.sent()
    with pytest.raises(RuleBroken):
        desk_acts.remove_draft_visit(visit, by=head.person)


def test_sealed_drafts_go_to_those_told_only_and_each_time_on_record(desk: Desk, head: Phone) -> None:
    visit = desk.visit(sealed=True)
    other = Phone(desk.people["team_member"])
    looks = AuditEntry.objects.count()
    first = head.pull().json()
    assert [one["uid"] for one in first["visits"]] == [str(visit.uid)]
    assert AuditEntry.objects.count() > looks
    looks = AuditEntry.objects.count()
    assert head.pull(first["cursor"]).json()["visits"] == []
    assert AuditEntry.objects.count() == looks
    assert other.pull().json()["visits"] == []
    head.say(visit, "t/strengths", "kín")
    head.sent()
    assert str(visit.uid) not in head.client.get("/field/received/").content.decode()
    assert list(todos(head.person, today=today())) == []
    assert page(head, visit)
    assert other.client.get(f"/field/visits/{visit.uid}/").status_code == 404
    late = int(now().timestamp() * 1000) - int(timedelta(hours=30).total_seconds() * 1000)
    head.send([], seq_head=9, queued={"ops": 1, "media": 0, "oldest_wall": late})
    tell_of_gaps(today())
    told = "".join(f"{one.subject} {one.text} {one.url}" for one in Notice.objects.all())
    assert told
    assert not any(word in told for word in (str(visit.uid), "kín", str(visit.unit)))


def test_the_unit_does_not_read_the_log(desk: Desk, head: Phone, visit: Visit) -> None:
    answer_all(head, visit)
    head.sent()
    head.sent([sign(head, visit, snapshot_of(head, visit))])
    unit = desk_client(desk, "unit_head", head)
    assert unit.get(f"/visits/{visit.uid}/").status_code in (200, 302)
    assert unit.get(f"/field/visits/{visit.uid}/").status_code == 404


def test_how_long_phones_keep_what_is_set_from_a_day_on(desk: Desk, head: Phone) -> None:
    aggregator = desk_client(desk, "aggregator", head)
    told = {"offline_hours": 72, "autolock_minutes": 5, "purge_days": 7}
    assert head.get("start").json()["policy"] == told
    assert "Đề xuất, chưa được" in head.client.get("/field/policy/").content.decode()
    assert "Đặt quy định mới" not in head.client.get("/field/policy/").content.decode()
    said = {"offline_hours": 24, "autolock_minutes": 2, "purge_days": 3, "tell_hours": 31, "basis": "QĐ 5/QĐ-UBND"}
    tomorrow, address = today() + timedelta(days=1), "/field/policy/"
    for wrong, words in (
        ({"offline_hours": 721}, "từ 1 đến 720"),
        ({"autolock_minutes": 0}, "từ 1 đến 60"),
        ({"purge_days": 366}, "từ 1 đến 365"),
        ({"tell_hours": -1}, "từ 1 đến 720"),
        ({"tell_hours": 99_999_999}, "từ 1 đến 720"),
        ({"valid_from": f"{today() - timedelta(days=1):%d/%m/%Y}"}, "từ hôm nay"),
    ):
        refused = aggregator.post(address, {**said, "valid_from": f"{today():%d/%m/%Y}", **wrong})
        assert refused.status_code == 422
        assert f"Hãy {'chọn' if 'valid_from' in wrong else 'ghi'} {words}" in refused.content.decode()
        assert "QĐ 5/QĐ-UBND" in refused.content.decode(), "nothing typed is lost"
    assert aggregator.post(address, {**said, "valid_from": f"{tomorrow:%d/%m/%Y}"}).status_code == 302
    assert head.get("start").json()["policy"] == told, "what begins tomorrow does not hold today"
    for hours in (50, 24):
        body = {**said, "offline_hours": hours, "valid_from": today().isoformat()}
        assert head.post("policy", body).status_code == 403
        reply = aggregator.post("/api/v1/field/policy", json.dumps(body), content_type="application/json")
        assert reply.status_code == 201, reply.content
    assert head.get("start").json()["policy"] == {"offline_hours": 24, "autolock_minutes": 2, "purge_days": 3}
    assert FieldPolicy.objects.count() == 3, "each is a row of its own; none was changed"
    assert AuditEntry.objects.filter(model="field.FieldPolicy").count() == 3
    wall = int(now().timestamp() * 1000)
    head.send([], sent_wall=wall, queued={"ops": 2, "media": 0, "oldest_wall": wall - 30 * 3_600_000})
    assert "quá 31 giờ" not in head.client.get("/field/devices/").content.decode()
    head.send([], sent_wall=wall, queued={"ops": 2, "media": 0, "oldest_wall": wall - 32 * 3_600_000})
    assert "quá 31 giờ" in head.client.get("/field/devices/").content.decode()
    tell_of_gaps(today())
    assert Notice.objects.filter(person=head.person, subject__endswith="quá 31 giờ").exists()
