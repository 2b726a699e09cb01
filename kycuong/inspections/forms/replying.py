"""The shape of what is typed about findings after the minutes: the unit's answer, the decision, the rule of silence."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kycuong.catalog.rules import Severity
from kycuong.inspections.rules.replies import CONCLUDE_DAYS, DecisionOutcome, LeadSilence, UnitSilence
from kycuong.ui.widgets import DateText

from .evidence import Several, SeveralField

ACCEPTED = "image/jpeg,image/png,image/webp,application/pdf"


class AnswerForm(forms.Form):
    """What the unit says of one finding, with the first photos and files."""

    accepts = forms.TypedChoiceField(
        label=_("Đơn vị"),
        choices=[("yes", _("Đồng ý")), ("no", _("Có ý kiến khác"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect(),
    )
    text = forms.CharField(
        label=_("Ý kiến, giải trình"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Bắt buộc khi có ý kiến khác: nêu việc thực tế và vì sao."),
    )
    file = SeveralField(
        label=_("Ảnh hoặc PDF làm chứng"),
        required=False,
        help_text=_("Có thể để trống; gửi xong vẫn thêm được cho tới hết hạn."),
        widget=Several(attrs={"accept": ACCEPTED, "multiple": True}),
        allow_empty_file=True,  # what is wrong with an empty file is said with the others
    )

    def __init__(self, *args: Any, first: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        if not first:
            del self.fields["file"]  # the page has a form for them that survives a broken line


class ReplyFilesForm(forms.Form):
    """More photos and files to an answer."""

    file = SeveralField(
        label=_("Ảnh hoặc PDF"),
        help_text=_("JPEG, PNG, WebP hoặc PDF; chọn được nhiều tệp."),
        widget=Several(attrs={"accept": ACCEPTED, "multiple": True}),
        allow_empty_file=True,
    )
    caption = forms.CharField(label=_("Chú thích"), required=False, max_length=300)


class DecisionForm(forms.Form):
    """What becomes of a finding to which the unit objects."""

    outcome = forms.ChoiceField(label=_("Quyết định"), choices=DecisionOutcome.choices, widget=forms.RadioSelect())
    reason = forms.CharField(
        label=_("Lý do"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Đơn vị đọc được lý do này. Quyết định rồi thì không đổi."),
    )
    description = forms.CharField(
        label=_("Nội dung mới (khi sửa)"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    severity = forms.TypedChoiceField(
        label=_("Mức độ mới (khi sửa)"), choices=Severity.choices, coerce=int, required=False, empty_value=None
    )


class SilenceForm(forms.Form):
    """The two terms and what silence means."""

    valid_from = forms.DateField(label=_("Áp dụng từ ngày"), widget=DateText())
    reply_days = forms.IntegerField(label=_("Đơn vị trả lời trong (ngày làm việc)"), min_value=1, max_value=60)
    unit_silence = forms.ChoiceField(label=_("Đơn vị không trả lời thì"), choices=UnitSilence.choices)
    decide_days = forms.IntegerField(
        label=_("Cơ quan chủ trì xem xét trong (ngày làm việc)"), min_value=1, max_value=60
    )
    lead_silence = forms.ChoiceField(
        label=_("Không xem xét kịp thì"), choices=LeadSilence.choices, widget=forms.RadioSelect()
    )
    conclude_days = forms.IntegerField(
        label=_("Soạn kết luận trong (ngày làm việc)"), min_value=1, max_value=60, initial=CONCLUDE_DAYS,
        help_text=_("Kể từ ngày ký biên bản. Quá ngày này chỉ là việc quá hạn ở «Việc của tôi», không mất hiệu lực gì."),
    )  # fmt: skip
    basis = forms.CharField(
        label=_("Căn cứ"),
        max_length=300,
        required=False,
        help_text=_("Văn bản hoặc người đã rà soát. Để trống thì trang ghi là đề xuất, chưa rà soát."),
    )
