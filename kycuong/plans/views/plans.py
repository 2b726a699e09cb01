"""The pages of plans: who has issued and who has not, one plan with its history, its draft."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.audit.history import last_written
from kycuong.core.clock import today
from kycuong.core.http import Request, page
from kycuong.orgs.authority import authorize, authorize_somewhere, can, units_visible_to, units_where
from kycuong.orgs.queries import search_units
from kycuong.plans import actions
from kycuong.plans.forms import NewPlanForm, PlanForm, YearForm
from kycuong.plans.models import AnnualTheme, PlanStep
from kycuong.plans.queries import agency_name, dropped_lines, item_lines, meetings, plan_lines
from kycuong.plans.rules import PlanState
from kycuong.ui.forms import attempt
from kycuong.ui.merging import Merging

from .steps import CONTENT, crumbs, is_own, offers, plan_of, status_of, version_of

PER_PAGE = 50


@require_safe
def plans(request: Request) -> HttpResponse:
    """Agencies of a year: those without a plan first."""
    form = YearForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    year = year_asked(form)
    lines = plan_lines(request.user, year, today=today(), text=asked.get("q", ""))
    shown = [line for line in lines if not line.is_issued] if asked.get("missing") else lines
    return page(
        request,
        "plans/plans.html",
        context={
            "title": _("Kế hoạch kiểm tra năm %(year)s") % {"year": year},
            "form": YearForm({**request.GET.dict(), "year": year}) if form.is_valid() else form,
            "theme": AnnualTheme.objects.visible_to(request.user).filter(year=year).first(),
            "page": Paginator(shown, PER_PAGE).get_page(request.GET.get("page")),
            "may_draft": bool(units_where(request.user, "plan.draft")),
            "year_query": f"?year={year}",
            "may_remind": bool(units_where(request.user, "plan.remind")),
            "may_announce": bool(units_where(request.user, "theme.announce")),
        },
    )


def year_asked(form: YearForm) -> int:
    """The year of a list: the one asked for, else this one."""
    return (form.cleaned_data.get("year") if form.is_valid() else None) or today().year


def new(request: Request) -> HttpResponse:
    """Draft a plan."""
    authorize_somewhere(request.user, "plan.draft")
    own = units_visible_to(request.user).filter(pk__in=units_where(request.user, "plan.draft")).first()
    initial = {
        "agency": request.GET.get("agency") or (own.slug if own else ""),
        "year": request.GET.get("year") or today().year,
    }
    form = NewPlanForm(request.POST or None, initial=initial)
    if form.is_valid():
        given = form.cleaned_data
        plan = attempt(form, lambda: actions.draft_plan(by=request.user, **given))
        if plan is not None:
            messages.success(request, _("Đã lập dự thảo kế hoạch."), extra_tags="kept:plan-new")
            return redirect(plan)
    context = {
        "title": _("Lập kế hoạch kiểm tra"),
        "form": form,
        "keep": "plan-new",
        "crumbs": crumbs(_("Lập kế hoạch")),
    }
    return page(request, "plans/plan_form.html", context=context, status=status_of(form))


@require_safe
def plan(request: Request, uid: UUID) -> HttpResponse:
    """One plan, and what may be done to it."""
    found = plan_of(request, uid)
    agency = agency_name(found)
    drafting = found.state == PlanState.DRAFT and can(request.user, "plan.draft", at=found.agency)
    may_edit_items = drafting or (found.state == PlanState.AMENDED and can(request.user, "plan.amend", at=found.agency))
    return page(
        request,
        "plans/plan.html",
        context={
            "title": _("Kế hoạch năm %(year)s – %(agency)s") % {"year": found.year, "agency": agency},
            "plan": found,
            "agency": agency,
            "crumbs": crumbs(agency),
            "may_change": drafting,
            "lines": item_lines(request.user, found, today=today()),
            "dropped": dropped_lines(request.user, found, today=today()),
            "meetings": meetings(request.user, found.year, today=today(), plan=found),
            "may_edit_items": may_edit_items,
            "may_see_progress": can(request.user, "figures.see", at=found.agency),
            "may_copy": can(request.user, "plan.draft", at=found.agency),
            "steps": PlanStep.objects.visible_to(request.user).filter(plan=found).select_related("taken_by"),
            "offers": offers(request, found),
            "is_own": is_own(request, found),
            "may_number": found.issued_on is not None and can(request.user, "plan.number", at=found.agency),
        },
    )


def change(request: Request, uid: UUID) -> HttpResponse:
    """Rewrite a draft."""
    found = plan_of(request, uid)
    authorize(request.user, "plan.draft", at=found.agency)
    saved = PlanForm(initial={name: getattr(found, name) for name in CONTENT})
    version = found.version if found.state == PlanState.DRAFT else version_of(request, found)
    merging = Merging([saved], request.POST or None, version=version, written_by=partial(last_written, found))
    form = PlanForm(merging.data, initial=saved.initial) if merging.data else saved
    if form.is_valid() and merging.ready:
        given = {**form.cleaned_data, "version": merging.version}
        done = attempt(form, lambda: actions.change_plan(found, by=request.user, **given))
        if done is not None:
            messages.success(request, _("Đã lưu kế hoạch."), extra_tags=f"kept:plan-{uid}")
            return redirect(done)
        found.refresh_from_db()
    title = _("Sửa kế hoạch năm %(year)s – %(agency)s") % {"year": found.year, "agency": agency_name(found)}
    context = {"title": title, "form": form, "keep": f"plan-{uid}", "plan": found, "crumbs": crumbs(_("Sửa"), found)}
    context["merging"] = merging
    return page(request, "plans/plan_form.html", context=context, status=merging.status or status_of(form))


@require_safe
def unit_options(request: Request) -> JsonResponse:
    """Units whose name begins so, for a box that is typed into."""
    hits = search_units(request.GET.get("q", "")[:100], on=today(), limit=12)
    return JsonResponse([{"value": hit.slug, "label": hit.name, "hint": hit.parent} for hit in hits], safe=False)
