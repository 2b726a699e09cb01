"""The page of one file: what was read, what is wrong, what was not read; choosing, confirming, setting aside."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kycuong.core.http import Request, page, saved, version_sent
from kycuong.core.problems import BadInput
from kycuong.files import store
from kycuong.gathering import actions
from kycuong.gathering.forms import MappingForm, SetAsideForm, TakeBackForm
from kycuong.gathering.imports import FormReading, Layout, Taken, book_of, from_json, layout_at, note, read_one
from kycuong.gathering.models import SentFile
from kycuong.gathering.queries import (
    columns_told,
    hidden_letters,
    in_the_way,
    is_ready,
    ready_files,
    same_bytes,
    stands_again,
)
from kycuong.gathering.rules import BY_KEY, FileState, FormColumn
from kycuong.orgs.authority import authorize, can, units_visible_to
from kycuong.orgs.queries import full_names
from kycuong.sheets.writer import errors_workbook
from kycuong.ui.forms import attempt

from ._pages import GATHER, crumbs, file_seen, may_gather
from .rows import HOW, file_rows

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SAMPLE = 12
WHOLE = "measure.see"
"""A file as it came may say who was disciplined."""


def file(request: Request, uid: UUID) -> HttpResponse:
    """One file; with POST its agency and its columns are chosen, and it is read again."""
    found = file_seen(request, uid)
    form = MappingForm(found, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        authorize(request.user, GATHER, at=found.gathering.scope)
        if form.is_valid() and attempt(form, lambda: _choose(request, found, form)) is not None:
            messages.success(request, _("Đã lưu và đọc lại tệp."), extra_tags=f"kept:{request.path}")
            return redirect(found)
    return _page(request, found, form)


def _choose(request: Request, found: SentFile, form: MappingForm) -> SentFile:
    layout = found.chosen
    if form.cleaned_data.get("sheet") and form.moved():
        where = (form.cleaned_data[name] for name in ("sheet", "first_row", "last_row"))
        layout = layout_at(book_of(found), *where).as_json()
    elif form.titled():
        layout = Layout(**{**form.layout, "columns": form.columns()}).as_json()
    version = version_sent(request, None)
    chosen = actions.choose(found, by=request.user, version=version, agency=form.cleaned_data["agency"], layout=layout)
    note(chosen.gathering, {chosen.pk: read_one(chosen)}, by=request.user)
    return chosen


def _page(request: Request, found: SentFile, form: MappingForm) -> HttpResponse:
    ready = {one.pk for one in ready_files(found.gathering)}
    [row] = file_rows([found], found.gathering.last, ready)
    reading, values = _told(request, found)
    near = list(reading.guess.near) if reading else []
    names = full_names(near, found.gathering.last)
    slugs = dict(units_visible_to(request.user).filter(pk__in=near).values_list("pk", "slug"))
    may = may_gather(request, found.gathering)
    context: dict[str, Any] = {
        "title": found.filename,
        "found": found,
        "row": row,
        "reading": reading,
        "values": values,
        "near": [(slugs[key], names[key]) for key in near if key in slugs and key in names],
        "how": HOW.get(reading.guess.how, "") if reading else "",
        "form": form if may and found.state == FileState.SENT else None,
        "aside": SetAsideForm() if may and found.state == FileState.SENT else None,
        "back": TakeBackForm() if may and found.state in (FileState.CONFIRMED, FileState.SUPERSEDED) else None,
        "may": may,
        "may_fetch": can(request.user, WHOLE, at=found.gathering.scope),
        "confirmable": is_ready(found),
        "others": in_the_way(found),
        "former": stands_again(found),
        "elsewhere": same_bytes(found.sha256, request.user, but=found.gathering),
        "sample": _sample(found) if reading and reading.problem and reading.sheets else [],
        "keep": request.path,
        "crumbs": crumbs(found.gathering, (found.filename, "")),
    }
    return page(request, "gathering/file.html", context=context, status=422 if form.errors else 200)


def _told(request: Request, found: SentFile) -> tuple[FormReading | None, list[tuple[FormColumn, Taken]]]:
    """What was read, and its numbers, as far as the person may read them."""
    if not found.reading:
        return None, []
    told, reading = columns_told(found.gathering, request.user), from_json(found.reading)
    hidden = hidden_letters(found.reading, told)
    reading.issues = [issue for issue in reading.issues if issue.column not in hidden]
    return reading, [(BY_KEY[key], taken) for key, taken in reading.values.items() if BY_KEY[key] in told]


def _sample(found: SentFile) -> list[tuple[int, list[str]]]:
    """The first rows of a sheet whose head was not found, to see where it is."""
    book = book_of(found)
    if isinstance(book, BadInput):
        return []
    rows = book.sheets[0].rows[:SAMPLE]
    return [
        (place, ["" if cell.value is None else str(cell.value)[:60] for cell in row])
        for place, row in enumerate(rows, 1)
    ]


@require_POST
def confirm(request: Request, uid: UUID) -> HttpResponse:
    """Its numbers become what the agency declares."""
    found = file_seen(request, uid)
    form = forms.Form(request.POST)
    version = version_sent(request, None)
    done = (
        attempt(form, lambda: actions.confirm_file(found, by=request.user, version=version))
        if form.is_valid()
        else None
    )
    if done is not None:
        messages.success(request, _("Đã xác nhận số liệu của %s.") % found.agency)
        return redirect(found.gathering)
    return _refused(request, uid, form)


@require_POST
def put_aside(request: Request, uid: UUID) -> HttpResponse:
    """The file is not used."""
    found = file_seen(request, uid)
    form = SetAsideForm(request.POST)
    if form.is_valid():
        reason, version = form.cleaned_data["reason"], version_sent(request, None)
        done = attempt(form, lambda: actions.set_aside(found, by=request.user, reason=reason, version=version))
        if done is not None:
            messages.success(request, _("Đã bỏ qua tệp; tệp vẫn được giữ."))
            return redirect(found.gathering)
    authorize(request.user, GATHER, at=found.gathering.scope)
    return _refused(request, uid, form)


@require_POST
def bring_back(request: Request, uid: UUID) -> HttpResponse:
    """What was set aside waits again; so does what was confirmed, when it is said why."""
    found = file_seen(request, uid)
    authorize(request.user, GATHER, at=found.gathering.scope)
    form = (forms.Form if found.state == FileState.SET_ASIDE else TakeBackForm)(request.POST)
    if form.is_valid():
        reason, version = form.cleaned_data.get("reason", ""), version_sent(request, None)
        former = stands_again(found)
        done = attempt(form, lambda: actions.take_back(found, by=request.user, reason=reason, version=version))
        if done is not None:
            if former:
                messages.success(request, _("Đã rút lại. Tệp %s lại có hiệu lực.") % former.filename)
            return redirect(found)
    return _refused(request, uid, form)


def _refused(request: Request, uid: UUID, form: forms.Form) -> HttpResponse:
    """The page of the file as it now is, with the refusal above it and what was typed still there."""
    found = file_seen(request, uid)
    context = {
        "title": found.filename,
        "form": form,
        "act": _("Thử lại"),
        "version": found.version,
        "back": found.get_absolute_url(),
        "crumbs": crumbs(found.gathering, (found.filename, found.get_absolute_url())),
    }
    return page(request, "ui/one_form.html", context=context, status=422)


@require_safe
def marked(request: Request, uid: UUID) -> HttpResponse:
    """The same sheet with faulty cells coloured and a last column «Lỗi»."""
    found = file_seen(request, uid)
    authorize(request.user, WHOLE, at=found.gathering.scope)
    book, reading = book_of(found), read_one(found)
    if isinstance(book, BadInput):
        raise book
    name = reading.layout.sheet if reading.layout else book.sheets[0].name
    sheet = next((one for one in book.sheets if one.name == name), book.sheets[0])
    return saved(errors_workbook(sheet, reading.issues), XLSX, f"loi-{found.filename.rsplit('.', 1)[0]}.xlsx")


@require_safe
def original(request: Request, uid: UUID) -> HttpResponse:
    """The file as it came."""
    found = file_seen(request, uid)
    authorize(request.user, WHOLE, at=found.gathering.scope)
    return saved(store.contents(found.sha256), "application/octet-stream", found.filename)
