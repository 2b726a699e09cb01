"""The pages of the spreading of a theme: who has and who has not, what one agency did, one more entry, one taken back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.core.clock import today
from kycuong.core.http import Request, page
from kycuong.orgs.authority import authorize, authorize_somewhere, can, units_visible_to, units_where
from kycuong.orgs.queries import full_names
from kycuong.plans import actions
from kycuong.plans.forms import SpreadForm, WithdrawForm, YearForm
from kycuong.plans.models import AnnualTheme, Dissemination
from kycuong.plans.queries import spread_lines
from kycuong.ui.forms import attempt

from .plans import year_asked
from .steps import crumbs, status_of


@require_safe
def spreading(request: Request) -> HttpResponse:
    """Who has spread the theme of the year, and who has not."""
    form = YearForm(request.GET)
    year, asked = year_asked(form), form.cleaned_data if form.is_valid() else {}
    lines = spread_lines(request.user, year, today=today(), text=asked.get("q", ""))
    shown = [line for line in lines if not line.entries] if asked.get("missing") else lines
    context = {
        "title": _("Triển khai chủ đề năm %d") % year,
        "crumbs": crumbs(_("Triển khai chủ đề")),
        "form": _labelled(YearForm({**request.GET.dict(), "year": year}) if form.is_valid() else form),
        "year": year,
        "theme": AnnualTheme.objects.visible_to(request.user).filter(year=year).first(),
        "lines": shown,
        "total": len(lines),
        "have": sum(bool(line.entries) for line in lines),
        "may_record": bool(units_where(request.user, "theme.spread")),
    }
    return page(request, "plans/spreading.html", context=context)


@require_safe
def spread_by(request: Request, slug: str) -> HttpResponse:
    """What one agency did for the theme of a year."""
    agency = get_object_or_404(units_visible_to(request.user), slug=slug)
    authorize(request.user, "plan.see", at=agency)
    year = year_asked(YearForm(request.GET))
    entries = Dissemination.objects.visible_to(request.user).filter(agency=agency, year=year)
    name = full_names([agency.pk], today())[agency.pk]
    context = {
        "title": _("%(name)s: triển khai chủ đề năm %(year)s") % {"name": name, "year": year},
        "crumbs": [crumbs("")[0], (_("Triển khai chủ đề"), f"{reverse('plans:spreading')}?year={year}"), (name, "")],
        "entries": entries.select_related("recorded_by", "withdrawn_by"),
        "agency": agency,
        "year": year,
        "may_record": can(request.user, "theme.spread", at=agency),
    }
    return page(request, "plans/spread_by.html", context=context)


def new_spread(request: Request) -> HttpResponse:
    """Write down one more."""
    authorize_somewhere(request.user, "theme.spread")
    own = units_visible_to(request.user).filter(pk__in=units_where(request.user, "theme.spread")).first()
    initial = {"agency": request.GET.get("agency") or (own.slug if own else ""), "held_on": today()}
    initial["year"] = request.GET.get("year") or today().year
    form = SpreadForm(request.POST or None, initial=initial)
    if form.is_valid():
        done = attempt(form, lambda: actions.record_dissemination(by=request.user, **form.cleaned_data))
        if done is not None:
            messages.success(request, _("Đã ghi việc triển khai chủ đề."), extra_tags="kept:spread")
            return redirect(f"{reverse('plans:spread_by', args=[done.agency.slug])}?year={done.year}")
    context = {"title": _("Ghi việc triển khai chủ đề"), "form": form, "keep": "spread"}
    context |= {"back": reverse("plans:spreading"), "crumbs": crumbs(_("Ghi việc triển khai"))}
    return page(request, "plans/plan_form.html", context=context, status=status_of(form))


def withdraw_spread(request: Request, uid: UUID) -> HttpResponse:
    """Take a wrong entry back."""
    found = get_object_or_404(Dissemination.objects.visible_to(request.user).select_related("agency"), uid=uid)
    authorize(request.user, "theme.spread", at=found.agency)
    back = f"{reverse('plans:spread_by', args=[found.agency.slug])}?year={found.year}"
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        done = attempt(form, lambda: actions.withdraw_dissemination(found, by=request.user, **form.cleaned_data))
        if done is not None:
            messages.success(request, _("Đã rút mục ấy."), extra_tags=f"kept:withdraw-{uid}")
            return redirect(back)
    context = {"title": _("Rút: %s") % found.title, "form": form, "keep": f"withdraw-{uid}", "back": back}
    context |= {"act": _("Rút"), "kind": "danger", "crumbs": crumbs(_("Rút"))}
    return page(request, "plans/plan_form.html", context=context, status=status_of(form))


def _labelled(form: YearForm) -> YearForm:
    form.fields["missing"].label = _("Chỉ cơ quan chưa triển khai")
    return form
