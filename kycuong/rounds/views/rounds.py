"""Pages of a round: drafting, opening, how far it has come, reminding, its end without a report."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kycuong.audit.history import last_written
from kycuong.core.clock import today
from kycuong.core.http import Request, page, version_sent
from kycuong.core.problems import RuleBroken
from kycuong.deadlines.queries import term_of
from kycuong.features.authority import ensure_offered_somewhere, is_offered, offered_units
from kycuong.orgs.authority import authorize, authorize_somewhere, can, units_visible_to
from kycuong.rounds import actions
from kycuong.rounds.forms.rounds import ReasonForm, RoundForm, last_quarter, written
from kycuong.rounds.models import ReportingRound, SignedReport
from kycuong.rounds.queries import progress_of, unit_named
from kycuong.rounds.rules import RoundState
from kycuong.ui.formats import vn_date
from kycuong.ui.forms import attempt
from kycuong.ui.merging import Merging, Posted

from ._pages import asked_once, crumbs, round_seen

OPEN = "round.open"


def new(request: Request) -> HttpResponse:
    """Write a round down."""
    authorize_somewhere(request.user, OPEN)
    ensure_offered_somewhere(request.user, OPEN, actions.FEATURE)
    own = units_visible_to(request.user).filter(pk__in=offered_units(request.user, OPEN, actions.FEATURE)).first()
    form = RoundForm(request.POST or None, initial={"authority": own.slug if own else "", **last_quarter(today())})

    def draft() -> ReportingRound:
        authority = form.cleaned_data["authority"]
        authorize(request.user, OPEN, at=authority)
        return actions.draft_round(by=request.user, authority=authority, wish=form.wish(authority))

    return _written(request, form, draft, _("Soạn đợt báo cáo"), reverse("rounds:list"))


def change(request: Request, uid: UUID) -> HttpResponse:
    """Rewrite a draft."""
    found = round_seen(request, uid)
    authorize(request.user, OPEN, at=found.authority)
    saved = _of_draft(found)
    version = found.version if found.state == RoundState.DRAFT else version_sent(request, found.version)
    merging = Merging([saved], request.POST or None, version=version, written_by=partial(last_written, found))
    form = _of_draft(found, merging.data) if merging.data else saved

    def rewrite() -> ReportingRound:
        return actions.change_round(found, by=request.user, wish=form.wish(found.authority), version=merging.version)

    return _written(request, form, rewrite, _("Sửa đợt báo cáo"), found.get_absolute_url(), merging)


def _of_draft(found: ReportingRound, data: Posted | None = None) -> RoundForm:
    """Who asks does not change any more."""
    form = RoundForm(data, initial=written(found))
    form.fields["authority"].disabled = True
    return form


def _written(
    request: Request,
    form: RoundForm,
    act: Callable[[], ReportingRound],
    title: str,
    back: str,
    merging: Merging | None = None,
) -> HttpResponse:
    if form.is_valid() and (merging is None or merging.ready):
        done = attempt(form, act)
        if done is not None:
            said = _("Đã lưu bản soạn. Chưa cơ quan nào nhận được; hãy đọc lại rồi gửi.")
            messages.success(request, said, extra_tags=f"kept:{request.path}")
            return redirect(done)
    context = {"title": title, "form": form, "keep": request.path, "back": back, "merging": merging}
    context |= {"crumbs": crumbs((title, ""))}
    status = (merging.status if merging else 0) or (422 if form.is_bound else 200)
    return page(request, "ui/one_form.html", context=context, status=status)


@require_safe
def one_round(request: Request, uid: UUID) -> HttpResponse:
    """A draft with whom it would ask and until when; an open one with who has reported and who has not."""
    found = round_seen(request, uid)
    context: dict[str, Any] = {
        "title": found.title,
        "found": found,
        "period": found.period,
        "authority": unit_named(found.authority, today()),
        "may_open": can(request.user, OPEN, at=found.authority),
        "is_offered": is_offered(actions.FEATURE, at=found.authority),
        "may_sign": found.state == RoundState.OPEN and can(request.user, "round.sign", at=found.authority),
        "sees_all": can(request.user, "figures.see", at=found.authority),
        "progress": progress_of(found, request.user, today=today()),
        "is_over": found.last < today(),
        "crumbs": crumbs((found.title, "")),
    }
    if found.state == RoundState.DRAFT:
        context["term"] = term_of(max(found.last, today()), found.days)
    signed = SignedReport.objects.visible_to(request.user).filter(round=found).defer("content")
    context["signed"] = signed.select_related("numbered").first()
    return page(request, "rounds/round.html", context=context)


def send(request: Request, uid: UUID) -> HttpResponse:
    """Open it for the agencies, after asking once."""
    found = round_seen(request, uid)
    authorize(request.user, OPEN, at=found.authority)
    lead = ""
    if found.state == RoundState.DRAFT:
        term = term_of(max(found.last, today()), found.days)
        lead = _("%(n)d cơ quan sẽ được yêu cầu báo cáo, nộp đến hết %(day)s (%(words)s). Gửi rồi thì không sửa được.")
        lead %= {"n": found.reports.count(), "day": vn_date(term.due_on), "words": term.words}
    said = {"title": _("Gửi yêu cầu báo cáo?"), "lead": lead, "act": _("Gửi cho các cơ quan")}
    read = version_sent(request, found.version)
    act = lambda: actions.open_round(found, by=request.user, version=read)  # noqa: E731
    return asked_once(request, found, None, act, said, done=_("Đã gửi yêu cầu báo cáo cho các cơ quan."))


def cancel(request: Request, uid: UUID) -> HttpResponse:
    """End it without a report, with the reason."""
    found = round_seen(request, uid)
    authorize(request.user, OPEN, at=found.authority)
    form = ReasonForm(request.POST or None)
    lead = _(
        "Sau khi hủy, không cơ quan nào nộp được nữa và không ký báo cáo của đợt này. Báo cáo đã nộp vẫn được giữ."
    )
    said = {"title": _("Hủy đợt báo cáo?"), "lead": lead, "act": _("Hủy đợt báo cáo"), "kind": "danger"}
    read = version_sent(request, found.version)

    def act() -> ReportingRound:
        return actions.cancel_round(found, by=request.user, reason=form.cleaned_data["reason"], version=read)

    return asked_once(request, found, form, act, said, done=_("Đã hủy đợt báo cáo."))


def remove(request: Request, uid: UUID) -> HttpResponse:
    """Take a draft away, after asking once."""
    found = round_seen(request, uid)
    authorize(request.user, OPEN, at=found.authority)
    said = {
        "title": _("Xóa bản soạn đợt báo cáo?"),
        "lead": _("Chưa cơ quan nào nhận được đợt này."),
        "act": _("Xóa bản soạn"),
    }
    act = lambda: actions.remove_round(found, by=request.user) or True  # noqa: E731
    then = reverse("rounds:list")
    return asked_once(request, found, None, act, said | {"kind": "danger"}, done=_("Đã xóa bản soạn."), then=then)


@require_POST
def remind(request: Request, uid: UUID) -> HttpResponse:
    """Remind by hand all who owe their report."""
    found = round_seen(request, uid)
    authorize(request.user, OPEN, at=found.authority)
    try:
        taken = actions.remind_all(found, by=request.user)
        messages.success(request, _("Đã nhắc %d cơ quan.") % len(taken))
    except RuleBroken as refusal:
        messages.warning(request, refusal.vi)
    return redirect(found)
