"""The pages of importing a table of visits: choose the file, see what it would do, and do it."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.core.http import Request, page
from kycuong.core.problems import NotAllowed
from kycuong.inspections.imports import VISITS
from kycuong.inspections.imports.upload import VisitsFileForm
from kycuong.orgs.authority import units_where
from kycuong.orgs.models import Person
from kycuong.orgs.roles import titles_with
from kycuong.sheets.importing import Preview
from kycuong.sheets.keeping import Upload, forget, keep, kept
from kycuong.sheets.writer import errors_workbook
from kycuong.ui.forms import attempt

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
VERB = "visit.import"


def ensure_may_import(person: Person) -> None:
    if not units_where(person, VERB):
        titles, titles_en = titles_with(VERB)
        raise NotAllowed(
            f"Tài khoản của bạn không có quyền nhập lượt kiểm tra. Vai trò làm được: {titles}.",
            en=f"Your account may not import visits ({VERB}). It takes one of these roles: {titles_en}.",
        )


def upload(request: Request) -> HttpResponse:
    """Choose a file; one that can be read is kept, and its preview is the next page."""
    ensure_may_import(request.user)
    form = VisitsFileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        sent = form.upload()
        if attempt(form, lambda: _read(request, sent)):
            token = keep(sent.data, sent.filename, owner=request.user.pk, options=sent.options)
            return redirect("inspections:import_preview", token=token)
    status = 422 if request.method == "POST" else 200
    context = {
        "title": _("Nhập lượt kiểm tra"),
        "form": form,
        "lead": _(
            "Tệp được đọc và xem trước; có lỗi ở bất kỳ ô nào thì chưa nhập gì. Lượt nhập xong được tính như đã ký biên bản."
        ),
        "template_url": reverse("inspections:import_template"),
    }
    return page(request, "ui/import_upload.html", context=context, status=status)


def preview(request: Request, token: str) -> HttpResponse:
    """What the kept file would do; with POST it is done."""
    ensure_may_import(request.user)
    sent = kept(token, owner=request.user.pk)
    form = Form(request.POST if request.method == "POST" else None)
    found = _read(request, sent)
    if form.is_valid():
        done = attempt(form, lambda: VISITS.apply(found, by=request.user))
        if done is not None:
            forget(token, owner=request.user.pk)
            messages.success(request, " ".join(line.told for line in done))
            return redirect("inspections:import")
    context = {
        "title": _("Xem trước: %(file)s") % {"file": sent.filename},
        "crumbs": [(_("Nhập lượt kiểm tra"), reverse("inspections:import")), (_("Xem trước"), "")],
        "form": form,
        "preview": found,
        "act": _("Nhập các dòng này"),
        "errors_url": reverse("inspections:import_errors", args=[token]),
        "again_url": reverse("inspections:import"),
    }
    return page(request, "ui/import_confirm.html", context=context, status=422 if form.errors else 200)


@require_safe
def marked(request: Request, token: str) -> HttpResponse:
    """The same sheet with a last column that says what to mend."""
    ensure_may_import(request.user)
    found = _read(request, kept(token, owner=request.user.pk))
    return _file(errors_workbook(found.sheet, found.issues), "loi-luot-kiem-tra.xlsx")


@require_safe
def template(request: Request) -> HttpResponse:
    """The empty form to fill in."""
    ensure_may_import(request.user)
    return _file(VISITS.template_file(), "mau-luot-kiem-tra.xlsx")


def _read(request: Request, sent: Upload) -> Preview:
    return VISITS.read(sent.data, sent.filename, by=request.user, options=sent.options)


def _file(data: bytes, name: str) -> HttpResponse:
    return HttpResponse(data, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})
