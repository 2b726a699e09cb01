"""Pages of what follows the minutes: the team's report, and the conclusion with the unit's word."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kycuong.audit.history import entries_for, last_written
from kycuong.core.clock import today
from kycuong.core.http import Request, page
from kycuong.core.speaking import in_vietnamese
from kycuong.inspections import actions, authority
from kycuong.inspections.forms.concluding import ConclusionForm, IssueForm, ReplyForm, ReportForm, ShareForm
from kycuong.inspections.forms.conduct import NumberForm
from kycuong.inspections.forms.opening import ReasonForm
from kycuong.inspections.models import Conclusion, Inspection
from kycuong.inspections.queries import report_drafted
from kycuong.inspections.queries.hands import answers_for_unit, drafter_of
from kycuong.inspections.queries.replies import findings_told
from kycuong.inspections.queries.silence import two_terms
from kycuong.inspections.rules import VisitState
from kycuong.inspections.rules.conclusions import ConclusionState
from kycuong.orgs.authority import authorize, can
from kycuong.orgs.models import Unit
from kycuong.ui.forms import attempt
from kycuong.ui.merging import Merging

from ._visit import about, seen, version_typed

PARTS = ("strengths", "shortcomings", "causes", "requests")
OFFERED = {
    "change": ("conclusion.draft", [ConclusionState.DRAFT]),
    "share": ("conclusion.draft", [ConclusionState.DRAFT]),
    "reply": ("conclusion.reply", [ConclusionState.SHARED]),
    "answer": ("conclusion.reply", [ConclusionState.SHARED]),
    "decide": ("conclusion.draft", [ConclusionState.DRAFT, ConclusionState.SHARED]),
    "approve": ("conclusion.approve", [ConclusionState.SHARED]),
    "send_back": ("conclusion.return", [ConclusionState.SHARED, ConclusionState.APPROVED]),
    "issue": ("conclusion.issue", [ConclusionState.APPROVED]),
    "number": ("conclusion.number", [ConclusionState.ISSUED]),
}
"""What may be done to a conclusion → the verb that it takes, the states in which it is offered."""


def _drafted(found: Inspection) -> str:
    """The first words, in the language of records: whoever reads English hands them in, too."""
    with in_vietnamese():
        return report_drafted(found)


def report(request: Request, uid: UUID) -> HttpResponse:
    """Write and hand in the report of the team."""
    found = get_object_or_404(Inspection.objects.visible_to(request.user).select_related("lead"), uid=uid)
    authority.authorize(request.user, "report.submit", at=found)
    there = getattr(found, "report", None)
    initial = {"text": there.text if there else _drafted(found), "number": there.number if there else ""}
    form = ReportForm(request.POST or None, initial={"reported_on": today(), **initial})
    if form.is_valid():
        done = attempt(form, lambda: actions.submit_report(found, by=request.user, **form.cleaned_data))
        if done is not None:
            messages.success(request, _("Đã nộp báo cáo kết quả kiểm tra."), extra_tags=f"kept:report-{uid}")
            return redirect(found)
    context = {
        "title": _("Báo cáo kết quả kiểm tra"),
        "lead": str(found),
        "form": form,
        "keep": f"report-{uid}",
        "act": _("Nộp báo cáo"),
        "back": found.get_absolute_url(),
        "crumbs": [(_("Kiểm tra"), "/inspections/"), (str(found), found.get_absolute_url()), (_("Báo cáo"), "")],
    }
    return page(request, "ui/one_form.html", context=context, status=422 if form.is_bound else 200)


@require_POST
def draft(request: Request, uid: UUID) -> HttpResponse:
    """Begin the conclusion on a visit with what its minutes say."""
    return redirect(actions.draft_conclusion(seen(request, uid), by=request.user))


@require_safe
def conclusion(request: Request, uid: UUID) -> HttpResponse:
    """One conclusion, and what may be done to it; `?print=1` on a sheet of paper."""
    found = _conclusion(request, uid)
    visit = found.visit
    findings = findings_told(visit)
    context = {
        **_about(request, found),
        "may": _may(request, found),
        "findings": findings,
        "waiting": sum(one.is_disputed for one in findings),
        "any_decided": any(one.decided for one in findings),
        "terms": two_terms(found),
        "parts": [(ConclusionForm.base_fields[name].label, getattr(found, name)) for name in PARTS],
        "silent": found.reply_until is not None and not found.reply and found.reply_until < today(),
        "history": entries_for(found),
    }
    printed = bool(request.GET.get("print"))
    context["panels"] = [import_string(path)(request, found, printed=printed) for path in settings.INSPECTIONS_PANELS]
    template = "inspections/conclusion_print.html" if printed else "inspections/conclusion.html"
    return page(request, template, context=context)


def _may(request: Request, found: Conclusion) -> dict[str, bool]:
    """What is offered; `own`, `of_unit`: what would be, if it were not for somebody else to do."""
    visit = found.visit
    lead, alive = visit.inspection.lead, visit.state == VisitState.SIGNED
    places = {"conclusion.reply": visit.unit}
    may = {
        name: alive and found.state in states and can(request.user, verb, at=places.get(verb, lead))
        for name, (verb, states) in OFFERED.items()
    }
    may["number"] = may["number"] and not found.number
    may["own"] = may["approve"] and drafter_of(found, by=request.user) == request.user.pk
    may["approve"] = may["approve"] and not may["own"]
    may["of_unit"] = may["decide"] and answers_for_unit(found, by=request.user)
    may["decide"] = may["decide"] and not may["of_unit"]
    in_time = found.reply_until is None or today() <= found.reply_until
    may["answer"] = may["answer"] and in_time
    may["reply"] = may["reply"] and in_time
    return may


def change(request: Request, uid: UUID) -> HttpResponse:
    """Rewrite the draft."""
    found = _conclusion(request, uid)
    saved = ConclusionForm(initial={name: getattr(found, name) for name in PARTS})
    version = found.version if found.state == ConclusionState.DRAFT else version_typed(request, found)
    merging = Merging([saved], request.POST or None, version=version, written_by=partial(last_written, found))
    form = ConclusionForm(merging.data, initial=saved.initial) if merging.data else saved

    def act() -> Conclusion:
        return actions.change_conclusion(found, by=request.user, version=merging.version, **form.cleaned_data)

    title, done = _("Sửa dự thảo kết luận"), _("Đã lưu dự thảo.")
    return _asked(request, found, "conclusion.draft", form, act, title, done, merging=merging)


def share(request: Request, uid: UUID) -> HttpResponse:
    """Ask the unit for its word."""
    found = _conclusion(request, uid)
    terms = two_terms(found)
    form = ShareForm(request.POST or None, initial={"days": terms.rule.reply_days})
    if terms.reply and not request.POST:
        form.fields["days"].help_text = f"{terms.reply.words}. {ShareForm.base_fields['days'].help_text}"
    return _asked(
        request,
        found,
        "conclusion.draft",
        form,
        lambda: actions.share_conclusion(found, by=request.user, **form.cleaned_data),
        _("Lấy ý kiến đơn vị về dự thảo"),
        _("Đã gửi dự thảo để đơn vị có ý kiến."),
        label=_("Gửi lấy ý kiến"),
    )


def reply(request: Request, uid: UUID) -> HttpResponse:
    """The unit's word."""
    found = _conclusion(request, uid)
    form = ReplyForm(request.POST or None, initial={"reply": found.reply})
    return _asked(
        request,
        found,
        "conclusion.reply",
        form,
        lambda: actions.reply_to_conclusion(found, by=request.user, **form.cleaned_data),
        _("Ý kiến của đơn vị về dự thảo kết luận"),
        _("Đã ghi ý kiến của đơn vị."),
        at=found.visit.unit,
        label=_("Gửi ý kiến"),
    )


