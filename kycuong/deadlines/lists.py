"""The list of this capability as a file: the days off of a year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from kycuong.core.clock import today
from kycuong.deadlines.forms import YearForm
from kycuong.deadlines.models import CalendarDay
from kycuong.deadlines.queries import year_of
from kycuong.orgs.models import Person
from kycuong.sheets.listing import Column, Listed, of_lines

DAYS: tuple[Column[CalendarDay], ...] = (
    Column(_lazy("Ngày"), lambda row: row.day, 14),
    Column(_lazy("Loại"), lambda row: row.get_kind_display(), 20),
    Column(_lazy("Tên"), lambda row: row.name, 36),
    Column(_lazy("Hoán đổi với"), lambda row: row.exchanged_for, 14),
    Column(_lazy("Nguồn"), lambda row: row.get_source_display(), 14),
    Column(_lazy("Ghi chú"), lambda row: row.note, 40),
)


def days_off(person: Person, asked: Mapping[str, str]) -> Listed[Any]:
    """Everybody may read them."""
    form = YearForm(asked)
    year = (form.cleaned_data["year"] if form.is_valid() else None) or today().year
    held = year_of(year)
    notes = [] if held.confirmation else [_("Lịch nghỉ năm này chưa được xác nhận.")]
    return of_lines(_("Ngày nghỉ năm %d") % year, DAYS, held.days, notes=notes)
