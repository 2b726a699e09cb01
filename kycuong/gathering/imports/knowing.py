"""What is known before files of a gathering are read: the agencies under its scope, names and layouts that people confirmed."""

from __future__ import annotations

from kycuong.gathering.models import FormLayout, Gathering
from kycuong.orgs.models import Unit
from kycuong.sheets.names import name_keys

from .agencies import Agencies
from .heads import Layout, Remembered
from .reading import Told


def told_of(gathering: Gathering) -> Told:
    """For all files of the gathering at once."""
    keys = list(Unit.objects.under(gathering.scope, on=gathering.last).values_list("pk", flat=True))
    # The newest of a head first: it alone says which name was the agency's.
    kept = FormLayout.objects.filter(agency__in=keys).order_by("-pk")
    meant: dict[object, set[int]] = {}
    spelt: dict[object, str] = {}
    known, told = [], set[tuple[int, str]]()
    for one in kept:
        if one.said and (one.agency_id, one.fingerprint) not in told:
            # However it is spelt: two agencies under one name in capitals and in small letters are two under one name.
            meant.setdefault(name_keys(one.said), set()).add(one.agency_id)
            spelt[name_keys(one.said)] = one.said
        told.add((one.agency_id, one.fingerprint))
        known.append(Remembered(one.agency_id, one.fingerprint, Layout.from_json(one.layout)))
    # A name that two agencies were confirmed under tells neither.
    names = {spelt[key]: next(iter(agencies)) for key, agencies in meant.items() if len(agencies) == 1}
    return Told(Agencies(keys, gathering.last, names), known)
