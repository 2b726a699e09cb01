"""Pages of one self-check: the form of a visit, filled in by the unit; what it submitted; how that compared later."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from kycuong.audit.history import last_written
from kycuong.catalog.rules import is_asked
from kycuong.core.clock import today
from kycuong.core.http import Request, page, version_sent
from kycuong.core.problems import BadInput, Problem, RuleBroken, Stale
from kycuong.inspections.forms.answers import Answered
from kycuong.inspections.queries import unanswered
from kycuong.orgs.authority import authorize, can
from kycuong.selfchecks import actions
from kycuong.selfchecks.forms.campaigns import NotesForm, ReopenForm
from kycuong.selfchecks.models import SelfCheck, SelfCheckCampaign
from kycuong.selfchecks.queries import criteria_asked, gaps_of, lines_said, readable_by, unit_named
from kycuong.selfchecks.rules import CampaignState
from kycuong.ui.forms import both
from kycuong.ui.merging import Merging

from ._pages import asked_once, check_seen, crumbs

ANSWER = "selfcheck.answer"


def check(request: Request, uid: UUID) -> HttpResponse:
    """The form for who answers, while it may be written; everything else to read."""
    found = check_seen(request, uid)
    is_open = found.campaign.state == CampaignState.SENT and not found.is_submitted
    writes = is_open and can(request.user, ANSWER, at=found.unit)
    if request.method == "POST":
        authorize(request.user, ANSWER, at=found.unit)
    elif not writes:
        return _read(request, found)
    sheet = Sheet(found, request)
    if sheet.is_valid() and sheet.save(request):
        messages.success(request, sheet.saved, extra_tags=f"kept:self-check-{uid}")
        return redirect("selfchecks:submit", uid) if "submit" in request.POST else redirect(found)
    fresh = check_seen(request, uid)
    criteria = criteria_asked(fresh)
    context = {
        **_about(request, fresh),
        "sheet": sheet,
        "left": len(unanswered(criteria, fresh.answers)),
        "asked": sum(one.counted and is_asked(one, fresh.answers) for one in criteria.values()),
    }
    return page(request, "selfchecks/check_form.html", context=context, status=sheet.status)


class Sheet:
    """All that is typed into a self-check, as one form saved by one act or not at all."""

    def __init__(self, found: SelfCheck, request: Request) -> None:
        posted: Any = request.POST if request.method == "POST" else None
        self.found, self.status, self.problems = found, 200, list[str]()
        self.criteria = criteria_asked(found)
        self.answers, self.words = self._forms(None)
        version = found.version if not found.is_submitted else version_sent(request, found.version)
        shown = [*self.answers.forms, self.words]
        self.merging = Merging(shown, posted, version=version, written_by=partial(last_written, found))
        self.data = self.merging.data
        if posted is not None:
            self.answers, self.words = self._forms(self.data)

    def _forms(self, data: Any) -> tuple[Answered, NotesForm]:
        one = self.found
        sheet = Answered(self.criteria, one.answers, one.shortfalls, data, roll_call=False)
        return sheet, NotesForm(data, initial={"notes": one.notes})

    @property
    def saved(self) -> str:
        if not self.merging.taken:
            return _("Đã lưu.")
        return _("Đã lưu, cùng những gì người khác vừa ghi: %(parts)s.") % {"parts": "; ".join(self.merging.taken)}

    @property
    def faulty(self) -> list[Any]:
        return [form for form in self.answers.forms if form.errors]

    @property
    def other_faults(self) -> list[Any]:
        return [(self.words[name], faults) for name, faults in self.words.errors.items() if name in self.words.fields]

    @property
    def has_faults(self) -> bool:
        return bool(self.faulty or self.other_faults)

    def is_valid(self) -> bool:
        faulty = [part for part in [*self.answers.forms, self.words] if not part.is_valid()]
        if self.data is not None:
            self.status = 409 if self.merging.clashes else 422 if faulty else 200
        return self.merging.settled and not faulty

    def save(self, request: Request) -> bool:
        """Write it; a refusal is kept for the page."""
        given = {"version": self.merging.version, "answers": self.answers.answers, **self.words.cleaned_data}
        try:
            actions.record_self_check(self.found, by=request.user, **given)
        except (BadInput, RuleBroken, Stale) as problem:
            self._tell(problem)
            return False
        return True

    def _tell(self, problem: Problem) -> None:
        self.status = problem.status
        self.problems += [both(problem.vi, problem.en)] if self.answers.tell(problem) else []


def submit(request: Request, uid: UUID) -> HttpResponse:
    """Read back what will be submitted, then submit it."""
    found = check_seen(request, uid)
    authorize(request.user, ANSWER, at=found.unit)
    if found.is_submitted:
        return redirect(found)
    refusal = ""
    if request.method == "POST":
        try:
            actions.submit_self_check(found, by=request.user, version=version_sent(request, found.version))
        except (RuleBroken, Stale) as problem:
            refusal, found = both(problem.vi, problem.en), check_seen(request, uid)
        else:
            messages.success(request, _("Đã nộp bản tự kiểm tra."), extra_tags=f"kept:self-check-{uid}")
            return redirect(found)
    left = unanswered(criteria_asked(found), found.answers)
    context = {**_about(request, found), "refusal": refusal, "left": left, "lines": lines_said(found)}
    return page(request, "selfchecks/submit.html", context=context, status=422 if refusal else 200)


def reopen(request: Request, uid: UUID) -> HttpResponse:
    """Reopen for a correction, with the reason."""
    found = check_seen(request, uid)
    authorize(request.user, ANSWER, at=found.unit)
    form = ReopenForm(request.POST or None)
    lead = _("Bản đã nộp vẫn được lưu. Lượt kiểm tra sau này được đối chiếu với bản đã nộp trước ngày kiểm tra.")
    said = {"title": _("Mở lại để đính chính"), "lead": lead, "act": _("Mở lại")}
    act = lambda: actions.reopen_self_check(found, by=request.user, **form.cleaned_data)  # noqa: E731
    return asked_once(request, found, form, act, said, done=_("Đã mở lại. Hãy sửa rồi nộp lại."))


def _read(request: Request, found: SelfCheck) -> HttpResponse:
    """What was submitted, and what a visit found later. Whoever inspects is shown it only beside that."""
    may_read = found.pk in readable_by(request.user, [found], today=today())
    [gap] = gaps_of([found])
    context = {
        **_about(request, found),
        "may_read": may_read,
        "lines": lines_said(found) if may_read else [],
        "gap": gap if may_read and gap.visit else None,
        "reopenings": list(found.reopenings.select_related("reopened_by")) if may_read else [],
        "may_reopen": found.is_submitted
        and found.campaign.state == CampaignState.SENT
        and can(request.user, ANSWER, at=found.unit),
    }
    return page(request, "selfchecks/check.html", context=context)


def _about(request: Request, found: SelfCheck) -> dict[str, Any]:
    sent_by_us = SelfCheckCampaign.objects.visible_to(request.user).filter(pk=found.campaign_id).exists()
    campaign = (found.campaign.title, found.campaign.get_absolute_url() if sent_by_us else "")
    day = found.campaign.opened_on or today()
    name = unit_named(found.unit, day)
    return {
        "title": _("Tự kiểm tra: %s") % name,
        "check": found,
        "campaign": found.campaign,
        "unit_name": name,
        "authority": unit_named(found.campaign.authority, day),
        "is_late": not found.is_submitted and found.campaign.due_on is not None and found.campaign.due_on < today(),
        "crumbs": crumbs(campaign, (name, "")) if sent_by_us else crumbs((found.campaign.title, "")),
    }
