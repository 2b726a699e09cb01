"""The pages of measures: the list, one measure, proposing, deciding, declining. Restricted: see `visible_to`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kycuong.audit.history import entries_for
from kycuong.core.clock import today
from kycuong.core.http import Request, page, version_sent
from kycuong.followup import actions
from kycuong.followup.forms.measures import DecisionForm, DeclineForm, MeasureListForm, ProposalForm, RecordForm
from kycuong.followup.models import AccountabilityMeasure, MeasureKind
from kycuong.followup.queries.hands import is_for_another
from kycuong.followup.queries.measures import (
    SIMILAR_MONTHS,
    WantedMeasures,
    authorities_over,
    is_ground,
    limit_for,
    lines_of,
    may_open_name,
    measures_at,
    measures_wanted,
    months_ago,
    recorders,
    similar_cases,
)
from kycuong.followup.rules.accountability import ensure_independent
from kycuong.inspections.models import Conclusion, Visit
from kycuong.orgs.authority import authorize, can, units_where
from kycuong.ui.forms import attempt

PER_PAGE = 30
PROPOSE, RECORD = "measure.propose", "measure.record"
TONES = {"proposed": "planned", "decided": "good", "declined": "none"}


@require_safe
def measures(request: Request) -> HttpResponse:
    """Measures that the person may see, those that wait at the top."""
    form = MeasureListForm(request.GET)
    wanted: WantedMeasures = form.cleaned_data if form.is_valid() else {}  # type: ignore[assignment]
    shown = Paginator(measures_wanted(request.user, wanted), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Xử lý trách nhiệm"),
        "form": form,
        "page": shown,
        "lines": [(one, TONES[one.state]) for one in shown.object_list],
        "counts": bool(units_where(request.user, "measure.see")),
        "may_keep": bool(units_where(request.user, "retention.hold") or units_where(request.user, "retention.set")),
    }
    return page(request, "followup/measures.html", context=context)


@require_safe
def measure(request: Request, uid: UUID) -> HttpResponse:
    """One measure, without the name."""
    return _shown(request, _seen(request, uid))


@require_POST
def name(request: Request, uid: UUID) -> HttpResponse:
    """The same with the name; the look is noted."""
    found = _seen(request, uid)
    return _shown(request, found, name=actions.look_at_measured_name(found, by=request.user))


def propose(request: Request, uid: UUID) -> HttpResponse:
    """The side that inspected proposes a measure."""
    visit = _visit(request, uid)
    authorize(request.user, PROPOSE, at=visit.inspection.lead)
    kinds, units = (
        list(MeasureKind.objects.visible_to(request.user).valid_on(today())),
        authorities_over(visit.unit, today()),
    )
    initial = {"authority": units[1].slug if len(units) > 1 else ""}
    form = ProposalForm(visit, kinds, units, request.POST or None, initial=initial)
    done = _("Đã gửi đề nghị; cơ quan có thẩm quyền được báo.")

    def act() -> AccountabilityMeasure:
        return actions.propose_measure(visit, by=request.user, **form.given())

    return _asked(request, visit, form, act, _("Đề nghị xử lý"), done, label=_("Gửi đề nghị"))


def record(request: Request, uid: UUID) -> HttpResponse:
    """Record what the managing authority decided of its own accord."""
    visit = _visit(request, uid)
    units = recorders(visit, request.user)
    if not units:
        authorize(request.user, RECORD, at=visit.unit)
        ensure_independent(on_team=True, proposer=False)
    form = RecordForm(visit, list(MeasureKind.objects.visible_to(request.user)), units, request.POST or None)

    def act() -> AccountabilityMeasure:
        return actions.record_measure(visit, by=request.user, **form.given())

    return _asked(request, visit, form, act, _("Ghi quyết định xử lý đã có"), _("Đã ghi quyết định."), label=_("Ghi"))


def decide(request: Request, uid: UUID) -> HttpResponse:
    """Record the decision on a proposal, with what similar findings elsewhere led to."""
    found = _seen(request, uid)
    authorize(request.user, RECORD, at=found.authority)
    form = DecisionForm(
        list(MeasureKind.objects.visible_to(request.user)), request.POST or None, initial={"kind": found.kind.code}
    )
    if form.is_valid():
        read = version_sent(request, found.version)
        given = {**form.cleaned_data, "version": read}
        if attempt(form, lambda: actions.decide_measure(found, by=request.user, **given)) is not None:
            messages.success(request, _("Đã ghi quyết định."), extra_tags=f"kept:{request.path}")
            return redirect(found)
    similar = similar_cases(found, request.user, since=months_ago(today(), SIMILAR_MONTHS))
    context = {
        "title": _("Ghi quyết định xử lý"),
        "found": found,
        "form": form,
        "keep": request.path,
        "limit": limit_for(found, on=today()),
        "similar": lines_of(similar.kinds, similar.table),
        "exact": similar.exact,
        "crumbs": _crumbs((found.whom, found.get_absolute_url()), (_("Ghi quyết định"), "")),
    }
    return page(request, "followup/measure_decision.html", context=context, status=422 if form.is_bound else 200)


def decline(request: Request, uid: UUID) -> HttpResponse:
    """No measure, with the reason."""
    found = _seen(request, uid)
    authorize(request.user, RECORD, at=found.authority)
    form = DeclineForm(request.POST or None)
    if form.is_valid():
        read = version_sent(request, found.version)
        given = {**form.cleaned_data, "version": read}
        if attempt(form, lambda: actions.decline_measure(found, by=request.user, **given)) is not None:
            messages.success(request, _("Đã ghi kết quả không xử lý."), extra_tags=f"kept:{request.path}")
            return redirect(found)
    context = {"title": _("Không xử lý"), "form": form, "keep": request.path, "version": found.version}
    context |= {"back": found.get_absolute_url(), "lead": str(found), "act": _("Ghi kết quả")}
    context["crumbs"] = _crumbs((found.whom, found.get_absolute_url()), (_("Không xử lý"), ""))
    return page(request, "ui/one_form.html", context=context, status=422 if form.is_bound else 200)


def panel(request: Request, conclusion: Conclusion, *, printed: bool = False) -> str:
    """Measures on the page of a conclusion, for those with sight; never on paper."""
    return "" if printed else part(request, conclusion.visit)


def part(request: Request, visit: Visit) -> str:
    """Measures of a visit as a part of a page, with what this person may do; nothing for everybody else."""
    rows = measures_at(visit, request.user)
    ground = is_ground(visit)
    may = {
        "propose": ground and can(request.user, PROPOSE, at=visit.inspection.lead),
        "record": ground and bool(recorders(visit, request.user)),
    }
    context = {"visit": visit, "lines": [(one, TONES[one.state]) for one in rows], "may": may}
    return render_to_string("followup/measures_panel.html", context, request)


def _shown(request: Request, found: AccountabilityMeasure, *, name: str = "") -> HttpResponse:
    waits = found.is_waiting and can(request.user, RECORD, at=found.authority)
    is_own = waits and is_for_another(found, by=request.user)
    conclusion = Conclusion.objects.visible_to(request.user).filter(visit=found.visit).first()
    context: dict[str, Any] = {
        "title": str(found),
        "found": found,
        "tone": TONES[found.state],
        "name": name,
        "may_open": not name and may_open_name(found, request.user),
        "may_decide": waits and not is_own,
        "is_own": is_own,
        "may_hold": can(request.user, "retention.hold", at=found.visit.unit),
        "limit": limit_for(found, on=found.decided_on or today()),
        "findings": list(found.findings.select_related("decision")),
        "advice": list(found.recommendations.all()),
        "conclusion": conclusion,
        "history": entries_for(found),
        "crumbs": _crumbs((found.whom, "")),
    }
    return page(request, "followup/measure.html", context=context)


def _asked(
    request: Request, visit: Visit, form: forms.Form, act: Callable[[], object], title: str, done: str, *, label: str
) -> HttpResponse:
    if form.is_valid():
        made = attempt(form, act)
        if isinstance(made, AccountabilityMeasure):
            messages.success(request, done, extra_tags=f"kept:{request.path}")
            seen = AccountabilityMeasure.objects.visible_to(request.user).filter(pk=made.pk).exists()
            return redirect(made if seen else visit)
    context = {"title": title, "lead": str(visit), "form": form, "act": label, "back": visit.get_absolute_url()}
    context["crumbs"] = [(str(visit), visit.get_absolute_url()), (title, "")]
    return page(request, "ui/one_form.html", context=context, status=422 if form.is_bound else 200)


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Xử lý trách nhiệm"), reverse("followup:measures")), *more]


def _visit(request: Request, uid: UUID) -> Visit:
    found = Visit.objects.visible_to(request.user).select_related("inspection__lead", "unit")
    return get_object_or_404(found, uid=uid)


def _seen(request: Request, uid: UUID) -> AccountabilityMeasure:
    found = AccountabilityMeasure.objects.visible_to(request.user).select_related(
        "kind", "unit", "authority", "visit__inspection__lead", "visit__unit", "proposed_by", "recorded_by"
    )
    return get_object_or_404(found, uid=uid)
