"""The shape of what is typed about reports and conclusions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kycuong.ui.widgets import DateText


def _text(label: Any, most: int, rows: int, *, required: bool = False, help_text: Any = "") -> forms.CharField:
    box = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, widget=box, required=required, help_text=help_text)


class ReportForm(forms.Form):
    """The report of the team."""

    text = _text(_("Nội dung báo cáo"), 20_000, 14, required=True)
    reported_on = forms.DateField(label=_("Ngày báo cáo"), widget=DateText())
    number = forms.CharField(label=_("Số, ký hiệu"), max_length=80, required=False, help_text=_("Có thể để trống."))


class ConclusionForm(forms.Form):
    """The parts of a conclusion."""

    strengths = _text(_("Ưu điểm"), 5000, 4)
    shortcomings = _text(_("Tồn tại, hạn chế"), 10_000, 8)
    causes = _text(_("Nguyên nhân"), 5000, 3)
    requests = _text(_("Kiến nghị, yêu cầu"), 5000, 6)


class ShareForm(forms.Form):
    """For how many working days the unit may answer: those of the rule, or more."""

    days = forms.IntegerField(
        label=_("Thời hạn lấy ý kiến (ngày làm việc)"),
        help_text=_("Theo quy tắc; có thể cho thêm, không được bớt."),
    )


class ReplyForm(forms.Form):
    """The unit's word."""

    reply = _text(
        _("Ý kiến của đơn vị"),
        5000,
        8,
        required=True,
        help_text=_("Trả lời từng tồn tại trước; gửi ý kiến chung rồi thì lãnh đạo có thể duyệt."),
    )


class IssueForm(forms.Form):
    """That the conclusion was issued."""

    issued_on = forms.DateField(label=_("Ngày ban hành"), widget=DateText())
    number = forms.CharField(
        label=_("Số, ký hiệu"), max_length=80, required=False, help_text=_("Có thể để trống; văn thư ghi sau.")
    )
