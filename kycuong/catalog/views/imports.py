"""The pages of importing a checklist: choose the file, see what it would become, and make the draft."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.catalog.imports import CHECKLISTS
from kycuong.catalog.imports.upload import ChecklistFileForm
from kycuong.core.http import Request, page
from kycuong.orgs.authority import authorize_somewhere
from kycuong.sheets.importing import Preview
from kycuong.sheets.keeping import Upload, forget, keep, kept
from kycuong.sheets.writer import errors_workbook
from kycuong.ui.forms import attempt

from .comparing import XLSX
from .drafting import WRITE, authorities_for_new, crumbs


def upload(request: Request) -> HttpResponse:
    """Choose a file; one that can be read is kept, and its preview is the next page."""
    own = authorities_for_new(request.user)
    form = ChecklistFileForm(request.POST or None, request.FILES or None, authorities=own)
    if form.is_valid():
        sent = form.upload()
        if attempt(form, lambda: _read(request, sent)):
            token = keep(sent.data, sent.filename, owner=request.user.pk, options=sent.options)
            return redirect("catalog:import_preview", token=token)
    status = 422 if request.method == "POST" else 200
    context = {
        "title": _("Nhập phiếu từ bảng tính"),
        "form": form,
        "crumbs": crumbs(_("Nhập từ bảng tính")),
        "lead": _("Tệp trở thành một dự thảo mới, xem trước rồi mới ghi; có lỗi ở bất kỳ ô nào thì chưa ghi gì."),
        "template_url": reverse("catalog:import_template"),
    }
    return page(request, "ui/import_upload.html", context=context, status=status)


def preview(request: Request, token: str) -> HttpResponse:
    """What the kept file would become; with POST it does."""
    authorize_somewhere(request.user, WRITE)
    sent = kept(token, owner=request.user.pk)
    form = Form(request.POST if request.method == "POST" else None)
    found = _read(request, sent)
    if form.is_valid():
        done = attempt(form, lambda: CHECKLISTS.apply(found, by=request.user))
        if done is not None:
            forget(token, owner=request.user.pk)
            messages.success(request, " ".join(line.told for line in done))
            return redirect("catalog:versions")
    context = {
        "title": _("Xem trước: %(file)s") % {"file": sent.filename},
        "crumbs": [(_("Nhập phiếu"), reverse("catalog:import")), (_("Xem trước"), "")],
        "form": form,
        "preview": found,
        "act": _("Lập dự thảo từ tệp này"),
        "errors_url": reverse("catalog:import_errors", args=[token]),
        "again_url": reverse("catalog:import"),
    }
    return page(request, "ui/import_confirm.html", context=context, status=422 if form.errors else 200)


@require_safe
def marked(request: Request, token: str) -> HttpResponse:
    """The same sheet with a last column that says what to mend."""
    authorize_somewhere(request.user, WRITE)
    found = _read(request, kept(token, owner=request.user.pk))
    return _file(errors_workbook(found.sheet, found.issues), "loi-phieu-kiem-tra.xlsx")


@require_safe
def template(request: Request) -> HttpResponse:
    """The empty form to fill in."""
    authorize_somewhere(request.user, WRITE)
    return _file(CHECKLISTS.template_file(), "mau-phieu-kiem-tra.xlsx")


def _read(request: Request, sent: Upload) -> Preview:
    return CHECKLISTS.read(sent.data, sent.filename, by=request.user, options=sent.options)


def _file(data: bytes, name: str) -> HttpResponse:
    return HttpResponse(data, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})
