"""Days off entered, swapped and taken away, one at a time, by whoever keeps the calendar."""

from __future__ import annotations

from datetime import date

from kycuong.audit.log import act, record, record_many
from kycuong.core.checks import ensure_clean, refresh
from kycuong.core.clock import now
from kycuong.deadlines import rules
from kycuong.deadlines.models import CalendarDay
from kycuong.deadlines.rules import DayKind, DaySource
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person

from ._moving import KEEP, Change, changed, top


@act
def add_day_off(*, by: Person | None, day: date, name: str, kind: str = DayKind.HOLIDAY, note: str = "") -> Change:
    """A day off that the library does not know, or knows otherwise."""
    authorize(by, KEEP, at=top())
    rules.ensure_day_off(day, kind)
    row = _written(CalendarDay(day=day, kind=kind, name=name.strip(), note=note.strip()), by, field="day")
    record("daysoff.add", row, by=by)
    return changed([row], by=by)


@act
def swap_days(*, by: Person | None, off: date, worked: date, note: str = "") -> Change:
    """A weekday is free and a weekend day is worked for it, as announced each year, sometimes late."""
    authorize(by, KEEP, at=top())
    rules.ensure_swap(off, worked)
    free = CalendarDay(day=off, kind=DayKind.SWAPPED, name=f"Nghỉ hoán đổi với {worked:%d/%m/%Y}", exchanged_for=worked)
    made_up = CalendarDay(day=worked, kind=DayKind.WORKED, name=f"Làm bù cho ngày {off:%d/%m/%Y}", exchanged_for=off)
    free.note = made_up.note = note.strip()
    rows = [_written(free, by, field="off"), _written(made_up, by, field="worked")]
    record_many("daysoff.swap", rows, by=by)
    return changed(rows, by=by)


@act
def remove_day_off(row: CalendarDay, *, by: Person | None) -> Change:
    """The day is again what its weekday says; of a swap, both days. What the library says is remembered as taken away."""
    authorize(by, KEEP, at=top())
    refresh(row)
    rules.ensure_there_is_something_to_remove(row.kind, row.day)
    both = CalendarDay.objects.filter(day=row.exchanged_for, exchanged_for=row.day) if row.exchanged_for else []
    rows = [row, *both]
    for one in rows:
        _taken_away(one, by)
    return changed(rows, by=by)


def _written(row: CalendarDay, by: Person | None, *, field: str) -> CalendarDay:
    """The row, entered by hand; in the place of what a person took away, if that was so."""
    held = CalendarDay.objects.filter(day=row.day).first()
    if held and held.kind == DayKind.PLAIN:
        row.pk, row.uid = held.pk, held.uid
    elif held:
        rules.ensure_free(row.day, f"{held.get_kind_display()}, {held.name}", field=field)
    row.source, row.entered_at, row.entered_by = DaySource.HAND, now(), by
    row._state.adding = row.pk is None
    ensure_clean(row)
    row.save()
    return row


def _taken_away(row: CalendarDay, by: Person | None) -> None:
    if row.source == DaySource.HAND:
        record("daysoff.remove", row, by=by, op="delete")
        row.delete()
    else:
        row.kind, row.exchanged_for, row.entered_at, row.entered_by = DayKind.PLAIN, None, now(), by
        row.save()
        record("daysoff.remove", row, by=by)
