"""From the log to the record: by the desk's own acts, a difference is a person's to decide, and signing waits for its photos."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from kycuong.audit.models import AuditBody
from kycuong.audit.reconcile import differences
from kycuong.audit.verification import verify_log
from kycuong.field.actions import forget_names
from kycuong.field.models import FieldAside, FieldOp, FieldSignature
from kycuong.field.queries import heads_of
from kycuong.field.queries.log import body_of, raw_of
from kycuong.field.queries.record import values_of
from kycuong.field.rules import sha256_of
from kycuong.inspections import actions as desk_acts
from kycuong.inspections.models import Visit
from kycuong.inspections.queries import minutes_digest
from kycuong.inspections.rules import VisitState
from kycuong.orgs.authority import at_the_machine
from tests.desk import Desk, passing
from tests.field.phone import Phone
from tests.photos import jpeg

SHEET = {"quota": 12, "present": 11, "absent_excused": 1, "absent_unexcused": 0, "late": 0, "roll_call_at": "08:15"}


@pytest.fixture
def head(desk: Desk, tmp_path: Path, settings: Any) -> Phone:
    settings.HOME = tmp_path
    return Phone(desk.people["team_head"])


def answer_all(phone: Phone, visit: Visit, **changed: Any) -> None:
    for code, value in {**passing(visit), **changed}.items():
        phone.say(visit, f"a/{code}", value)
    phone.say(visit, "h", SHEET)


def snapshot_of(phone: Phone, visit: Visit, *, media: dict[str, str] | None = None) -> dict[str, Any]:
    """What the phone folds from what it said itself."""
    state: dict[str, Any] = {}
    for op in phone.said:
        state[op["field"]] = None if op.get("deleted") else op["value"]
    many = {
        start: {
            name[len(start) :]: value for name, value in state.items() if name.startswith(start) and value is not None
        }
        for start in ("a/", "f/", "e/", "v/")
    }
    return {
        "visit": str(visit.uid),
        "form": phone.said[-1]["form"],
        "answers": many["a/"],
        "headcount": state.get("h"),
        "strengths": state.get("t/strengths") or "",
        "explanation": state.get("t/explanation") or "",
        "findings": many["f/"],
        "explanations": many["e/"],
        "concerned": {uid: {k: v for k, v in value.items() if k != "name"} for uid, value in many["v/"].items()},
        "media": media or {},
        "unit": "Xã",
        "lead": "Sở",
        "visited_on": visit.visited_on.isoformat(),
        "heads": sorted(uid for uids in heads_of(visit).values() for uid in uids),
    }


def sign(phone: Phone, visit: Visit, shot: dict[str, Any], **changed: Any) -> dict[str, Any]:
    value = {
        "snapshot": shot,
        "sha256": sha256_of(shot),
        "read": {"sha256": sha256_of(shot), "at": 1_760_000_000_000},
        "strokes": {"team": [[{"x": 1, "y": 2.5, "t": 3, "p": 0.5}]], "unit": []},
        "team_signatory": "Trưởng đoàn",
        "unit_signature": "signed",
        "unit_signatory": "Chủ tịch UBND xã",
        "refusal_reason": "",
        "witness": "",
        "secretary": "Thư ký",
        "begun_at": "08:00",
        "ended_at": "10:30",
        **changed,
    }
    return phone.say(visit, f"s/{uuid4()}", value)


def test_what_is_said_stands_in_the_record(desk: Desk, head: Phone) -> None:
    visit = desk.visit()
    finding, person = uuid4(), uuid4()
    answer_all(head, visit, C3={"outcome": "fail", "finding": "Không có kế hoạch"})
    head.say(visit, "t/strengths", "Trực đủ")
    head.say(visit, "t/explanation", "Sẽ sửa")
    plain = {"criterion_code": "", "description": "Biển tên thiếu", "severity": 2, "due_on": None}
    head.say(visit, f"f/{finding}", plain)
    about = {"finding": str(finding), "category": "official", "position": "Công chức", "name": "Người Thử"}
    head.say(visit, f"v/{person}", about)
    told = head.sent()
    assert {line["status"] for line in told} == {"applied"}, [line for line in told if line.get("problem")]
    visit.refresh_from_db()
    values = values_of(visit)
    assert values["a/C3"] == {"outcome": "fail", "finding": "Không có kế hoạch"}
    assert values["h"] == SHEET
    assert values[f"f/{finding}"]["description"] == "Biển tên thiếu"
    assert values[f"v/{person}"] == about
    assert (values["t/strengths"], values["t/explanation"]) == ("Trực đủ", "Sẽ sửa")
    head.say(visit, f"v/{person}", None, deleted=True)
    head.say(visit, f"f/{finding}", None, deleted=True)
    head.say(visit, "a/C3", {"outcome": "pass"})
    assert {line["status"] for line in head.sent()} == {"applied"}
    assert not visit.findings.exists()


def test_what_is_unfinished_waits_and_holds_up_nothing(desk: Desk, head: Phone) -> None:
    visit = desk.visit()
    codes = [code for code, value in passing(visit).items() if value == {"outcome": "pass"}]
    first, second, third = codes[:3]
    head.say(visit, f"a/{first}", {"outcome": "fail"})
    head.say(visit, f"a/{second}", {"outcome": "pass"})
    head.say(visit, f"a/{third}", ["x"])
    head.say(visit, "a/Z9", {"outcome": "pass"})
    head.say(visit, "h", {"quota": "mười"})
    told = head.sent()
    assert [line["status"] for line in told] == ["applied", "applied", "applied", "set_aside", "applied"]
    assert first in told[0]["problem"]["vi"]
    visit.refresh_from_db()
    assert set(visit.answers) == {second}
    head.say(visit, f"a/{first}", {"outcome": "fail", "finding": "Thiếu"})
    assert "problem" not in head.sent()[-1]
    visit.refresh_from_db()
    assert set(visit.answers) == {first, second}


def test_what_the_desk_wrote_meanwhile_is_a_conflict_and_never_overwritten(desk: Desk, head: Phone) -> None:
    visit = desk.visit()
    desk_acts.record_answers(visit, by=desk.people["team_member"], answers={}, strengths="bàn một")
    (there,) = head.pack(visit)["heads"]["t/strengths"]
    assert (there["value"], there["author_name"], there["device"]) == ("bàn một", str(desk.people["team_member"]), None)
    desk_acts.record_answers(visit, by=desk.people["team_member"], answers={}, strengths="bàn hai")
    head.say(visit, "t/strengths", "máy", base=[there["op_id"]])
    (told,) = head.sent()
    assert told["status"] == "conflict"
    visit.refresh_from_db()
    assert visit.strengths == "bàn hai"
    assert sorted(one["value"] for one in head.pack(visit)["heads"]["t/strengths"]) == ["bàn hai", "máy"]
    head.say(visit, "t/strengths", "cả hai", base=told["heads"])
    assert head.sent()[-1]["status"] == "applied"
    visit.refresh_from_db()
    assert visit.strengths == "cả hai"


def test_a_photo_stands_with_the_visit_when_its_bytes_are_here(desk: Desk, head: Phone) -> None:
    visit, data = desk.visit(), jpeg()
    media = head.announce(visit, data, caption="Cổng")
    head.sent()
    assert not visit.files.exists()
    head.upload(media, data, step=5000)
    file = visit.files.get()
    assert (file.attachment.uid, file.caption) == (media, "Cổng")
    gone = head.announce(visit, b"no photo at all")
    head.sent()
    head.upload(gone, b"no photo at all")
    assert FieldOp.objects.get(field=f"m/{gone}").status == "set_aside"
    head.say(visit, f"m/{media}", None, deleted=True)
    head.sent()
    assert not visit.files.filter(removed_at=None).exists()


def test_minutes_are_signed_when_the_photos_are_here(desk: Desk, head: Phone) -> None:
    visit, data, other = desk.visit(), jpeg(), Phone(desk.people["team_member"])
    answer_all(head, visit, C3={"outcome": "fail", "finding": "Không có kế hoạch"})
    head.say(visit, "e/C3", "Đơn vị sẽ lập")
    media = head.announce(visit, data)
    head.sent()
    shot = snapshot_of(head, visit, media={str(media): head.said[-1]["value"]["sha256"]})
    op = sign(head, visit, shot)
    assert head.sent([op])[0]["status"] == "applied"
    visit.refresh_from_db()
    assert visit.state == VisitState.DRAFT
    assert head.pack(visit)["signature"] == {
        "sha256": sha256_of(shot),
        "at": op["wall"],
        "waiting_media": 1,
        "done": False,
    }
    other.say(visit, "t/strengths", "sau khi ký")  # a colleague who has not seen the signature
    other.sent()
    head.upload(media, data, step=5000)
    visit.refresh_from_db()
    signed = FieldSignature.objects.get(visit=visit)
    assert (visit.state, visit.signed_by, visit.strengths) == (VisitState.SIGNED, head.person, "")
    assert visit.findings.get().unit_explanation == "Đơn vị sẽ lập"
    assert signed.sha256 == sha256_of(shot)
    assert signed.minutes
    assert signed.minutes.digest == minutes_digest(visit, signed.minutes)
    assert head.pack(visit)["signature"]["done"]
    late = FieldOp.objects.get(uid=other.said[0]["op_id"])
    assert (late.status, late.why) == ("set_aside", "after_signing")
    assert {line["status"] for line in head.sent()} == {"applied"}


def test_a_signature_that_is_not_in_order_leaves_the_draft(desk: Desk, head: Phone) -> None:
    visit = desk.visit()
    answer_all(head, visit)
    head.sent()
    shot = snapshot_of(head, visit)
    wrong = [
        sign(head, visit, shot, sha256="0" * 64),
        sign(head, visit, {**shot, "visit": str(uuid4())}),
        sign(head, visit, {**shot, "answers": {}}),
        sign(head, visit, shot, unit_signature="refused", refusal_reason=""),
        sign(head, visit, "x"),  # type: ignore[arg-type]
    ]
    assert {line["status"] for line in head.sent(wrong)} == {"set_aside"}
    visit.refresh_from_db()
    assert visit.state == VisitState.DRAFT
    assert not FieldSignature.objects.exists()
    op = sign(
        head, visit, shot, unit_signature="refused", refusal_reason="Không đồng ý nội dung", witness="Người chứng kiến"
    )
    assert head.sent([op])[0]["status"] == "applied"
    visit.refresh_from_db()
    assert visit.state == VisitState.SIGNED
    addendum = {
        "reason": "Ghi nhầm số liệu",
        "text": "Sửa lại",
        "team_signatory": "Trưởng đoàn",
        "unit_signatory": "Chủ tịch",
    }
    head.say(visit, f"d/{uuid4()}", addendum)
    head.sent()
    head.sent()
    assert visit.minutes.addenda.count() == 1


def test_a_member_who_may_only_record_does_not_sign(desk: Desk, head: Phone) -> None:
    visit, member = desk.visit(), Phone(desk.people["team_member"])
    answer_all(member, visit)
    member.sent()
    (told,) = member.sent([sign(member, visit, snapshot_of(member, visit))])
    assert told["status"] == "set_aside"


def test_ops_on_another_form_are_set_aside(desk: Desk, head: Phone) -> None:
    visit = desk.visit()
    head.say(visit, "a/C3", {"outcome": "pass"}, form="1" * 64)
    assert head.sent()[0]["status"] == "set_aside"


def test_a_fault_of_ours_keeps_the_op_and_lets_the_others_through(
    desk: Desk, head: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: Any, **_given: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("kycuong.field.actions._record.put_finding", broken)
    visit = desk.visit()
    head.say(visit, f"f/{uuid4()}", {"criterion_code": "", "description": "x", "severity": 1, "due_on": None})
    head.say(visit, "t/strengths", "được")
    assert [line["status"] for line in head.sent()] == ["set_aside", "applied"]


def test_a_name_leaves_the_phones_log_with_the_record(desk: Desk, head: Phone) -> None:
    visit, name = desk.visit(), "Người Được Quên"
    finding = uuid4()
    head.say(visit, f"f/{finding}", {"criterion_code": "", "description": "Vắng", "severity": 1, "due_on": None})
    about = {"finding": str(finding), "category": "official", "position": "Công chức", "name": name}
    said = head.say(visit, f"v/{uuid4()}", about)
    head.sent()
    aside = head.say(visit, f"v/{uuid4()}", {**about, "finding": str(uuid4())}, strange=1)
    head.sent([aside])
    texts = [FieldOp.objects.get(uid=said["op_id"]).sealed_body, FieldAside.objects.get().sealed_raw]
    assert name in body_of(FieldOp.objects.get(uid=said["op_id"]))["value"]["name"]
    assert bodies_with(texts) == 2
    with at_the_machine():
        forget_names(visit, by=None)
        forget_names(visit, by=None)
    assert body_of(FieldOp.objects.get(uid=said["op_id"]))["value"] == {**about, "name": ""}
    assert raw_of(FieldAside.objects.get())["value"]["name"] == ""
    assert bodies_with(texts) == 0
    assert [*verify_log(), *differences()] == []
    assert head.sent([said])[0]["status"] == "applied", "sent again, it is known"


def bodies_with(texts: list[str]) -> int:
    held = [bytes(one.body).decode() for one in AuditBody.objects.exclude(body=None) if one.body]
    return sum(text in body for body in held for text in texts)
