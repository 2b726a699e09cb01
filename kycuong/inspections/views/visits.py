"""Pages of a visit: writing it down, reading it back and signing, the signed minutes, numbering and annulling them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.audit.history import entries_for
from kycuong.catalog.rules import is_asked
from kycuong.core.http import Request, page
from kycuong.core.problems import BadInput, Problem, RuleBroken, Stale
from kycuong.inspections import actions
from kycuong.inspections.forms.answers import AnswerSheet
from kycuong.inspections.forms.conduct import HeadcountForm, NumberForm, OtherFindingForm, SignForm, WordsForm
from kycuong.inspections.forms.opening import ReasonForm
from kycuong.inspections.models import Visit
from kycuong.inspections.queries import answers_in_words, criteria_at, lines_of, unanswered
from kycuong.inspections.rules import VisitState
from kycuong.orgs.authority import authorize, can
from kycuong.orgs.rules import formal_name
from kycuong.ui.forms import attempt, both

AFTER_SIGNING = "after_signing"
"""Session key: an address of ours to go on to once a visit is signed, instead of its minutes."""
HEADCOUNT = ("quota", "present", "absent_excused", "absent_unexcused", "late")


def visit(request: Request, uid: UUID) -> HttpResponse:
    """A draft as a form for those who record it; everything else as minutes to read."""
    found = _visit(request, uid)
    writes = found.state == VisitState.DRAFT and can(request.user, "visit.record", at=found.inspection.lead)
    if not writes and request.method != "POST":
        return minutes(request, uid)
    authorize(request.user, "visit.record", at=found.inspection.lead)
    sheet = Sheet(found, request.POST if request.method == "POST" else None)
    if sheet.is_valid() and sheet.save(request):
        messages.success(request, _("Đã lưu."), extra_tags=f"kept:visit-{uid}")
        return redirect("inspections:sign", uid) if "sign" in request.POST else redirect(found)
    fresh = _visit(request, uid)
    criteria = criteria_at(fresh)
    context = {
        **_about(request, fresh),
        "sheet": sheet,
        "left": len(unanswered(criteria, fresh.answers)),
        "asked": sum(one.counted and is_asked(one, fresh.answers) for one in criteria.values()),
        "others": [finding for finding in fresh.findings.all() if not finding.criterion_code],
    }
    return page(request, "inspections/visit_form.html", context=context, status=sheet.status)


class Sheet:
    """Everything that is typed at a visit, as one form of several parts, saved by one act or not at all."""

    def __init__(self, found: Visit, data: Any) -> None:
        self.visit, self.data, self.status, self.problems = found, data, 200, list[str]()
        self.headcount = HeadcountForm(data, initial={name: getattr(found, name) for name in HEADCOUNT})
        words = {"strengths": found.strengths, "explanation": found.unit_explanation}
        self.words = WordsForm(data, initial=words)
        self.other = OtherFindingForm(data, prefix="other")
        self.answers = AnswerSheet(found, criteria_at(found), data)

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
        self.status = 422 if self.data is not None and faulty else 200
        return self.data is not None and not faulty

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
            version=_version(request, self.visit),
            answers=self.answers.answers,
            headcount=self.headcount.headcount,
            **self.words.cleaned_data,
        )
        other = self.other.cleaned_data
        if other["description"].strip():
            actions.add_finding(self.visit, by=request.user, **other)

    def _tell(self, problem: Problem) -> None:
        self.status = problem.status
        numbers = [fault for fault in problem.errors if fault.get("field") in HEADCOUNT]
        for fault in numbers:
            self.headcount.add_error(fault["field"], fault["vi"])
        left = self.answers.tell(problem)
        self.problems += [both(problem.vi, problem.en)] if numbers or left else []


def sign(request: Request, uid: UUID) -> HttpResponse:
    """Read back what will be signed, then sign it."""
    found = _visit(request, uid)
    authorize(request.user, "visit.sign", at=found.inspection.lead)
    if found.state != VisitState.DRAFT:
        return redirect(found)
    form = SignForm(
        request.POST or None, initial={"team_signatory": request.user.position or _("Trưởng đoàn kiểm tra")}
    )
    if form.is_valid():
        version = _version(request, found)
        signed = attempt(
            form, lambda: actions.sign_minutes(found, by=request.user, version=version, **form.cleaned_data)
        )
        if signed is not None:
            messages.success(
                request, _("Đã ký biên bản. Lượt này được tính vào số liệu từ bây giờ."), extra_tags=f"kept:sign-{uid}"
            )
            return redirect(request.session.pop(AFTER_SIGNING, "") or found)
        found = _visit(request, uid)
    left = unanswered(criteria_at(found), found.answers)
    context = {**_about(request, found), **_words(found), "form": form, "left": left, "keep": f"sign-{uid}"}
    return page(request, "inspections/sign.html", context=context, status=422 if form.is_bound else 200)


@require_safe
def minutes(request: Request, uid: UUID) -> HttpResponse:
    """The minutes to read; `?print=1` on a sheet of paper."""
    found = _visit(request, uid)
    signed, lead = found.state == VisitState.SIGNED, found.inspection.lead
    context = {
        **_about(request, found),
        **_words(found),
        "minutes": getattr(found, "minutes", None),
        "history": entries_for(found),
        "may_annul": signed and can(request.user, "visit.annul", at=lead),
        "may_number": signed and not found.minutes.number and can(request.user, "minutes.number", at=lead),
        "may_confirm": signed and can(request.user, "remedy.confirm", at=lead),
    }
    template = "inspections/minutes_print.html" if request.GET.get("print") else "inspections/minutes.html"
    return page(request, template, context=context)


def annul(request: Request, uid: UUID) -> HttpResponse:
    """Annul signed minutes, with the reason."""
    found = _visit(request, uid)
    authorize(request.user, "visit.annul", at=found.inspection.lead)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        done = attempt(form, lambda: actions.annul_visit(found, by=request.user, **form.cleaned_data))
        if done is not None:
            messages.success(
                request, _("Đã hủy lượt kiểm tra; số liệu không còn tính lượt này."), extra_tags=f"kept:annul-{uid}"
            )
            return redirect(done)
        found = _visit(request, uid)
    about = _about(request, found)
    context = about | {
        "title": _("Hủy lượt kiểm tra"),
        "form": form,
        "keep": f"annul-{uid}",
        "back": found.get_absolute_url(),
    }
    context |= {"act": _("Hủy lượt"), "kind": "danger", "lead": about["title"]}
    return page(request, "inspections/one_form.html", context=context, status=422 if form.is_bound else 200)


def number(request: Request, uid: UUID) -> HttpResponse:
    """Record the number of signed minutes."""
    found = _visit(request, uid)
    authorize(request.user, "minutes.number", at=found.inspection.lead)
    form = NumberForm(request.POST or None)
    if form.is_valid():
        done = attempt(form, lambda: actions.number_minutes(found, by=request.user, **form.cleaned_data))
        if done is not None:
            messages.success(request, _("Đã ghi số biên bản."), extra_tags=f"kept:minutes-{uid}")
            return redirect(found)
    about = _about(request, found)
    context = about | {
        "title": _("Ghi số biên bản"),
        "form": form,
        "keep": f"minutes-{uid}",
        "back": found.get_absolute_url(),
    }
    return page(
        request,
        "inspections/one_form.html",
        context=context | {"lead": about["title"]},
        status=422 if form.is_bound else 200,
    )


def remove(request: Request, uid: UUID) -> HttpResponse:
    """Take a draft away, after asking once."""
    found = _visit(request, uid)
    authorize(request.user, "visit.record", at=found.inspection.lead)
    if request.method == "POST":
        actions.remove_draft_visit(found, by=request.user)
        messages.success(request, _("Đã xóa bản ghi nháp."), extra_tags=f"kept:visit-{uid}")
        return redirect(found.inspection)
    context = _about(request, found) | {
        "lead": _("Bản ghi nháp này sẽ bị xóa cùng những gì đã ghi. Biên bản đã ký thì không xóa được.")
    }
    context |= {"back": found.get_absolute_url(), "act": _("Xóa bản ghi nháp"), "kind": "danger"}
    return page(request, "inspections/one_form.html", context=context | {"title": _("Xóa lượt chưa ký?")})


def _about(request: Request, found: Visit) -> dict[str, Any]:
    """Who visited whom, when, under which inspection; names of that day."""
    [line] = lines_of([found.inspection], request.user)
    name = next(name for one, name in line.visits if one.pk == found.pk)
    lead = found.lead_name_then or line.lead
    title = _("%(unit)s, ngày %(day)s") % {"unit": name, "day": f"{found.visited_on:%d/%m/%Y}"}
    version = found.unit.version_on(found.visited_on)
    return {
        "title": title,
        "visit": found,
        "inspection": found.inspection,
        "unit_name": formal_name(name, version.kind) if version else name,
        "lead_name": lead,
        "topics": list(found.inspection.topics.all()),
        "crumbs": [
            (_("Kiểm tra"), "/inspections/"),
            (str(found.inspection), found.inspection.get_absolute_url()),
            (title, ""),
        ],
    }


def _words(found: Visit) -> dict[str, Any]:
    findings = list(found.findings.all())
    groups = answers_in_words(found, findings)
    return {"groups": groups, "findings": findings, "tally": _tally(groups)}


def _tally(groups: list[Any]) -> list[tuple[str, str, int]]:
    """How many criteria came to what, in words: (tone, label, count)."""
    lines = [line for group in groups for line in group.lines]
    labels = {line.outcome: (line.tone, line.outcome_label) for line in lines}
    return [(tone, label, sum(line.outcome == outcome for line in lines)) for outcome, (tone, label) in labels.items()]


def _visit(request: Request, uid: UUID) -> Visit:
    found = Visit.objects.visible_to(request.user).select_related("inspection__lead", "unit", "checklist", "minutes")
    return get_object_or_404(found, uid=uid)


def _version(request: Request, found: Visit) -> int:
    typed = request.POST.get("version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else found.version
