"""The shape of what is typed about recommendations, remedies, extensions and their answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kycuong.catalog.models import LegalBasis
from kycuong.core.clock import today
from kycuong.followup.rules import Extent
from kycuong.inspections.forms.evidence import Several, SeveralField
from kycuong.inspections.models import Finding
from kycuong.orgs.models import Unit
from kycuong.plans.forms import UnitField
from kycuong.ui.widgets import DateText

STANDING = [
    ("", _("Tất cả")),
    ("overdue", _("Quá hạn")),
    ("in_term", _("Còn trong hạn")),
    ("waiting", _("Chờ bên kiểm tra trả lời")),
    ("verified", _("Đã khắc phục")),
    ("closed", _("Kết thúc có lý do")),
    ("draft", _("Dự thảo")),
]


def _words(label: Any, most: int, rows: int, *, required: bool = True, help_text: Any = "") -> forms.CharField:
    box = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, widget=box, required=required, help_text=help_text)


class ListForm(forms.Form):
    """Which recommendations to list."""

    q = forms.CharField(label=_("Nội dung, đơn vị, số kết luận"), required=False, max_length=100)
    standing = forms.ChoiceField(label=_("Tình trạng"), required=False, choices=STANDING)
    unit = UnitField(label=_("Đơn vị"), required=False)
    year = forms.IntegerField(label=_("Năm"), required=False, min_value=2000, max_value=2100, widget=forms.TextInput())


class RecommendationForm(forms.Form):
    """A recommendation, in a draft conclusion."""

    text = _words(_("Kiến nghị"), 1000, 3, help_text=_("Đơn vị cần làm gì, cụ thể đến mức kiểm chứng được."))
    findings = forms.TypedMultipleChoiceField(
        label=_("Trả lời các tồn tại"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple()
    )
    days = forms.IntegerField(
        label=_("Hạn (ngày làm việc)"), min_value=1, max_value=250, widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("Tính từ ngày ban hành kết luận, không kể ngày nghỉ."),
    )  # fmt: skip
    expected_proof = forms.CharField(
        label=_("Minh chứng cần có"),
        required=False,
        max_length=300,
        help_text=_("Ví dụ: ảnh bảng niêm yết, quyết định."),
    )
    legal_basis = forms.ModelChoiceField(
        label=_("Căn cứ"), required=False, queryset=LegalBasis.objects.none(), empty_label=_("Không ghi")
    )
    unit = UnitField(label=_("Đơn vị thực hiện"), required=False, help_text=_("Để trống: đơn vị được kiểm tra."))

    def __init__(self, findings: Sequence[Finding], data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.known = {one.pk: one for one in findings}
        field = self.fields["findings"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [
            (one.pk, f"{one.criterion_code}. {one.description}" if one.criterion_code else one.description)
            for one in findings
        ]
        basis = self.fields["legal_basis"]
        assert isinstance(basis, forms.ModelChoiceField)
        day = today()
        basis.queryset = LegalBasis.objects.filter(valid_from__lte=day, valid_to__gt=day)

    def given(self) -> dict[str, Any]:
        """What `draft_recommendation` takes."""
        chosen = [self.known[pk] for pk in self.cleaned_data["findings"]]
        return {**self.cleaned_data, "findings": chosen}


class RemedyForm(forms.Form):
    """What the unit did, with its proof."""

    extent = forms.ChoiceField(
        label=_("Mức độ"), choices=Extent.choices, initial=Extent.FULL, widget=forms.RadioSelect()
    )
    text = _words(_("Đã làm gì để khắc phục"), 5000, 6, help_text=_("Nêu việc đã làm, ngày làm, kết quả."))
    number = forms.CharField(label=_("Số, ký hiệu báo cáo"), required=False, max_length=80)
    file = SeveralField(
        label=_("Minh chứng: ảnh hoặc PDF"),
        required=False,
        help_text=_("JPEG, PNG, WebP hoặc PDF; chọn được nhiều tệp, thêm được tới khi có kết quả kiểm chứng."),
        widget=Several(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf", "multiple": True}),
        allow_empty_file=True,
    )


class ProofForm(forms.Form):
    """More proof for a report that waits."""

    file = SeveralField(
        label=_("Ảnh hoặc PDF"),
        widget=Several(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf", "multiple": True}),
        allow_empty_file=True,
    )
    criterion_code = forms.ChoiceField(label=_("Về tiêu chí"), required=False)
    caption = forms.CharField(label=_("Chú thích"), required=False, max_length=300)

    def __init__(self, codes: Sequence[str], data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        field = self.fields["criterion_code"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Cả báo cáo")), *((code, code) for code in codes)]


class AskExtensionForm(forms.Form):
    """More time, and why."""

    until = forms.DateField(label=_("Xin gia hạn đến hết ngày"), widget=DateText())
    reason = _words(_("Lý do"), 500, 3)


class AcceptForm(forms.Form):
    """That the remedy is accepted: whole, or in part with what is left."""

    whole = forms.TypedChoiceField(
        label=_("Kết quả kiểm chứng"),
        choices=[("yes", _("Đã khắc phục xong")), ("no", _("Mới khắc phục một phần, còn phải làm tiếp"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect(),
    )
    note = _words(
        _("Ghi chú"), 500, 3, required=False, help_text=_("Bắt buộc khi mới khắc phục một phần: ghi rõ còn thiếu gì.")
    )


class RecheckForm(forms.Form):
    """When the unit is visited again."""

    visited_on = forms.DateField(label=_("Ngày phúc tra"), widget=DateText())


class AnswerExtensionForm(forms.Form):
    """Granted until a day, or refused with the reason."""

    grant = forms.TypedChoiceField(
        label=_("Trả lời"),
        choices=[("yes", _("Đồng ý gia hạn")), ("no", _("Không đồng ý"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect(),
    )
    until = forms.DateField(label=_("Gia hạn đến hết ngày"), widget=DateText(), required=False)
    reason = _words(_("Lý do"), 500, 3, required=False, help_text=_("Bắt buộc khi không đồng ý."))


class ReassignForm(forms.Form):
    """Which heir takes it, and why."""

    to = forms.TypedChoiceField(label=_("Đơn vị nhận"))
    reason = _words(_("Lý do"), 500, 3)

    def __init__(self, receivers: Sequence[Unit], data: Any = None) -> None:
        super().__init__(data)
        known = {unit.slug: unit for unit in receivers}
        field = self.fields["to"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", _("Chọn đơn vị")), *((slug, str(unit)) for slug, unit in known.items())]
        field.coerce = known.__getitem__
