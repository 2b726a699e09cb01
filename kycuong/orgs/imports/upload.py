"""The shape of what is uploaded: a file, and the words that it may need."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kycuong.sheets.keeping import Upload
from kycuong.sheets.preflight import MAX_BYTES
from kycuong.ui.widgets import DateText


class SheetForm(forms.Form):
    """A file, and the sheet of it that is meant."""

    file = forms.FileField(
        label=gettext_lazy("Tệp danh sách"),
        help_text=gettext_lazy("Tệp .xlsx, .xls, .ods hoặc .csv, tối đa 10 MB. Bước sau chỉ xem trước, chưa nhập gì."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
        allow_empty_file=True,  # the importer says what is wrong with an empty file
    )
    sheet = forms.CharField(
        label=gettext_lazy("Trang tính"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("Chỉ cần khi tệp có nhiều trang cùng có bảng như vậy."),
    )

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
        return Upload(file.read(), file.name or "", self.words())

    def words(self) -> dict[str, str]:
        """The words that the importer takes beside the file."""
        return {"sheet": self.cleaned_data["sheet"]}


class UploadForm(SheetForm):
    """A list of units: with the first day of rows that have none of their own."""

    on = forms.DateField(
        label=gettext_lazy("Từ ngày"),
        required=False,
        widget=DateText(),
        help_text=gettext_lazy("Dùng cho những dòng không ghi ngày bắt đầu."),
    )

    field_order = ["file", "on", "sheet"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["file"].label = gettext_lazy("Tệp danh sách đơn vị")
        self.fields["sheet"].help_text = gettext_lazy("Chỉ cần khi tệp có nhiều trang cùng có bảng đơn vị.")

    def words(self) -> dict[str, str]:
        on = self.cleaned_data["on"]
        return {"on": on.isoformat() if on else "", **super().words()}
