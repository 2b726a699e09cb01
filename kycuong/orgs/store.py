"""Keeps at hand, beside the log, what was done by a role that was lent."""

from __future__ import annotations

from collections.abc import Sequence

from kycuong.audit.models import AuditEntry
from kycuong.core.standing_in import Lent, act_begun

from .models import StandInAct


def note_acts(verb: str, entries: Sequence[AuditEntry], lent: Sequence[Lent], using: str) -> None:
    """A row for each entry of the act and each right that it needed of somebody else; those of one act bear its moment."""
    moment = act_begun()
    StandInAct.objects.using(using).bulk_create(
        StandInAct(stand_in_id=one.stand_in, seq=entry.seq, done_at=moment, verb=verb, model=entry.model, key=entry.key)
        for entry in entries
        for one in lent
    )
