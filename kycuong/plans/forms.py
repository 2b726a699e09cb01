"""The shape of what is typed about themes and plans."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse_lazy
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from kycuong.catalog.models import Topic
from kycuong.core.clock import today
from kycuong.core.problems import BadInput
from kycuong.core.vietnamese import fold
from kycuong.orgs.forms.units import nowhere
from kycuong.orgs.models import Unit
from kycuong.orgs.queries import resolve_unit, search_units
from kycuong.ui.widgets import ComboText, DateText

from . import rules
from .models import PlanStep

_month = lazy(rules.month_words, str)
"""Said when a page shows it."""


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
            exact = {slug: hit for slug, hit in hits.items() if fold(typed) in (fold(hit.name), fold(hit.label))}
            hits = exact or hits
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


class NoteForm(forms.Form):
    """A step that needs nothing but may be explained."""

    note = forms.CharField(label=_("Ghi chú"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class ReturnForm(forms.Form):
    """Why a plan goes back."""

    note = forms.CharField(
        label=_("Lý do trả lại, cần sửa những gì"), max_length=500, widget=forms.Textarea(attrs={"rows": 4})
    )


class CloseForm(NoteForm):
    """That a plan is over."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["note"].help_text = _("Kết thúc trước ngày 31/12 của năm kế hoạch thì phải nêu lý do.")


class AmendForm(PlanForm):
    """A document that amends a plan, and what holds from then on."""

    document_number = forms.CharField(label=_("Số, ký hiệu văn bản điều chỉnh"), max_length=80)
    document_on = forms.DateField(label=_("Ngày văn bản"), widget=DateText())
    note = forms.CharField(
        label=_("Điều chỉnh những gì"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    title = None  # type: ignore[assignment]

    field_order = ("document_number", "document_on", "note")


class CopyForm(forms.Form):
    """Into which year a plan is copied."""

    year = forms.IntegerField(label=_("Năm của kế hoạch mới"), min_value=2000, max_value=2100, widget=forms.TextInput())


class UnderForm(forms.Form):
    """The document by which an item of an issued plan changes; a draft needs none."""

    amendment = forms.ModelChoiceField(
        label=_("Theo văn bản điều chỉnh"),
        queryset=PlanStep.objects.none(),
        to_field_name="uid",
        empty_label=_("Chọn văn bản"),
        required=True,
    )

    def __init__(self, *args: Any, amendments: QuerySet[PlanStep] | None, **options: Any) -> None:
        super().__init__(*args, **options)
        if amendments is None:
            del self.fields["amendment"]
        else:
            self.fields["amendment"].queryset = amendments  # type: ignore[attr-defined]
            self.fields["amendment"].initial = amendments.last()


class ItemForm(UnderForm):
    """One item of a plan."""

    form = forms.ChoiceField(label=_("Hình thức"), choices=rules.ItemForm.choices)
    unit = UnitField(label=_("Đơn vị"), required=False, help_text=_("Mục đột xuất: để trống, ghi số đơn vị bên dưới."))
    units_count = forms.IntegerField(
        label=_("hoặc số đơn vị chọn sau (bốc thăm)"),
        required=False, min_value=1, max_value=rules.MOST_UNITS, widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    month = forms.TypedChoiceField(
        label=_("Thời gian"),
        choices=[("", rules.THROUGHOUT), *((month, _month(month)) for month in range(1, 13))],
        coerce=int, empty_value=None, required=False,
    )  # fmt: skip
    topics = forms.ModelMultipleChoiceField(
        label=_("Nội dung"), queryset=Topic.objects.none(), to_field_name="code", required=False,
        widget=forms.CheckboxSelectMultiple(),
    )  # fmt: skip
    note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False)

    field_order = ("amendment", "form", "unit", "units_count", "month", "topics", "note")

    def __init__(self, *args: Any, topics: QuerySet[Topic], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["topics"].queryset = topics  # type: ignore[attr-defined]

    @property
    def said(self) -> dict[str, Any]:
        """What the item says."""
        return {name: self.cleaned_data[name] for name in ("form", "unit", "units_count", "month", "topics", "note")}


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


class SpreadForm(forms.Form):
    """A document or a session by which an agency spread the theme."""

    agency = UnitField(label=_("Cơ quan"))
    year = forms.IntegerField(label=_("Chủ đề năm"), min_value=2000, max_value=2100, widget=forms.TextInput())
    kind = forms.ChoiceField(label=_("Hình thức"), choices=rules.SpreadKind.choices)
    held_on = forms.DateField(label=_("Ngày văn bản, ngày tổ chức"), widget=DateText())
    title = forms.CharField(label=_("Trích yếu, nội dung"), max_length=300)
    document_number = forms.CharField(
        label=_("Số, ký hiệu văn bản"), max_length=80, required=False, help_text=_("Bắt buộc với văn bản triển khai.")
    )
    people = forms.IntegerField(
        label=_("Số người được phổ biến"), required=False, min_value=1, max_value=1_000_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("Bắt buộc với hội nghị quán triệt và tuyên truyền."),
    )  # fmt: skip


class WithdrawForm(forms.Form):
    """Why an entry is taken back."""

    reason = forms.CharField(label=_("Lý do rút"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class LimitsForm(forms.Form):
    """How near two visits may be planned, and how many a year."""

    valid_from = forms.DateField(label=_("Áp dụng từ ngày"), widget=DateText())
    span_days = forms.IntegerField(
        label=_("Hai đoàn cách nhau ít nhất (ngày)"), min_value=1, max_value=366, widget=forms.TextInput()
    )
    visits_a_year = forms.IntegerField(
        label=_("Số lượt tối đa của một đơn vị trong năm"), min_value=1, max_value=50, widget=forms.TextInput()
    )


class RemindForm(forms.Form):
    """Which agencies are reminded, and with which words."""

    agencies = forms.MultipleChoiceField(label=_("Cơ quan chưa ban hành"), widget=forms.CheckboxSelectMultiple())
    words = forms.CharField(label=_("Nội dung nhắc"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agencies"].choices = choices  # type: ignore[attr-defined]
