"""The shape of what is added to a visit as proof: photos and documents, what they are about, a caption."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kycuong.catalog.models import Criterion
from kycuong.inspections.rules.concerned import LONGEST_NAME, Category

from .answers import whole_number


class PickForm(forms.Form):
    """From how many case files, or from which; how many; and why, if it is not the first time."""

    subject = forms.CharField(
        label=_("Hồ sơ gì"), max_length=200, help_text=_("Ví dụ: hồ sơ đất đai tiếp nhận tháng 10/2026.")
    )
    size = whole_number(_("Tổng số hồ sơ"))
    codes = forms.CharField(
        label=_("hoặc dán danh sách mã hồ sơ"),
        required=False,
        max_length=400_000,
        help_text=_("Mỗi dòng một mã. Không dán họ tên người nộp."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    number = whole_number(_("Cần chọn"))
    reason = forms.CharField(
        label=_("Lý do chọn thêm"), required=False, max_length=500, help_text=_("Chỉ cần từ lần chọn thứ hai.")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["number"].required = True

    def given(self) -> dict[str, Any]:
        """What `pick_case_files` takes."""
        return {**self.cleaned_data, "codes": self.cleaned_data["codes"].splitlines()}


class ConcernedForm(forms.Form):
    """Somebody whom a finding concerns."""

    category = forms.ChoiceField(label=_("Đối tượng"), choices=[("", _("Chọn")), *Category.choices])
    position = forms.CharField(
        label=_("Chức vụ, vị trí việc làm"), max_length=200, help_text=_("Ví dụ: địa chính – xây dựng.")
    )
    name = forms.CharField(
        label=_("Họ tên (nếu thật cần)"),
        required=False,
        max_length=LONGEST_NAME,
        help_text=_("Được niêm phong: chỉ lãnh đạo, trưởng đoàn và thủ trưởng đơn vị ấy đọc được."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class Several(forms.FileInput):
    """Several files at once, as a phone's gallery gives them."""

    allow_multiple_selected = True


class SeveralField(forms.FileField):
    """Each of several files, as one would be."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        return [super(SeveralField, self).clean(one, initial) for one in data or [None]]


class FilesForm(forms.Form):
    """Files are looked at one by one when the form is sent; their names say nothing."""

    file = SeveralField(
        label=_("Ảnh hoặc PDF"),
        help_text=_("JPEG, PNG, WebP hoặc PDF; chọn được nhiều tệp. Vị trí và máy chụp không hiện ra với người xem."),
        widget=Several(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf", "multiple": True}),
        allow_empty_file=True,  # what is wrong with an empty file is said with the others
    )
    criterion_code = forms.ChoiceField(label=_("Về tiêu chí"), required=False)
    caption = forms.CharField(label=_("Chú thích"), required=False, max_length=300)

    def __init__(self, criteria: Mapping[str, Criterion], data: Any, files: Any, **options: Any) -> None:
        super().__init__(data, files, **options)
        about = [(code, f"{code}. {one.text[:70]}") for code, one in criteria.items()]
        field = self.fields["criterion_code"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Cả lượt kiểm tra")), *about]
