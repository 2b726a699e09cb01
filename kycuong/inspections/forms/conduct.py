"""The shape of what is typed at a visit besides the checklist: headcount, findings, words of the unit, signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kycuong.catalog.rules import Severity
from kycuong.inspections.models import Finding
from kycuong.inspections.rules import REASONS, Headcount, UnitSignature
from kycuong.ui.widgets import DateText

from .answers import whole_number
from .clock import ClockField


class HeadcountForm(forms.Form):
    """Who was there. Of two who wrote, one sheet is kept whole: its numbers belong together."""

    merged_whole = _("Quân số lúc kiểm tra")
    quota = whole_number(_("Biên chế được giao"))
    present = whole_number(_("Có mặt"))
    absent_excused = whole_number(_("Vắng có lý do"))
    absent_unexcused = whole_number(_("Vắng không lý do"))
    late = whole_number(_("Đi muộn, về sớm"))
    roll_call_at = ClockField(label=_("Giờ điểm danh"), example="08:00")
    excused_leave = whole_number(_("Nghỉ phép"))
    excused_mission = whole_number(_("Đi công tác"))
    excused_meeting = whole_number(_("Đi họp, học"))
    excused_sick = whole_number(_("Ốm"))
    excused_maternity = whole_number(_("Thai sản"))
    excused_other = whole_number(_("Lý do khác"))

    @property
    def headcount(self) -> Headcount:
        """Reasons without their total are added up: nobody counts twice on a phone."""
        typed = Headcount(**{name: self.cleaned_data.get(name) for name in self.fields})
        return replace(typed, absent_excused=typed.excused_by_reason) if typed.absent_excused is None else typed

    @property
    def totals(self) -> list[forms.BoundField]:
        return [field for field in self if field.name not in REASONS]

    @property
    def reasons(self) -> list[forms.BoundField]:
        return [field for field in self if field.name in REASONS]

    @property
    def has_reasons(self) -> bool:
        """Whether the reasons are shown at once: some are there, or one of them is wrong."""
        return any(field.value() not in (None, "") or field.errors for field in self.reasons)


class WordsForm(forms.Form):
    """What was good, and what the unit explains."""

    strengths = forms.CharField(
        label=_("Ưu điểm"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )
    explanation = forms.CharField(
        label=_("Ý kiến giải trình của đơn vị"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class FindingForm(forms.Form):
    """A shortcoming: what, how grave, until when to be mended."""

    description = forms.CharField(label=_("Mô tả"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    severity = forms.TypedChoiceField(label=_("Mức độ"), choices=Severity.choices, coerce=int)
    due_on = forms.DateField(label=_("Hạn khắc phục"), required=False, widget=DateText())


class OtherFindingForm(FindingForm):
    """A shortcoming outside the criteria, typed under the checklist; left empty when there is none."""

    description = forms.CharField(
        label=_("Tồn tại khác, ngoài các tiêu chí"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class SignaturesForm(forms.Form):
    """Who signs, and what the unit did."""

    team_signatory = forms.CharField(
        label=_("Người ký của đoàn (chức vụ)"), max_length=200, help_text=_("Ví dụ: Trưởng đoàn kiểm tra.")
    )
    unit_signature = forms.ChoiceField(
        label=_("Đơn vị được kiểm tra"),
        choices=UnitSignature.choices,
        initial=UnitSignature.SIGNED,
        widget=forms.RadioSelect(),
    )
    unit_signatory = forms.CharField(
        label=_("Người ký của đơn vị (chức vụ)"),
        max_length=200,
        required=False,
        help_text=_("Ví dụ: Chủ tịch UBND xã."),
    )
    refusal_reason = forms.CharField(label=_("Lý do từ chối ký (nếu từ chối)"), max_length=500, required=False)
    witness = forms.CharField(
        label=_("Người chứng kiến việc từ chối (chức vụ)"),
        max_length=200,
        required=False,
        help_text=_("Chỉ ghi khi đơn vị từ chối ký."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["team_signatory"].widget.attrs["autocomplete"] = "organization-title"


class SignForm(SignaturesForm):
    """The signatures under minutes, their hours, and what the unit says to each finding."""

    secretary = forms.CharField(
        label=_("Thư ký đoàn (chức vụ)"), max_length=200, required=False, help_text=_("Người ghi biên bản, nếu có.")
    )
    begun_at = ClockField(label=_("Bắt đầu lúc"), example="08:00")
    ended_at = ClockField(label=_("Kết thúc lúc"), example="08:00")
    number = forms.CharField(
        label=_("Số biên bản"), max_length=80, required=False, help_text=_("Có thể để trống; văn thư ghi sau.")
    )

    def __init__(self, *args: Any, findings: Sequence[Finding], **options: Any) -> None:
        super().__init__(*args, **options)
        self.findings = {f"explanation-{finding.uid}": finding for finding in findings}
        for name, finding in self.findings.items():
            self.fields[name] = forms.CharField(
                label=f"{finding.criterion_code or _('Khác')}: {finding.description}",
                initial=finding.unit_explanation,
                required=False,
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def explanation_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.findings]

    def given(self) -> dict[str, Any]:
        """What `sign_minutes` takes."""
        plain = {name: value for name, value in self.cleaned_data.items() if name not in self.findings}
        said = {finding.uid: self.cleaned_data[name] for name, finding in self.findings.items()}
        return {**plain, "explanations": said}


class AddendumForm(SignaturesForm):
    """What is put right in signed minutes, and who signs for that."""

    reason = forms.CharField(label=_("Lý do bổ sung, đính chính"), max_length=500)
    text = forms.CharField(
        label=_("Nội dung bổ sung, đính chính"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5})
    )

    field_order = ("reason", "text")


class NumberForm(forms.Form):
    """The number that the office gave the minutes."""

    number = forms.CharField(label=_("Số biên bản"), max_length=80)


class RemedyForm(forms.Form):
    """That a shortcoming was mended."""

    remedied_on = forms.DateField(label=_("Ngày khắc phục xong"), widget=DateText())
    note = forms.CharField(
        label=_("Kết quả khắc phục"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
