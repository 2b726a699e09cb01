"""A time of day as officials write it: 07:30, 7h30 or 730."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

WRITTEN = ("%H:%M", "%Hh%M", "%H.%M", "%H%M")


class ClockField(forms.TimeField):
    """An hour and a minute; `example` stands in the empty box. No numeric keys: those of a phone have no colon."""

    def __init__(self, *, example: str = "07:30", **options: Any) -> None:
        attrs = {"placeholder": example, "maxlength": 5, "autocomplete": "off", "data-clock": ""}
        super().__init__(
            required=False,
            input_formats=WRITTEN,
            widget=forms.TimeInput(attrs=attrs, format="%H:%M"),
            error_messages={"invalid": _("Không có giờ như vậy. Hãy ghi giờ và phút, ví dụ 07:30.")},
            **options,
        )
