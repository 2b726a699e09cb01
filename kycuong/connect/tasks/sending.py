"""What waits is sent, for each destination in order, by one run at a time; what is not taken is tried again, then a person is told."""

from __future__ import annotations

import logging
import threading
import time
from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db import DatabaseError, connections
from django.db.models import Q

from kycuong.audit.log import act
from kycuong.connect import posting
from kycuong.connect.actions import _pausing as causes
from kycuong.connect.actions._pausing import Cause, pause
from kycuong.connect.models import Delivery, Destination
from kycuong.connect.queries.webhooks import THREAD, VERB, due, head_of, told
from kycuong.connect.rules import webhooks as rules
from kycuong.connect.rules.webhooks import TRIAL, Outcome, State
from kycuong.core.clock import around_now, now
from kycuong.core.problems import Problem
from kycuong.core.sealing import SealBroken
from kycuong.notices.queries import last_run_far_away
from kycuong.orgs.authority import units_where
from kycuong.signin.queries import lacks_factor

SECONDS = 5
"""How often a server asks whether something waits."""
HELD = timedelta(seconds=60)
"""A run that has not shown itself for so long has died; each try takes a few seconds at most."""
TURN = 10
"""Seconds after which a destination gets no further try in one round: one that is slow delays the others by two tries at most."""
GONE = 410
"""The receiver says that it is no more."""


def start() -> threading.Thread | None:
    """A thread in each process of a server or worker; none where the installation sends nothing."""
    if not settings.WEBHOOK_HOSTS:
        return None
    thread = threading.Thread(target=_forever, name=THREAD, daemon=True)
    thread.start()
    return thread


def _forever() -> None:
    while True:
        count = 0
        try:
            # At an hour that is in doubt nothing goes out: receivers refuse a time-stamp that is wrong.
            if due() and last_run_far_away() is None:
                count = send_due()
        except Exception:  # no database, for one: told in the server's log, and tried again
            logging.getLogger(__name__).exception("webhooks")
        connections.close_all()
        if not count:
            time.sleep(SECONDS)


def send_due(seconds: float = float("inf")) -> int:
    """How many were taken, in no more than so many seconds. A destination that another run sends to is passed by, as is one that this
    process may not send to; one that cannot be sent to stops no other."""
    count, end = 0, time.monotonic() + seconds - rules.SECONDS
    for place in due() if settings.WEBHOOK_HOSTS else ():
        token = str(uuid4())
        dead = ~Q(held_at__range=around_now(HELD, ahead=HELD))
        free = Destination.objects.filter(Q(holder="") | dead, pk=place.pk, state=State.ACTIVE)
        if time.monotonic() < end and free.update(holder=token, held_at=now()):
            try:
                count += _turn(place, token, min(end, time.monotonic() + TURN))
            finally:
                with suppress(DatabaseError):  # then it is free in a minute
                    Destination.objects.filter(pk=place.pk, holder=token).update(holder="")
    return count


def _turn(place: Destination, token: str, end: float) -> int:
    try:
        return _send_to(place.pk, token, end)
    except SealBroken:
        _pause(place, causes.NO_SECRET)
    except Exception:  # whatever it is, the others go on, and this one is looked at again in a minute
        logging.getLogger(__name__).exception("webhooks: %s", place.uid)
        with suppress(DatabaseError):
            _put_off(place)
    return 0


def _put_off(place: Destination) -> None:
    """What cannot even be said counts as a try: after as many as ever a person hears of it."""
    head = head_of(place.pk)
    if head is None:
        return
    wait, once = rules.wait_after(head.tries + 1), _is_asked(head)
    later = now() + (wait or rules.AGAIN[-1])
    Delivery.objects.filter(pk=head.pk).update(done=once, tries=head.tries + 1, next_at=later)
    if wait is None and not once:
        _pause(place, causes.not_taken("Lỗi của hệ thống: xem nhật ký của máy chủ."))


def _is_asked(head: Delivery) -> bool:
    """A trial, or what was taken before: one try, then it is over."""
    return head.kind == TRIAL or head.outcome == Outcome.TAKEN


def _send_to(pk: int, token: str, end: float) -> int:
    """In order: the first that is not taken holds up the rest, so that a receiver never hears of an end before a beginning."""
    count = 0
    while time.monotonic() < end:
        if not Destination.objects.filter(pk=pk, holder=token, state=State.ACTIVE).update(held_at=now()):
            break
        head = head_of(pk)
        if head is None:
            break
        if cause := _forbidden(head.destination):
            _pause(head.destination, cause)
            break
        count += _send(head, token) == Outcome.TAKEN  # what is not taken is the first again, and not due
    return count


def _forbidden(destination: Destination) -> Cause | None:
    """Why nothing may go there any more: as strict as the calendar (queries/feeds.py)."""
    owner = destination.owner
    if not owner.is_active:
        return causes.SHAKEN
    if owner.password_ends_at or lacks_factor(owner):
        return causes.NOT_ENOUGH
    if not units_where(owner, VERB):
        return causes.NO_ROLE
    try:
        same = rules.place_of(destination.address).origin == destination.origin
    except Problem:
        same = False
    return None if same else causes.CHANGED


def _send(head: Delivery, token: str) -> Outcome | None:
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
    _note(head, token, outcome, status)
    return outcome


def _note(head: Delivery, token: str, outcome: Outcome, status: int | None) -> None:
    """Only while the turn is still its own: another run, a removal or a press of “Gửi lại” may have come meanwhile."""
    taken, tries = outcome == Outcome.TAKEN, head.tries + 1
    once, wait = _is_asked(head), rules.wait_after(tries)
    there = Delivery.objects.filter(pk=head.pk, destination__holder=token, tries=head.tries, done=False)
    woken = head.next_at is not None and there.filter(next_at=None).exists()
    later = None if taken or once or woken or wait is None else now() + wait
    noted = there.update(done=taken or once, tries=tries, tried_at=now(), outcome=outcome, status=status, next_at=later)
    if noted and taken and once:  # somebody is there again
        Delivery.objects.filter(destination=head.destination_id, done=False).update(next_at=None)
    if noted and not taken and (status == GONE or (wait is None and not once)):
        words = f"Đã thử {tries} lần không được: {outcome.label}{f' {status}' if status else ''}."
        _pause(head.destination, causes.not_taken(words))


@act
def _pause(destination: Destination, cause: Cause) -> None:
    pause(destination, cause)
