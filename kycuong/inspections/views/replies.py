"""Pages of the two-sided clock: the unit answers a finding, the lead side decides on it, the rule of silence is set."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kycuong.core.clock import today
from kycuong.core.http import Request, page, version_sent
from kycuong.files import store
from kycuong.inspections import actions
from kycuong.inspections.forms.replying import AnswerForm, DecisionForm, ReplyFilesForm, SilenceForm
from kycuong.inspections.models import Conclusion, Finding, VisitFile
from kycuong.inspections.queries.replies import told_to
from kycuong.inspections.queries.silence import rule_on, rules_set, two_terms
from kycuong.orgs.authority import authorize, authorize_somewhere, units_where
from kycuong.ui.forms import attempt

from ._visit import about


def answer(request: Request, uid: UUID) -> HttpResponse:
    """What the unit says of one finding. More files are added on the same page, one form each, so that nothing is lost."""
    found, conclusion = _asked(request, uid)
    authorize(request.user, "conclusion.reply", at=found.visit.unit)
    reply = found.answered
    adding = request.method == "POST" and "accepts" not in request.POST
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    said = {"accepts": "yes" if reply.accepts else "no", "text": reply.text} if reply else {"accepts": "no"}
    form = AnswerForm(*((None, None) if adding else sent), initial=said, first=reply is None)
    more = ReplyFilesForm(*(sent if adding else (None, None)))
    if adding and more.is_valid() and _add(request, found, more, more.cleaned_data["caption"]):
        return redirect("inspections:reply", uid)
    if form.is_valid() and _answer(request, found, form):
        return redirect(f"{conclusion.get_absolute_url()}#tt-{found.uid}")
    told = _about(request, found, conclusion, _("Trả lời về tồn tại"))
    open_now = conclusion.state == "shared" and (conclusion.reply_until or today()) >= today() and not found.decided
    extra = {"form": form, "more": more, "may_add": open_now and reply is not None, "may_answer": open_now}
    return page(
        request,
        "inspections/finding_reply.html",
        context=told | extra | {"version": reply.version if reply else "", "keep": f"reply-{uid}"},
        status=422 if form.errors or more.errors else 200,
    )


def _answer(request: Request, found: Finding, form: AnswerForm) -> bool:
    said = {name: form.cleaned_data[name] for name in ("accepts", "text")}
    version = version_sent(request, found.answered.version) if found.answered else None

    done = attempt(form, lambda: actions.answer_finding(found, by=request.user, version=version, **said))
    if done is None:
        return False
    messages.success(request, _("Đã ghi ý kiến về tồn tại."), extra_tags=f"kept:reply-{found.uid}")
    return _add(request, found, form, "") if any(form.cleaned_data.get("file") or []) else True


def _add(request: Request, found: Finding, form: AnswerForm | ReplyFilesForm, caption: str) -> bool:
    """Each file by itself: a bad one does not take the good ones with it."""
    for sent in form.cleaned_data["file"]:

        def one(sent: Any = sent) -> VisitFile:
            examined = store.examine(sent.read(settings.FILE_BYTES + 1), sent.name or "")
            return actions.add_reply_file(found, by=request.user, examined=examined, caption=caption)

        if attempt(form, one) is None:
            form.add_error("file", _("Tệp chưa nhận: %(name)s") % {"name": (sent.name or "")[:80]})
    return not form.errors


@require_POST
def accept(request: Request, uid: UUID) -> HttpResponse:
    """The unit agrees with one finding, in one press."""
    found, conclusion = _asked(request, uid)
    actions.answer_finding(found, by=request.user, accepts=True)
    messages.success(request, _("Đã ghi: đơn vị đồng ý."))
    return redirect(f"{conclusion.get_absolute_url()}#tt-{uid}")


def decide(request: Request, uid: UUID) -> HttpResponse:
    """Keep, change or withdraw a finding to which the unit objects."""
    found, conclusion = _asked(request, uid)
    authorize(request.user, "conclusion.draft", at=found.visit.inspection.lead)
    reply = found.answered
    form = DecisionForm(request.POST or None, initial={"description": found.description, "severity": found.severity})
    if form.is_valid():
        version = version_sent(request, reply.version) if reply else None

        def act() -> Any:
            return actions.decide_finding(found, by=request.user, version=version, **form.cleaned_data)

        if attempt(form, act) is not None:
            messages.success(request, _("Đã ghi quyết định; đơn vị đọc được lý do."), extra_tags=f"kept:decide-{uid}")
            return redirect(f"{conclusion.get_absolute_url()}#tt-{uid}")
    told = _about(request, found, conclusion, _("Xem xét ý kiến của đơn vị"))
    told |= {"form": form, "version": reply.version if reply else "", "keep": f"decide-{uid}"}
    return page(request, "inspections/finding_decision.html", context=told, status=422 if form.is_bound else 200)


def silence(request: Request) -> HttpResponse:
    """The rule in force, for everybody to read; whoever may, sets the next one."""
    may_set = bool(units_where(request.user, "silence.set"))
    if request.method == "POST":
        authorize_somewhere(request.user, "silence.set")
    rule = rule_on(today())
    kept = ("reply_days", "unit_silence", "decide_days", "lead_silence", "conclude_days", "basis")
    form = SilenceForm(
        request.POST or None, initial={"valid_from": today(), **{name: getattr(rule, name) for name in kept}}
    )
    if form.is_valid():
        done = attempt(form, lambda: actions.set_silence_rule(by=request.user, **form.cleaned_data))
        if done is not None:
            messages.success(
                request, _("Đã đặt quy tắc mới; việc đang chạy theo quy tắc cũ."), extra_tags="kept:silence"
            )
            return redirect("inspections:silence")
    context = {"title": _("Thời hạn trả lời và xem xét"), "rule": rule, "rules": rules_set(), "may_set": may_set}
    context |= {"form": form if may_set else None, "keep": "silence"}
    context |= {"crumbs": [(_("Kiểm tra"), "/inspections/"), (_("Thời hạn trả lời"), "")]}
    return page(request, "inspections/silence.html", context=context, status=422 if form.is_bound else 200)


def _asked(request: Request, uid: UUID) -> tuple[Finding, Conclusion]:
    """The finding, with a conclusion that the person may see: before it is shared the unit knows of none."""
    seen = Finding.objects.visible_to(request.user).select_related(
        "visit__inspection__lead", "visit__unit", "reply", "decision", "visit__checklist", "visit__minutes"
    )
    found = get_object_or_404(seen, uid=uid)
    told = Conclusion.objects.visible_to(request.user).select_related("visit", "rule")
    return found, get_object_or_404(told, visit=found.visit)


def _about(request: Request, found: Finding, conclusion: Conclusion, title: str) -> dict[str, Any]:
    shown = about(request, found.visit)
    back = conclusion.get_absolute_url()
    crumbs = [
        *shown["crumbs"][:-1],
        (shown["title"], found.visit.get_absolute_url()),
        (_("Kết luận"), back),
        (title, ""),
    ]
    (finding,) = told_to([found])
    return {
        **shown, "title": title, "visit_title": shown["title"], "conclusion": conclusion, "finding": finding,
        "terms": two_terms(conclusion), "back": f"{back}#tt-{found.uid}", "crumbs": crumbs, "today": today(),
    }  # fmt: skip
