"""What was done in somebody's stead, act by act, as far as whoever reads may know of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.module_loading import import_string

from kycuong.orgs.models import Person, StandInAct


@dataclass(frozen=True, slots=True)
class Done:
    """One act: when, what in the order of the log, each once, and the number of its first entry."""

    when: datetime
    verbs: list[str]
    seq: int


def acts_done(stand_ins: Collection[int], *, by: Person) -> dict[int, list[Done]]:
    """Stand-in → its acts, the newest first. Nothing of an act that touched what is sealed from the reader, or what is gone and may
    have been: it is neither told nor counted."""
    rows = list(StandInAct.objects.filter(stand_in__in=stand_ins).order_by("seq"))
    touched = {(row.model, row.key) for row in rows}
    said = [import_string(path)(by, touched) for path in settings.SEALED_FROM] if rows else []
    acts: dict[tuple[int, datetime], list[StandInAct]] = defaultdict(list)
    for row in rows:
        acts[row.stand_in_id, row.done_at].append(row)
    found: dict[int, list[Done]] = {key: [] for key in stand_ins}
    for (key, when), entries in acts.items():
        answers = [one[row.model, row.key] for one in said for row in entries if (row.model, row.key) in one]
        if True not in answers and (not answers or False in answers):
            verbs = list(dict.fromkeys(row.verb for row in entries))
            found[key].append(Done(when, verbs, entries[0].seq))
    return {key: done[::-1] for key, done in found.items()}
