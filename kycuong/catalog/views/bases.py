"""Pages of legal documents: the list with what rests on each, and the editor."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.catalog import actions
from kycuong.catalog.forms.bases import BasisForm
from kycuong.catalog.models import LegalBasis, province
from kycuong.catalog.queries import bases_with_use
from kycuong.core.clock import today
from kycuong.core.http import Request, page
from kycuong.orgs.authority import authorize, can
from kycuong.orgs.rules import FOREVER
from kycuong.ui.forms import attempt

from .drafting import WRITE, revision

ALWAYS = actions.ALWAYS


@require_safe
def bases(request: Request) -> HttpResponse:
    """All documents: those in force, those that have ended, who replaced them, what is not yet reviewed."""
    day = today()
    seen = list(bases_with_use(LegalBasis.objects.visible_to(request.user)))
    context = {
        "title": _("Căn cứ pháp lý"),
        "standing": [basis for basis in seen if basis.valid_to > day],
        "ended": [basis for basis in seen if basis.valid_to <= day],
        "always": ALWAYS,
        "unreviewed": sum(basis.reviewed_on is None for basis in seen),
        "may_write": _may_write(request),
        "crumbs": _crumbs(),
    }
    return page(request, "catalog/bases.html", context=context)


def new(request: Request) -> HttpResponse:
    """Add a document."""
    authorize(request.user, WRITE, at=province())
    others = LegalBasis.objects.visible_to(request.user)
    form = BasisForm(request.POST or None, others=others, is_new=True)
    if form.is_valid():
        done = attempt(form, lambda: actions.add_basis(by=request.user, **form.document))
        if done is not None:
            messages.success(request, _("Đã thêm %(number)s.") % {"number": done}, extra_tags="kept:basis-new")
            return redirect("catalog:bases")
    return _page(request, _("Thêm căn cứ pháp lý"), form, {"keep": "basis-new"})


def change(request: Request, uid: UUID) -> HttpResponse:
    """Correct a document, say by what it was replaced or when it was reviewed."""
    found = get_object_or_404(LegalBasis.objects.visible_to(request.user), uid=uid)
    authorize(request.user, WRITE, at=province())
    others = LegalBasis.objects.visible_to(request.user).exclude(pk=found.pk)
    form = BasisForm(request.POST or None, initial=_initial(found), others=others, is_new=False)
    if form.is_valid():
        held = revision(request, found)
        done = attempt(form, lambda: actions.change_basis(found, by=request.user, revision=held, **form.document))
        if done is not None:
            messages.success(request, _("Đã lưu %(number)s.") % {"number": done}, extra_tags=f"kept:basis-{uid}")
            return redirect("catalog:bases")
        found.refresh_from_db()
    return _page(request, str(found), form, {"keep": f"basis-{uid}", "held": found})


def _initial(found: LegalBasis) -> dict[str, Any]:
    initial = {name: getattr(found, name) for name in ("title", "issued_on", "replaced_by", "reviewed_on")}
    initial["valid_from"] = None if found.valid_from == ALWAYS else found.valid_from
    initial["last"] = None if found.valid_to == FOREVER else found.valid_to - timedelta(days=1)
    return initial


def _may_write(request: Request) -> bool:
    top = province()
    return top is not None and can(request.user, WRITE, at=top)


def _page(request: Request, title: str, form: BasisForm, about: dict[str, Any]) -> HttpResponse:
    context = {"title": title, "form": form, "crumbs": _crumbs(title), "back": reverse("catalog:bases"), **about}
    return page(request, "catalog/one_form.html", context=context, status=422 if form.is_bound else 200)


def _crumbs(last: str = "") -> list[tuple[str, str]]:
    above = [(_("Tiêu chí"), reverse("catalog:checklists"))]
    bases = reverse("catalog:bases")
    return [*above, (_("Căn cứ pháp lý"), bases if last else ""), *([(last, "")] if last else [])]
