"""The shape of the settings of follow-up and of standard wordings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kycuong.catalog.models import LegalBasis
from kycuong.core.clock import today
from kycuong.followup.rules import FollowupTerms, Silence
from kycuong.ui.widgets import DateText


def _days(label: Any) -> forms.IntegerField:
    box = forms.TextInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=0, max_value=120, widget=box)


class RuleForm(forms.Form):
    """Terms and the ladder, in working days."""

    valid_from = forms.DateField(label=_("Áp dụng cho kiến nghị ban hành từ ngày"), widget=DateText())
    days_minor = _days(_("Hạn khắc phục thông thường"))
    days_serious = _days(_("Hạn khắc phục tồn tại nghiêm trọng"))
    return_days = _days(_("Hạn làm lại khi báo cáo bị trả"))
    check_days = _days(_("Hạn bên kiểm tra kiểm chứng báo cáo"))
    check_silence = forms.ChoiceField(
        label=_("Hết hạn kiểm chứng mà không ai xem thì"), choices=Silence.choices, widget=forms.RadioSelect()
    )
    ahead = _days(_("Nhắc đơn vị trước hạn bao nhiêu ngày (0: không nhắc)"))
    head_after = _days(_("Quá hạn bao nhiêu ngày thì báo thủ trưởng đơn vị"))
    superior_after = _days(_("… báo cơ quan cấp trên trực tiếp"))
    leader_after = _days(_("… báo lãnh đạo cơ quan kiểm tra"))

    def terms(self) -> FollowupTerms:
        return FollowupTerms(**{name: value for name, value in self.cleaned_data.items() if name != "valid_from"})


class WordingForm(forms.Form):
    """What is usually recommended when a criterion fails."""

    text = forms.CharField(label=_("Kiến nghị"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    expected_proof = forms.CharField(label=_("Minh chứng cần có"), required=False, max_length=300)
    days = forms.IntegerField(
        label=_("Hạn (ngày làm việc)"),
        required=False,
        min_value=1,
        max_value=250,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("Để trống: theo mức độ của tồn tại."),
    )
    legal_basis = forms.ModelChoiceField(
        label=_("Căn cứ"), required=False, queryset=LegalBasis.objects.none(), empty_label=_("Không ghi")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field, day = self.fields["legal_basis"], today()
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = LegalBasis.objects.filter(valid_from__lte=day, valid_to__gt=day)
