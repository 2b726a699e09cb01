"""The list of periods, opening one, and its page: files as they came, where each stands, who has not sent."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kycuong.core.clock import today
from kycuong.core.http import Request, page
from kycuong.core.problems import Problem, StepUpNeeded
from kycuong.core.speaking import told as in_language
from kycuong.gathering import actions
from kycuong.gathering.forms import FilesForm, PeriodForm
from kycuong.gathering.imports import Received, read_waiting, receive
from kycuong.gathering.models import Gathering
from kycuong.gathering.queries import by_attention, ready_files, standing_of
from kycuong.orgs.authority import authorize, authorize_somewhere, scopes_of, units_where
from kycuong.reports.forms import fields_of
from kycuong.sheets.batches import Sent
from kycuong.ui.forms import attempt

from ._pages import GATHER, crumbs, gathering_seen, may_gather
from .rows import file_rows

PER_PAGE = 30
FILES_PER_PAGE = 100
MOST_TOLD = 10


@require_safe
def everything(request: Request) -> HttpResponse:
    """Every period that the person sees, the newest first."""
    found = Gathering.objects.visible_to(request.user).select_related("scope")
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Hợp nhất biểu mẫu của các cơ quan"),
        "page": shown,
        "gatherings": [(one, standing_of(one)) for one in shown],
        "may_open": bool(units_where(request.user, GATHER)),
    }
    return page(request, "gathering/list.html", context=context)


def new(request: Request) -> HttpResponse:
    """Choose scope and period; the same choice again leads to what is there."""
    authorize_somewhere(request.user, GATHER)
    default = scopes_of(request.user, GATHER).first()
    assert default is not None
    given = fields_of(request.POST.dict()) if request.method == "POST" else None
    first = fields_of({"scope": default.slug, "part": f"Q{(today().month + 2) // 3}"})
    form = PeriodForm(given or first, person=request.user, default=default)
    if request.method == "POST" and form.is_valid():
        scope, period = form.cleaned_data["scope"], form.period
        assert period is not None
        done = attempt(form, lambda: actions.open_gathering(by=request.user, scope=scope, period=period))
        if done is not None:
            return redirect(done)
    context = {
        "title": _("Mở đợt hợp nhất"),
        "form": form,
        "crumbs": crumbs(None, (_("Mở đợt hợp nhất"), "")),
    }
    status = 422 if request.method == "POST" else 200
    return page(request, "gathering/new.html", context=context, status=status)


def gathering(request: Request, uid: UUID) -> HttpResponse:
    """The files of a period; with POST more of them come."""
    found = gathering_seen(request, uid)
    form = FilesForm(request.POST if request.method == "POST" else None, request.FILES or None)
    if request.method == "POST":
        authorize(request.user, GATHER, at=found.scope)
        if form.is_valid():
            sent = (Sent(one.read(), one.name or "") for one in form.cleaned_data["sent"])
            received = attempt(form, lambda: receive(found, by=request.user, files=sent))
            if received is not None:
                read_waiting(found, by=request.user)
                tell(request, received)
                return redirect(found)
    files = by_attention(found.files.select_related("agency", "guessed", "superseded_by"))
    shown = Paginator(files, FILES_PER_PAGE).get_page(request.GET.get("page"))
    ready = {file.pk for file in ready_files(found)}
    context = {
        "title": _("Hợp nhất: %s") % found.period.label,
        "found": found,
        "form": form if may_gather(request, found) else None,
        "standing": standing_of(found),
        "ready": len(ready),
        "page": shown,
        "rows": file_rows(list(shown), found.last, ready),
        "crumbs": crumbs(None, (found.period.label, "")),
    }
    return page(request, "gathering/gathering.html", context=context, status=422 if form.errors else 200)


@require_POST
def read_on(request: Request, uid: UUID) -> HttpResponse:
    """Read what still waits, for some seconds; the page says how far it is."""
    found = gathering_seen(request, uid)
    authorize(request.user, GATHER, at=found.scope)
    read_waiting(found, by=request.user)
    return redirect(found)


@require_POST
def confirm_ready(request: Request, uid: UUID) -> HttpResponse:
    """Confirm every file about which nothing is left to ask."""
    found = gathering_seen(request, uid)
    authorize(request.user, GATHER, at=found.scope)
    done = 0
    for file in ready_files(found):
        try:
            actions.confirm_file(file, by=request.user, version=file.version)
            done += 1
        except StepUpNeeded:
            raise
        except Problem as problem:
            messages.warning(request, f"{file.filename}: {in_language(problem.vi, problem.en)}")
    messages.success(request, _("Đã xác nhận %d tệp.") % done)
    return redirect(found)


def tell(request: Request, received: Received) -> None:
    """What became of the files, in a few sentences."""
    if received.taken:
        messages.success(request, _("Đã nhận %d tệp.") % len(received.taken))
    for file in received.again[:MOST_TOLD]:
        words = {"file": file.filename, "day": f"{file.sent_at:%d/%m/%Y}"}
        messages.info(request, _("%(file)s: tệp này đã tải lên ngày %(day)s, không nhận lần nữa.") % words)
    for problem in received.refused[:MOST_TOLD]:
        messages.warning(request, in_language(problem.vi, problem.en))
    left = max(len(received.again) - MOST_TOLD, 0) + max(len(received.refused) - MOST_TOLD, 0)
    if left:
        messages.warning(request, _("Còn %d tệp khác không được nhận vì lý do tương tự.") % left)