def send_back(request: Request, uid: UUID) -> HttpResponse:
    """Back to the draft, with the reason."""
    found = _conclusion(request, uid)
    form = ReasonForm(request.POST or None)
    return _asked(
        request,
        found,
        "conclusion.return",
        form,
        lambda: actions.return_conclusion(found, by=request.user, **form.cleaned_data),
        _("Trả lại dự thảo để sửa"),
        _("Đã trả lại dự thảo."),
        label=_("Trả lại"),
    )


@require_POST
def approve(request: Request, uid: UUID) -> HttpResponse:
    """Approve what was read on the page, in the version that was read."""
    found = _conclusion(request, uid)
    actions.approve_conclusion(found, by=request.user, version=version_typed(request, found))
    messages.success(request, _("Đã duyệt kết luận. Việc còn lại là ban hành."))
    return redirect(found)


def issue(request: Request, uid: UUID) -> HttpResponse:
    """Record the issue."""
    found = _conclusion(request, uid)
    form = IssueForm(request.POST or None, initial={"issued_on": today()})
    return _asked(
        request,
        found,
        "conclusion.issue",
        form,
        lambda: actions.issue_conclusion(found, by=request.user, **form.cleaned_data),
        _("Ghi nhận ban hành kết luận"),
        _("Đã ghi nhận kết luận được ban hành; đơn vị đọc được từ bây giờ."),
    )


def number(request: Request, uid: UUID) -> HttpResponse:
    """Record the number."""
    found = _conclusion(request, uid)
    form = NumberForm(request.POST or None)
    form.fields["number"].label = _("Số, ký hiệu kết luận")
    return _asked(
        request,
        found,
        "conclusion.number",
        form,
        lambda: actions.number_conclusion(found, by=request.user, **form.cleaned_data),
        _("Ghi số kết luận"),
        _("Đã ghi số kết luận."),
    )


def _asked(
    request: Request,
    found: Conclusion,
    verb: str,
    form: forms.Form,
    act: Callable[[], Conclusion],
    title: str,
    done: str,
    *,
    at: Unit | None = None,
    label: str = "",
    merging: Merging | None = None,
) -> HttpResponse:
    """A page with one form, answered by one act."""
    authorize(request.user, verb, at=at or found.visit.inspection.lead)
    keep = request.path  # not the verb: the texts and the day of sharing ask for the same one
    if form.is_valid() and (merging is None or merging.ready) and attempt(form, act) is not None:
        messages.success(request, done, extra_tags=f"kept:{keep}")
        return redirect(found)
    shown = _about(request, found)
    context = shown | {"lead": shown["title"], "title": title, "form": form, "keep": keep, "act": label}
    context |= {"back": found.get_absolute_url(), "version": found.version, "merging": merging}
    status = (merging and merging.status) or (422 if form.is_bound else 200)
    return page(request, "ui/one_form.html", context=context, status=status)


def _about(request: Request, found: Conclusion) -> dict[str, Any]:
    shown = about(request, found.visit)
    title = _("Kết luận kiểm tra: %(visit)s") % {"visit": shown["title"]}
    crumbs = [*shown["crumbs"][:-1], (shown["title"], found.visit.get_absolute_url()), (_("Kết luận"), "")]
    return {**shown, "title": title, "conclusion": found, "crumbs": crumbs}


def _conclusion(request: Request, uid: UUID) -> Conclusion:
    found = Conclusion.objects.visible_to(request.user).select_related(
        "visit__inspection__lead", "visit__unit", "visit__checklist", "approved_by", "replied_by", "created_by", "rule"
    )
    return get_object_or_404(found, uid=uid)
