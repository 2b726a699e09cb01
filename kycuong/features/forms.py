"""The forms of looking at a unit's features, and of switching one."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kycuong.orgs.forms.units import NEEDED, UnitField

from .rules import LONGEST_REASON, Setting


class UnitForm(forms.Form):
    """Whose features are shown."""

    unit = UnitField(label=_("Đơn vị"))


class SwitchForm(forms.Form):
    """On, off, or as above; and why."""

    setting = forms.ChoiceField(
        label=_("Tại đơn vị này"),
        choices=Setting.choices,
        widget=forms.RadioSelect,
        error_messages={"required": NEEDED},
        help_text=_("Có hiệu lực ngay, cho đơn vị này và mọi đơn vị bên dưới không tự đặt khác."),
    )
    reason = forms.CharField(
        label=_("Lý do hoặc số văn bản"),
        max_length=LONGEST_REASON,
        help_text=_("Người bị từ chối đọc được lý do này."),
        error_messages={"required": NEEDED},
    )
