"""The pages on which the settings of figures are seen and set: tiers of the index, and who is ranked."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.core.clock import today
from kycuong.core.http import Request, page
from kycuong.features.authority import is_offered
from kycuong.orgs.authority import authorize_somewhere, units_where
from kycuong.reports import actions
from kycuong.reports.figures import FIGURES
from kycuong.reports.forms import ParCriterionForm, RankingRuleForm
from kycuong.reports.models import ParCriterion, RankingRule
from kycuong.reports.rules.par import Criterion, write_tiers
from kycuong.ui.forms import attempt

from .asking import own_scope
from .par import SET


@require_safe
def par_rules(request: Request) -> HttpResponse:
    """What is scored today, and every version that was set."""
    rows = ParCriterion.objects.visible_to(request.user).order_by("code", "-valid_from")
    held = ParCriterion.on(today())
    context = {
        "title": _("Ngưỡng chấm điểm Chỉ số CCHC"),
        "held": [(one, FIGURES[one.figure].title, write_tiers(one.tiers).splitlines()) for one in held],
        "versions": [(row, write_tiers(row.meant.tiers).splitlines()) for row in rows],
        "may_set": bool(units_where(request.user, SET)),
    }
    return render(request, "reports/par_rules_page.html", context)


def par_rule(request: Request, criterion: str) -> HttpResponse:
    """Set one criterion from a day on."""
    authorize_somewhere(request.user, SET)
    held = next((one for one in ParCriterion.on(today()) if one.code == criterion), None)
    if held is None:
        raise Http404
    form = ParCriterionForm(request.POST or None, initial=initial_of(held))
    if form.is_valid():
        given = {"valid_from": form.cleaned_data["valid_from"], "criterion": form.criterion(criterion)}
        if attempt(form, lambda: actions.set_par_criterion(by=request.user, **given)) is not None:
            messages.success(request, _("Đã đặt ngưỡng mới."), extra_tags=f"kept:{request.path}")
            return redirect("reports:par_rules")
    return one_form(request, form, title=held.called, back="reports:par_rules")


def ranking_rule(request: Request) -> HttpResponse:
    """Set who is ranked from a day on."""
    authorize_somewhere(request.user, SET)
    held, own = RankingRule.on(today()), own_scope(request.user)
    back = "reports:ranking" if own is not None and is_offered("ranking", at=own) else "reports:figures"
    initial = {"valid_from": today(), "least_visits": held.least_visits, "partial_percent": held.partial_percent}
    form = RankingRuleForm(request.POST or None, initial=initial)
    if form.is_valid():
        given = {"valid_from": form.cleaned_data["valid_from"], "terms": form.terms()}
        if attempt(form, lambda: actions.set_ranking_rule(by=request.user, **given)) is not None:
            messages.success(request, _("Đã đặt quy tắc xếp hạng."), extra_tags=f"kept:{request.path}")
            return redirect(back)
    return one_form(request, form, title=_("Quy tắc xếp hạng"), back=back)


def initial_of(held: Criterion) -> dict[str, object]:
    return {
        "valid_from": today(),
        "title": held.title,
        "figure": held.figure,
        "tiers": write_tiers(held.tiers),
        "note": held.note,
    }


def one_form(request: Request, form: ParCriterionForm | RankingRuleForm, *, title: str, back: str) -> HttpResponse:
    context = {
        "title": title,
        "form": form,
        "keep": request.path,
        "back": reverse(back),
        "crumbs": [(_("Số liệu"), reverse("reports:figures")), (title, "")],
    }
    return page(request, "ui/one_form.html", context=context, status=422 if form.is_bound else 200)
