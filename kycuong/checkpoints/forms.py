"""The forms of the pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kycuong.audit.notes import LONGEST
from kycuong.audit.receipts import LONGEST_RECEIPT


class NoteForm(forms.Form):
    """A checkpoint that somebody kept."""

    note = forms.CharField(
        label=_("Mốc kiểm chứng đã giữ"),
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=_("Dán đủ các dòng, kể cả dòng bắt đầu bằng dấu «—»."),
    )


class ReceiptForm(forms.Form):
    """A receipt that somebody kept, pasted or as the file that was downloaded."""

    text = forms.CharField(
        label=_("Biên nhận đã giữ"),
        max_length=LONGEST_RECEIPT,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=_("Dán đủ các dòng của tệp, hoặc những gì máy ảnh đọc được từ mã vuông."),
    )
    file = forms.FileField(label=_("Hoặc tệp biên nhận (.txt)"), required=False)

    def clean(self) -> dict[str, Any]:
        """One text, wherever it came from."""
        given = super().clean() or {}
        file, text = given.get("file"), given.get("text") or ""
        if file and not text.strip():
            text = file.read(4 * LONGEST_RECEIPT).decode(errors="replace")
        if not text.strip() and not self.errors:
            self.add_error("text", _("Hãy dán biên nhận hoặc chọn tệp đã tải về."))
        return {**given, "text": text}
