"""Which of the deadlines that moved a person may read of: who keeps the calendar need not see what runs."""

from __future__ import annotations

from collections.abc import Sequence

from kycuong.deadlines.rules import Moved
from kycuong.orgs.authority import units_where
from kycuong.orgs.models import Closure, Person

SEEING = ("inspection.see", "visit.see")


def readable(person: Person, moved: Sequence[Moved]) -> list[Moved]:
    """Those that concern a unit under one at which the person sees inspections or visits."""
    holders = {unit for verb in SEEING for unit in units_where(person, verb)}
    about = {one.unit_id for one in moved}
    under = Closure.objects.filter(ancestor_id__in=holders, descendant_id__in=about)
    seen = set(under.values_list("descendant_id", flat=True)) if holders and about else set()
    return [one for one in moved if one.unit_id in seen]
