"""A form that is answered by an act: what the act refuses is shown on the form, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.utils.choices import flatten_choices
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kycuong.core.problems import BadInput, Problem, RuleBroken, Stale
from kycuong.core.speaking import ENGLISH
from kycuong.core.speaking import told as in_language

from .formats import vn_date

Result = TypeVar("Result")


def attempt(form: forms.BaseForm, act: Callable[[], Result]) -> Result | None:
    """The act's result; or None, with its refusal told on the form. What the person may not do goes on to a page of its own."""
    try:
        return act()
    except (BadInput, RuleBroken, Stale) as problem:
        tell(form, problem)
        return None


def tell(form: forms.BaseForm, problem: Problem) -> None:
    """Each fault at its field, if the form has it; otherwise above the form, in both languages."""
    placed = [fault for fault in problem.errors if fault.get("field") in form.fields]
    for fault in placed:
        form.add_error(fault["field"], in_language(fault["vi"], fault.get("en", "")))
    if len(placed) < max(1, len(problem.errors)):
        form.add_error(None, both(problem.vi, problem.en))


def said(form: forms.BaseForm) -> list[tuple[str, str]]:
    """What a form of filters was answered with, in words: («Năm», «2026»). A form with a fault narrows nothing."""
    if not form.is_valid():
        return []
    given = [(form[name], value) for name, value in form.cleaned_data.items() if value not in (None, "", False, [])]
    return [(str(field.label), in_words(field.field, value)) for field, value in given]


def in_words(field: forms.Field, value: Any) -> str:
    """A value as a person reads it: the words of a choice, a day, a yes."""
    if isinstance(value, date):
        return vn_date(value)
    if value is True:
        return str(_("có"))
    if type(field) is forms.ChoiceField:
        choices: Any = field.choices
        return str(dict(flatten_choices(choices)).get(value, value))
    return str(value)


def both(vi: str, en: str) -> SafeString:
    """A sentence as pages show it: in the language of the page, then smaller in the other. Neither is to be translated before."""
    if get_language() == ENGLISH:
        return format_html('{} <span class="also-en" lang="vi">{}</span>', en, vi)
    return format_html('{} <span class="also-en" lang="en">{}</span>', vi, en)


both_lazy = lazy(both, SafeString)
"""The same for a sentence that is written down before the language of the page is known."""
