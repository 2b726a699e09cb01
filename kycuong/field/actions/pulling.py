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


@act
def mirror(device: FieldDevice, *, by: Person) -> list[Visit]:
    """The visits that the phone carries, each with its log brought up to the desk and its record to the log."""
    authorize(by, device)
    visits = carried(by, device)
    for visit in visits_of({one.pk for one in visits}):
        bring_up(visit, by=by)
    return carried(by, device) if visits else []


@act
def note_looks(device: FieldDevice, sealed: Sequence[Visit], *, by: Person) -> None:
    """Each pack of a sealed draft that goes to a phone is a look on record."""
    authorize(by, device)
    for visit in sealed:
        note_look(visit, by=by)
        record("device.pull", device, by=by, op="read", visit=visit.uid)
