"""What an act has to tell to other programs is written down in the act's own transaction; sending comes later (tasks)."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db.models import Model

from kycuong.connect.models import Delivery
from kycuong.connect.queries.webhooks import happened, listening


def note_events(verb: str, rows: Sequence[Model]) -> None:
    """One delivery for each destination that asked for this kind. Whether its owner may see the record is asked when it is sent."""
    found = list(happened(verb, rows)) if settings.WEBHOOK_HOSTS else []
    if not found:
        return
    places = list(listening())
    waiting = [
        Delivery(destination=place, kind=kind, subject=uid)
        for kind, uid in found
        for place in places
        if kind in place.kinds
    ]
    Delivery.objects.bulk_create(waiting, batch_size=200)
