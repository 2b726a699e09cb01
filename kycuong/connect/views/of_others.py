"""That somebody in an administrator's care has an address of a calendar, never the address; and that it can be taken back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from kycuong.connect.actions import revoke_feed_of
from kycuong.connect.queries import feed_of
from kycuong.core.http import Request, page
from kycuong.orgs.authority import people_visible_to
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
    person = [(_("Tài khoản"), reverse("orgs:people")), (found.full_name, reverse("orgs:person", args=[found.uid]))]
    context = {
        "title": _("Địa chỉ lịch của %(person)s") % {"person": found.full_name},
        "crumbs": [*person, (_("Địa chỉ lịch"), "")],
        "feed": feed_of(found),
        "form": form,
        "back": person[1][1],
    }
    return page(request, "connect/feed_of.html", context=context, status=422 if form.errors else 200)
