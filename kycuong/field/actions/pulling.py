"""Before a phone is told how a visit stands, what the desk wrote meanwhile enters the log; what is sealed is looked at on record."""

from __future__ import annotations

from collections.abc import Sequence

from kycuong.audit.log import act, record
from kycuong.field.authority import authorize
from kycuong.field.models import FieldDevice
from kycuong.field.queries import carried
from kycuong.inspections.actions import note_look
from kycuong.inspections.models import Visit
from kycuong.orgs.models import Person

from ._record import bring_up
from .receiving import visits_of


def mirror(device: FieldDevice, *, by: Person) -> list[Visit]:
    """The visits that the phone carries, each with its log brought up to the desk and its record to the log: one turn for each,
    so that nobody waits for a hundred of them."""
    authorize(by, device)
    visits = carried(by, device)
    for one in sorted(visits, key=lambda visit: visit.pk):
        _follow(device, one, by=by)
    return carried(by, device) if visits else []


@act
def _follow(device: FieldDevice, visit: Visit, *, by: Person) -> None:
    """One visit, unless it was removed or taken from the person while others had their turn."""
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
