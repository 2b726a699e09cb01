"""The shapes of opening and closing the public page, and of its terms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kycuong.openness.rules import MOST_DAYS, PublicationTerms
from kycuong.ui.widgets import DateText


def _number(label: Any, least: int, most: int, help_text: Any) -> forms.IntegerField:
    box = forms.TextInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=least, max_value=most, widget=box, help_text=help_text)


class ReasonForm(forms.Form):
    """Closing: why."""

    reason = forms.CharField(label=_("Căn cứ, lý do"), max_length=300)


class OpenForm(forms.Form):
    """Opening: from when, on what ground."""

    valid_from = forms.DateField(label=_("Mở từ ngày"), widget=DateText())
    reason = forms.CharField(
        label=_("Căn cứ"),
        max_length=300,
        help_text=_("Ví dụ: văn bản số … của UBND tỉnh về công khai kết quả kiểm tra."),
    )


class RuleForm(forms.Form):
    """The terms from a day on."""

    valid_from = forms.DateField(label=_("Áp dụng từ ngày"), widget=DateText())
    embargo_days = _number(
        _("Công khai sau khi có kết luận (ngày)"),
        0,
        MOST_DAYS,
        _("Tính theo ngày lịch; chỉ cho kết luận từ ngày áp dụng."),
    )
    least = _number(
        _("Số nhỏ nhất được nêu"), 2, 10, _("Số nhỏ hơn hiện thành «< 3», để không đoán ra một người, một việc.")
    )

    def terms(self) -> PublicationTerms:
        return PublicationTerms(self.cleaned_data["embargo_days"], self.cleaned_data["least"])
