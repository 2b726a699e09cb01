"""The digest: one mail a day to each person who wants it, marked only after the server has taken it."""

from __future__ import annotations

import logging
import time
from collections import Counter
from datetime import date, datetime
from itertools import groupby
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Q

from kycuong.core.clock import AHEAD, now
from kycuong.notices.models import DigestSent, MailWish, Notice
from kycuong.notices.rules import NEWS, StepFailed, Wish, digest_cut
from kycuong.orgs.models import Person

from .delivery import explained
from .letters import digest
from .running import in_pieces
from .unhurried import LONGEST


@in_pieces
def send_digests(day: date) -> str:
    """Send what is due. `day` does not decide: a run before the hour of mail sends what the day before has left."""
    if not settings.EMAIL_HOST:
        return ""
    due, cut = digest_cut(now(), settings.MAIL_HOUR)
    waiting = [(person, list(notices)) for person, notices in groupby(_notices(due, cut), lambda one: one.person)]
    if not waiting:
        return ""
    return _said(_send(waiting, due))


def _notices(day: date, cut: datetime) -> list[Notice]:
    """Unread and unmailed, by person, what is due first; of those who want mail and have had none of that day."""
    # What a clock that was wrong dated far ahead is news, too: nobody would hear of it until that hour.
    fresh = Q(told_at__lt=cut, told_at__gte=cut - NEWS) | Q(told_at__gt=now() + AHEAD)
    found = Notice.objects.filter(fresh, mailed_at=None, read_at=None)
    found = found.filter(person__is_active=True).exclude(person__email="")
    found = found.exclude(person__digests__day=day).exclude(person__mail_wish__refused_on=day)
    found = found.exclude(person__mail_wish__wish=Wish.NEVER).exclude(person__mail_wish__wish=Wish.DUE, due=False)
    return list(found.select_related("person").order_by("person_id", "-due", "pk"))


def _send(waiting: list[tuple[Person, list[Notice]]], day: date) -> Counter[str]:
    counted: Counter[str] = Counter()
    begun, connection = time.monotonic(), get_connection()
    try:
        connection.open()
        for person, notices in waiting:
            if time.monotonic() - begun > LONGEST:
                counted["later"] += 1
                continue
            counted[_send_one(person, notices, day, connection)] += 1
    except (SMTPException, OSError) as error:  # the server itself: the others would not fare better
        logging.getLogger(__name__).warning("mail: %s", error)
        sent = f"Đã gửi {counted['sent']} thư, còn lại chờ lần chạy sau. " if counted["sent"] else ""
        raise StepFailed(sent + explained(error).vi) from error
    finally:
        connection.close()
    return counted


def _send_one(person: Person, notices: list[Notice], day: date, connection: BaseEmailBackend) -> str:
    """Whether the server took it. What it refuses of one reader's stops nobody else's."""
    message = digest(person, notices, day)
    message.connection = connection
    try:
        message.send()
    except (
        SMTPRecipientsRefused,
        SMTPDataError,
        ValueError,
    ) as error:  # ValueError: no address that a header could bear
        # A word of the server may be about a moment (4xx: come again) or about the address (5xx: ask again tomorrow).
        if not all(code < 500 for code in _codes(error)):
            MailWish.objects.update_or_create(person=person, defaults={"refused_on": day})
        return "refused"
    with transaction.atomic():
        DigestSent.objects.get_or_create(person=person, day=day, defaults={"notices": len(notices)})
        Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=now())
        MailWish.objects.filter(person=person).update(refused_on=None)
    return "sent"


def _codes(error: Exception) -> list[int]:
    if isinstance(error, SMTPRecipientsRefused):
        return [code for code, _words in error.recipients.values()]
    return [int(getattr(error, "smtp_code", 500))]


def _said(counted: Counter[str]) -> str:
    words = {
        "sent": "Đã gửi {} thư",
        "refused": "{} địa chỉ bị máy chủ thư từ chối",
        "later": "{} thư chờ lần chạy sau",
    }
    told = [text.format(counted[name]) for name, text in words.items() if counted[name]]
    return f"{'; '.join(told)}."
