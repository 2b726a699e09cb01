"""What the pages of follow-up share: finding a recommendation, a page with one form that is answered by one act."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from kycuong.core.clock import today
from kycuong.core.http import Request, page
from kycuong.followup.models import Recommendation
from kycuong.followup.queries import unit_names
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Unit
from kycuong.ui.forms import attempt


def seen(request: Request, uid: UUID) -> Recommendation:
    found = Recommendation.objects.visible_to(request.user).select_related(
        "visit__inspection__lead", "visit__unit", "unit", "issued_to", "legal_basis", "acknowledged_by", "settled_by"
    )
    return get_object_or_404(found, uid=uid)


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Kiến nghị"), reverse("followup:recommendations")), *more]


def called(found: Recommendation) -> str:
    """The unit and the beginning of the words: how headings and menus call it."""
    name = unit_names([found], today=today())[found.unit_id]
    words = found.text if len(found.text) <= 70 else f"{found.text[:70].rsplit(' ', 1)[0]}…"
    return f"{name}: {words}"


def asked(
    request: Request,
    found: Recommendation,
    verb: str,
    at: Unit,
    form: forms.Form | None,
    act: Callable[[], object],
    title: str,
    done: str,
    *,
    label: str = "",
    files: bool = False,
    lead: str = "",
) -> HttpResponse:
    """A page with one form, answered by one act; back to the recommendation."""
    authorize(request.user, verb, at=at)
    bound = form if form is not None else forms.Form(request.POST or None)
    keep = request.path
    if bound.is_valid() and attempt(bound, act) is not None:
        messages.success(request, done, extra_tags=f"kept:{keep}")
        return redirect(found)
    context: dict[str, Any] = {
        "title": title,
        "lead": lead or found.text,
        "form": form,
        "keep": keep,
        "act": label,
        "files": files,
        "version": found.version,
        "back": found.get_absolute_url(),
        "crumbs": crumbs((called(found), found.get_absolute_url()), (title, "")),
    }
    return page(request, "ui/one_form.html", context=context, status=422 if bound.is_bound else 200)
