"""The shapes of opening and closing the public page, and of its terms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kycuong.openness.rules import MOST_DAYS, PublicationTerms
from kycuong.openness.rules.reports import About, Outcome
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
    hears = forms.BooleanField(
        label=_("Cũng nhận phản ánh của người dân"),
        required=False,
        help_text=_("Mỗi đơn vị có một trang để quét mã và gửi phản ánh."),
    )


class SettleForm(forms.Form):
    """What became of a report: for the office, and for whoever sent it."""

    outcome = forms.ChoiceField(label=_("Kết quả"), choices=Outcome.choices, widget=forms.RadioSelect())
    reason = forms.CharField(
        label=_("Lý do (nội bộ)"),
        max_length=300,
        help_text=_("Đừng ghi tên, số điện thoại của người gửi: ô này không tự xóa."),
    )
    answer = forms.CharField(
        label=_("Trả lời người phản ánh"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Người gửi đọc bằng mã. Đừng báo trước có kiểm tra hay không, đừng ghi tên người gửi."),
    )


class ReportForm(forms.Form):
    """What somebody reports of a unit. `website` is for programs that fill in everything; `opened` tells when the form was opened."""

    about = forms.ChoiceField(label=_("Về việc"), choices=About.choices)
    text = forms.CharField(
        label=_("Nội dung"),
        min_length=20,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Việc gì, lúc nào, ở bàn nào. Từ 20 đến 2.000 chữ cái."),
    )
    contact = forms.CharField(
        label=_("Liên hệ (không bắt buộc)"),
        max_length=200,
        required=False,
        help_text=_("Được niêm phong, chỉ người xử lý đọc, tự xóa sau 180 ngày. Để trống thì không ai biết bạn là ai."),
    )
    opened = forms.CharField(widget=forms.HiddenInput(), max_length=200, required=False)  # judged with the moment
    website = forms.CharField(label=_("Để trống ô này"), required=False, max_length=200)


class CodeForm(forms.Form):
    """The code that somebody got for a report."""

    code = forms.CharField(label=_("Mã phản ánh"), max_length=40, help_text=_("Dạng abcd-efgh-jkmn-pqrs."))


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
