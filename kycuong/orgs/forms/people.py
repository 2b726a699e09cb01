"""The shape of what is typed about an account and a role."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kycuong.orgs.roles import ROLES
from kycuong.orgs.rules import FOREVER

from .units import NEEDED, DayField, UnitField


class GrantForm(forms.Form):
    """A role at a unit, from a day to a day."""

    role = forms.ChoiceField(label=_("Vai trò"), error_messages={"required": NEEDED})
    unit = UnitField(label=_("Tại đơn vị"), help_text=_("Vai trò có hiệu lực ở đơn vị này và mọi đơn vị bên dưới."))
    first = DayField(label=_("Từ ngày"), required=False, help_text=_("Để trống là từ hôm nay."))
    last = DayField(label=_("Đến hết ngày"), required=False, help_text=_("Để trống khi chưa định ngày hết."))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", _("Chọn vai trò")), *((slug, role.title) for slug, role in ROLES.items())]
        self.fields["role"] = forms.ChoiceField(
            label=_("Vai trò"), choices=choices, error_messages={"required": NEEDED}
        )

    def wish(self) -> dict[str, Any]:
        """What `grant_role` takes."""
        last = self.cleaned_data["last"]
        return {
            "role": self.cleaned_data["role"],
            "unit": self.cleaned_data["unit"],
            "valid_from": self.cleaned_data["first"],
            "valid_to": last + timedelta(days=1) if last else FOREVER,
        }


class AccountForm(GrantForm):
    """A new account and its first role."""

    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=80,
        help_text=_("3 đến 50 chữ a–z không dấu, chữ số, dấu chấm, gạch."),
        error_messages={"required": NEEDED},
    )
    full_name = forms.CharField(label=_("Họ và tên"), max_length=120, error_messages={"required": NEEDED})
    position = forms.CharField(label=_("Chức vụ"), max_length=160, required=False)
    email = forms.EmailField(label=_("Thư điện tử"), required=False)

    field_order = ["username", "full_name", "position", "email", "role", "unit", "first", "last"]

    def words(self) -> dict[str, str]:
        """What `create_account` takes."""
        return {name: self.cleaned_data[name] for name in ("username", "full_name", "position", "email")}
