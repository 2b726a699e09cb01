"""Signed on glass: the record becomes what was read back, of one signature, with its photos; nothing else slips in meanwhile."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from kycuong.audit.reconcile import differences
from kycuong.core.problems import RuleBroken
from kycuong.field import store
from kycuong.field.models import FieldOp, FieldSignature
from kycuong.field.queries import heads_of
from kycuong.field.queries.record import values_of
from kycuong.inspections import actions as desk_acts
from kycuong.inspections.actions import Seat
from kycuong.inspections.models import Visit
from kycuong.inspections.rules import TeamRole, VisitState
from tests.desk import Desk
from tests.field.phone import Phone
from tests.field.test_record import answer_all, sign, snapshot_of
from tests.photos import jpeg


@pytest.fixture
def head(desk: Desk, tmp_path: Path, settings: Any) -> Phone:
    settings.HOME = tmp_path
    return Phone(desk.people["team_head"])


@pytest.fixture
def visit(desk: Desk) -> Visit:
    return desk.visit(team=[Seat(desk.people["team_head"], role=TeamRole.HEAD), Seat(desk.people["coordinator"])])


def photo(phone: Phone, visit: Visit, **more: Any) -> tuple[Any, str, bytes]:
    """Announced and said, not yet sent: its id, its hash, its bytes."""
    data = jpeg()
    uid = phone.announce(visit, data, **more)
    return uid, phone.said[-1]["value"]["sha256"], data


def test_a_photo_that_was_taken_out_comes_back(
    desk: Desk, head: Phone, visit: Visit, django_capture_on_commit_callbacks: Any
) -> None:
    answer_all(head, visit)
    media, sha, data = photo(head, visit)
    said = head.said[-1]["value"]
    with django_capture_on_commit_callbacks(execute=True):
        head.sent()
        head.upload(media, data, 5000)
    assert not store.is_whole(media)
    head.say(visit, f"m/{media}", None, deleted=True)
    head.sent()
    head.say(visit, f"m/{media}", {**said, "caption": "Cổng"})
    assert head.sent()[-1]["status"] == "applied"
    assert values_of(visit)[f"m/{media}"]["caption"] == "Cổng"
    desk_acts.remove_file(visit.files.get(), by=head.person)
    with django_capture_on_commit_callbacks(execute=True):
        assert (
            head.sent([sign(head, visit, snapshot_of(head, visit, media={str(media): sha}))])[0]["status"] == "applied"
        )
    visit.refresh_from_db()
    assert visit.state == VisitState.SIGNED
    assert visit.files.get().removed_at is None
    assert [*differences()] == []


def test_the_signature_on_record_is_of_whoever_may_sign_and_did(desk: Desk, head: Phone, visit: Visit) -> None:
    member = Phone(desk.people["team_member"])
    answer_all(head, visit)
    media, sha, data = photo(head, visit)
    head.sent()
    shot = snapshot_of(head, visit, media={str(media): sha})
    assert member.sent([sign(member, visit, shot)])[0]["status"] == "set_aside"
    assert not FieldSignature.objects.exists(), "who may not sign holds up nobody"
    first = sign(head, visit, shot)
    second = sign(head, visit, snapshot_of(head, visit), unit_signatory="Người khác")
    assert head.sent([first, second])[1]["problem"]["vi"].startswith("Lượt này đã có một chữ ký khác")
    visit.refresh_from_db()
    assert (visit.state, FieldSignature.objects.get().sha256) == (VisitState.DRAFT, first["value"]["sha256"])
    head.say(visit, first["field"], None, deleted=True)
    head.sent()
    visit.refresh_from_db()
    signed = FieldSignature.objects.get()
    assert (visit.state, signed.op.uid, signed.minutes) == (VisitState.SIGNED, UUID(second["op_id"]), visit.minutes)
    assert head.upload(media, data, 5000).status_code == 204
    assert [*differences()] == []


def test_a_waiting_signature_that_is_deleted_waits_no_more(desk: Desk, head: Phone, visit: Visit) -> None:
    answer_all(head, visit)
    media, sha, _data = photo(head, visit)
    head.sent()
    only = sign(head, visit, snapshot_of(head, visit, media={str(media): sha}))
    head.sent([only])
    assert FieldSignature.objects.exists()
    head.say(visit, only["field"], None, deleted=True)
    head.sent()
    assert not FieldSignature.objects.exists()
    assert [*differences()] == []


def test_names_and_captions_are_those_that_were_read_back(desk: Desk, head: Phone, visit: Visit) -> None:
    answer_all(head, visit)
    finding, person = uuid4(), uuid4()
    head.say(visit, f"f/{finding}", {"criterion_code": "", "description": "Biển", "severity": 2, "due_on": None})
    about = {"finding": str(finding), "category": "official", "position": "Công chức", "name": "Người Thử"}
    head.say(visit, f"v/{person}", about)
    media, sha, data = photo(head, visit, caption="Cổng")
    said = head.said[-1]["value"]
    head.sent()
    assert head.sent([sign(head, visit, snapshot_of(head, visit, media={str(media): sha}))])[0]["status"] == "applied"
    other, old = Phone(desk.people["team_member"]), heads_of(visit)
    other.say(visit, f"v/{person}", {**about, "name": "Người Khác"}, base=old[f"v/{person}"])
    other.say(visit, f"m/{media}", {**said, "caption": "Khác hẳn"}, base=old[f"m/{media}"])
    other.sent()
    head.upload(media, data, 5000)
    visit.refresh_from_db()
    values = values_of(visit)
    assert visit.state == VisitState.SIGNED
    assert (values[f"v/{person}"]["name"], values[f"m/{media}"]["caption"]) == ("Người Thử", "Cổng")
    assert {op.why for op in FieldOp.objects.filter(uid__in=[one["op_id"] for one in other.said])} == {"after_signing"}


def test_a_signed_photo_that_is_none_is_declared_lost(desk: Desk, head: Phone, visit: Visit) -> None:
    answer_all(head, visit)
    bad = b"\xff\xd8\xff no photo at all"
    media = head.announce(visit, bad)
    named = {str(media): head.said[-1]["value"]["sha256"]}
    other, sha, data = photo(head, visit, caption="x" * 301)
    head.sent()
    head.upload(media, bad)
    head.upload(other, data, 5000)
    shot = snapshot_of(head, visit, media={**named, str(other): sha})
    assert head.sent([sign(head, visit, shot)])[0]["status"] == "set_aside"
    where = f"/field/visits/{visit.uid}/"
    assert f'value="{media}"' in head.client.get(where).content.decode()
    told = head.client.post(f"{where}missing/", {"media": [str(media)], "reason": "Tệp hỏng, không mở được"})
    assert told.status_code == 302
    visit.refresh_from_db()
    assert visit.state == VisitState.SIGNED
    assert visit.files.get().caption == "x" * 299 + "…"


def test_a_finding_of_its_own_is_not_the_answers(desk: Desk, head: Phone, visit: Visit) -> None:
    own, person = uuid4(), uuid4()
    one = {"criterion_code": "C3", "description": "Một", "severity": 2, "due_on": None}
    head.say(visit, f"f/{own}", one)
    head.sent()
    head.say(visit, "a/C3", {"outcome": "fail", "finding": "Hai"})
    head.say(visit, f"v/{person}", {"finding": "C3", "category": "official", "position": "Công chức", "name": ""})
    assert {line["status"] for line in head.sent()} == {"applied"}
    visit.refresh_from_db()
    values = values_of(visit)
    assert (values[f"f/{own}"]["description"], values["a/C3"]["finding"]) == ("Một", "Hai")
    head.say(visit, "a/C3", {"outcome": "pass"})
    head.sent()
    assert visit.findings.get().description == "Một"
    assert FieldOp.objects.get(field=f"v/{person}").status == "waiting"
    head.say(visit, "a/C3", {"outcome": "fail", "finding": "Ba"})
    head.sent()
    visit.refresh_from_db()
    assert values_of(visit)[f"v/{person}"]["finding"] == "C3"
    assert FieldOp.objects.get(field=f"v/{person}").status == "applied"
    assert set(visit.findings.values_list("description", flat=True)) == {"Một", "Ba"}


def test_the_desk_waits_for_a_signature_or_discards_it(desk: Desk, head: Phone, visit: Visit) -> None:
    answer_all(head, visit)
    media, sha, _data = photo(head, visit)
    head.sent()
    head.sent([sign(head, visit, snapshot_of(head, visit, media={str(media): sha}))])
    visit.refresh_from_db()
    with pytest.raises(RuleBroken, match="đã ký tại chỗ"):
        desk_acts.sign_minutes(visit, by=head.person, team_signatory="A", unit_signatory="B")
    with pytest.raises(RuleBroken, match="đã ký tại chỗ"):
        desk_acts.record_explanation(visit, by=head.person, text="sửa")
    with pytest.raises(RuleBroken, match="đã ký tại chỗ"):
        desk_acts.choose_checklist(visit, by=head.person, checklist_form="short")
    where = f"/field/visits/{visit.uid}/"
    assert "Lý do bỏ chữ ký này" in head.client.get(where).content.decode()
    assert head.client.post(f"{where}signature/", {"reason": ""}).status_code == 422
    assert head.client.post(f"{where}signature/", {"reason": "Ký nhầm bản, đơn vị đề nghị đọc lại"}).status_code == 302
    assert head.client.post(f"{where}signature/", {"reason": "Ký nhầm bản, đơn vị đề nghị đọc lại"}).status_code == 409
    assert not FieldSignature.objects.exists()
    visit.refresh_from_db()
    desk_acts.record_explanation(visit, by=head.person, text="sửa")
    assert [*differences()] == []


def test_what_was_not_read_out_is_not_signed(desk: Desk, head: Phone, visit: Visit) -> None:
    answer_all(head, visit)
    head.sent()
    shot = snapshot_of(head, visit)
    for read in ({"sha256": "0" * 64, "at": 5}, None):
        other = sign(head, visit, shot, read=read)
        assert "khác với bản đã đọc lại" in head.sent([other])[0]["problem"]["vi"]
    head.say(visit, "t/strengths", "Ghi sau khi đọc")
    head.sent()
    late = sign(head, visit, shot)
    assert "ghi thêm 1 mục" in head.sent([late])[0]["problem"]["vi"]
    visit.refresh_from_db()
    assert (visit.state, FieldSignature.objects.count()) == (VisitState.DRAFT, 0)
    again = Phone(desk.people["team_member"])
    again.say(visit, "t/strengths", "Của đồng nghiệp", base=heads_of(visit)["t/strengths"])
    again.sent()
    whole = {
        **snapshot_of(head, visit),
        "strengths": "Của đồng nghiệp",
    }  # which stands on what the own phone said before
    assert head.sent([sign(head, visit, whole)])[0]["status"] == "applied"
    visit.refresh_from_db()
    assert (visit.state, visit.strengths) == (VisitState.SIGNED, "Của đồng nghiệp")
