"""Photos and files at a visit: who adds and sees them, what leaves the server, that signing locks them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from kycuong.audit.history import entries_for
from kycuong.core.ids import uuid7
from kycuong.core.problems import BadInput, NotAllowed, RuleBroken, Stale
from kycuong.files.models import Attachment
from kycuong.files.store import CHUNK, contents
from kycuong.inspections import actions
from kycuong.inspections.models import Visit, VisitFile
from kycuong.inspections.queries import looks_of, minutes_digest, plan_of, read_back_mark
from tests.desk import Desk
from tests.photos import TAKEN, examined, jpeg, pdf

AsPerson = Callable[[Any], Client]
WORDS = "Tủ hồ sơ để ngoài hành lang"


def add(desk: Desk, visit: Visit, colour: str = "teal", **given: Any) -> VisitFile:
    return actions.add_file(visit, by=desk.people["team_member"], examined=examined(colour), **given)


def test_a_photo_is_added_to_a_draft_and_recorded(desk: Desk) -> None:
    visit = desk.visit()
    file = add(desk, visit, criterion_code="D3", caption=f" {WORDS} ")
    assert (file.caption, file.criterion_code, file.attachment.sha256) == (WORDS, "D3", examined().sha256)
    (entry,) = entries_for(file)
    assert (entry.verb, entry.details) == ("file.add", {"sha256": examined().sha256})
    assert entries_for(file.attachment)[0].verb == "file.keep"
    visit.refresh_from_db()
    assert visit.version == 1  # nobody who types at the form is overtaken
    uid = uuid7()
    first = add(desk, visit, uid=uid)
    assert add(desk, visit, uid=uid) == first
    assert first.attachment.uid == uid
    assert Attachment.objects.filter(sha256=examined().sha256).count() == 2


@pytest.mark.parametrize("person", ["leader", "auditor", "unit_head", "records_clerk", "outsider", "nobody"])
def test_others_add_and_remove_nothing(desk: Desk, person: str) -> None:
    visit = desk.visit()
    file = add(desk, visit)
    with pytest.raises(NotAllowed):
        actions.add_file(visit, by=desk.people[person], examined=examined())
    with pytest.raises(NotAllowed):
        actions.remove_file(file, by=desk.people[person])


def test_signing_locks_files_and_the_digest_covers_them(desk: Desk, as_person: AsPerson) -> None:
    visit = desk.answered(desk.visit())
    file = add(desk, visit, caption=WORDS)
    gone = add(desk, visit, "olive")
    actions.remove_file(gone, by=desk.people["team_member"])
    desk.sign(visit)
    visit.refresh_from_db()
    digest = visit.minutes.digest
    with pytest.raises(RuleBroken, match="đã ký thì không sửa được"):
        add(desk, visit)
    with pytest.raises(RuleBroken, match="đã ký thì không sửa được"):
        actions.remove_file(file, by=desk.people["team_head"])
    assert minutes_digest(visit, visit.minutes) == digest
    with connection.cursor() as cursor:
        cursor.execute("UPDATE files_attachment SET sha256 = %s", ["0" * 64])
    assert minutes_digest(Visit.objects.get(pk=visit.pk), visit.minutes) != digest


def test_minutes_without_files_keep_the_digest_they_had(desk: Desk) -> None:
    visit = desk.signed()
    content = minutes_digest(visit, visit.minutes)
    assert content == visit.minutes.digest


def test_a_removed_file_is_shown_to_nobody_and_stays_on_record(desk: Desk, as_person: AsPerson) -> None:
    visit = desk.visit()
    file = add(desk, visit)
    page = as_person(desk.people["team_head"])
    assert page.post(f"/evidence/{file.uid}/removal/").status_code == 302
    for address in ("shown", "thumbnail", "custody"):
        assert page.get(f"/evidence/{file.uid}/{address}/").status_code == 404
    assert entries_for(file)[0].verb == "file.remove"
    assert Attachment.objects.filter(pk=file.attachment_id).exists()
    with pytest.raises(Stale):
        actions.remove_file(file, by=desk.people["team_head"])
    actions.remove_draft_visit(visit, by=desk.people["team_head"])
    assert not VisitFile.objects.exists()
    assert Attachment.objects.exists()


def test_a_visit_has_a_limit(desk: Desk, settings: Any) -> None:
    visit = desk.visit()
    add(desk, visit)
    settings.VISIT_FILES_BYTES = len(jpeg()) + 10
    with pytest.raises(RuleBroken, match="Hãy bỏ bớt"):
        add(desk, visit)
    with pytest.raises(RuleBroken, match="B1"):
        add(desk, visit, criterion_code="B1")


def test_nobody_signs_what_was_not_read_back(desk: Desk, as_person: AsPerson) -> None:
    visit = desk.answered(desk.visit())
    mark = read_back_mark(visit)
    add(desk, visit)
    head = as_person(desk.people["team_head"])
    typed = {"team_signatory": "Trưởng đoàn", "unit_signatory": "Chủ tịch", "unit_signature": "signed",
             "version": str(visit.version), "read_back": mark}  # fmt: skip
    refused = head.post(f"/visits/{visit.uid}/signing/", typed)
    assert refused.status_code == 422
    assert "vừa được thêm hoặc bỏ" in refused.content.decode()
    assert examined().sha256[:16] in refused.content.decode()
    done = head.post(f"/visits/{visit.uid}/signing/", {**typed, "read_back": read_back_mark(visit)})
    assert done.status_code == 302


def test_what_leaves_the_server_carries_no_place_and_runs_nowhere(desk: Desk, as_person: AsPerson) -> None:
    visit = desk.visit()
    photo = add(desk, visit)
    page = as_person(desk.people["team_member"])
    document = SimpleUploadedFile("Giấy mời.pdf", pdf())
    assert page.post(f"/visits/{visit.uid}/files/", {"file": document}).status_code == 302
    paper = VisitFile.objects.exclude(pk=photo.pk).get()
    shown, saved = page.get(f"/evidence/{photo.uid}/shown/"), page.get(f"/evidence/{paper.uid}/shown/")
    assert (shown["Content-Type"], saved["Content-Type"]) == ("image/jpeg", "application/pdf")
    assert shown["Content-Disposition"].startswith("inline")
    assert saved["Content-Disposition"].startswith("attachment; filename*=utf-8''Gi%E1%BA%A5y")
    for answer in (shown, saved, page.get(f"/evidence/{photo.uid}/thumbnail/")):
        assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"] == "no-store, private"
    assert page.get(f"/evidence/{paper.uid}/thumbnail/").status_code == 404
    for told in (shown.content, page.get(f"/visits/{visit.uid}/files/").content,
                 page.get(f"/api/v1/visits/{visit.uid}").content):  # fmt: skip
        assert b"May Thu" not in told
        assert TAKEN.encode() not in told
        assert b"21.85" not in told
    kept = Path(settings_home()) / "files" / "kept" / examined().sha256[:2] / examined().sha256
    assert kept.read_bytes() == jpeg()
    assert page.get(f"/static/{kept}").status_code == 404


def settings_home() -> str:
    from django.conf import settings  # noqa: PLC0415

    return str(settings.HOME)


def test_the_original_opens_with_a_reason_for_those_who_answer_for_it(desk: Desk, as_person: AsPerson) -> None:
    file = add(desk, desk.answered(visit := desk.visit()))
    desk.sign(visit)
    address = f"/evidence/{file.uid}/custody/"
    for who, status in {"aggregator": 403, "team_head": 403, "team_member": 403, "unit_head": 403, "leader": 200,
                        "auditor": 200, "outsider": 404}.items():  # fmt: skip
        assert as_person(desk.people[who]).get(address).status_code == status, who
    auditor = as_person(desk.people["auditor"])
    assert auditor.post(address, {"reason": "xem"}).status_code == 422
    reason = {"reason": "Đối chiếu theo đơn tố cáo số 5"}
    told = auditor.post(address, reason).content.decode()
    assert TAKEN not in told
    assert "08:15:30 12/03/2026" in told
    assert "21.850000, 106.760000" in told
    saved = auditor.post(address, {**reason, "original": "1"})
    assert saved.content == jpeg()
    assert saved["Content-Type"] == "application/octet-stream"
    looks = [entry for entry in entries_for(file) if entry.verb == "file.look"]
    assert [(one.op, one.details["reason"]) for one in looks] == [("read", reason["reason"])] * 2


def test_files_stand_in_the_minutes(desk: Desk, as_person: AsPerson) -> None:
    visit = desk.answered(desk.visit())
    add(desk, visit, caption=WORDS, criterion_code="D3")
    page = as_person(desk.people["team_head"])
    assert "Ảnh, tệp (1)" in page.get(visit.get_absolute_url()).content.decode()
    desk.sign(visit)
    unit = as_person(desk.people["unit_head"])
    for address in (f"/visits/{visit.uid}/minutes/", f"/visits/{visit.uid}/minutes/?print=1"):
        shown = unit.get(address).content.decode()
        assert WORDS in shown
        assert examined().sha256[:16] in shown
    assert "Ảnh, tệp (1)" in unit.get(f"/visits/{visit.uid}/minutes/").content.decode()
    assert unit.get(f"/visits/{visit.uid}/files/").status_code == 200
    told = unit.get(f"/api/v1/visits/{visit.uid}").json()["files"]
    assert [(one["sha256"], one["criterion_code"]) for one in told] == [(examined().sha256, "D3")]


def test_a_bad_file_does_not_take_the_good_ones_with_it(desk: Desk, as_person: AsPerson) -> None:
    visit, page = desk.visit(), as_person(desk.people["team_member"])
    sent = [
        SimpleUploadedFile("tot.pdf", pdf()),
        SimpleUploadedFile("hong.jpg", b"GIF89a"),
        SimpleUploadedFile("a", b""),
    ]
    answer = page.post(f"/visits/{visit.uid}/files/", {"file": sent, "caption": WORDS})
    assert answer.status_code == 422
    shown = answer.content.decode()
    for words in ("Tệp không phải ảnh", "hong.jpg", "Tệp rỗng", "Đã thêm 1 ảnh, tệp", f'value="{WORDS}"'):
        assert words in shown
    assert VisitFile.objects.count() == 1
    assert page.post(f"/visits/{visit.uid}/files/", {}).status_code == 422


class Phone:
    """Sends a file as the page's script does."""

    def __init__(self, client: Client, visit: Visit, data: bytes, **about: Any) -> None:
        self.client, self.data, self.uid = client, data, str(uuid7())
        self.start = f"/api/v1/visits/{visit.uid}/uploads"
        self.about = {"uid": self.uid, "name": "IMG.jpg", "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        self.about |= about

    def begin(self) -> Any:
        return self.client.post(self.start, json.dumps(self.about), content_type="application/json")

    def put(self, place: int) -> Any:
        part = self.data[place * CHUNK : (place + 1) * CHUNK]
        address = f"/api/v1/uploads/{self.uid}/chunks/{place}"
        return self.client.put(address, part, content_type="application/octet-stream")

    def finish(self) -> Any:
        return self.client.post(f"/api/v1/uploads/{self.uid}/finish")


def test_an_upload_goes_on_where_the_line_broke(desk: Desk, as_person: AsPerson) -> None:
    visit, client = desk.visit(), as_person(desk.people["team_member"])
    noise = jpeg() + bytes(range(256)) * 600  # as phones put a short film behind a photo
    phone = Phone(client, visit, noise, criterion_code="D3", caption=WORDS)
    begun = phone.begin()
    assert begun.status_code == 201
    chunks = begun.json()["chunks"]
    assert (chunks, begun.json()["chunk_bytes"]) == (-(-len(noise) // CHUNK), CHUNK)
    assert phone.put(chunks - 1).status_code == 204
    assert phone.put(0).status_code == 204
    assert phone.finish().status_code == 422
    assert phone.begin().json()["received"] == [0, chunks - 1]
    assert client.get(f"/api/v1/uploads/{phone.uid}").json()["received"] == [0, chunks - 1]
    for place in range(chunks):
        assert phone.put(place).status_code == 204
    done = phone.finish()
    assert done.status_code == 201
    assert (done.json()["caption"], done.json()["size"]) == (WORDS, len(noise))
    assert phone.finish().json() == done.json()
    assert phone.begin().json()["finished"] is True
    assert VisitFile.objects.get().attachment.uid.hex == phone.uid.replace("-", "")


def test_an_upload_is_nobody_elses(desk: Desk, as_person: AsPerson) -> None:
    visit = desk.visit()
    phone = Phone(as_person(desk.people["team_member"]), visit, jpeg())
    phone.begin()
    phone.client = as_person(desk.people["team_head"])
    for answer in (phone.put(0), phone.finish(), phone.client.get(f"/api/v1/uploads/{phone.uid}")):
        assert answer.status_code == 404
    assert Phone(as_person(desk.people["leader"]), visit, jpeg()).begin().status_code == 403
    assert Phone(as_person(desk.people["outsider"]), visit, jpeg()).begin().status_code == 404


def test_what_is_sent_in_parts_is_looked_at_like_any_other(desk: Desk, as_person: AsPerson) -> None:
    visit, client = desk.visit(), as_person(desk.people["team_member"])
    phone = Phone(client, visit, b"<html>")
    phone.begin()
    phone.put(0)
    refused = phone.finish()
    assert refused.status_code == 422
    assert "Tệp không phải ảnh" in refused.json()["detail"]
    assert client.get(f"/api/v1/uploads/{phone.uid}").status_code == 404
    assert Phone(client, visit, jpeg(), size=0).begin().status_code == 422
    desk.sign(desk.answered(visit))
    assert Phone(client, visit, jpeg()).begin().status_code == 422


def test_bad_input_to_the_act_is_refused(desk: Desk) -> None:
    with pytest.raises(BadInput):
        add(desk, desk.visit(), caption="x" * 301)


def test_a_photo_of_a_sealed_visit_bears_its_readers_name(desk: Desk, as_person: AsPerson) -> None:
    """Each look at it is noted; once the minutes are signed it is a photo like any other."""
    head = desk.people["team_head"]
    inspection = desk.open(sealed=True, short_list=[desk.people["aggregator"]])
    visit = actions.begin_target(inspection, by=head, key=plan_of(inspection.sealing).waiting[0].key, as_planned=True)
    file = actions.add_file(visit, by=head, examined=examined())
    place, before = f"/evidence/{file.uid}", len(looks_of(inspection.sealing))
    seen = {who: as_person(desk.people[who]).get(f"{place}/shown/").content for who in ("team_head", "aggregator")}
    as_person(head).get(f"{place}/thumbnail/")
    assert len(looks_of(inspection.sealing)) == before + 3
    assert len({*seen.values(), contents(file.attachment.shown_sha256)}) == 3
    assert all(photo.startswith(b"\xff\xd8") for photo in seen.values())
    assert as_person(desk.people["leader"]).get(f"{place}/shown/").status_code == 404
    desk.sign(desk.answered(visit))
    plain = as_person(desk.people["leader"]).get(f"{place}/shown/").content
    assert plain == contents(file.attachment.shown_sha256)
    assert len(looks_of(inspection.sealing)) == before + 3
