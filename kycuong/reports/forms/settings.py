"""The bar above the sheet of a year, and the forms of settings: tiers of the index, and who is ranked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from kycuong.core.problems import BadInput
from kycuong.core.speaking import told as in_language
from kycuong.orgs.models import Person, Unit
from kycuong.reports.figures import FIGURES
from kycuong.reports.rules.par import SCORED, Criterion, Tier, read_tiers
from kycuong.reports.rules.ranking import RankingTerms
from kycuong.ui.widgets import ComboText, DateText

from .asking import NO_SUCH_DAY, resolve_scope

NUMBER = {"inputmode": "numeric"}


class ParForm(forms.Form):
    """A unit and a year."""

    scope = forms.CharField(label=_("Đơn vị"))
    year = forms.IntegerField(
        label=_("Năm"),
        widget=forms.TextInput(attrs={**NUMBER, "maxlength": 4}),
        error_messages={"invalid": _("Gõ năm bằng bốn chữ số, ví dụ 2019.")},
    )

    def __init__(self, data: Any, *, person: Person) -> None:
        super().__init__(data)
        self.person = person
        self.fields["scope"].widget = ComboText(source=reverse_lazy("reports:scopes"), label_of=self.name_of)

    def name_of(self, text: str) -> str | None:
        return str(self.cleaned_data["scope"]) if self.is_bound and self.cleaned_data.get("scope") else None

    def clean_scope(self) -> Unit:
        try:
            return resolve_scope(self.cleaned_data["scope"].strip(), self.person)
        except BadInput as problem:
            raise forms.ValidationError(in_language(problem.vi, problem.en)) from problem


class ParCriterionForm(forms.Form):
    """What a criterion scores from a day on."""

    valid_from = forms.DateField(
        label=_("Áp dụng từ ngày"),
        widget=DateText(),
        error_messages={"invalid": NO_SUCH_DAY},
        help_text=_("Điểm của một năm tính theo ngưỡng có hiệu lực vào ngày chốt của năm ấy."),
    )
    title = forms.CharField(label=_("Tiêu chí"), max_length=200)
    figure = forms.ChoiceField(
        label=_("Chấm theo số liệu"), choices=lambda: [(name, FIGURES[name].title) for name in SCORED]
    )
    tiers = forms.CharField(
        label=_("Các bậc điểm"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Mỗi bậc một dòng: tỷ lệ % từ đó trở lên = số điểm. Ví dụ: 30 = 1, dòng dưới 20 = 0,5. Thấp hơn mọi bậc: 0 điểm."
        ),
    )
    note = forms.CharField(
        label=_("Nguồn, ghi chú"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean_tiers(self) -> tuple[Tier, ...]:
        try:
            return read_tiers(self.cleaned_data["tiers"])
        except BadInput as problem:
            raise forms.ValidationError(in_language(problem.vi, problem.en)) from problem

    def criterion(self, code: str) -> Criterion:
        given = self.cleaned_data
        return Criterion(code, given["title"], given["figure"], given["tiers"], given["note"])


class RankingRuleForm(forms.Form):
    """Who is ranked, and what a partial pass counts for."""

    valid_from = forms.DateField(label=_("Áp dụng từ ngày"), widget=DateText(), error_messages={"invalid": NO_SUCH_DAY})
    least_visits = forms.IntegerField(
        label=_("Xếp hạng đơn vị có ít nhất bao nhiêu lượt"), widget=forms.TextInput(attrs=NUMBER)
    )
    partial_percent = forms.IntegerField(
        label=_("«Đạt một phần» tính bằng bao nhiêu % của «đạt»"), widget=forms.TextInput(attrs=NUMBER)
    )

    def terms(self) -> RankingTerms:
        return RankingTerms(self.cleaned_data["least_visits"], self.cleaned_data["partial_percent"])
