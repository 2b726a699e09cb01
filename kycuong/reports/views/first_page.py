"""The leader's first page: every figure of a unit and a period, each with its definition and the list behind it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.core.clock import now
from kycuong.core.http import Request
from kycuong.features.authority import is_offered
from kycuong.orgs.authority import can, units_where
from kycuong.orgs.queries import names_on, resolve_unit, search_units
from kycuong.reports.figures.glance import at_a_glance
from kycuong.reports.figures.question import SUBJECT, VIEWS, Question
from kycuong.reports.forms import Asked
from kycuong.reports.queries import NAMES, figures_for

from . import cards, full_table, pictures
from .asking import SEE, read, require

OFFERED = 12


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """`/` is the figures of one's own unit."""
    return redirect("reports:figures")


@require_safe
def figures(request: Request) -> HttpResponse:
    """The page; a question asked by the form is answered at the short address that may be shared."""
    found = read(request)
    if found is None:
        may_begin = bool(units_where(request.user, "tick.see"))
        return render(request, "reports/no_figures_page.html", {"may_begin": may_begin})
    if found.asked is None:
        return render(request, "reports/figures_page.html", {"form": found.form, "title": heading()}, status=422)
    if "part" in request.GET:
        return redirect(f"{reverse('reports:figures')}?{found.asked.query()}")
    return render(request, "reports/figures_page.html", {"form": found.form, **everything(found.asked)})


@require_safe
def printed(request: Request) -> HttpResponse:
    """The same on paper."""
    found = require(request)
    if found.asked is None:
        return redirect(f"{reverse('reports:figures')}?{request.GET.urlencode()}")
    return render(request, "reports/print_page.html", everything(found.asked))


@require_safe
def scopes(request: Request) -> JsonResponse:
    """Units for the combo box: what matches and whose figures the person may see."""
    words = request.GET.get("q", "").strip()
    hits = search_units(words, limit=OFFERED) if words else []
    allowed = {slug for slug in {hit.slug for hit in hits} if can(request.user, SEE, at=resolve_unit(slug))}
    offered = [
        {"value": hit.slug, "label": hit.label, "hint": hit.era if hit.is_past else hit.kind_label}
        for hit in hits
        if hit.slug in allowed
    ]
    return JsonResponse(offered, safe=False)


def counted(asked: Asked) -> dict[str, Any]:
    """All figures, with those of the year before that the page shows."""
    return figures_for(
        asked.scope,
        asked.period,
        view=asked.view,
        restated_on=asked.restated_on,
        names=NAMES,
        not_before=[full_table.ANSWERS],
    )


def everything(asked: Asked) -> dict[str, Any]:
    """All that the page says about a question."""
    values = counted(asked)
    question = Question(asked.scope.pk, asked.period, asked.view, asked.restated_on)
    return {
        **words(asked),
        "figures": values,
        "head_cards": cards.head_cards(asked, values),
        "second_cards": cards.second_cards(asked, values),
        "months": pictures.months(values),
        "kinds": pictures.kinds(asked, values),
        "forms": pictures.forms(asked, values),
        "remedies": pictures.remedies(asked, values),
        "followed": pictures.recommendations(asked, values),
        "weakest": pictures.weakest(asked, values),
        "groups": pictures.glance(asked, at_a_glance(question)),
        "full_lines": full_table.lines(asked, values),
        "full_criteria": full_table.criteria(asked, values),
        "lists": {name: cards.list_url(asked, name) for name in LINKED},
        "last_year_words": _("Cùng kỳ: %s") % values["same_period_last_year"]["label"],
        "print_url": f"{reverse('reports:print')}?{asked.query()}",
        "back_url": f"{reverse('reports:figures')}?{asked.query()}",
        "ranking_url": f"{reverse('reports:ranking')}?{asked.query()}" if is_offered("ranking", at=asked.scope) else "",
        "summary_url": f"{reverse('reports:summary')}?{replace(asked, view=SUBJECT, restated_on=None).query()}",
        "par_url": f"{reverse('reports:par')}?scope={asked.scope.slug}&year={asked.period.last.year}",
    }


LINKED = (
    "double_counted", "sum_of_leads", "by_month", "units_by_kind", "restated_flagged", "self_checks", "repeat_findings",
    "units_inspected_ceased", "findings", "handling_rate", "remedied_in_time", "recommendations_transferred",
)  # fmt: skip
"""Figures that a sentence of the page links to."""


def words(asked: Asked) -> dict[str, Any]:
    """The question in words: whose figures, of when, seen how, on which organisation, and when they were counted."""
    name = name_of(asked)
    return {
        "asked": asked,
        "scope_name": name,
        "title": heading(name),
        "period": asked.period,
        "view_words": _(VIEWS[asked.view]),
        "counted_at": now(),
        "query": asked.query(),
    }


def name_of(asked: Asked) -> str:
    """The scope as it was called at the cut-off."""
    return names_on([asked.scope.pk], asked.organisation_on).get(asked.scope.pk, asked.scope.slug)


def heading(name: str = "") -> str:
    return _("%s: số liệu kiểm tra") % name if name else _("Số liệu kiểm tra")
