"""The form of one's own wish about e-mail."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .rules import Wish


class WishForm(forms.Form):
    """When a digest is wanted."""

    wish = forms.ChoiceField(label=_("Thư tóm tắt"), choices=Wish.choices, widget=forms.RadioSelect)
