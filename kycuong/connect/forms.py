"""The form of a destination."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .rules.webhooks import LONGEST_ADDRESS, Kind

NEEDED = _("Cần điền ô này.")


class WebhookForm(forms.Form):
    """Where what happens is told to."""

    name = forms.CharField(
        label=_("Tên nơi nhận"),
        max_length=60,
        help_text=_("Phần mềm nào nhận, ví dụ: Trục liên thông của tỉnh."),
        error_messages={"required": NEEDED},
    )
    address = forms.CharField(
        label=_("Địa chỉ"),
        max_length=LONGEST_ADDRESS,
        help_text=_("Bắt đầu bằng https://; tên máy phải nằm trong danh sách mà quản trị máy chủ cho phép."),
        error_messages={"required": NEEDED},
    )
    kinds = forms.MultipleChoiceField(
        label=_("Báo khi"),
        choices=Kind.choices,
        initial=Kind.values,
        widget=forms.CheckboxSelectMultiple(),
        error_messages={"required": _("Hãy chọn ít nhất một loại việc.")},
    )
