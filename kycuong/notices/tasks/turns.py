"""One run at a time, on one machine or several: a row that says whose turn it is, changed by conditional updates only.

No lock of the database is held meanwhile: a step may talk to a mail server for minutes, and people go on working.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.db.models import Q

from kycuong.core.clock import around_now, now
from kycuong.notices.models import TickTurn
from kycuong.notices.rules import DEAD

ROW = 1


def is_due(every: timedelta) -> bool:
    """Whether no run has begun for so long. One small query, asked once a minute."""
    return not TickTurn.objects.filter(pk=ROW, begun_at__range=around_now(every)).exists()


def take(every: timedelta | None = None) -> str:
    """The token of a turn that is now ours; empty while another run lives, or began less than `every` ago."""
    TickTurn.objects.bulk_create([TickTurn(pk=ROW)], ignore_conflicts=True)
    moment, token = now(), str(uuid4())
    # As far ahead, too: taking over what lives would do things twice, and waiting longer costs minutes.
    dead = ~Q(seen_at__range=around_now(DEAD, ahead=DEAD))
    free = TickTurn.objects.filter(Q(holder="") | dead, pk=ROW)
    if every is not None:
        free = free.filter(Q(begun_at=None) | ~Q(begun_at__range=around_now(every)))
    return token if free.update(holder=token, begun_at=moment, seen_at=moment) else ""


def still_ours(token: str) -> bool:
    """Show that the run lives; false when it was so slow that another one has taken over."""
    return TickTurn.objects.filter(pk=ROW, holder=token).update(seen_at=now()) == 1


def give_back(token: str) -> None:
    TickTurn.objects.filter(pk=ROW, holder=token).update(holder="")
