"""What is done to announcements. Every act is a function here; nothing else writes them."""

from __future__ import annotations

from datetime import date

from kycuong.audit.log import act, record
from kycuong.core.checks import ensure_clean, refresh
from kycuong.core.clock import now, today
from kycuong.core.vietnamese import clean
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person, Unit

from . import queries, rules
from .models import Announcement

WRITE = "announcement.write"


@act
def write_announcement(
    *, by: Person | None, unit: Unit, text: str, first_on: date | None = None, last_on: date
) -> Announcement:
    """Tell everybody of the unit and below something, from a day (today, if none is given) to the end of another."""
    authorize(by, WRITE, at=unit)
    rules.ensure_unit_goes_on(str(unit), not queries.has_ended(unit), heirs=queries.heirs_of(unit))
    first, said = first_on or today(), clean(text)
    rules.ensure_announcement(said, first, last_on, today=today())
    row = Announcement(unit=unit, text=said, first_on=first, last_on=last_on, written_by=by)
    ensure_clean(row)
    row.save(force_insert=True)
    record("announcement.write", row, by=by)
    return row


@act
def end_announcement(row: Announcement, *, by: Person | None) -> Announcement:
    """It is shown no more, or will not be."""
    authorize(by, WRITE, at=row.unit)
    refresh(row)
    rules.ensure_still_shown(row.ended_at is not None or row.last_on < today())
    row.ended_at, row.ended_by = now(), by
    ensure_clean(row)
    row.save()
    record("announcement.stop", row, by=by)
    return row
