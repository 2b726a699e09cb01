"""The shape of what is typed about themes and plans."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from kycuong.core.clock import today
from kycuong.core.problems import BadInput
from kycuong.orgs.forms.units import nowhere
from kycuong.orgs.models import Unit
from kycuong.orgs.queries import resolve_unit, search_units
from kycuong.ui.widgets import ComboText, DateText


class UnitField(forms.CharField):
    """A unit, chosen from the list or typed: its address, or a name that only one existing unit bears."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", ComboText(source=reverse_lazy("plans:unit_options"), label_of=label_of))
        super().__init__(max_length=200, **options)

    def clean(self, value: Any) -> Unit | None:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return resolve_unit(typed)
        except BadInput as unknown:
            hits = {hit.slug: hit for hit in search_units(typed, on=today(), limit=6)}
            if len(hits) == 1:
                return resolve_unit(next(iter(hits)))
            names = "; ".join(hit.label for hit in hits.values())
            wanted = _("Có nhiều đơn vị như vậy: %s. Hãy chọn một đơn vị trong danh sách.")
            raise forms.ValidationError(wanted % names if names else nowhere(typed, unknown)) from None


def label_of(slug: str) -> str | None:
    """The name of a unit by its address, for a form that is shown again."""
    unit = Unit.objects.filter(slug=slug).first()
    return str(unit) if unit else None


class YearForm(forms.Form):
    """Which plans to list."""

    year = forms.IntegerField(label=_("Năm"), required=False, min_value=2000, max_value=2100)
    missing = forms.BooleanField(label=_("Chỉ cơ quan chưa ban hành"), required=False)
    q = forms.CharField(label=_("Tên cơ quan"), required=False, max_length=100)


class PlanForm(forms.Form):
    """The content of a plan."""

    title = forms.CharField(label=_("Trích yếu"), max_length=300, required=False)
    window_from = forms.DateField(
        label=_("Kiểm tra từ ngày"),
        required=False,
        widget=DateText(),
        help_text=_("Để trống cả hai ngày nếu kiểm tra xuyên suốt trong năm."),
    )
    window_to = forms.DateField(label=_("đến ngày"), required=False, widget=DateText())
    target_units = forms.IntegerField(
        label=_("Chỉ tiêu: số đơn vị"), required=False, min_value=0, max_value=100_000, widget=forms.TextInput()
    )
    target_percent = forms.IntegerField(
        label=_("hoặc tỷ lệ % đơn vị"), required=False, min_value=0, max_value=100, widget=forms.TextInput()
    )


class NewPlanForm(PlanForm):
    """A plan that does not exist yet: whose, and for which year."""

    agency = UnitField(label=_("Cơ quan lập kế hoạch"))
    year = forms.IntegerField(label=_("Năm"), min_value=2000, max_value=2100, widget=forms.TextInput())

    field_order = ("agency", "year", "title")


class IssueForm(forms.Form):
    """That a plan was issued."""

    issued_on = forms.DateField(label=_("Ngày ban hành"), widget=DateText())
    number = forms.CharField(
        label=_("Số, ký hiệu"), max_length=80, required=False, help_text=_("Có thể để trống; văn thư ghi sau.")
    )


class NumberForm(forms.Form):
    """The number that the office gave."""

    number = forms.CharField(label=_("Số, ký hiệu"), max_length=80)


class ThemeForm(forms.Form):
    """The theme of a year."""

    authority = UnitField(label=_("Cơ quan công bố"))
    year = forms.IntegerField(label=_("Năm"), min_value=2000, max_value=2100, widget=forms.TextInput())
    title = forms.CharField(label=_("Chủ đề"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    document_number = forms.CharField(label=_("Số, ký hiệu văn bản"), max_length=80, required=False)
    document_on = forms.DateField(label=_("Ngày văn bản"), required=False, widget=DateText())
