"""The form of the page."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kycuong.audit.notes import LONGEST


class NoteForm(forms.Form):
    """A checkpoint that somebody kept."""

    note = forms.CharField(
        label=_("Mốc kiểm chứng đã giữ"),
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=_("Dán đủ các dòng, kể cả dòng bắt đầu bằng dấu «—»."),
    )
