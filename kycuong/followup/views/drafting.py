"""Drafting recommendations beside the draft conclusion; and the part of the conclusion's page that shows them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kycuong.core.clock import today
from kycuong.core.http import Request, page, version_sent
from kycuong.followup import actions
from kycuong.followup.forms.recommendations import RecommendationForm
from kycuong.followup.models import FollowupRule, Recommendation
from kycuong.followup.queries import similar_elsewhere, standings_of, unanswered_findings, unit_names
from kycuong.inspections.models import Conclusion
from kycuong.inspections.rules import VisitState
from kycuong.inspections.rules.conclusions import ConclusionState
from kycuong.orgs.authority import authorize, can
from kycuong.ui.forms import attempt

from ._pages import crumbs, seen

DRAFT = "conclusion.draft"


def panel(request: Request, conclusion: Conclusion, *, printed: bool = False) -> str:
    """The recommendations on the page of a conclusion: what is asked, by when; with what may be done to drafts."""
    rows = list(
        Recommendation.objects.visible_to(request.user)
        .filter(visit=conclusion.visit)
        .select_related("unit")
        .prefetch_related("findings")
    )
    standings, names = standings_of(rows, today=today()), unit_names(rows, today=today())
    drafting = conclusion.state == ConclusionState.DRAFT and conclusion.visit.state == VisitState.SIGNED
    may = drafting and not printed and can(request.user, DRAFT, at=conclusion.visit.inspection.lead)
    approving = conclusion.state in (ConclusionState.DRAFT, ConclusionState.SHARED) and not printed
    approving = approving and can(request.user, "conclusion.approve", at=conclusion.visit.inspection.lead)
    context = {
        "similar": similar_elsewhere(conclusion.visit, rows, person=request.user, today=today()) if approving else [],
        "conclusion": conclusion,
        "lines": [(one, names[one.unit_id], standings[one.pk]) for one in rows],
        "printed": printed,
        "may_draft": may,
        "unanswered": unanswered_findings(conclusion.visit) if may else [],
    }
    return render_to_string("followup/panel.html", context, request)


def draft(request: Request, uid: UUID) -> HttpResponse:
    """Write one recommendation into the draft."""
    conclusion = _conclusion(request, uid)
    visit = conclusion.visit
    authorize(request.user, DRAFT, at=visit.inspection.lead)
    findings = list(visit.findings.standing())
    waiting = {one.pk for one in unanswered_findings(visit)}
    grave = max((one.severity for one in findings if one.pk in waiting), default=1)
    initial = {"findings": sorted(waiting), "days": FollowupRule.on(today()).days_for(grave)}
    form = RecommendationForm(findings, request.POST or None, initial=initial)
    if form.is_valid():
        done = attempt(form, lambda: actions.draft_recommendation(visit, by=request.user, **form.given()))
        if done is not None:
            messages.success(request, _("Đã thêm kiến nghị vào dự thảo."), extra_tags=f"kept:{request.path}")
            return redirect(conclusion)
    return _form(request, conclusion, form, _("Thêm kiến nghị"))


@require_POST
def draft_all(request: Request, uid: UUID) -> HttpResponse:
    """A draft for each finding that none answers yet."""
    conclusion = _conclusion(request, uid)
    made = len(actions.recommend_for_findings(conclusion.visit, by=request.user))
    words = ngettext(
        "Đã soạn %d kiến nghị; hãy đọc lại từng kiến nghị.", "Đã soạn %d kiến nghị; hãy đọc lại từng kiến nghị.", made
    )
    messages.success(request, words % made if made else _("Mọi tồn tại đã có kiến nghị."))
    return redirect(conclusion)


def change(request: Request, uid: UUID) -> HttpResponse:
    """Rewrite a draft."""
    found = seen(request, uid)
    conclusion = _of(request, found)
    authorize(request.user, DRAFT, at=found.visit.inspection.lead)
    findings = list(found.visit.findings.standing())
    initial: dict[str, Any] = {name: getattr(found, name) for name in ("text", "days", "expected_proof", "legal_basis")}
    initial["findings"] = list(found.findings.values_list("pk", flat=True))
    initial["unit"] = "" if found.unit_id == found.visit.unit_id else found.unit.slug
    form = RecommendationForm(findings, request.POST or None, initial=initial)
    if form.is_valid():
        read = version_sent(request, found.version)
        done = attempt(
            form, lambda: actions.change_recommendation(found, by=request.user, version=read, **form.given())
        )
        if done is not None:
            messages.success(request, _("Đã lưu kiến nghị."), extra_tags=f"kept:{request.path}")
            return redirect(conclusion)
    return _form(request, conclusion, form, _("Sửa kiến nghị"), version=found.version)


@require_POST
def remove(request: Request, uid: UUID) -> HttpResponse:
    """Take a draft away."""
    found = seen(request, uid)
    conclusion = _of(request, found)
    actions.remove_recommendation(found, by=request.user)
    messages.success(request, _("Đã bỏ kiến nghị khỏi dự thảo; việc bỏ được ghi vào nhật ký."))
    return redirect(conclusion)


def _form(
    request: Request, conclusion: Conclusion, form: RecommendationForm, title: str, *, version: int | None = None
) -> HttpResponse:
    back = conclusion.get_absolute_url()
    context = {"title": title, "lead": str(conclusion.visit), "form": form, "keep": request.path, "back": back}
    context |= {"version": version, "crumbs": crumbs((_("Kết luận"), back), (title, ""))}
    return page(request, "ui/one_form.html", context=context, status=422 if form.is_bound else 200)


def _conclusion(request: Request, uid: UUID) -> Conclusion:
    found = Conclusion.objects.visible_to(request.user).select_related("visit__inspection__lead", "visit__unit")
    return get_object_or_404(found, uid=uid)


def _of(request: Request, found: Recommendation) -> Conclusion:
    return get_object_or_404(Conclusion.objects.visible_to(request.user), visit=found.visit)
