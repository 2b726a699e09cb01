"""The form of a destination."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kycuong.signin.forms import ReasonForm

from .models import Destination
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
        help_text=_(
            "Bắt đầu bằng https://; tên máy phải nằm trong danh sách mà quản trị máy chủ cho phép. Đừng viết mã bí mật vào địa chỉ: bên nhận kiểm chữ ký."
        ),
        error_messages={"required": NEEDED},
    )
    kinds = forms.MultipleChoiceField(
        label=_("Báo khi"),
        choices=Kind.choices,
        initial=Kind.values,
        widget=forms.CheckboxSelectMultiple(),
        error_messages={"required": _("Hãy chọn ít nhất một loại việc.")},
    )


class WebhookReasonForm(ReasonForm):
    """Which destination of somebody goes, and why."""

    def __init__(self, *given: Any, rows: Sequence[Destination], **options: Any) -> None:
        super().__init__(*given, **options)
        choices = forms.ChoiceField(
            label=_("Nơi nhận"),
            choices=[(str(one.uid), f"{one.name} ({one.origin})") for one in rows],
            error_messages={"required": NEEDED, "invalid_choice": _("Hãy chọn một nơi nhận trong danh sách.")},
        )
        self.fields = {"webhook": choices, **self.fields}
