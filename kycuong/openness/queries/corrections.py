"""What was public and was taken back: a visit that was annulled after everybody could read of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from kycuong.openness.rules import was_open_between

from .register import Terms, becomes_public, concluded, public_key, undisputed
from .switching import switchings


@dataclass(frozen=True, slots=True)
class Correction:
    """One line: which row is gone, and since when. The reason is free text of an official, and stays inside."""

    key: str
    unit: str
    month: str
    taken_back_on: date


def corrections(day: date) -> list[Correction]:
    """The latest first. What nobody could read before it was annulled is no correction."""
    terms, all_ = Terms(), switchings()
    found = []
    for row in undisputed(concluded().filter(annulled_at__isnull=False), day):
        gone_on, from_ = timezone.localtime(row["annulled_at"]).date(), becomes_public(row, terms)
        if gone_on <= day and was_open_between(all_, from_, gone_on):
            month = f"{row['visited_on']:%Y-%m}"
            found.append(Correction(public_key(row["uid"]), row["unit_name_then"], month, gone_on))
    return sorted(found, key=lambda one: (one.taken_back_on, one.unit, one.key), reverse=True)
