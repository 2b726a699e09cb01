"""The shape of what is typed on the catalogue's pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kycuong.catalog.models import Checklist
from kycuong.ui.widgets import DateText


class DayForm(forms.Form):
    """The day on which legal bases are looked at."""

    on = forms.DateField(label=_("Căn cứ pháp lý có hiệu lực ngày"), required=False, widget=DateText())


class ComparisonForm(forms.Form):
    """Which two versions are laid side by side."""

    def __init__(self, *args: Any, versions: QuerySet[Checklist], **options: Any) -> None:
        super().__init__(*args, **options)
        for name, label in (("old", _("Phiên bản trước")), ("new", _("Phiên bản sau"))):
            self.fields[name] = forms.ModelChoiceField(label=label, queryset=versions, to_field_name="version")
