"""A form that is answered by an act: what the act refuses is shown on the form, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.utils.functional import Promise, lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kycuong.core.problems import BadInput, Problem, RuleBroken, Stale

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
        form.add_error(fault["field"], fault["vi"])
    if len(placed) < max(1, len(problem.errors)):
        form.add_error(None, both(problem.vi, problem.en))


def both(vi: str | Promise, en: str) -> SafeString:
    """A sentence as pages show it: in Vietnamese, then smaller in English."""
    return format_html('{} <span class="also-en" lang="en">{}</span>', vi, en)


both_lazy = lazy(both, SafeString)
"""The same for a sentence that is written down before the language of the page is known."""
