"""Reports of citizens come in: by nobody who is known here, so this is no act of a person; the log keeps it all the same."""

from __future__ import annotations

import hmac
from datetime import date
from hashlib import sha256

from django.conf import settings
from django.db.models import F, Sum

from kycuong.audit.log import act, record
from kycuong.core.checks import ensure_clean
from kycuong.core.clock import today
from kycuong.core.ids import uuid7
from kycuong.core.sealing import keyring
from kycuong.features.authority import ensure_offered
from kycuong.notices.telling import tell
from kycuong.openness.models import CitizenReport, ReportsOfDay
from kycuong.openness.queries.reports import handlers_of
from kycuong.openness.rules.reports import as_compared, ensure_room, is_held_back, new_code, place_of
from kycuong.openness.store import key_of
from kycuong.orgs.models import Unit


@act
def receive_report(unit: Unit, *, about: str, text: str, contact: str, address: str) -> str:
    """Take a report; returns the code with which its sender, and nobody else, may follow it."""
    day, code = today(), new_code()
    ensure_offered("citizen_reports", at=unit)
    _count(day, address)
    held_back = is_held_back(about_unit=CitizenReport.objects.filter(unit=unit, received_on=day).count())
    compared = _keyed(settings.SECRET_KEY.encode(), f"kycuong report {unit.pk} {as_compared(text)}")
    first = CitizenReport.objects.filter(unit=unit, text_digest=compared).order_by("pk").first()
    uid, keys = uuid7(), keyring()
    report = CitizenReport(uid=uid, unit=unit, about=about, text_digest=compared, same_as=first, held_back=held_back)
    report.code_digest = digest_of_code(code)
    report.sealed_text = keys.seal(text.strip(), about=f"citizen_report.text.{uid}")
    report.sealed_contact = keys.seal(contact.strip(), about=f"citizen_report.contact.{uid}") if contact.strip() else ""
    ensure_clean(report)
    report.save(force_insert=True)
    record("citizen_report.receive", report, by=None)
    tell(
        [] if held_back else handlers_of(report),
        key=f"citizen_report.received:{uid}",
        subject="Có phản ánh của người dân chờ xem",
        url=report.get_absolute_url(),
    )
    return code


def digest_of_code(code: str) -> str:
    """Without a key, so that a code stays good when keys are changed: among 79 random bits nobody searches for one."""
    return sha256(f"kycuong report code {code.strip().lower()}".encode()).hexdigest()


def _keyed(key: bytes, text: str) -> str:
    """Keyed, so that a copy of the tables cannot be searched for a text or an address."""
    return hmac.digest(key, text.encode(), "sha256").hex()


def _count(day: date, address: str) -> None:
    place = _keyed(key_of(day), place_of(address))
    ensure_room(from_here=ReportsOfDay.objects.filter(day=day, place_digest=place).aggregate(n=Sum("number"))["n"] or 0)
    ReportsOfDay.objects.get_or_create(day=day, place_digest=place)
    ReportsOfDay.objects.filter(day=day, place_digest=place).update(number=F("number") + 1)
