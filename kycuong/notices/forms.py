"""The forms of one's own wish about e-mail, and of an announcement."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kycuong.orgs.forms.units import NEEDED, DayField, UnitField

from .rules import LONGEST_TEXT, Wish


class WishForm(forms.Form):
    """When a digest is wanted."""

    wish = forms.ChoiceField(label=_("Thư tóm tắt"), choices=Wish.choices, widget=forms.RadioSelect)


class AnnouncementForm(forms.Form):
    """What is said, to whom, from when to when."""

    text = forms.CharField(
        label=_("Nội dung"),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_TEXT}),
        help_text=_("Tối đa 500 ký tự, chỉ chữ. Mọi người nhận đều đọc được, nên không ghi điều cần giữ kín."),
        error_messages={"required": NEEDED},
    )
    unit = UnitField(label=_("Gửi tới đơn vị"), help_text=_("Mọi người ở đơn vị này và các đơn vị bên dưới sẽ thấy."))
    first_on = DayField(label=_("Từ ngày"), required=False, help_text=_("Để trống là từ hôm nay."))
    last_on = DayField(label=_("Đến hết ngày"))
