"""The shape of what is added to a visit as proof: photos and documents, what they are about, a caption."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kycuong.catalog.models import Criterion


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
