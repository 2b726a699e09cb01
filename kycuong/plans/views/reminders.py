"""Reminding the agencies whose plan is missing: what is recorded is that they were reminded, by whom, in which words."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from kycuong.core.clock import today
from kycuong.core.http import Request, page
from kycuong.core.speaking import in_vietnamese
from kycuong.orgs.authority import authorize_somewhere, units_visible_to, units_where
from kycuong.plans import actions
from kycuong.plans.forms import RemindForm, YearForm
from kycuong.plans.queries import PlanLine, plan_lines
from kycuong.ui.forms import attempt

from .plans import year_asked
from .steps import crumbs, status_of


def remind(request: Request) -> HttpResponse:
    """Choose the agencies, write the words, record that they were passed on."""
    authorize_somewhere(request.user, "plan.remind")
    year = year_asked(YearForm(request.GET))
    missing = _missing(request, year)
    choices = [(line.slug, line.name) for line in missing]
    with in_vietnamese():  # the words of a letter
        asked = _("Đề nghị cơ quan ban hành kế hoạch kiểm tra kỷ luật, kỷ cương hành chính năm %d và gửi về Sở Nội vụ.")
    words = asked % year
    form = RemindForm(
        request.POST if request.method == "POST" else None,
        choices=choices,
        initial={"agencies": [slug for slug, _name in choices], "words": words},
    )
    if form.is_valid():
        agencies = list(units_visible_to(request.user).filter(slug__in=form.cleaned_data["agencies"]))
        wanted = form.cleaned_data["words"]
        done = attempt(form, lambda: actions.remind_agencies(agencies, by=request.user, year=year, words=wanted))
        if done is not None:
            messages.success(request, _("Đã ghi nhận việc nhắc %d cơ quan.") % len(done), extra_tags="kept:remind")
            return redirect(f"{reverse('plans:plans')}?year={year}&missing=on")
    context = {"title": _("Nhắc ban hành kế hoạch năm %d") % year, "form": form, "keep": "remind"}
    context |= {"act": _("Ghi nhận đã nhắc"), "crumbs": crumbs(_("Nhắc")), "none": not choices, "reminding": True}
    return page(request, "plans/plan_form.html", context=context, status=status_of(form))


def _missing(request: Request, year: int) -> list[PlanLine]:
    """Who owes a plan, has not issued it, was not reminded today, and may be reminded by this person."""
    lines = [line for line in plan_lines(request.user, year, today=today()) if line.owed and not line.is_issued]
    lines = [line for line in lines if not (line.reminder and line.reminder.reminded_on == today())]
    holders, day = units_where(request.user, "plan.remind"), today()
    under = units_visible_to(request.user).filter(
        closure_up__ancestor_id__in=holders, closure_up__valid_from__lte=day, closure_up__valid_to__gt=day
    )
    within = set(under.filter(pk__in=[line.unit_id for line in lines]).values_list("pk", flat=True))
    return [line for line in lines if line.unit_id in within]
