"""The page that everybody may read: a year of days off, and the computation of a term."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.core.clock import today
from kycuong.core.http import Request, page
from kycuong.deadlines.actions import KEEP
from kycuong.deadlines.forms import TermForm, YearForm
from kycuong.deadlines.queries import overdue_years, term_of, year_of
from kycuong.deadlines.rules import FIRST_YEAR, LAST_YEAR, Term
from kycuong.orgs.authority import units_where
from kycuong.ui.forms import attempt

from .months import WEEKDAYS, months_of
from .telling import moved_lately


@require_safe
def days_off(request: Request) -> HttpResponse:
    """`?year=2027&start=03/04/2026&days=15`: the year, and what the term comes to."""
    asked = YearForm(request.GET)
    wrong = not asked.is_valid()
    year = (None if wrong else asked.cleaned_data["year"]) or today().year
    form, found = _term(request)
    held = year_of(year)
    unconfirmed = {*overdue_years(today()), *([] if held.confirmation else [year])}
    context = {
        "title": _("Ngày nghỉ năm %d") % year,
        "held": held,
        "weekdays": WEEKDAYS,
        "months": months_of(held, today=today()),
        "warnings": sorted(unconfirmed),
        "this_year": today().year,
        "before": year - 1 if year > FIRST_YEAR else None,
        "after": year + 1 if year < LAST_YEAR else None,
        "wrong": wrong,
        "form": form,
        "found": found,
        "may_keep": bool(units_where(request.user, KEEP)),
        "moved": moved_lately(request),
    }
    faulty = wrong or (form.is_bound and not form.is_valid())
    return page(request, "deadlines/days_off.html", context=context, status=422 if faulty else 200)


def _term(request: Request) -> tuple[TermForm, Term | None]:
    """The form, and the term when one was asked for."""
    asked = "start" in request.GET or "days" in request.GET
    initial: dict[str, Any] = {"start": today(), "days": ""}
    form = TermForm(request.GET if asked else None, initial=initial)
    if not (asked and form.is_valid()):
        return form, None
    start, days = form.cleaned_data["start"], form.cleaned_data["days"]
    return form, attempt(form, lambda: term_of(start, days))
