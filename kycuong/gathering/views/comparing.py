"""Declared beside computed: agency by agency, one agency column by column with reasons, and everything as a file."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.core.http import Request, page, saved
from kycuong.gathering import actions
from kycuong.gathering.documents import export_file
from kycuong.gathering.forms import ReasonsForm
from kycuong.gathering.queries import compare, holding_files, standing_of
from kycuong.orgs.authority import authorize, units_visible_to
from kycuong.reports.views.files import TYPES, ensure_type
from kycuong.ui.forms import attempt

from ._pages import GATHER, crumbs, gathering_seen, may_gather

PER_PAGE = 20
"""Agencies directly below are counted together, deeper ones one by one: a page of them must not take longer than it is read."""


@require_safe
def overview(request: Request, uid: UUID) -> HttpResponse:
    """Each agency with how many columns differ, and who has not sent."""
    found = gathering_seen(request, uid)
    shown = Paginator(holding_files(found), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Tự khai và hệ thống đếm"),
        "found": found,
        "page": shown,
        "compared": compare(found, list(shown), request.user),
        "standing": standing_of(found),
        "crumbs": crumbs(found, (_("Đối chiếu"), "")),
    }
    return page(request, "gathering/comparison.html", context=context)


def agency(request: Request, uid: UUID, agency: str) -> HttpResponse:
    """One agency: each column declared, computed, the difference, and why; with POST the reasons are kept."""
    found = gathering_seen(request, uid)
    unit = get_object_or_404(units_visible_to(request.user), slug=agency)
    held = get_object_or_404(found.files.filter(state="confirmed", agency=unit).select_related("agency", "decided_by"))
    [compared] = compare(found, [held], request.user)
    form = ReasonsForm(compared, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        authorize(request.user, GATHER, at=found.scope)
        if form.is_valid():
            done = attempt(form, lambda: actions.give_reasons(found, unit, by=request.user, reasons=form.given()))
            if done is not None:
                messages.success(request, _("Đã lưu lý do."), extra_tags=f"kept:{request.path}")
                return redirect("gathering:agency", uid=found.uid, agency=unit.slug)
    context = {
        "title": compared.name,
        "found": found,
        "compared": compared,
        "form": form,
        "rows": form.rows(),
        "may": may_gather(request, found),
        "earlier": found.files.filter(state="superseded", agency=unit).order_by("-pk"),
        "keep": request.path,
        "crumbs": crumbs(found, (_("Đối chiếu"), f"{found.get_absolute_url()}comparison/"), (compared.name, "")),
    }
    return page(request, "gathering/agency.html", context=context, status=422 if form.errors else 200)


@require_safe
def export(request: Request, uid: UUID, form: str) -> HttpResponse:
    """Everything as a workbook (what was declared, the comparison, who has not sent), or the comparison as CSV."""
    ensure_type(form)
    found = gathering_seen(request, uid)
    return saved(
        export_file(found, form, request.user), TYPES[form], f"tu-khai-{found.scope.slug}-{found.last:%Y-%m-%d}.{form}"
    )
