"""The shape of a campaign, of its setting, and of a correction."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kycuong.catalog.models import Checklist
from kycuong.catalog.rules import ChecklistForm
from kycuong.orgs.forms.units import UnitField, UnitsField
from kycuong.orgs.rules import INSPECTABLE
from kycuong.selfchecks.actions.campaigns import Wish
from kycuong.selfchecks.models import SelfCheckCampaign
from kycuong.selfchecks.rules import SelfCheckTerms
from kycuong.ui.widgets import DateText


def _number(label: Any, least: int = 0, most: int = 120, help_text: Any = "") -> forms.IntegerField:
    box = forms.TextInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=least, max_value=most, widget=box, help_text=help_text)


class CampaignForm(forms.Form):
    """Who sends what to whom, until when."""

    authority = UnitField(label=_("Cơ quan gửi"))
    title = forms.CharField(
        label=_("Tên đợt"), max_length=200, help_text=_("Ví dụ: Tự kiểm tra kỷ luật, kỷ cương năm 2026.")
    )
    checklist = forms.ModelChoiceField(
        label=_("Phiếu kiểm tra"),
        queryset=Checklist.objects.none(),
        required=False,
        empty_label=_("Phiếu đang áp dụng"),
    )
    checklist_form = forms.ChoiceField(
        label=_("Mẫu phiếu"), choices=ChecklistForm.choices, initial=ChecklistForm.SHORT, widget=forms.RadioSelect()
    )
    kinds = forms.MultipleChoiceField(
        label=_("Gửi mọi đơn vị trực thuộc thuộc loại"),
        choices=[(str(kind), kind.label) for kind in INSPECTABLE],
        required=False,
        widget=forms.CheckboxSelectMultiple(),
    )
    units = UnitsField(
        label=_("Và từng đơn vị sau"),
        required=False,
        help_text=_("Mỗi dòng một đơn vị thuộc cơ quan gửi. Để trống nếu chỉ gửi theo loại."),
    )
    days = _number(_("Hạn nộp (ngày làm việc)"), 1, help_text=_("Tính từ ngày gửi, không kể ngày nghỉ."))

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        field = self.fields["checklist"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Checklist.objects.standard().published()

    def wish(self) -> Wish:
        """What the act takes."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "authority"}
        return Wish(**{**given, "units": given["units"] or []})


def written(campaign: SelfCheckCampaign) -> dict[str, Any]:
    """The form's values of a draft that is there."""
    names = ("title", "checklist", "checklist_form", "kinds", "days")
    units = "\n".join(unit.slug for unit in campaign.units.order_by("slug"))
    return {name: getattr(campaign, name) for name in names} | {"units": units, "authority": campaign.authority.slug}


class ReopenForm(forms.Form):
    """Why what was submitted is corrected."""

    reason = forms.CharField(label=_("Lý do đính chính"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class NotesForm(forms.Form):
    """What the unit wants to say beside the answers."""

    notes = forms.CharField(
        label=_("Ghi chú của đơn vị"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )


class RuleForm(forms.Form):
    """How long declarations are compared, when units are reminded."""

    valid_from = forms.DateField(label=_("Áp dụng cho đợt gửi từ ngày"), widget=DateText())
    window_months = _number(_("Đối chiếu với lượt kiểm tra trong vòng (tháng)"), 1, 36)
    ahead = _number(_("Nhắc trước hạn bao nhiêu ngày làm việc (0: không nhắc)"), 0, 60)
    again_after = _number(_("Quá hạn bao nhiêu ngày làm việc thì nhắc lần nữa"), 1, 60)

    def terms(self) -> SelfCheckTerms:
        return SelfCheckTerms(**{name: value for name, value in self.cleaned_data.items() if name != "valid_from"})
