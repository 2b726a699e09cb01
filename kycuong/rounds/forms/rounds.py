"""The shape of a round, of an agency's own words, of a decision, of the setting."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kycuong.core.clock import today
from kycuong.core.problems import BadInput
from kycuong.core.speaking import told as in_language
from kycuong.orgs.forms.units import UnitField, UnitsField
from kycuong.orgs.models import Unit
from kycuong.reports.forms.asking import DATES, DAY_FORMATS, PARTS, YEAR, named_fields
from kycuong.reports.rules.periods import Period, between, named_period, within_reach
from kycuong.rounds.actions import Wish
from kycuong.rounds.models import ReportingRound, RoundRule
from kycuong.rounds.queries import usual_agencies, usual_left_out
from kycuong.rounds.rules import RoundTerms, ensure_usual, usual_title
from kycuong.ui.widgets import DateText

CHOICES = [*PARTS[1:], (_("Kỳ khác"), ((DATES, _("Từ ngày … đến ngày …")),))]


def _number(label: Any, least: int = 0, most: int = 120, **options: Any) -> forms.IntegerField:
    box = forms.TextInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=least, max_value=most, widget=box, **options)


def _words(label: Any, **options: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 5})
    return forms.CharField(label=label, required=False, max_length=10_000, widget=area, **options)


class RoundForm(forms.Form):
    """Who asks whom about which period, until when."""

    authority = UnitField(label=_("Cơ quan yêu cầu báo cáo"))
    part = forms.ChoiceField(label=_("Kỳ báo cáo"), choices=CHOICES)
    year = _number(_("Năm"), 2000, 2100, required=False)
    first = forms.DateField(
        label=_("Từ ngày"), required=False, input_formats=DAY_FORMATS, widget=DateText(), help_text=_("Chỉ ghi khi chọn «Kỳ khác».")
    )  # fmt: skip
    last = forms.DateField(
        label=_("Đến hết ngày (ngày chốt)"), required=False, input_formats=DAY_FORMATS, widget=DateText()
    )
    title = forms.CharField(
        label=_("Tên đợt"), required=False, max_length=200, help_text=_("Để trống: đặt theo kỳ, ví dụ «Báo cáo quý I năm 2026»; sửa được trước khi gửi.")
    )  # fmt: skip
    days = _number(
        _("Hạn nộp (ngày làm việc)"), 1, required=False, help_text=_("Tính sau ngày chốt, không kể ngày nghỉ. Để trống: hạn thường lệ của loại kỳ.")
    )  # fmt: skip
    agencies = UnitsField(
        label=_("Cơ quan phải báo cáo"),
        required=False,
        help_text=_(
            "Mỗi dòng một cơ quan. Để trống: các cơ quan trực tiếp bên dưới có chủ trì kiểm tra hoặc phải lập kế hoạch, như Biểu 1."
        ),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "part" in cleaned and not self.errors:
            try:
                cleaned["period"] = self._period(cleaned)
            except BadInput as problem:
                self.add_error("last" if cleaned["part"] == DATES else "year", in_language(problem.vi, problem.en))
        return cleaned

    def _period(self, cleaned: dict[str, Any]) -> Period:
        part = cleaned["part"]
        if part == DATES:
            if not cleaned["first"] or not cleaned["last"]:
                raise BadInput("Hãy ghi ngày đầu kỳ và ngày chốt.", en="Give the first day and the cut-off.")
            return between(cleaned["first"], cleaned["last"])
        year = within_reach(date(cleaned["year"] or today().year, 1, 1)).year
        system, _colon, name = part.rpartition(":")
        return named_period(system, year, "" if name == YEAR else name)

    def wish(self, authority: Unit) -> Wish:
        """What the act takes: nothing said about name, term and agencies means what is usual."""
        found = self.cleaned_data
        period, days = found["period"], found["days"]
        usual = RoundRule.on(today()).usual(period.name)
        title = found["title"] or usual_title(period)
        agencies = found["agencies"] or usual_agencies(authority, period)
        ensure_usual(len(agencies), off=lambda: usual_left_out(authority, period))
        return Wish(title, period, days or usual, agencies)


def last_quarter(day: date) -> dict[str, Any]:
    """The quarter that is over on the day: what is asked for most often."""
    quarter = (day.month - 1) // 3
    return {"year": day.year if quarter else day.year - 1, "part": f"Q{quarter or 4}"}


def written(found: ReportingRound) -> dict[str, Any]:
    """The form's values of a draft that is there."""
    period = found.period
    named = named_fields(period) if period.name else {"part": DATES, "year": ""}
    agencies = "\n".join(one.agency.slug for one in found.reports.select_related("agency").order_by("agency__slug"))
    days = {} if period.name else {"first": found.first, "last": found.last}
    told = {"authority": found.authority.slug, "title": found.title, "days": found.days, "agencies": agencies}
    return {**told, "part": named["part"], "year": named["year"], **days}


class WordsForm(forms.Form):
    """What an agency, or the authority in the compiled report, says itself."""

    difficulties = _words(_("Khó khăn, vướng mắc"), help_text=_("Vào mục IV của báo cáo. Mỗi dòng một đoạn."))
    proposals = _words(_("Phương hướng, đề xuất, kiến nghị"), help_text=_("Vào mục V của báo cáo."))


class ReasonForm(forms.Form):
    """Why a report is returned, or a round cancelled."""

    reason = forms.CharField(label=_("Lý do"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class NumberForm(forms.Form):
    """What the records clerk gave."""

    number = forms.CharField(label=_("Số, ký hiệu"), max_length=60, help_text=_("Ví dụ: 25/BC-SNV."))
    dated_on = forms.DateField(label=_("Ngày của văn bản"), widget=DateText())


class RuleForm(forms.Form):
    """Usual terms by kind of period, and reminders."""

    valid_from = forms.DateField(label=_("Áp dụng cho đợt gửi từ ngày"), widget=DateText())
    month_days = _number(_("Hạn báo cáo tháng (ngày làm việc sau ngày chốt)"), 1)
    quarter_days = _number(_("Hạn báo cáo quý"), 1)
    half_days = _number(_("Hạn báo cáo 6 tháng"), 1)
    year_days = _number(_("Hạn báo cáo năm"), 1)
    other_days = _number(_("Hạn báo cáo kỳ khác"), 1)
    ahead = _number(_("Nhắc trước hạn bao nhiêu ngày làm việc (0: không nhắc)"))
    again_after = _number(_("Quá hạn bao nhiêu ngày làm việc thì nhắc lần nữa"), 1)

    def terms(self) -> RoundTerms:
        return RoundTerms(**{one.name: self.cleaned_data[one.name] for one in fields(RoundTerms)})
