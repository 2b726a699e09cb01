"""The pages of changing many people by a sheet: take it out, send it back, see line by line what it would do, and do it."""

from __future__ import annotations

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.core.http import Request, base_of, page
from kycuong.core.presence import ensure_fresh
from kycuong.core.problems import BadInput, Stale
from kycuong.orgs.imports.people import PEOPLE, Done, carry_out, sheet_of
from kycuong.orgs.imports.upload import SheetForm
from kycuong.sheets.importing import Preview
from kycuong.sheets.keeping import Upload, forget, keep, kept
from kycuong.sheets.writer import errors_workbook, template_workbook, write_csv
from kycuong.ui.forms import attempt

from .imports import XLSX
from .people import ensure_administers

VERB = "person.create"
NEW_AT_ONCE = 300
"""New accounts in a file: each costs the server a part of a second for its password."""


def upload(request: Request) -> HttpResponse:
    """Take the sheet, or choose the changed one; one that can be read is kept, and its preview is the next page."""
    ensure_administers(request.user, VERB)
    form = SheetForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        sent = form.upload()
        if attempt(form, lambda: _read(request, sent)):
            token = keep(sent.data, sent.filename, owner=request.user.pk, options=sent.options)
            return redirect("orgs:people_import_preview", token=token)
    title = _("Thay đổi bằng bảng tính")
    crumbs = [(_("Tài khoản"), reverse("orgs:people")), (title, "")]
    context = {"title": title, "crumbs": crumbs, "form": form}
    return page(request, "orgs/people_import.html", context=context, status=422 if request.method == "POST" else 200)


def preview(request: Request, token: str) -> HttpResponse:
    """What the kept file would do; with POST it is done, if it is still what was shown."""
    ensure_administers(request.user, VERB)
    sent = kept(token, owner=request.user.pk)
    form = Form(request.POST if request.method == "POST" else None)
    found = _read(request, sent)
    if form.is_valid():
        done = attempt(form, lambda: _carry_out(request, found))
        if done is not None:
            forget(token, owner=request.user.pk)
            context = {
                "title": _("Đã thực hiện"),
                "crumbs": _crumbs(_("Đã thực hiện")),
                "done": done,
                "address": base_of(request),
            }
            return page(request, "orgs/people_import_done.html", context=context)
    context = {
        "title": _("Xem trước: %(file)s") % {"file": sent.filename},
        "crumbs": _crumbs(_("Xem trước")),
        "form": form,
        "preview": found,
        "state": found.plan.state,
        "act": _("Thực hiện các thay đổi này"),
        "errors_url": reverse("orgs:people_import_errors", args=[token]),
        "again_url": reverse("orgs:people_import"),
    }
    return page(request, "ui/import_confirm.html", context=context, status=422 if form.errors else 200)


@require_safe
def marked(request: Request, token: str) -> HttpResponse:
    """The same sheet with a last column that says what to mend."""
    ensure_administers(request.user, VERB)
    found = _read(request, kept(token, owner=request.user.pk))
    return _file(errors_workbook(found.sheet, found.issues), "loi-nguoi-va-vai-tro.xlsx")


@require_safe
def take_xlsx(request: Request) -> HttpResponse:
    """The people whom one may change, as a workbook to change and send back."""
    ensure_administers(request.user, VERB)
    ensure_fresh("person.export")
    return _file(template_workbook(sheet_of(request.user), blank_rows=200), "nguoi-va-vai-tro.xlsx")


@require_safe
def take_csv(request: Request) -> HttpResponse:
    """The same as CSV."""
    ensure_administers(request.user, VERB)
    ensure_fresh("person.export")
    sheet = sheet_of(request.user)
    data = write_csv([column.title for column in sheet.columns], sheet.rows)
    return _file(data, "nguoi-va-vai-tro.csv", "text/csv; charset=utf-8")


def _carry_out(request: Request, found: Preview) -> Done:
    """Do it, unless the page on which the button was pressed showed something else."""
    if found.is_ready and request.POST.get("state") != found.plan.state:
        raise Stale(
            "Tài khoản hoặc tổ chức đã thay đổi từ khi trang này được mở. Chưa làm gì; dưới đây là bản xem trước mới, hãy xem lại.",
            en="Accounts or units changed since this page was opened. Nothing was done; below is the new preview.",
        )
    return carry_out(found, by=request.user)


def _read(request: Request, sent: Upload) -> Preview:
    """What the file would do; no more new accounts than an answer can tell the passwords of before a proxy gives up on it."""
    found = PEOPLE.read(sent.data, sent.filename, by=request.user, options=sent.options)
    if found.plan.opened > NEW_AT_ONCE:
        raise BadInput(
            f"Tệp lập {found.plan.opened} tài khoản mới, trang này nhận tối đa {NEW_AT_ONCE} mỗi tệp. "
            "Hãy tách thành nhiều tệp, hoặc nhờ người quản máy chủ chạy ./run import people.",
            en=f"The file opens {found.plan.opened} accounts; this page takes {NEW_AT_ONCE} a file. "
            "Split it, or have ./run import people run at the server.",
        )
    return found


def _file(data: bytes, name: str, kind: str = XLSX) -> HttpResponse:
    return HttpResponse(data, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _crumbs(here: str) -> list[tuple[str, str]]:
    return [
        (_("Tài khoản"), reverse("orgs:people")),
        (_("Thay đổi bằng bảng tính"), reverse("orgs:people_import")),
        (here, ""),
    ]
