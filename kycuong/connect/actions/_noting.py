"""What an act has to tell to other programs is written down in the act's own transaction; sending comes later (tasks)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Model

from kycuong.connect.models import Delivery
from kycuong.connect.queries.webhooks import TELLING, happened, listening
from kycuong.core.remembering import settled


def note_events(verb: str, rows: Sequence[Model], using: str) -> None:
    """One delivery for each destination that asked for this kind, whatever this very process may send. Whether its owner may see the
    record is asked when it is sent."""
    about = [row for row in rows if isinstance(row, TELLING)]
    # Once in an act, however many records it writes: no act both makes a destination and tells something.
    places = (
        settled(("listening", using), lambda: list(listening().using(using).values_list("pk", "kinds")))
        if about
        else []
    )
    wanted = {kind for _pk, kinds in places for kind in kinds}
    found = list(happened(verb, about, wanted)) if wanted else []
    waiting = [
        Delivery(destination_id=pk, kind=kind, subject=uid)
        for kind, uid in found
        for pk, kinds in places
        if kind in kinds
    ]
    if waiting:
        Delivery.objects.using(using).bulk_create(waiting, batch_size=200)
