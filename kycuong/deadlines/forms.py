"""The shape of what is typed about days off and terms."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kycuong.ui.widgets import DateText

from .rules import FIRST_YEAR, LAST_YEAR, DayKind

NEEDED = {"required": _("Chưa ghi; hãy ghi vào ô này.")}
A_DAY = {**NEEDED, "invalid": _("Chưa đọc được ngày; hãy ghi ngày/tháng/năm, ví dụ 03/04/2026.")}
A_NUMBER = {**NEEDED, "invalid": _("Hãy ghi một số nguyên, ví dụ 15.")}
NOTE = _("Ghi chú")
NOTE_HELP = _("Số, ngày của văn bản; ai thông báo.")


class YearForm(forms.Form):
    """Which year of the calendar."""

    year = forms.IntegerField(label=_("Năm"), required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR)


class TermForm(forms.Form):
    """A day and a number of working days after it."""

    start = forms.DateField(label=_("Kể từ ngày"), widget=DateText(), error_messages=A_DAY)
    days = forms.IntegerField(
        label=_("Số ngày làm việc"),
        error_messages=A_NUMBER,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": 4}),
    )


class DayOffForm(forms.Form):
    """A day off that is entered by hand."""

    day = forms.DateField(label=_("Ngày nghỉ"), widget=DateText(), error_messages=A_DAY)
    name = forms.CharField(
        label=_("Tên"), max_length=120, error_messages=NEEDED, help_text=_("Ví dụ: Quốc khánh, nghỉ bù Giỗ Tổ.")
    )
    kind = forms.ChoiceField(
        label=_("Loại"),
        choices=[(kind.value, kind.label) for kind in (DayKind.HOLIDAY, DayKind.COMPENSATORY)],
        widget=forms.RadioSelect,
        initial=DayKind.HOLIDAY.value,
    )
    note = forms.CharField(label=NOTE, max_length=300, required=False, help_text=NOTE_HELP)


class SwapForm(forms.Form):
    """A weekday that is free, and the Saturday or Sunday that is worked for it."""

    off = forms.DateField(
        label=_("Được nghỉ ngày"),
        widget=DateText(),
        error_messages=A_DAY,
        help_text=_("Một ngày từ thứ Hai đến thứ Sáu."),
    )
    worked = forms.DateField(
        label=_("Làm bù ngày"),
        widget=DateText(),
        error_messages=A_DAY,
        help_text=_("Một ngày thứ Bảy hoặc Chủ nhật."),
    )
    note = forms.CharField(label=NOTE, max_length=300, required=False, help_text=NOTE_HELP)


class ConfirmForm(forms.Form):
    """Which announcement the days of the year were compared with."""

    announcement = forms.CharField(
        label=_("Đã đối chiếu với văn bản"),
        max_length=300,
        error_messages=NEEDED,
        help_text=_("Ví dụ: Thông báo của Bộ Nội vụ ngày 25/12/2025 về nghỉ Tết và Quốc khánh."),
    )


class SureForm(forms.Form):
    """Nothing to fill in: the button is the answer."""
