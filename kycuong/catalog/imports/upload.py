"""The shape of what is uploaded: a file, and what the draft it becomes is called."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kycuong.sheets.keeping import Upload
from kycuong.sheets.preflight import MAX_BYTES

NEEDED = {"required": gettext_lazy("Hãy điền ô này.")}


class ChecklistFileForm(forms.Form):
    """A file, the version and title of the draft, and for whom it is."""

    file = forms.FileField(
        label=gettext_lazy("Tệp phiếu kiểm tra"),
        help_text=gettext_lazy("Tệp .xlsx, .xls, .ods hoặc .csv, tối đa 10 MB. Bước sau chỉ xem trước, chưa ghi gì."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
        allow_empty_file=True,  # the importer says what is wrong with an empty file
    )
    version = forms.CharField(label=gettext_lazy("Số phiên bản"), max_length=20, error_messages=NEEDED)
    title = forms.CharField(label=gettext_lazy("Tên phiếu"), max_length=200, error_messages=NEEDED)
    authority = forms.ChoiceField(label=gettext_lazy("Dùng cho"), required=False)
    sheet = forms.CharField(
        label=gettext_lazy("Trang tính"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("Chỉ cần khi tệp có nhiều trang cùng có bảng tiêu chí."),
    )

    def __init__(self, *args: Any, authorities: Sequence[tuple[str, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["authority"].choices = authorities  # type: ignore[attr-defined]

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(
                _("Tệp quá 10 MB. Hãy bỏ hình ảnh hoặc chia thành nhiều tệp nhỏ hơn. / The file is over 10 MB.")
            )
        return file

    def upload(self) -> Upload:
        """What was sent, as it can be kept."""
        file = self.cleaned_data["file"]
        words = {name: self.cleaned_data[name] for name in ("title", "authority", "sheet")}
        words["number"] = self.cleaned_data["version"]
        return Upload(file.read(), file.name or "", words)
