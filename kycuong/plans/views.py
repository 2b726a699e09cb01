"""The pages of plans: who has issued and who has not, one plan, its draft, its issue; and the theme of a year."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.core.clock import today
from kycuong.core.http import Request, page
from kycuong.orgs.authority import authorize, authorize_somewhere, can, units_visible_to, units_where
from kycuong.orgs.queries import search_units
from kycuong.ui.forms import attempt

from . import actions
from .forms import IssueForm, NewPlanForm, NumberForm, PlanForm, ThemeForm, YearForm
from .models import AnnualTheme, InspectionPlan
from .queries import agency_name, plan_lines

PER_PAGE = 50
CONTENT = ("title", "window_from", "window_to", "target_units", "target_percent")


@require_safe
def plans(request: Request) -> HttpResponse:
    """Agencies of a year: those without a plan first."""
    form = YearForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    year = asked.get("year") or today().year
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
            "may_announce": bool(units_where(request.user, "theme.announce")),
        },
    )


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
        "crumbs": _crumbs(_("Lập kế hoạch")),
    }
    return page(request, "plans/plan_form.html", context=context, status=_status(form))


@require_safe
def plan(request: Request, uid: UUID) -> HttpResponse:
    """One plan, and what may be done to it."""
    found = _plan(request, uid)
    agency = agency_name(found)
    drafting = found.issued_on is None and can(request.user, "plan.draft", at=found.agency)
    return page(
        request,
        "plans/plan.html",
        context={
            "title": _("Kế hoạch năm %(year)s – %(agency)s") % {"year": found.year, "agency": agency},
            "plan": found,
            "agency": agency,
            "crumbs": _crumbs(agency),
            "may_change": drafting,
            "may_issue": found.issued_on is None and can(request.user, "plan.issue", at=found.agency),
            "may_number": found.issued_on is not None and can(request.user, "plan.number", at=found.agency),
        },
    )


def change(request: Request, uid: UUID) -> HttpResponse:
    """Rewrite a draft."""
    found = _plan(request, uid)
    authorize(request.user, "plan.draft", at=found.agency)
    form = PlanForm(request.POST or None, initial={name: getattr(found, name) for name in CONTENT})
    if form.is_valid():
        version = _version(request, found)
        done = attempt(form, lambda: actions.change_plan(found, by=request.user, version=version, **form.cleaned_data))
        if done is not None:
            messages.success(request, _("Đã lưu kế hoạch."), extra_tags=f"kept:plan-{uid}")
            return redirect(done)
        found.refresh_from_db()
    title = _("Sửa kế hoạch năm %(year)s – %(agency)s") % {"year": found.year, "agency": found.agency}
    context = {"title": title, "form": form, "keep": f"plan-{uid}", "plan": found, "crumbs": _crumbs(title)}
    return page(request, "plans/plan_form.html", context=context, status=_status(form))


def issue(request: Request, uid: UUID) -> HttpResponse:
    """Record the issue of a plan."""
    found = _plan(request, uid)
    authorize(request.user, "plan.issue", at=found.agency)
    form = IssueForm(request.POST or None, initial={"issued_on": today()})
    if form.is_valid():
        done = attempt(form, lambda: actions.issue_plan(found, by=request.user, **form.cleaned_data))
        if done is not None:
            messages.success(request, _("Đã ghi nhận kế hoạch được ban hành."), extra_tags=f"kept:issue-{uid}")
            return redirect(done)
    title = _("Ban hành kế hoạch năm %(year)s – %(agency)s") % {"year": found.year, "agency": found.agency}
    context = {"title": title, "form": form, "keep": f"issue-{uid}", "plan": found, "crumbs": _crumbs(title)}
    return page(request, "plans/plan_form.html", context=context, status=_status(form))


def number(request: Request, uid: UUID) -> HttpResponse:
    """Record the number of an issued plan."""
    found = _plan(request, uid)
    authorize(request.user, "plan.number", at=found.agency)
    form = NumberForm(request.POST or None, initial={"number": found.number})
    if form.is_valid():
        done = attempt(form, lambda: actions.number_plan(found, by=request.user, **form.cleaned_data))
        if done is not None:
            messages.success(request, _("Đã ghi số kế hoạch."), extra_tags=f"kept:number-{uid}")
            return redirect(done)
    title = _("Ghi số kế hoạch năm %(year)s – %(agency)s") % {"year": found.year, "agency": found.agency}
    context = {"title": title, "form": form, "keep": f"number-{uid}", "plan": found, "crumbs": _crumbs(title)}
    return page(request, "plans/plan_form.html", context=context, status=_status(form))


def theme(request: Request) -> HttpResponse:
    """Announce the theme of a year."""
    authorize_somewhere(request.user, "theme.announce")
    units = units_visible_to(request.user).filter(pk__in=units_where(request.user, "theme.announce"))
    own = units.first()
    initial = {"authority": own.slug if own else "", "year": today().year}
    form = ThemeForm(request.POST or None, initial=initial)
    if form.is_valid():
        done = attempt(form, lambda: actions.announce_theme(by=request.user, **form.cleaned_data))
        if done is not None:
            messages.success(request, _("Đã công bố chủ đề năm %d.") % done.year, extra_tags="kept:theme")
            return redirect("plans:plans")
    context = {"title": _("Công bố chủ đề năm"), "form": form, "keep": "theme", "crumbs": _crumbs(_("Chủ đề năm"))}
    return page(request, "plans/plan_form.html", context=context, status=_status(form))


@require_safe
def unit_options(request: Request) -> JsonResponse:
    """Units whose name begins so, for a box that is typed into."""
    hits = search_units(request.GET.get("q", "")[:100], on=today(), limit=12)
    return JsonResponse([{"value": hit.slug, "label": hit.name, "hint": hit.parent} for hit in hits], safe=False)


def _plan(request: Request, uid: UUID) -> InspectionPlan:
    return get_object_or_404(InspectionPlan.objects.visible_to(request.user).select_related("agency"), uid=uid)


def _version(request: Request, found: InspectionPlan) -> int:
    typed = request.POST.get("version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else found.version


def _status(form: PlanForm | IssueForm | NumberForm | ThemeForm) -> int:
    return 422 if form.is_bound else 200


def _crumbs(last: str) -> list[tuple[str, str]]:
    return [(_("Kế hoạch"), "/plans/"), (last, "")]
