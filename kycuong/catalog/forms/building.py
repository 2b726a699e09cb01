"""The shape of what is typed about a draft: its name, its groups, its criteria, the day from which it applies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kycuong.catalog.models import Checklist, Criterion, LegalBasis
from kycuong.catalog.rules import AnswerType, AskedOn, Setting, Severity
from kycuong.orgs.rules import INSPECTABLE
from kycuong.ui.widgets import DateText

NEEDED = {"required": _("Hãy điền ô này.")}


class NameForm(forms.Form):
    """Version and title of a draft, and what is to be looked at again."""

    version = forms.CharField(
        label=_("Số phiên bản"), max_length=20, error_messages=NEEDED, help_text=_("Ví dụ 1.1 hoặc 2026.1.")
    )
    title = forms.CharField(label=_("Tên phiếu"), max_length=200, error_messages=NEEDED)
    review_note = forms.CharField(
        label=_("Điều cần rà soát"),
        max_length=300,
        required=False,
        help_text=_("Hiện ở đầu phiếu cho mọi người đọc; để trống khi đã rà soát xong."),
    )


class NewDraftForm(forms.Form):
    """What a new version is called, what it begins with, and for whom it is."""

    version = forms.CharField(
        label=_("Số phiên bản"), max_length=20, error_messages=NEEDED, help_text=_("Ví dụ 1.1 hoặc 2026.1.")
    )
    title = forms.CharField(label=_("Tên phiếu"), max_length=200, error_messages=NEEDED)
    authority = forms.ChoiceField(
        label=_("Dùng cho"),
        required=False,
        help_text=_(
            "Nội dung bổ sung của một cơ quan chỉ được hỏi ở các cuộc do cơ quan đó chủ trì, không vào so sánh."
        ),
    )
    based_on = forms.ModelChoiceField(
        label=_("Bắt đầu từ"), queryset=Checklist.objects.none(), required=False, empty_label=_("Phiếu trống")
    )

    def __init__(self, *args: Any, published: Any, authorities: Sequence[tuple[str, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["based_on"].queryset = published  # type: ignore[attr-defined]
        self.fields["authority"].choices = authorities  # type: ignore[attr-defined]


class GroupForm(forms.Form):
    """A new group: its letters and its heading."""

    code = forms.CharField(
        label=_("Mã nhóm"),
        max_length=4,
        error_messages=NEEDED,
        help_text=_("Một chữ cái; nội dung bổ sung của cơ quan: chữ I và hai hoặc ba chữ riêng, ví dụ ISNV."),
    )
    title = forms.CharField(label=_("Tên nhóm"), max_length=200, error_messages=NEEDED)


class HeadingForm(forms.Form):
    """The heading of a group that is there already."""

    title = forms.CharField(label=_("Tên nhóm"), max_length=200, error_messages=NEEDED)


class PublishForm(forms.Form):
    """From when on new visits use the version."""

    valid_from = forms.DateField(
        label=_("Áp dụng cho các lượt kiểm tra từ ngày"), widget=DateText(), error_messages=NEEDED
    )


def threshold(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=0, max_value=100, required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )


class BasesField(forms.ModelMultipleChoiceField[LegalBasis]):
    """Legal documents to tick, by number and title."""

    def label_from_instance(self, obj: LegalBasis) -> str:
        return f"{obj.number}: {obj.title}"


class CriterionForm(forms.Form):
    """What a criterion says. Its code is asked only while it is new."""

    code = forms.CharField(
        label=_("Mã"), max_length=10, error_messages=NEEDED, help_text=_("Mã không đổi qua các phiên bản, để so sánh.")
    )
    text = forms.CharField(
        label=_("Nội dung"), max_length=400, error_messages=NEEDED, widget=forms.Textarea(attrs={"rows": 3})
    )
    answer_type = forms.ChoiceField(label=_("Cách trả lời"), choices=AnswerType)
    pass_from = threshold(_("Tỷ lệ: đạt từ (%)"))
    partial_from = threshold(_("Tỷ lệ: đạt một phần từ (%)"))
    evidence = forms.CharField(label=_("Minh chứng"), max_length=300, required=False)
    severity = forms.TypedChoiceField(label=_("Mức độ thấp nhất"), choices=Severity, coerce=int)
    severity_to = forms.TypedChoiceField(label=_("Mức độ cao nhất"), choices=Severity, coerce=int)
    setting = forms.ChoiceField(label=_("Hình thức"), choices=Setting)
    in_short_form = forms.BooleanField(label=_("Có trong phiếu rút gọn"), required=False)
    counted = forms.BooleanField(label=_("Tính vào so sánh toàn tỉnh"), required=False)
    only_with_procedures = forms.BooleanField(label=_("Chỉ đơn vị có thủ tục hành chính"), required=False)
    for_kinds = forms.MultipleChoiceField(
        label=_("Chỉ hỏi ở loại đơn vị"),
        choices=[(kind.value, kind.label) for kind in INSPECTABLE],
        required=False,
        widget=forms.CheckboxSelectMultiple(),
        help_text=_("Không chọn loại nào: hỏi ở mọi đơn vị."),
    )
    asked_after = forms.ChoiceField(label=_("Chỉ hỏi theo kết quả của"), required=False)
    asked_on = forms.ChoiceField(label=_("Khi kết quả đó là"), choices=[("", "—"), *AskedOn.choices], required=False)
    legal_bases = BasesField(
        label=_("Căn cứ pháp lý"),
        queryset=LegalBasis.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple(),
    )

    def __init__(self, *args: Any, above: Sequence[Criterion], bases: Any, is_new: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["asked_after"].choices = [  # type: ignore[attr-defined]
            ("", _("Luôn hỏi")),
            *((one.code, f"{one.code}. {one.text[:80]}") for one in above),
        ]
        self.fields["legal_bases"].queryset = bases  # type: ignore[attr-defined]
        if not is_new:
            del self.fields["code"]

    def clean(self) -> dict[str, Any]:
        """Thresholds belong to ratios; for other types the usual ones stand, unread."""
        given = super().clean() or {}
        for name, usual in (("pass_from", 100), ("partial_from", 70)):
            if given.get("answer_type") != AnswerType.RATIO or given.get(name) is None:
                given[name] = usual
        if given["partial_from"] > given["pass_from"] and not self.data.get("partial_from"):
            given["partial_from"] = given["pass_from"]
        return given

    @property
    def given(self) -> dict[str, Any]:
        """What the acts take: what the criterion says, and the documents it rests on."""
        content = {name: value for name, value in self.cleaned_data.items() if name not in ("code", "legal_bases")}
        return {"content": content, "legal_bases": list(self.cleaned_data["legal_bases"])}
