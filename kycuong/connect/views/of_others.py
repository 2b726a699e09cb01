"""That somebody in an administrator's care has an address of a calendar, or tells other programs; and that it can be taken back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from kycuong.connect.actions import remove_webhook_of, revoke_feed_of
from kycuong.connect.forms import WebhookReasonForm
from kycuong.connect.queries import feed_of
from kycuong.connect.queries.webhooks import kept_by
from kycuong.core.http import Request, page
from kycuong.orgs.authority import people_visible_to
from kycuong.orgs.models import Person
from kycuong.orgs.views.people import ensure_administers
from kycuong.signin.forms import ReasonForm
from kycuong.ui.forms import attempt


@never_cache
def feed(request: Request, uid: UUID) -> HttpResponse:
    """Since when, and when a program last asked; with POST and a reason it opens nothing any more."""
    ensure_administers(request.user, "person.change")
    found = get_object_or_404(people_visible_to(request.user).distinct(), uid=uid)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        done = attempt(form, lambda: revoke_feed_of(found, by=request.user, reason=form.cleaned_data["reason"]))
        if done is not None:
            messages.success(request, _("Đã thu hồi địa chỉ lịch; người ấy được báo."))
            return redirect("connect:feed_of", uid=uid)
    context = {
        **_around(found, _("Địa chỉ lịch của %(person)s"), _("Địa chỉ lịch")),
        "feed": feed_of(found),
        "form": form,
    }
    return page(request, "connect/feed_of.html", context=context, status=422 if form.errors else 200)


@never_cache
def webhooks(request: Request, uid: UUID) -> HttpResponse:
    """Where to, and since when; with POST and a reason nothing goes to that one any more."""
    ensure_administers(request.user, "person.change")
    found = get_object_or_404(people_visible_to(request.user).distinct(), uid=uid)
    rows = list(kept_by(found))
    form = WebhookReasonForm(request.POST or None, rows=rows)
    if form.is_valid():
        one = next(row for row in rows if str(row.uid) == form.cleaned_data["webhook"])
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: remove_webhook_of(one, by=request.user, reason=reason)) is not None:
            messages.success(request, _("Đã gỡ nơi nhận; người ấy được báo."))
            return redirect("connect:webhooks_of", uid=uid)
    context = {
        **_around(found, _("Nơi nhận tin của %(person)s"), _("Nơi nhận tin")),
        "webhooks": rows,
        "form": form,
    }
    return page(request, "connect/webhooks_of.html", context=context, status=422 if form.errors else 200)


def _around(found: Person, title: str, here: str) -> dict[str, Any]:
    person = [(_("Tài khoản"), reverse("orgs:people")), (found.full_name, reverse("orgs:person", args=[found.uid]))]
    return {"title": title % {"person": found.full_name}, "crumbs": [*person, (here, "")], "back": person[1][1]}
