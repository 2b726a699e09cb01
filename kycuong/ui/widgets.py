"""Inputs of our own: a date as Vietnamese people type it, and a choice from a long list by typing a few letters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.functional import Promise


class DateText(forms.DateInput):
    """dd/mm/yyyy in a text box: a browser's own date box follows the browser's language, not the official's."""

    def __init__(self, attrs: dict[str, Any] | None = None, format: str = "%d/%m/%Y") -> None:
        given = {
            "data-date": "",
            "inputmode": "numeric",
            "autocomplete": "off",
            "maxlength": 10,
            "placeholder": "dd/mm/yyyy",
        }
        super().__init__(attrs={**given, **(attrs or {})}, format=format)


class ComboText(forms.TextInput):
    """A text box that asks `source` (JSON [{value, label, hint}]) for choices; without scripts it sends what was typed.

    `label_of` names a value for people when the form is shown again: «xa-hoang-dong» → «Xã Hoàng Đồng».
    """

    def __init__(
        self,
        source: str | Promise,
        label_of: Callable[[str], str | None] | None = None,
        attrs: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(attrs=attrs)
        self.source = source
        self.label_of = label_of

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        widget["attrs"]["data-source"] = str(self.source)
        typed = widget["value"]
        askable = typed and "\0" not in typed  # the field refuses NUL; PostgreSQL would not even look it up
        label = self.label_of(typed) if askable and self.label_of else None
        if label:
            widget["attrs"]["data-value"] = typed
            widget["value"] = label
        return context
