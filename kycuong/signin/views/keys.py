"""Keys of one's own programs, one's identity at the provider, and an administrator's help for who lost a phone."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from kycuong.core.http import Request, page
from kycuong.core.presence import ensure_fresh
from kycuong.orgs.authority import people_visible_to
from kycuong.orgs.views.people import ensure_administers
from kycuong.signin.actions.keys import make_key, revoke_key, unlink_identity
from kycuong.signin.actions.resetting import reset_factors
from kycuong.signin.forms import KeyForm, ReasonForm
from kycuong.signin.models import AccessKey, IdentityLink
from kycuong.ui.forms import attempt

from .factors import crumbs


@never_cache
def new_key(request: Request) -> HttpResponse:
    """A key; its text is on the page that answers, and nowhere else."""
    ensure_fresh("key.make")
    form = KeyForm(request.POST or None)
    if form.is_valid():
        made = attempt(form, lambda: make_key(request.user, by=request.user, **form.cleaned_data))
        if made:
            context = {"title": _("Khóa API mới"), "crumbs": crumbs(_("Khóa API")), "key": made[0], "token": made[1]}
            return page(request, "signin/key.html", context=context)
    context = {
        "title": _("Tạo khóa API"),
        "crumbs": crumbs(_("Khóa API")),
        "form": form,
        "act": _("Tạo khóa"),
        "back": reverse("signin:security"),
    }
    return page(request, "ui/one_form.html", context=context, status=422 if form.errors else 200)


@require_POST
def revoke(request: Request, uid: UUID) -> HttpResponse:
    """The key opens nothing any more."""
    revoke_key(get_object_or_404(AccessKey.objects.visible_to(request.user), uid=uid), by=request.user)
    messages.success(request, _("Đã thu hồi khóa."))
    return redirect("signin:security")


@require_POST
def unlink(request: Request, uid: UUID) -> HttpResponse:
    """The identity opens this account no more."""
    unlink_identity(get_object_or_404(IdentityLink.objects.visible_to(request.user), uid=uid), by=request.user)
    messages.success(request, _("Đã bỏ gắn."))
    return redirect("signin:security")


@never_cache
def reset(request: Request, uid: UUID) -> HttpResponse:
    """Somebody in one's care lost phone or token."""
    ensure_administers(request.user, "person.change")
    person = get_object_or_404(people_visible_to(request.user).distinct(), uid=uid)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        count = attempt(form, lambda: reset_factors(person, by=request.user, reason=form.cleaned_data["reason"]))
        if count is not None:
            messages.success(request, _("Đã đặt lại lớp bảo vệ thứ hai; mọi phiên của người ấy đã kết thúc."))
            return redirect("orgs:person", uid=uid)
    context = {
        "title": _("Đặt lại lớp bảo vệ của %(person)s") % {"person": person.full_name},
        "lead": _(
            "Ứng dụng tạo mã, khóa truy cập, mã khôi phục, khóa API bị bỏ; mọi phiên kết thúc; người ấy được báo."
        ),
        "crumbs": [(_("Tài khoản"), reverse("orgs:people")), (person.full_name, reverse("orgs:person", args=[uid]))],
        "form": form,
        "act": _("Đặt lại"),
        "kind": "danger",
        "back": reverse("orgs:person", args=[uid]),
    }
    return page(request, "ui/one_form.html", context=context, status=422 if form.errors else 200)
