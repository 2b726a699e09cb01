"""What waits for whoever keeps the calendar: the days off of the coming year, once they can be known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from kycuong.orgs.authority import units_where
from kycuong.orgs.models import Person
from kycuong.ui.todo import Todo

from .years import is_confirmed

FROM_MONTH = 12


def todos(person: Person, *, today: date) -> Iterator[Todo]:
    """From 1 December on: compare the days off of the coming year with the announcement, before the year begins."""
    if today.month < FROM_MONTH or not units_where(person, "daysoff.keep"):
        return
    year = today.year + 1
    if not is_confirmed(year):
        about = _("Đối chiếu với thông báo chính thức, kể cả ngày hoán đổi")
        address = f"{reverse('deadlines:days_off')}?year={year}"
        yield Todo(_("Xác nhận lịch nghỉ năm %d") % year, about, address, date(today.year, 12, 31))
