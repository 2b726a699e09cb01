"""The shape of what is typed on the catalogue's pages."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kycuong.ui.widgets import DateText


class DayForm(forms.Form):
    """The day on which legal bases are looked at."""

    on = forms.DateField(label=_("Căn cứ pháp lý có hiệu lực ngày"), required=False, widget=DateText())
