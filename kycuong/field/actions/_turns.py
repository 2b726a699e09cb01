"""What a phone carries is brought up visit by visit: one turn for each, so that nobody waits for a hundred of them."""

from __future__ import annotations

from kycuong.field.authority import authorize
from kycuong.field.models import FieldDevice
from kycuong.field.queries import carried
from kycuong.inspections.models import Visit
from kycuong.orgs.models import Person

from .pulling import follow


def mirror(device: FieldDevice, *, by: Person) -> list[Visit]:
    """The visits that the phone carries, each with its log brought up to the desk and its record to the log."""
    authorize(by, device)
    visits = carried(by, device)
    for one in sorted(visits, key=lambda visit: visit.pk):
        follow(device, one, by=by)
    return carried(by, device) if visits else []
