"""The pages on which planners see where their plans meet others', and where the limits are set."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.core.clock import today
from kycuong.core.http import Request, page
from kycuong.orgs.authority import authorize_somewhere, units_where
from kycuong.plans import actions
from kycuong.plans.forms import LimitsForm, YearForm
from kycuong.plans.queries import limits_on, meetings
from kycuong.ui.forms import attempt

from .plans import year_asked
from .steps import crumbs, status_of


@require_safe
def overlaps(request: Request) -> HttpResponse:
    """All overlaps of a year that concern plans of the person's."""
    form = YearForm(request.GET)
    year = year_asked(form)
    context = {
        "title": _("Trùng lặp giữa các kế hoạch năm %d") % year,
        "crumbs": crumbs(_("Trùng lặp")),
        "form": YearForm({"year": year}) if form.is_valid() else form,
        "meetings": meetings(request.user, year, today=today()),
        "may_set": bool(units_where(request.user, "plan.set_limits")),
    }
    return page(request, "plans/overlaps.html", context=context)


def limits(request: Request) -> HttpResponse:
    """Set the limits that hold from a day on."""
    authorize_somewhere(request.user, "plan.set_limits")
    held = limits_on(today())
    initial = {"valid_from": today(), "span_days": held.span_days, "visits_a_year": held.visits_a_year}
    form = LimitsForm(request.POST or None, initial=initial)
    if form.is_valid():
        done = attempt(form, lambda: actions.set_limits(by=request.user, **form.cleaned_data))
        if done is not None:
            messages.success(request, _("Đã đặt giới hạn mới."), extra_tags="kept:limits")
            return redirect("plans:overlaps")
    context = {"title": _("Giới hạn kiểm tra một đơn vị"), "form": form, "keep": "limits"}
    context |= {"back": reverse("plans:overlaps"), "crumbs": crumbs(_("Giới hạn"))}
    return page(request, "plans/plan_form.html", context=context, status=status_of(form))
