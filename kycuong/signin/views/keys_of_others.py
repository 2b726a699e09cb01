"""Keys of programs of somebody in an administrator's care: that they are there, never their text, and that they can be taken back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kycuong.core.clock import today
from kycuong.core.http import Request, page
from kycuong.orgs.authority import people_visible_to
from kycuong.orgs.models import Person
from kycuong.orgs.views.people import ensure_administers
from kycuong.signin.actions.resetting import revoke_key_of
from kycuong.signin.forms import KeyReasonForm
from kycuong.signin.queries import keys_of
from kycuong.ui.forms import attempt


@never_cache
@require_safe
def keys(request: Request, uid: UUID) -> HttpResponse:
    """What they are called, what they may do, until when, when they were last used."""
    found = _person(request, uid)
    context = {
        "title": _("Khóa API của %(person)s") % {"person": found.full_name},
        "crumbs": _crumbs(found, _("Khóa API")),
        "person": found,
        "keys": keys_of(found),
        "day": today(),
    }
    return page(request, "signin/keys_of.html", context=context)


@never_cache
def revoke(request: Request, uid: UUID, key: UUID) -> HttpResponse:
    """With a reason, which the person reads."""
    found = _person(request, uid)
    one = get_object_or_404(keys_of(found), uid=key)
    form = KeyReasonForm(request.POST or None)
    if form.is_valid():
        done = attempt(form, lambda: revoke_key_of(one, by=request.user, reason=form.cleaned_data["reason"]))
        if done is not None:
            messages.success(request, _("Đã thu hồi khóa; người ấy được báo."))
            return redirect("signin:keys_of", uid=uid)
    context = {
        "title": _("Thu hồi khóa API “%(key)s”") % {"key": one.name},
        "lead": _("Chương trình dùng khóa này sẽ dừng ngay."),
        "crumbs": [*_crumbs(found, ""), (_("Thu hồi khóa"), "")],
        "form": form,
        "act": _("Thu hồi khóa"),
        "kind": "danger",
        "back": reverse("signin:keys_of", args=[uid]),
    }
    return page(request, "ui/one_form.html", context=context, status=422 if form.errors else 200)


def _person(request: Request, uid: UUID) -> Person:
    ensure_administers(request.user, "person.change")
    return get_object_or_404(people_visible_to(request.user).distinct(), uid=uid)


def _crumbs(found: Person, here: str) -> list[tuple[str, str]]:
    before = [(_("Tài khoản"), reverse("orgs:people")), (found.full_name, reverse("orgs:person", args=[found.uid]))]
    return [*before, (here, "")] if here else [*before, (_("Khóa API"), reverse("signin:keys_of", args=[found.uid]))]
