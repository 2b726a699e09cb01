"""Reports of citizens come in: by nobody who is known here, so this is no act of a person; the log keeps it all the same."""

from __future__ import annotations

import hmac
from datetime import date
from hashlib import sha256

from django.conf import settings
from django.db.models import F

from kycuong.audit.log import act, record
from kycuong.core.checks import ensure_clean
from kycuong.core.clock import today
from kycuong.core.ids import uuid7
from kycuong.core.sealing import keyring
from kycuong.notices.telling import tell
from kycuong.openness.models import CitizenReport, ReportsOfDay
from kycuong.openness.queries.reports import handlers_of
from kycuong.openness.rules.reports import as_compared, ensure_room, new_code
from kycuong.orgs.models import Unit


@act
def receive_report(unit: Unit, *, about: str, text: str, contact: str, address: str) -> str:
    """Take a report; returns the code with which its sender, and nobody else, may follow it."""
    day, code = today(), new_code()
    _count(day, place=digest(f"address {address}", day), unit=digest(f"unit {unit.pk}", day))
    compared = digest(f"{unit.pk} {as_compared(text)}")
    first = CitizenReport.objects.filter(unit=unit, text_digest=compared).order_by("pk").first()
    uid, keys = uuid7(), keyring()
    report = CitizenReport(
        uid=uid, unit=unit, about=about, code_digest=digest(code), text_digest=compared, same_as=first
    )
    report.sealed_text = keys.seal(text.strip(), about=f"citizen_report.text.{uid}")
    report.sealed_contact = keys.seal(contact.strip(), about=f"citizen_report.contact.{uid}") if contact.strip() else ""
    ensure_clean(report)
    report.save(force_insert=True)
    record("citizen_report.receive", report, by=None)
    tell(
        handlers_of(report),
        key=f"citizen_report.received:{uid}",
        subject="Có phản ánh của người dân chờ xem",
        url=report.get_absolute_url(),
    )
    return code


def digest(text: str, day: date | None = None) -> str:
    """Keyed, so that a copy of the tables cannot be searched for a code, a text or an address; with a day, for that day only."""
    key = sha256(f"kycuong reports {settings.SECRET_KEY} {day or ''}".encode()).digest()
    return hmac.digest(key, text.encode(), "sha256").hex()


def _count(day: date, *, place: str, unit: str) -> None:
    numbers = dict(ReportsOfDay.objects.filter(day=day).values_list("place_digest", "number"))
    ensure_room(from_here=numbers.get(place, 0), about_unit=numbers.get(unit, 0))
    for one in (place, unit):
        ReportsOfDay.objects.get_or_create(day=day, place_digest=one)
        ReportsOfDay.objects.filter(day=day, place_digest=one).update(number=F("number") + 1)
