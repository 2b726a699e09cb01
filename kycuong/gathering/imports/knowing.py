"""What is known before files of a gathering are read: the agencies under its scope, names and layouts that people confirmed."""

from __future__ import annotations

from kycuong.gathering.models import FormLayout, Gathering
from kycuong.orgs.models import Unit

from .agencies import Agencies
from .heads import Layout, Remembered
from .reading import Told


def told_of(gathering: Gathering) -> Told:
    """For all files of the gathering at once."""
    keys = list(Unit.objects.under(gathering.scope, on=gathering.last).values_list("pk", flat=True))
    kept = FormLayout.objects.filter(agency__in=keys)
    meant: dict[str, set[int]] = {}
    known = []
    for one in kept:
        if one.said:
            meant.setdefault(one.said, set()).add(one.agency_id)
        known.append(Remembered(one.agency_id, one.fingerprint, Layout.from_json(one.layout)))
    # A name that two agencies were confirmed under tells neither.
    names = {said: next(iter(agencies)) for said, agencies in meant.items() if len(agencies) == 1}
    return Told(Agencies(keys, gathering.last, names), known)
