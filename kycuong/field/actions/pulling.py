"""Before a phone is told how a visit stands, what the desk wrote meanwhile enters the log; what is sealed is looked at on record."""

from __future__ import annotations

from collections.abc import Sequence

from kycuong.audit.log import act, record
from kycuong.field.authority import authorize
from kycuong.field.models import FieldDevice
from kycuong.inspections.actions import note_look
from kycuong.inspections.models import Visit
from kycuong.orgs.models import Person

from ._record import bring_up
from .receiving import visits_of


@act
def follow(device: FieldDevice, visit: Visit, *, by: Person) -> None:
    """One visit that the phone carries, its log brought up to the desk and its record to the log; unless it was removed or taken
    from the person while others had their turn."""
    authorize(by, device)
    for found in visits_of({visit.pk}):
        if Visit.objects.visible_to(by).filter(pk=found.pk).exists():
            bring_up(found, by=by)


@act
def note_looks(device: FieldDevice, sealed: Sequence[Visit], *, by: Person) -> None:
    """Each pack of a sealed draft that goes to a phone is a look on record."""
    authorize(by, device)
    for visit in sealed:
        note_look(visit, by=by)
        record("device.pull", device, by=by, op="read", visit=visit.uid)
