"""What the pages of self-checks share: finding a record, the way back, a page that asks once."""

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

from kycuong.core.http import Request, page
from kycuong.selfchecks.models import SelfCheck, SelfCheckCampaign
from kycuong.ui.forms import attempt


def campaign_seen(request: Request, uid: UUID) -> SelfCheckCampaign:
    found = SelfCheckCampaign.objects.visible_to(request.user)
    return get_object_or_404(found.select_related("authority", "checklist", "sent_by", "closed_by"), uid=uid)


def check_seen(request: Request, uid: UUID) -> SelfCheck:
    found = SelfCheck.objects.visible_to(request.user)
    related = found.select_related("campaign__authority", "campaign__checklist", "unit", "submitted_by")
    return get_object_or_404(related.prefetch_related("reopenings"), uid=uid)


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Tự kiểm tra"), reverse("selfchecks:list")), *more]


def asked_once(
    request: Request,
    found: SelfCheck | SelfCheckCampaign,
    form: forms.Form | None,
    act: Callable[[], object],
    said: dict[str, Any],
    *,
    done: str,
    then: str = "",
) -> HttpResponse:
    """A page with one form, or one question, that is answered by one act."""
    bound = form if form is not None else forms.Form(request.POST or None)
    if bound.is_valid() and attempt(bound, act) is not None:
        messages.success(request, done, extra_tags=f"kept:{request.path}")
        return redirect(then or found)
    back = found.get_absolute_url()
    shown = bound if bound.errors else form
    context = {"form": shown, "keep": request.path, "version": found.version, "back": back, **said}
    called = found.campaign.title if isinstance(found, SelfCheck) else found.title
    context["crumbs"] = crumbs((called, back), (said["title"], ""))
    return page(request, "ui/one_form.html", context=context, status=422 if bound.errors else 200)
