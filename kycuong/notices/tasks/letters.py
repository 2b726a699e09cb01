"""The words of a mail: how many notices, one line and one address each. Nothing else of a notice leaves the system."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from email.utils import parseaddr
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.core.mail import EmailMessage

from kycuong.notices.models import Notice
from kycuong.orgs.models import Person

LINES = 50
AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
"""So that nobody's absence note answers a machine (RFC 3834)."""


def digest(person: Person, notices: Sequence[Notice], day: date) -> EmailMessage:
    """The digest of one person and day. Sent again after a crash it bears the same Message-ID: mail programs show it once."""
    head = f"Kỷ Cương: {len(notices)} thông báo, {day:%d/%m/%Y}"
    lines = [f"Kính gửi {_line(str(person))},", ""]
    for notice in notices[:LINES]:
        lines += [f"- {_line(notice.subject)}", f"  {settings.BASE_URL}{notice.url}", ""]
    if len(notices) > LINES:
        lines += [f"Và {len(notices) - LINES} thông báo khác trong hộp thông báo.", ""]
    lines += [
        "Hộp thông báo: " + settings.BASE_URL + "/notices/",
        "Đổi hoặc thôi nhận thư này: " + settings.BASE_URL + "/notices/settings/",
        "Thư do hệ thống tự gửi, xin không trả lời.",
    ]
    name = uuid5(NAMESPACE_URL, f"{person.uid}/{day}").hex
    return letter(person.email, head, "\n".join(lines), message_id=f"<digest.{name}@{domain()}>")


def letter(to: str, subject: str, body: str, *, message_id: str) -> EmailMessage:
    """Plain text. The name of the reader stands in no header."""
    return EmailMessage(_line(subject), body + "\n", to=[to], headers={"Message-ID": message_id, **AUTOMATIC})


def domain() -> str:
    """The sender's: nothing tells the name of the machine."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2].encode("idna").decode() or "localhost"


def _line(text: str) -> str:
    return " ".join(text.split())
