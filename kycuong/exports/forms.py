"""The forms of files: asking for one, and what holds for all."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kycuong.exports.rules import MOST_AT_ONCE, MOST_DAYS
from kycuong.ui.widgets import DateText


class AskForm(forms.Form):
    """A list, what it is narrowed to, and the type of the file."""

    list = forms.CharField(widget=forms.HiddenInput, max_length=40)
    query = forms.CharField(widget=forms.HiddenInput, required=False)
    file = forms.ChoiceField(
        label=_("Loại tệp"),
        choices=[("xlsx", _("Excel (.xlsx): có tiêu đề, in được")), ("csv", _("CSV: cho phần mềm khác đọc"))],
        widget=forms.RadioSelect,
    )


class RuleForm(forms.Form):
    """When a file is made in the background, and how long it is kept."""

    valid_from = forms.DateField(label=_("Áp dụng từ ngày"), widget=DateText())
    at_once = forms.IntegerField(
        label=_("Tải ngay khi không quá (dòng)"), min_value=1, max_value=MOST_AT_ONCE, widget=forms.TextInput(),
        help_text=_("Danh sách dài hơn được làm ở chế độ nền, xong thì có thông báo."),
    )  # fmt: skip
    days_kept = forms.IntegerField(
        label=_("Giữ tệp (ngày)"), min_value=1, max_value=MOST_DAYS, widget=forms.TextInput()
    )
