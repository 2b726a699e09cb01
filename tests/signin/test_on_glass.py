"""Minutes signed on glass and the fresh proof: the desk asks before it uses them, the signer's own phone is not asked, any other is."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from kycuong.core.clock import now
from kycuong.field.models import FieldDevice, FieldMedia, FieldSignature
from kycuong.inspections.actions import Seat
from kycuong.inspections.models import Visit
from kycuong.inspections.rules import TeamRole
from kycuong.orgs.models import Person
from tests.desk import Desk
from tests.field.phone import Phone
from tests.field.test_record import answer_all, sign, snapshot_of
from tests.photos import jpeg
from tests.signin.soft_key import app_of

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(minutes=6)


@pytest.fixture
def phone(strict: None, desk: Desk, head: Person, tmp_path: Path, settings: Any) -> Phone:
    settings.HOME = tmp_path
    app_of(head)
    return Phone(head)


@pytest.fixture
def visit(desk: Desk) -> Visit:
    return desk.visit(team=[Seat(desk.people["team_head"], role=TeamRole.HEAD), Seat(desk.people["coordinator"])])


def proved(client: Client, ago: timedelta) -> None:
    client.get("/me/security/")
    session = client.session
    session["proved"] = int((now() - ago).timestamp())
    session.save()


def waiting_for_its_photo(phone: Phone, visit: Visit) -> UUID:
    """Signed on glass; the photo has not come."""
    answer_all(phone, visit)
    media = phone.announce(visit, jpeg())
    sha = phone.said[-1]["value"]["sha256"]
    phone.sent()
    sign(phone, visit, snapshot_of(phone, visit, media={str(media): sha}))
    phone.sent(phone.said[-1:])
    return media


def test_the_desk_is_asked_and_the_signature_on_glass_stays(phone: Phone, visit: Visit) -> None:
    media = waiting_for_its_photo(phone, visit)
    assert FieldSignature.objects.get().minutes is None, "waits for its photo"
    address, form = f"/field/visits/{visit.uid}/missing/", {"media": str(media), "reason": "Máy hỏng, mất ảnh"}
    proved(phone.client, LONG_AGO)
    assert phone.client.post(address, form)["Location"].startswith("/confirm/?w=")
    visit.refresh_from_db()
    assert visit.signed_at is None
    assert FieldSignature.objects.exists(), "nothing was withdrawn"
    assert not FieldMedia.objects.exclude(lost_at=None).exists(), "nothing was written"
    proved(phone.client, timedelta())
    phone.client.post(address, form)
    visit.refresh_from_db()
    assert visit.signed_at is not None


@pytest.mark.parametrize("whose", ["own", "revoked", "another's"])
def test_only_the_signers_own_phone_is_not_asked(desk: Desk, phone: Phone, visit: Visit, whose: str) -> None:
    waiting_for_its_photo(phone, visit)
    proved(phone.client, LONG_AGO)
    device = FieldDevice.objects.get(uid=phone.uid)
    if whose == "another's":
        FieldDevice.objects.filter(pk=device.pk).update(person=desk.people["coordinator"])
    elif whose == "revoked":
        FieldDevice.objects.filter(pk=device.pk).update(revoked_at=now(), revoked_by=phone.person)
    other = phone
    if whose != "own":
        other = Phone(phone.person)
        proved(other.client, LONG_AGO)
    FieldMedia.objects.update(lost_at=now(), lost_by=phone.person, lost_reason="Máy hỏng, mất ảnh")
    other.say(visit, "t/explanation", "Đã rõ", base=[])
    assert other.send(other.said[-1:]).status_code == 200
    visit.refresh_from_db()
    assert (visit.signed_at is not None) == (whose == "own")
    assert FieldSignature.objects.exists(), "it is kept in any case"
