"""Pages of files: a list at once, a list in the background, one's own files, what holds for them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from kycuong.core.clock import today
from kycuong.core.http import Request, page, sent, streamed
from kycuong.core.problems import BadInput
from kycuong.exports import actions, store
from kycuong.exports.documents import file_name, workbook
from kycuong.exports.forms import AskForm, RuleForm
from kycuong.exports.models import ExportRule, ListExport
from kycuong.exports.queries import filters_of, open_list, query_of
from kycuong.exports.rules import TONES, TYPES, State, ensure_kept, ensure_may_wait, ensure_type
from kycuong.orgs.authority import authorize_somewhere, units_where
from kycuong.sheets.listing import csv_pieces
from kycuong.ui.forms import attempt

PER_PAGE = 30
SET = "export.set_rules"


@require_safe
def list_file(request: Request, name: str, form: str) -> HttpResponseBase:
    """The list as its page shows it, at once; when it is long, the page on which it is asked for in the background."""
    ensure_type(form)
    asked = filters_of(request.META.get("QUERY_STRING", ""))
    listed = open_list(name, request.user, asked)
    if not listed.at_once and len(listed.keys) > ExportRule.on(today()).at_once:
        query = query_of(asked)
        ensure_kept(query)  # here: a server's own refusal of a long address is no sentence
        given = {"list": name, "query": query, "file": form}
        return redirect(f"{reverse('exports:new')}?{urlencode(given)}")
    called = file_name(name, form)
    if form == "csv":
        return streamed(csv_pieces(listed), TYPES[form], called)
    return sent(workbook(listed, request.user), TYPES[form], called)


def ask(request: Request) -> HttpResponse:
    """How long the list is, and a button: the file is made while one does something else."""
    form = AskForm(request.POST or {"file": "xlsx", **request.GET.dict()})
    if not form.is_valid():
        raise BadInput(
            "Địa chỉ này chưa nói rõ danh sách nào. Hãy mở danh sách rồi bấm «Làm ở chế độ nền».",
            en="The address does not say which list. Open the list and ask for its file there.",
        )
    given, asked = form.cleaned_data, filters_of(form.cleaned_data["query"])
    if request.method == "POST":
        made = attempt(
            form, lambda: actions.ask_for_file(given["list"], by=request.user, form=given["file"], asked=asked)
        )
        if made is not None:
            messages.success(request, _("Đã nhận yêu cầu. Tệp xong thì có thông báo; bạn có thể làm việc khác."))
            return redirect(made)
    ensure_kept(given["query"])
    listed = open_list(given["list"], request.user, asked)
    ensure_may_wait(at_once=listed.at_once)
    limits = ExportRule.on(today())
    context = {
        "title": _("Tải danh sách ở chế độ nền"),
        "listed": listed,
        "rows": len(listed.keys),
        "limits": limits,
        "is_long": len(listed.keys) > limits.at_once,
        "form": form if request.method == "POST" else AskForm(initial=given),
        "crumbs": _crumbs(_("Yêu cầu tệp")),
    }
    return page(request, "exports/new.html", context=context, status=422 if form.errors else 200)


@require_safe
def exports(request: Request) -> HttpResponse:
    """One's own files, the newest first."""
    shown = Paginator(ListExport.objects.visible_to(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Tệp danh sách của tôi"),
        "page": shown,
        "lines": [(one, TONES[State(one.state)]) for one in shown.object_list],
        "may_set": bool(units_where(request.user, SET)),
    }
    return page(request, "exports/exports.html", context=context)


@require_safe
def export(request: Request, uid: UUID) -> HttpResponse:
    """One file: how far it is, or how to fetch it, or why it failed."""
    found = _own(request, uid)
    context = {"title": found.title, "found": found, "tone": TONES[State(found.state)], "crumbs": _crumbs(found.title)}
    return page(request, "exports/export.html", context=context)


@require_GET
def fetch(request: Request, uid: UUID) -> FileResponse:
    """The file. That it was fetched is on record."""
    found = _own(request, uid)
    path = actions.fetch(found, by=request.user)
    return sent(path.open("rb"), TYPES[found.form], file_name(found.name, found.form))


@require_POST
def retry(request: Request, uid: UUID) -> HttpResponse:
    """Once more."""
    found = actions.retry(_own(request, uid), by=request.user)
    messages.success(request, _("Tệp đang được làm lại."))
    return redirect(found)


@require_POST
def remove(request: Request, uid: UUID) -> HttpResponse:
    """Let it go."""
    actions.remove_file(_own(request, uid), by=request.user)
    messages.success(request, _("Đã bỏ tệp."))
    return redirect("exports:exports")


def rules(request: Request) -> HttpResponse:
    """What holds today, and setting what holds from a day on."""
    authorize_somewhere(request.user, SET)
    held = ExportRule.on(today())
    initial = {"valid_from": today(), "at_once": held.at_once, "days_kept": held.days_kept}
    form = RuleForm(request.POST or None, initial=initial)
    if form.is_valid():
        done = attempt(form, lambda: actions.set_rule(by=request.user, **form.cleaned_data))
        if done is not None:
            messages.success(request, _("Đã đặt quy định mới."), extra_tags="kept:export-rules")
            return redirect("exports:exports")
    context: dict[str, Any] = {"title": _("Quy định tải tệp danh sách"), "form": form, "keep": "export-rules"}
    context |= {"back": reverse("exports:exports"), "crumbs": _crumbs(_("Quy định"))}
    return page(request, "ui/one_form.html", context=context, status=422 if form.errors else 200)


def _own(request: Request, uid: UUID) -> ListExport:
    found = get_object_or_404(ListExport.objects.visible_to(request.user).select_related("person"), uid=uid)
    lost = store.is_lost(found.state, found.uid, found.form)
    return actions.note_lost(found, by=request.user) if lost else found


def _crumbs(last: str) -> list[tuple[str, str]]:
    return [(_("Tệp danh sách của tôi"), reverse("exports:exports")), (last, "")]
