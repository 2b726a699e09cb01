"""The shape of a unit's settings of papers, and of a Word file to check."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kycuong.letterheads.rules import FROZEN, OF_THE_TEAM, WORDINGS, Capacity, Head, Paper, Signer
from kycuong.orgs.forms.units import UnitField
from kycuong.ui.widgets import DateText


def _from() -> forms.DateField:
    return forms.DateField(label=_("Áp dụng từ ngày"), widget=DateText())


class UnitForm(forms.Form):
    """Whose papers."""

    unit = UnitField(label=_("Đơn vị"))


class HeadForm(forms.Form):
    """The head of a unit's papers."""

    superior = forms.CharField(
        label=_("Cơ quan chủ quản"), max_length=200, required=False, help_text=_("UBND các cấp để trống.")
    )
    issuer = forms.CharField(label=_("Cơ quan ban hành"), max_length=200)
    symbol = forms.CharField(
        label=_("Chữ viết tắt trong ký hiệu"), max_length=30, help_text=_("Ví dụ SNV, như trong 07/KH-SNV.")
    )
    place = forms.CharField(label=_("Địa danh"), max_length=60)
    valid_from = _from()

    def head(self) -> Head:
        return Head(*(self.cleaned_data[name] for name in Head._fields))


class SigningForm(forms.Form):
    """Who signs, who receives."""

    head_title = forms.CharField(
        label=_("Chức vụ người đứng đầu"), max_length=120, help_text=_("Ví dụ GIÁM ĐỐC, CHỦ TỊCH.")
    )
    collective = forms.CharField(
        label=_("Thay mặt tập thể (TM.)"), max_length=120, required=False,
        help_text=_("Ví dụ ỦY BAN NHÂN DÂN; để trống khi người đứng đầu ký với tư cách của mình."),
    )  # fmt: skip
    capacity = forms.ChoiceField(label=_("Cách ký"), choices=Capacity.choices)
    signer_title = forms.CharField(
        label=_("Chức vụ người ký"),
        max_length=120,
        required=False,
        help_text=_("Khi ký thay, thừa lệnh, thừa ủy quyền."),
    )
    signer_name = forms.CharField(
        label=_("Họ tên người ký"),
        max_length=120,
        required=False,
        help_text=_("Không ghi học hàm, học vị. Có thể để trống."),
    )
    recipients = forms.CharField(
        label=_("Nơi nhận"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Mỗi dòng một nơi, dòng cuối là nơi lưu, ví dụ: Lưu: VT, CCVC. Để trống: theo từng văn bản."),
    )  # fmt: skip
    valid_from = _from()

    def __init__(self, *args: Any, kind: str, **options: Any) -> None:
        super().__init__(*args, **options)
        if not kind:  # receivers are set for each kind
            del self.fields["recipients"]

    def signer(self) -> Signer:
        return Signer(*(self.cleaned_data.get(name, "") for name in Signer._fields))


class WordingForm(forms.Form):
    """A piece of text of one's own."""

    text = forms.CharField(
        label=_("Nội dung"), max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("[cơ quan] và [đơn vị] được thay bằng tên. Để trống: dùng lại văn mẫu."),
    )  # fmt: skip
    valid_from = _from()


class CheckForm(forms.Form):
    """A Word file."""

    file = forms.FileField(
        label=_("Văn bản Word (.docx)"), widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
        help_text=_("Tệp chỉ được đọc để kiểm tra, không được giữ lại."),
    )  # fmt: skip


class TemplateForm(forms.Form):
    """A Word file from which papers are to be made."""

    file = forms.FileField(
        label=_("Mẫu Word (.docx)"), widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
        help_text=_("Tệp có các chỗ điền ở dưới; không macro, không liên kết ra ngoài. Tải lên chưa phải là dùng."),
    )  # fmt: skip


class UseForm(forms.Form):
    """From when on."""

    valid_from = _from()


class AcceptForm(UseForm):
    """That somebody has looked at what comes out, and from when on it holds."""

    looked = forms.BooleanField(label=_("Tôi đã mở bản thử và thấy dùng được"))
    field_order = ["looked", "valid_from"]


def own_papers() -> list[tuple[str, Any]]:
    """Kinds that may be made from a Word file of one's own."""
    return [(paper.value, paper.label) for paper in Paper if paper not in FROZEN]


def signed_papers() -> list[tuple[str, Any]]:
    """Kinds that the unit itself signs."""
    return [(paper.value, paper.label) for paper in Paper if paper not in OF_THE_TEAM]


def pieces() -> list[tuple[str, str, Any, Any]]:
    """(kind, piece, name of the kind, label of the piece) of every text that may be one's own."""
    return [
        (paper, key, Paper(paper).label, part.label) for paper, parts in WORDINGS.items() for key, part in parts.items()
    ]
