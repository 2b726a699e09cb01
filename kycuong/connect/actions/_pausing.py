"""Sending to a destination stops by itself: nobody takes it, or its owner may not have it any more."""

from __future__ import annotations

from kycuong.audit.log import record
from kycuong.connect.models import Destination
from kycuong.connect.rules.webhooks import State


def pause(destination: Destination, why: str) -> bool:
    """By the program, inside an act: whether it was active until now."""
    if not Destination.objects.filter(pk=destination.pk, state=State.ACTIVE).exists():
        return False
    become(destination, State.PAUSED, why)
    record("webhook.pause", destination, by=None)
    return True


def become(destination: Destination, state: State, why: str) -> None:
    Destination.objects.filter(pk=destination.pk).update(state=state, why=why)
    destination.refresh_from_db()
