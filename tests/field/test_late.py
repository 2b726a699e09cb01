"""A photo that comes after the signing is kept, seen by whom it concerns, and joined by an addendum or put beside with a reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kycuong.audit.reconcile import differences
from kycuong.core.clock import today
from kycuong.field import store
from kycuong.field.models import FieldMedia
from kycuong.field.queries import todos
from kycuong.files.store import contents
from kycuong.inspections.models import Visit
from kycuong.inspections.queries import addendum_digest, minutes_digest
from kycuong.inspections.rules import VisitState
from tests.desk import Desk
from tests.field.phone import Phone
from tests.field.test_record import answer_all, sign, snapshot_of
from tests.photos import jpeg

SIGNED = {"team_signatory": "Trưởng đoàn", "unit_signature": "signed", "unit_signatory": "Chủ tịch UBND xã"}
REASON = "Máy tưởng đã mất, nay tìm lại được"


@pytest.fixture
def head(desk: Desk, tmp_path: Path, settings: Any) -> Phone:
    settings.HOME = tmp_path
    return Phone(desk.people["team_head"])


@pytest.fixture
def visit(desk: Desk, head: Phone) -> Visit:
    """Signed without one photo that was declared lost, without one that was announced after the reading, and without one that
    the team took back; then all three come."""
    visit, data = desk.visit(), jpeg()
    answer_all(head, visit)
    lost = head.announce(visit, data, caption="Cổng")
    sha = head.said[-1]["value"]["sha256"]
    back = head.announce(visit, data)
    head.say(visit, f"m/{back}", None, deleted=True)
    head.sent()
    head.sent([sign(head, visit, snapshot_of(head, visit, media={str(lost): sha}))])
    said = head.client.post(
        f"/field/visits/{visit.uid}/missing/", {"media": [str(lost)], "reason": "Máy rơi xuống suối"}
    )
    assert said.status_code == 302
    late = head.announce(visit, data + b"\n", criterion_code="C3")
    head.sent()
    for uid, sent in ((lost, data), (late, data + b"\n"), (back, data)):
        assert head.upload(uid, sent, 5000).status_code == 204
    visit.refresh_from_db()
    assert (visit.state, visit.files.count()) == (VisitState.SIGNED, 0)
    return visit


def test_they_are_listed_until_somebody_decides(
    desk: Desk, head: Phone, visit: Visit, as_person: Any, django_capture_on_commit_callbacks: Any
) -> None:
    where, signed = f"/field/visits/{visit.uid}/", minutes_digest(visit, visit.minutes)
    lost, _back, late = FieldMedia.objects.filter(visit=visit)
    told = [one for one in todos(head.person, today=today()) if "về sau khi ký" in one.what]
    assert [(one.what, one.url) for one in told] == [("Xử lý ảnh về sau khi ký biên bản (2)", where)]
    page = head.client.get(where).content.decode()
    assert page.count('name="late"') == 2
    assert "Trước đó đã khai mất." in page
    assert head.client.get(f"/field/photos/{late.uid}/")["Content-Type"] == "image/jpeg"
    assert as_person(desk.people["unit_head"]).get(f"/field/photos/{late.uid}/").status_code == 404

    assert head.client.post(f"{where}beside/", {"late": [str(late.uid)], "reason": "ừ"}).status_code == 422
    assert (
        head.client.post(f"{where}beside/", {"late": [str(late.uid)], "reason": "Chụp nhầm trụ sở khác"}).status_code
        == 302
    )
    asked = {"reason": REASON, "text": "Bổ sung ảnh cổng.", **SIGNED}
    assert head.client.post(f"{where}addendum/", {"chosen": [str(late.uid)], **asked}).status_code == 422, (
        "it is decided about"
    )
    with django_capture_on_commit_callbacks(execute=True):
        assert head.client.post(f"{where}addendum/", {"chosen": [str(lost.uid)], **asked}).status_code == 302

    (addendum,) = visit.minutes.addenda.all()
    assert "1. Cổng; chụp" in addendum.text
    assert addendum.text.endswith(f"Mã SHA-256: {lost.sha256}")
    assert addendum.digest == addendum_digest(addendum)
    assert minutes_digest(visit, visit.minutes) == signed == visit.minutes.digest
    lost.refresh_from_db()
    assert lost.attachment
    assert (lost.addendum, contents(lost.attachment.sha256)) == (addendum, jpeg())
    assert not store.is_whole(lost.uid)
    assert head.client.get(f"/field/photos/{lost.uid}/").status_code == 200
    assert [one for one in todos(head.person, today=today()) if "về sau khi ký" in one.what] == []
    page = head.client.get(where).content.decode()
    assert "không thuộc biên bản, lý do: Chụp nhầm trụ sở khác" in page
    assert "Kèm biên bản bổ sung lần 1" in page
    assert [*differences()] == []


def test_what_is_no_photo_is_in_no_addendum(head: Phone, visit: Visit) -> None:
    where, bad = f"/field/visits/{visit.uid}/", b"\xff\xd8\xff no photo"
    media = head.announce(visit, bad)
    head.sent()
    head.upload(media, bad)
    assert head.client.get(f"/field/photos/{media}/").status_code == 422
    told = head.client.post(
        f"{where}addendum/", {"chosen": [str(media)], "reason": REASON, "text": "Bổ sung.", **SIGNED}
    )
    assert told.status_code == 422
    assert "không đưa vào biên bản bổ sung được" in told.content.decode()
    assert not visit.minutes.addenda.exists()
