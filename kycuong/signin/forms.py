"""The shape of what is typed about proofs and keys."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kycuong.core.clock import today
from kycuong.orgs.forms.units import NEEDED, DayField

from .rules import OFFERED

CODE = {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}


class CodeForm(forms.Form):
    """A code of the app, or a recovery code."""

    code = forms.CharField(
        label=_("Mã trong ứng dụng"),
        max_length=40,
        error_messages={"required": NEEDED},
        widget=forms.TextInput(attrs={**CODE, "inputmode": "numeric"}),
    )


class SecondForm(CodeForm):
    """At the door one may be without the phone."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].help_text = _("Sáu số đang hiện trong ứng dụng tạo mã, hoặc một mã khôi phục.")
        self.fields["code"].widget.attrs = {**CODE, "autofocus": True}


class ConfirmForm(forms.Form):
    """The password; and a code, of whoever has a second factor."""

    password = forms.CharField(
        label=_("Mật khẩu"),
        max_length=500,
        strip=False,
        error_messages={"required": NEEDED},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = forms.CharField(
        label=_("Mã trong ứng dụng"),
        max_length=40,
        help_text=_("Hoặc một mã khôi phục."),
        error_messages={"required": NEEDED},
        widget=forms.TextInput(attrs=CODE),
    )

    def __init__(self, *args: Any, coded: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not coded:
            del self.fields["code"]


class PasskeyForm(forms.Form):
    """What a new passkey is called; the browser fills in the rest."""

    name = forms.CharField(
        label=_("Tên khóa"),
        max_length=60,
        help_text=_("Để nhận ra nó về sau, ví dụ: Điện thoại của tôi."),
        error_messages={"required": NEEDED},
    )
    credential = forms.CharField(widget=forms.HiddenInput, max_length=20_000, required=False)


class KeyForm(forms.Form):
    """A key for a program."""

    name = forms.CharField(
        label=_("Tên khóa"),
        max_length=60,
        help_text=_("Chương trình nào dùng, ví dụ: Báo cáo hằng tuần."),
        error_messages={"required": NEEDED},
    )
    scope = forms.ChoiceField(
        label=_("Khóa được làm gì"),
        choices=OFFERED,
        help_text=_("Không bao giờ hơn quyền của chính bạn."),
        error_messages={"required": NEEDED},
    )
    expires_on = DayField(label=_("Dùng đến hết ngày"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["expires_on"].initial = today() + timedelta(days=90)


class KeyReasonForm(forms.Form):
    """Why somebody else's key is taken back."""

    reason = forms.CharField(
        label=_("Lý do"),
        max_length=500,
        help_text=_("Ví dụ: khóa bị lộ trong thư. Người ấy đọc được câu này."),
        error_messages={"required": NEEDED},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReasonForm(forms.Form):
    """Why somebody else's proofs are taken away."""

    reason = forms.CharField(
        label=_("Lý do"),
        max_length=500,
        help_text=_("Ví dụ: mất điện thoại, đã gặp trực tiếp. Người ấy đọc được câu này."),
        error_messages={"required": NEEDED},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
