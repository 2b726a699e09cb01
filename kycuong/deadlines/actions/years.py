"""A year of the calendar: filled from the library, and confirmed by somebody who has seen the announcement."""

from __future__ import annotations

from kycuong.audit.log import act, record, record_many
from kycuong.core.checks import ensure_clean
from kycuong.core.problems import RuleBroken
from kycuong.deadlines import rules
from kycuong.deadlines.models import CalendarDay, YearConfirmation
from kycuong.deadlines.rules import OFF, DaySource
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person

from ._moving import KEEP, Change, changed, top


@act
def fill_year(year: int, *, by: Person | None) -> Change:
    """Add what the library knows of the year. What is there stays, also what a person took away."""
    authorize(by, KEEP, at=top())
    rules.ensure_year(year)
    known = set(CalendarDay.objects.filter(day__year=year).values_list("day", flat=True))
    new = [
        CalendarDay(**one._asdict(), source=DaySource.LIBRARY, entered_by=by)
        for one in rules.days_of_library(year)
        if one.day not in known
    ]
    for row in new:
        ensure_clean(row)
        row.save(force_insert=True)
    record_many("daysoff.fill", new, by=by)
    return changed(new, by=by)


@act
def confirm_year(year: int, *, by: Person | None, announcement: str) -> YearConfirmation:
    """The days off of the year agree with the announcement. They may still change: a swap may be announced late."""
    authorize(by, KEEP, at=top())
    rules.ensure_year(year)
    days = CalendarDay.objects.filter(day__year=year, kind__in=OFF).count()
    confirmed = YearConfirmation.objects.filter(year=year).exists()
    rules.ensure_can_be_confirmed(year, days=days, confirmed=confirmed)
    rules.ensure_announcement(announcement)
    row = YearConfirmation(year=year, announcement=announcement.strip(), confirmed_by=by)
    ensure_clean(row)
    row.save(force_insert=True)
    record("daysoff.confirm", row, by=by)
    return row


@act
def withdraw_confirmation(year: int, *, by: Person | None) -> None:
    """The year was confirmed by mistake: whoever relies on its days is warned again."""
    authorize(by, KEEP, at=top())
    row = YearConfirmation.objects.filter(year=year).first()
    if row is None:
        raise RuleBroken(
            f"Lịch nghỉ năm {year} chưa được xác nhận nên không có gì để rút. Hãy tải lại trang.",
            en=f"The days off of {year} are not confirmed, so there is nothing to withdraw. Reload the page.",
        )
    record("daysoff.unconfirm", row, by=by, op="delete")
    row.delete()
