"""Pages of a visit that is not signed yet: writing it down, reading it back and signing it, taking it away."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from kycuong.audit.history import last_written
from kycuong.catalog.rules import is_asked
from kycuong.core.clock import today
from kycuong.core.http import Request
from kycuong.core.problems import BadInput, Problem, RuleBroken, Stale
from kycuong.core.speaking import in_vietnamese
from kycuong.core.speaking import told as in_language
from kycuong.inspections import actions
from kycuong.inspections.authority import authorize, can, conflict_of_any
from kycuong.inspections.forms.answers import AnswerSheet
from kycuong.inspections.forms.conduct import HeadcountForm, OtherFindingForm, SignForm, WordsForm
from kycuong.inspections.models import Minutes, Visit
from kycuong.inspections.queries import criteria_at, earlier_results, files_of, read_back_mark, unanswered
from kycuong.inspections.rules import SHEET, TeamRole, VisitState
from kycuong.inspections.rules.conflicts import ensure_free_of
from kycuong.orgs import authority as roles
from kycuong.ui.forms import attempt, both
from kycuong.ui.merging import Merging

from . import signed
from ._visit import about, seen, shown, version_typed, words

AFTER_SIGNING = "after_signing"
"""Session key: an address of ours to go on to once a visit is signed, instead of its minutes."""


def visit(request: Request, uid: UUID) -> HttpResponse:
    """A draft as a form for those who record it; everything else as minutes to read."""
    found = seen(request, uid)
    writes = found.state == VisitState.DRAFT and can(request.user, "visit.record", at=found)
    if not writes and request.method != "POST":
        return signed.minutes(request, uid)
    authorize(request.user, "visit.record", at=found)
    sheet = Sheet(found, request)
    if sheet.is_valid() and sheet.save(request):
        messages.success(request, sheet.saved, extra_tags=f"kept:visit-{uid}")
        on = "sign" in request.POST and can(request.user, "visit.sign", at=found)
        return redirect("inspections:sign", uid) if on else redirect(found)
    fresh = seen(request, uid)
    criteria = criteria_at(fresh)
    context = {
        **about(request, fresh),
        "sheet": sheet,
        "left": len(unanswered(criteria, fresh.answers)),
        "asked": sum(one.counted and is_asked(one, fresh.answers) for one in criteria.values()),
        "files": files_of(fresh),
        "may_sign": can(request.user, "visit.sign", at=fresh),
        "may_remove": roles.can(request.user, "visit.record", at=fresh.inspection.lead),
        "others": [finding for finding in fresh.findings.all() if not finding.criterion_code],
    }
    return shown(request, fresh, "inspections/visit_form.html", context, status=sheet.status)


class Sheet:
    """Everything that is typed at a visit, as one form of several parts, saved by one act or not at all."""

    def __init__(self, found: Visit, request: Request) -> None:
        posted: Any = request.POST if request.method == "POST" else None
        self.visit, self.status, self.problems = found, 200, list[str]()
        self.criteria, self.earlier = criteria_at(found), earlier_results(found, person=request.user)
        self.headcount, self.answers, self.words = self._forms(None)
        version = found.version if found.state == VisitState.DRAFT else version_typed(request, found)
        shown = [self.headcount, *self.answers.forms, self.words]
        self.merging = Merging(shown, posted, version=version, written_by=partial(last_written, found))
        self.data = self.merging.data
        if posted is not None:
            self.headcount, self.answers, self.words = self._forms(self.data)
        self.other = OtherFindingForm(self.data, prefix="other")

    def _forms(self, data: Any) -> tuple[HeadcountForm, AnswerSheet, WordsForm]:
        found = self.visit
        words = {"strengths": found.strengths, "explanation": found.unit_explanation}
        return (
            HeadcountForm(data, initial={name: getattr(found, name) for name in SHEET}),
            AnswerSheet(found, self.criteria, data, self.earlier),
            WordsForm(data, initial=words),
        )

    @property
    def saved(self) -> str:
        """What to say when it is saved: what others wrote meanwhile is in it, too."""
        if not self.merging.taken:
            return _("Đã lưu.")
        parts = "; ".join(self.merging.taken)
        return _("Đã lưu, cùng những gì người khác vừa ghi: %(parts)s.") % {"parts": parts}

    @property
    def faulty(self) -> list[Any]:
        """Criteria with a fault, for the summary above the form."""
        return [form for form in self.answers.forms if form.errors]

    @property
    def other_faults(self) -> list[Any]:
        """Faults of the other parts: (field, sentences)."""
        parts = [self.headcount, self.words, self.other]
        return [(part[name], faults) for part in parts for name, faults in part.errors.items() if name in part.fields]

    @property
    def has_faults(self) -> bool:
        return bool(self.faulty or self.other_faults)

    @property
    def parts(self) -> list[Any]:
        return [self.headcount, *self.answers.forms, self.words, self.other]

    def is_valid(self) -> bool:
        faulty = [part for part in self.parts if not part.is_valid()]
        if self.data is not None:
            self.status = 409 if self.merging.clashes else 422 if faulty else 200
        return self.merging.settled and not faulty

    def save(self, request: Request) -> bool:
        """Write all parts together; a refusal is kept for the page."""
        try:
            with transaction.atomic():
                self._write(request)
        except (BadInput, RuleBroken, Stale) as problem:
            self._tell(problem)
            return False
        return True

    def _write(self, request: Request) -> None:
        actions.record_answers(
            self.visit,
            by=request.user,
            version=self.merging.version,
            answers=self.answers.answers,
            headcount=self.headcount.headcount,
            **self.words.cleaned_data,
        )
        other = self.other.cleaned_data
        if other["description"].strip():
            actions.add_finding(self.visit, by=request.user, **other)

    def _tell(self, problem: Problem) -> None:
        self.status = problem.status
        numbers = [fault for fault in problem.errors if fault.get("field") in SHEET]
        for fault in numbers:
            self.headcount.add_error(fault["field"], in_language(fault["vi"], fault.get("en", "")))
        left = self.answers.tell(problem)
        self.problems += [both(problem.vi, problem.en)] if numbers or left else []


def sign(request: Request, uid: UUID) -> HttpResponse:
    """Read back what will be signed, then sign it."""
    found = seen(request, uid)
    authorize(request.user, "visit.sign", at=found)
    if found.state != VisitState.DRAFT:
        return redirect(found)
    form = SignForm(request.POST or None, initial=_signers(request, found), findings=list(found.findings.all()))
    if form.is_valid():
        version = version_typed(request, found)
        done = attempt(form, lambda: _signed(request, found, version, form))
        if done is not None:
            messages.success(
                request, _("Đã ký biên bản. Lượt này được tính vào số liệu từ bây giờ."), extra_tags=f"kept:sign-{uid}"
            )
            return redirect(request.session.pop(AFTER_SIGNING, "") or found)
        found = seen(request, uid)
    left = unanswered(criteria_at(found), found.answers)
    context = {**about(request, found), **words(found, request), "form": form, "left": left, "keep": f"sign-{uid}"}
    context |= {
        "early": found.visited_on > today(),
        "read_back": read_back_mark(found),
        "may_concern": can(request.user, "visit.record", at=found),
    }
    return shown(request, found, "inspections/sign.html", context, status=422 if form.is_bound else 200)


def _signed(request: Request, found: Visit, version: int, form: SignForm) -> Minutes:
    read_back = request.POST.get("read_back", "")
    return actions.sign_minutes(found, by=request.user, version=version, read_back=read_back, **form.given())


def _signers(request: Request, found: Visit) -> dict[str, str]:
    """Who is likely to sign: the person at the screen, as the head or the lead of the group; and the team's secretary."""
    seats = list(found.inspection.team.current().select_related("person", "group"))
    own = next((seat for seat in seats if seat.person_id == request.user.pk), None)
    leads = own is not None and own.leads_group and own.role != TeamRole.HEAD
    with in_vietnamese():  # it stands in the minutes
        signs_as = _("Tổ trưởng %s") % own.group if own and leads else _("Trưởng đoàn kiểm tra")
    secretary = next((seat for seat in seats if seat.role == TeamRole.SECRETARY), None)
    about_secretary = (secretary.person.position if secretary.person else secretary.position) if secretary else ""
    return {"team_signatory": request.user.position or signs_as, "secretary": about_secretary}


def remove(request: Request, uid: UUID) -> HttpResponse:
    """Take a draft away, after asking once."""
    found = seen(request, uid)
    roles.authorize(request.user, "visit.record", at=found.inspection.lead)
    selves = roles.persons_in(request.user, "visit.record", at=found.inspection.lead)
    ensure_free_of(conflict_of_any(selves, found))
    if request.method == "POST":
        actions.remove_draft_visit(found, by=request.user)
        messages.success(request, _("Đã xóa bản ghi nháp."), extra_tags=f"kept:visit-{uid}")
        return redirect(found.inspection)
    context = about(request, found) | {
        "lead": _("Bản ghi nháp này sẽ bị xóa cùng những gì đã ghi. Biên bản đã ký thì không xóa được.")
    }
    context |= {"back": found.get_absolute_url(), "act": _("Xóa bản ghi nháp"), "kind": "danger"}
    return shown(request, found, "ui/one_form.html", context | {"title": _("Xóa lượt chưa ký?")})
