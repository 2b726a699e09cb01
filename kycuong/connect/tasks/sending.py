"""What waits is sent, for each destination in order, by one run at a time; what is not taken is tried again, then a person is told."""

from __future__ import annotations

import logging
import threading
import time
from datetime import date, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import connections
from django.db.models import Q, QuerySet

from kycuong.audit.log import act
from kycuong.connect import posting
from kycuong.connect.actions._pausing import pause
from kycuong.connect.models import Delivery, Destination
from kycuong.connect.queries.webhooks import VERB, told
from kycuong.connect.rules import webhooks as rules
from kycuong.connect.rules.webhooks import Outcome, State
from kycuong.core.clock import around_now, now
from kycuong.core.problems import Problem
from kycuong.notices.queries import last_run_far_away
from kycuong.notices.tasks.running import in_pieces
from kycuong.notices.telling import tell
from kycuong.orgs.authority import units_where

SECONDS = 5
"""How often a server asks whether something waits."""
HELD = timedelta(seconds=60)
"""A run that has not shown itself for so long has died; each try takes a few seconds at most."""
LONGEST = 60
"""Seconds for one destination in one run: others wait their turn."""

GONE = 410
"""The receiver says that it is no more."""


def start() -> threading.Thread | None:
    """A thread in each process of a server or worker; none where the installation sends nothing."""
    if not settings.WEBHOOK_HOSTS:
        return None
    thread = threading.Thread(target=_forever, name="webhooks", daemon=True)
    thread.start()
    return thread


def _forever() -> None:
    while True:
        try:
            # At an hour that is in doubt nothing goes out: receivers refuse a time-stamp that is wrong.
            if _due().exists() and last_run_far_away() is None:
                send_due()
        except Exception:  # no database, for one: told in the server's log, and tried again
            logging.getLogger(__name__).exception("webhooks")
        connections.close_all()
        time.sleep(SECONDS)


@in_pieces
def send_waiting(day: date) -> str:
    """The step of the tick: send what is due, and let go what is older than thirty days."""
    Delivery.objects.filter(happened_at__lt=now() - rules.KEPT).delete()
    count = send_due() if settings.WEBHOOK_HOSTS else 0
    return f"Đã gửi {count} tin tới phần mềm khác." if count else ""


def send_due() -> int:
    """How many were taken. A destination that another run sends to is passed by."""
    count, places = 0, _due().order_by("destination_id").values_list("destination_id", flat=True).distinct()
    for pk in list(places):
        token = str(uuid4())
        dead = ~Q(held_at__range=around_now(HELD, ahead=HELD))
        if Destination.objects.filter(Q(holder="") | dead, pk=pk, state=State.ACTIVE).update(
            holder=token, held_at=now()
        ):
            try:
                count += _send_to(pk, token)
            finally:
                Destination.objects.filter(pk=pk, holder=token).update(holder="")
    return count


def _due() -> QuerySet[Delivery]:
    """Also what a clock that was ahead has put off beyond the longest wait."""
    moment = now()
    ripe = Q(next_at=None) | Q(next_at__lte=moment) | Q(next_at__gt=moment + rules.AGAIN[-1])
    return Delivery.objects.filter(ripe, done=False, destination__state=State.ACTIVE)


def _send_to(pk: int, token: str) -> int:
    """In order: the first that is not taken holds up the rest, so that a receiver never hears of an end before a beginning."""
    count, end = 0, time.monotonic() + LONGEST
    while time.monotonic() < end:
        if not Destination.objects.filter(pk=pk, holder=token, state=State.ACTIVE).update(held_at=now()):
            break
        head = Delivery.objects.select_related("destination__owner").filter(destination_id=pk, done=False).first()
        if head is None or not _due().filter(pk=head.pk).exists():
            break
        if why := _forbidden(head.destination):
            _pause(head.destination, why)
            break
        count += _send(head) == Outcome.TAKEN  # what is not taken is the first again, and not due
    return count


def _forbidden(destination: Destination) -> str:
    """Why nothing may go there any more; empty when it may."""
    if not destination.owner.is_active or not units_where(destination.owner, VERB):
        return "Chủ nơi nhận không còn vai trò cần có."
    try:
        rules.ensure_allowed(destination.address, settings.WEBHOOK_HOSTS)
    except Problem as problem:
        return problem.vi
    return ""


def _send(head: Delivery) -> Outcome | None:
    """None when there was nothing that might be told: as if it had never been."""
    destination = head.destination
    data = told(head, destination.owner)
    if data is None:
        head.delete()
        return None
    body = rules.body_of(head.kind, head.happened_at, data)
    headers = rules.headers_of(head.uid, now(), body, destination.secret())
    private = rules.allowed(rules.place_of(destination.address), settings.WEBHOOK_HOSTS)[1]
    outcome, status = posting.post(destination.address, body, headers, private=private)
    # Killed here it goes out once more, under the same id: told twice is told, not told at all is a hole.
    _note(head, outcome, status)
    return outcome


def _note(head: Delivery, outcome: Outcome, status: int | None) -> None:
    taken, tries = outcome == Outcome.TAKEN, head.tries + 1
    wait = rules.wait_after(tries)
    there = Delivery.objects.filter(pk=head.pk)
    there.update(
        done=taken,
        tries=tries,
        tried_at=now(),
        outcome=outcome,
        status=status,
        next_at=None if taken or wait is None else now() + wait,
    )
    if not taken and (wait is None or status == GONE):
        head.refresh_from_db()
        why = f"Đã thử {tries} lần không được: {head.get_outcome_display()}{f' {status}' if status else ''}."
        _pause(head.destination, why)


@act
def _pause(destination: Destination, why: str) -> None:
    if pause(destination, why):
        tell(
            [destination.owner],
            key=f"webhook:{destination.uid}:{now():%Y%m%d%H%M%S}",
            subject=f"Tạm dừng gửi tới nơi nhận “{destination.name}”",
            text=f"{why} Những gì xảy ra từ đó được giữ 30 ngày; sửa xong thì bấm “Gửi tiếp”.",
            url=destination.get_absolute_url(),
        )
