"""Pages of one finding: changing it while the visit is a draft, taking it away, confirming that it was remedied."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kycuong.core.clock import today
from kycuong.core.http import Request
from kycuong.inspections import actions, authority
from kycuong.inspections.forms.conduct import FindingForm, RemedyForm
from kycuong.inspections.models import Finding
from kycuong.orgs.authority import authorize
from kycuong.ui.forms import attempt

from ._visit import shown


def change(request: Request, uid: UUID) -> HttpResponse:
    """Words, severity and term of a finding."""
    found = _finding(request, uid)
    authority.authorize(request.user, "visit.record", at=found.visit)
    initial = {"description": found.description, "severity": found.severity, "due_on": found.due_on}
    form = FindingForm(request.POST or None, initial=initial)
    if form.is_valid():
        done = attempt(form, lambda: actions.change_finding(found, by=request.user, **form.cleaned_data))
        if done is not None:
            messages.success(request, _("Đã lưu tồn tại."), extra_tags=f"kept:finding-{uid}")
            return redirect(found.visit)
    context = _about(found) | {"title": _("Sửa tồn tại"), "form": form, "keep": f"finding-{uid}"}
    return shown(request, found.visit, "ui/one_form.html", context, status=422 if form.is_bound else 200)


@require_POST
def remove(request: Request, uid: UUID) -> HttpResponse:
    """Take a finding away."""
    found = _finding(request, uid)
    visit = found.visit
    actions.remove_finding(found, by=request.user)
    messages.success(request, _("Đã bỏ tồn tại."))
    return redirect(visit)


def remedy(request: Request, uid: UUID) -> HttpResponse:
    """Confirm a remedy."""
    found = _finding(request, uid)
    authorize(request.user, "remedy.confirm", at=found.visit.inspection.lead)
    form = RemedyForm(request.POST or None, initial={"remedied_on": today()})
    if form.is_valid():
        done = attempt(form, lambda: actions.confirm_remedy(found, by=request.user, **form.cleaned_data))
        if done is not None:
            messages.success(request, _("Đã xác nhận khắc phục."), extra_tags=f"kept:remedy-{uid}")
            return redirect(found.visit)
    context = _about(found) | {"title": _("Xác nhận đã khắc phục"), "form": form, "keep": f"remedy-{uid}"}
    return shown(request, found.visit, "ui/one_form.html", context, status=422 if form.is_bound else 200)


def _about(found: Finding) -> dict[str, Any]:
    back = found.visit.get_absolute_url()
    return {"lead": found.description, "back": back, "crumbs": [(_("Lượt kiểm tra"), back), (_("Tồn tại"), "")]}


def _finding(request: Request, uid: UUID) -> Finding:
    found = Finding.objects.visible_to(request.user).select_related("visit__inspection__lead", "visit__unit")
    return get_object_or_404(found, uid=uid)
