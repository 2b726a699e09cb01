"""Two versions side by side, and a version as a file."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.catalog.forms.reading import ComparisonForm
from kycuong.catalog.imports import version_as_sheet
from kycuong.catalog.models import Checklist
from kycuong.catalog.queries import compare
from kycuong.core.http import Request, page
from kycuong.sheets.writer import write_workbook

from .drafting import crumbs

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def comparison(request: Request) -> HttpResponse:
    """What was added, removed and changed, by code."""
    seen = Checklist.objects.visible_to(request.user).order_by("pk")
    form = ComparisonForm(request.GET or None, versions=seen)
    context = {"title": _("So sánh hai phiên bản"), "form": form, "crumbs": crumbs(_("So sánh"))}
    if form.is_valid():
        old, new = form.cleaned_data["old"], form.cleaned_data["new"]
        context |= {"old": old, "new": new, "comparison": compare(old, new)}
    return page(request, "catalog/comparison.html", context=context)


@require_safe
def export(request: Request, version: str) -> HttpResponse:
    """The version as a workbook that can be changed and read in again as a new draft."""
    found = get_object_or_404(Checklist.objects.visible_to(request.user), version=version)
    name = f"phieu-kiem-tra-{found.version}.xlsx"
    data = write_workbook([version_as_sheet(found)])
    return HttpResponse(data, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})
