"""Pages of one agency's report: its own words, what will be frozen, what was submitted, what was answered."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from kycuong.audit.history import last_written
from kycuong.core.clock import today
from kycuong.core.http import Request, page, version_sent
from kycuong.core.problems import BadInput, RuleBroken, Stale
from kycuong.orgs.authority import authorize, can
from kycuong.rounds import actions
from kycuong.rounds.forms.rounds import ReasonForm, WordsForm
from kycuong.rounds.models import AgencyReport, ReportReview, ReportSubmission
from kycuong.rounds.queries import (
    ahead_of_submission,
    outcome_of,
    since_submission,
    submission_mark,
    submitter_of,
    summary_read,
    unit_named,
    whole,
)
from kycuong.rounds.rules import HANDED_IN, OWED, ReportState, RoundState, with_words
from kycuong.ui.forms import attempt, both
from kycuong.ui.merging import Merging

from ._pages import asked_once, crumbs, report_seen, tables

ANSWER, OPEN = "round.answer", "round.open"
MOST_CHANGES = 100


def report(request: Request, uid: UUID) -> HttpResponse:
    """Where it stands. Who reports writes the own words here; who reviews sees what the last submission says otherwise than now."""
    found = report_seen(request, uid)
    writes = _is_owed(found) and can(request.user, ANSWER, at=found.agency)
    form = merging = None
    if request.method == "POST":
        authorize(request.user, ANSWER, at=found.agency)
    if writes or request.method == "POST":
        form, merging = _words(request, found)
        if form.is_valid() and merging.ready and _write(request, found, form, merging):
            messages.success(request, _("Đã lưu."), extra_tags=f"kept:agency-report-{uid}")
            return redirect("rounds:submit", uid) if "submit" in request.POST else redirect(found)
    context = {**_about(request, found), "form": form, "merging": merging, "may_answer": writes}
    last = found.submissions.order_by("-number").first()
    if last and found.state in HANDED_IN and not writes:
        changed = since_submission(last, request.user)
        context |= {"changed": changed[:MOST_CHANGES], "more": len(changed) - MOST_CHANGES, "compared": True}
    status = (merging.status if merging else 0) or (422 if form and form.errors else 200)
    return page(request, "rounds/report.html", context=context, status=status)


def _words(request: Request, found: AgencyReport) -> tuple[WordsForm, Merging]:
    """What is typed, put together with what a colleague saved meanwhile."""
    saved = WordsForm(initial={"difficulties": found.difficulties, "proposals": found.proposals})
    version = found.version if _is_owed(found) else version_sent(request, found.version)
    merging = Merging([saved], request.POST or None, version=version, written_by=partial(last_written, found))
    return WordsForm(merging.data, initial=saved.initial) if merging.data else saved, merging


def _write(request: Request, found: AgencyReport, form: WordsForm, merging: Merging) -> bool:
    given = {**form.cleaned_data, "version": merging.version}
    return attempt(form, lambda: actions.write_report(found, by=request.user, **given)) is not None


def submit(request: Request, uid: UUID) -> HttpResponse:
    """Read exactly what will be frozen, then submit it."""
    found = report_seen(request, uid)
    authorize(request.user, ANSWER, at=found.agency)
    if not _is_owed(found) and request.method != "POST":
        return redirect(found)
    refusal = ""
    if request.method == "POST":
        read, seen = version_sent(request, found.version), request.POST.get("seen", "")[:64]
        try:
            ahead = ahead_of_submission(found)
            submission = actions.submit_agency_report(found, by=request.user, version=read, seen=seen, ahead=ahead)
        except (BadInput, RuleBroken, Stale) as problem:
            refusal, found = both(problem.vi, problem.en), report_seen(request, uid)
        else:
            messages.success(request, _("Đã nộp báo cáo. Nội dung đã khóa."), extra_tags=f"kept:agency-report-{uid}")
            return redirect(submission)
    compiled = whole(found.agency, found.round.period)
    shown = with_words(summary_read(compiled, found.agency, request.user), found.difficulties, found.proposals)
    context = {
        **_about(request, found),
        **tables(request, shown, found.agency, found.round.period),
        "refusal": refusal,
        "seen": submission_mark(found, compiled, request.user),
        "may_submit": found.round.last < today() and _is_owed(found),
    }
    return page(request, "rounds/submit.html", context=context, status=422 if refusal else 200)


def accept(request: Request, uid: UUID) -> HttpResponse:
    """Take it as good, after asking once."""
    found = report_seen(request, uid)
    authorize(request.user, OPEN, at=found.round.authority)
    last = found.submissions.order_by("-number").first()
    lead = _("Nhận lần nộp %(number)s của %(agency)s. Trước khi ký báo cáo chung vẫn trả lại được.")
    lead %= {"number": last.number if last else "–", "agency": found.agency}
    said = {"title": _("Nhận báo cáo?"), "lead": lead, "act": _("Nhận báo cáo")}
    read = version_sent(request, found.version)
    act = lambda: actions.accept_report(found, by=request.user, version=read)  # noqa: E731
    return asked_once(request, found, None, act, said, done=_("Đã nhận báo cáo."), then=found.round.get_absolute_url())


def give_back(request: Request, uid: UUID) -> HttpResponse:
    """Return it with the reason."""
    found = report_seen(request, uid)
    authorize(request.user, OPEN, at=found.round.authority)
    form = ReasonForm(request.POST or None)
    lead = _("Cơ quan đọc lý do rồi nộp lại; bản đã nộp vẫn được giữ.")
    said = {"title": _("Trả lại báo cáo?"), "lead": lead, "act": _("Trả lại"), "kind": "danger"}
    read = version_sent(request, found.version)

    def act() -> ReportReview:
        return actions.return_report(found, by=request.user, reason=form.cleaned_data["reason"], version=read)

    then = found.round.get_absolute_url()
    return asked_once(request, found, form, act, said, done=_("Đã trả lại báo cáo."), then=then)


def _is_owed(found: AgencyReport) -> bool:
    return found.round.state == RoundState.OPEN and found.state in OWED


def _about(request: Request, found: AgencyReport) -> dict[str, Any]:
    name = unit_named(found.agency, today())
    reviews = can(request.user, OPEN, at=found.round.authority) and found.round.state == RoundState.OPEN
    rows = found.submissions.defer("content").select_related("submitted_by").prefetch_related("reviews__decided_by")
    submissions = list(rows.order_by("-number"))
    answers = [one for one in submissions[0].reviews.all() if not one.accepted] if submissions else []
    due = found.round.due_on
    accepts = reviews and found.state == ReportState.SUBMITTED
    is_own = accepts and _submitted(request, found, submissions)
    return {
        "title": name,
        "report": found,
        "round": found.round,
        "period": found.round.period,
        "authority": unit_named(found.round.authority, today()),
        "submissions": submissions,
        "reviews": [one for each in submissions for one in each.reviews.all()],
        "returned": answers[-1] if answers and found.state == ReportState.RETURNED else None,
        "outcome": outcome_of(found),
        "is_late": found.state == ReportState.WAITING and due is not None and due < today(),
        "may_accept": accepts and not is_own,
        "is_own": is_own,
        "may_return": reviews and found.state in HANDED_IN,
        "crumbs": crumbs((found.round.title, found.round.get_absolute_url()), (name, "")),
    }


def _submitted(request: Request, found: AgencyReport, submissions: list[ReportSubmission]) -> bool:
    """Oneself, or in whose stead one would accept it."""
    last = submissions[0] if submissions else None
    return submitter_of(last, by=request.user, at=found.round.authority) == request.user.pk
