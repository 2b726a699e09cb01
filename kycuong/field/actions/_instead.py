"""What somebody recorded on a phone while standing in for a colleague counts by what was lent at that hour, although it ended since.

The hour is the phone's, set right by how far its clock was off when it spoke last, and never later than when the op arrived. It
counts for visits of inspections that were there by then, for as long as phones carry visits; what comes later is set aside, as from whoever
holds no right.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from kycuong.audit.canonical import key_of
from kycuong.core.remembering import standing
from kycuong.core.standing_in import Lent, held_when_recorded
from kycuong.field.models import FieldDevice, FieldOp
from kycuong.field.queries.carried import PAST
from kycuong.field.rules.values import moment_of
from kycuong.inspections.authority import by_seat
from kycuong.inspections.models import Visit
from kycuong.orgs.authority import hands_of
from kycuong.orgs.models import Person, StandIn, StandInAct


def lent_at(author: Person, wall: int, device: FieldDevice | None, visit: Visit, arrived: datetime) -> list[int]:
    """What the author had of others at the hour of recording (primary keys of stand-ins), if that hour counts."""
    if not _ever_lent(author):
        return []
    hour = min(moment_of(wall + (device.clock_offset if device else 0)), arrived)
    if hour < visit.inspection.created_at or arrived - hour > PAST + timedelta(days=1):
        return []
    found = StandIn.objects.filter(person=author).were_in_force(hour).order_by("pk")
    return list(found.values_list("pk", flat=True))


def needed(author: Person, visit: Visit) -> tuple[Lent, ...]:
    """What the author needs of others to write to the visit: nothing by a seat or an own role."""
    if by_seat(author, "visit.record", visit):
        return ()
    return hands_of(author, "visit.record", at=visit.inspection.lead).lent[:1]


@contextmanager
def as_recorded(op: FieldOp, writer: Person | None) -> Iterator[None]:
    """Inside, the author of an op acts by what was lent when it was recorded."""
    if writer is None:
        yield
        return
    with held_when_recorded(writer.pk, lent_for(op, writer)):
        yield


def lent_for(op: FieldOp, writer: Person) -> tuple[int, ...]:
    """By what of others an op enters the record: what the log noted as it came in, else what the hour says."""
    if writer.pk != op.author_id or op.device is None or not _ever_lent(writer):
        return ()
    noted = StandInAct.objects.filter(model=op._meta.label, key=key_of(op), stand_in__person=writer)
    lent = noted.order_by("stand_in").values_list("stand_in_id", flat=True)
    return tuple(lent or lent_at(writer, op.wall, op.device, op.visit, op.received_at))


def _ever_lent(person: Person) -> bool:
    return standing(("ever lent", person.pk), StandIn.objects.filter(person=person).exists)
