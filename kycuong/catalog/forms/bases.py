"""The shape of what is typed about a legal document."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kycuong.catalog.models import LegalBasis
from kycuong.orgs.rules import FOREVER
from kycuong.ui.widgets import DateText

from .building import NEEDED


class BasisForm(forms.Form):
    """A legal document and when it applies. Its number is asked only while it is new."""

    number = forms.CharField(label=_("Số, ký hiệu"), max_length=80, error_messages=NEEDED)
    title = forms.CharField(
        label=_("Trích yếu"), max_length=300, error_messages=NEEDED, widget=forms.Textarea(attrs={"rows": 2})
    )
    issued_on = forms.DateField(label=_("Ngày ban hành"), required=False, widget=DateText())
    valid_from = forms.DateField(
        label=_("Có hiệu lực từ ngày"), required=False, widget=DateText(), help_text=_("Để trống khi chưa rõ.")
    )
    last = forms.DateField(
        label=_("Đến hết ngày"), required=False, widget=DateText(), help_text=_("Để trống khi còn hiệu lực.")
    )
    replaced_by = forms.ModelChoiceField(
        label=_("Được thay bằng"), queryset=LegalBasis.objects.none(), required=False, empty_label=_("Chưa có")
    )
    reviewed_on = forms.DateField(
        label=_("Đã rà soát ngày"),
        required=False,
        widget=DateText(),
        help_text=_("Ngày người có chuyên môn đã đối chiếu với văn bản gốc."),
    )

    def __init__(self, *args: Any, others: Any, is_new: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["replaced_by"].queryset = others  # type: ignore[attr-defined]
        if not is_new:
            del self.fields["number"]

    @property
    def document(self) -> dict[str, Any]:
        """What the acts take: validity ends before the day after the last."""
        given = dict(self.cleaned_data)
        last = given.pop("last")
        return {**given, "valid_to": last + timedelta(days=1) if last and last < FOREVER else None}
