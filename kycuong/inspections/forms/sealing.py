"""The shape of what is typed about sealed inspections: targets, reasons, moments of release, the breaking of seals."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kycuong.catalog.rules import ChecklistForm
from kycuong.plans.forms import UnitField
from kycuong.ui.widgets import DateText

from .clock import ClockField
from .opening import WITHOUT, DayOfMoment


class TargetForm(forms.Form):
    """One unit that a sealed inspection is to visit."""

    unit = UnitField(label=_("Đơn vị được kiểm tra"))
    visited_on = forms.DateField(label=_("Ngày định đi"), widget=DateText())
    checklist_form = forms.ChoiceField(
        label=_("Phiếu kiểm tra"), choices=[*ChecklistForm.choices, *WITHOUT], required=False
    )


class ReleaseForm(forms.Form):
    """From when the members of the team may open the sealed part."""

    on = DayOfMoment(label=_("Từ ngày"), required=False, widget=DateText())
    at = ClockField(label=_("Lúc"))

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        if bool(given.get("on")) != bool(given.get("at")) and not self.errors:
            self.add_error(
                "at" if given.get("on") else "on", _("Hãy điền cả ngày và giờ, hoặc để trống cả hai để chưa cho biết.")
            )
        return given


class BreakForm(forms.Form):
    """Whose seals are to be broken, and why."""

    lead = UnitField(label=_("Cơ quan chủ trì"))
    reason = forms.CharField(
        label=_("Lý do mở khẩn cấp"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Ít nhất 20 ký tự; những người giữ bí mật và mọi lãnh đạo của cơ quan sẽ đọc lý do này."),
    )
