"""Adding and taking away one's own second factors."""

from __future__ import annotations

from uuid import UUID

import segno
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from fido2.webauthn import AttestedCredentialData

from kycuong.core.http import Request, page
from kycuong.core.presence import ensure_fresh
from kycuong.signin.actions import factors
from kycuong.signin.forms import CodeForm, PasskeyForm
from kycuong.signin.models import Passkey, TotpSecret
from kycuong.signin.proving import passkeys, totp
from kycuong.signin.queries import factors_of
from kycuong.signin.rules import wrong_passkey
from kycuong.ui.forms import attempt

NEW_SECRET, ASKED = "totp_new", "passkey_new"
HAS_FACTOR = "factor"


@never_cache
def add_totp(request: Request) -> HttpResponse:
    """The square code, and a code of the app that shows that it was read."""
    ensure_fresh("factor.add_totp")  # before anything is scanned: a code does not wait
    person = request.user
    kept = request.session.get(NEW_SECRET)
    secret = totp.opened_or_none(kept, person) or totp.new_secret()
    form = CodeForm(request.POST or None)
    if form.is_valid() and (
        attempt(form, lambda: factors.add_totp(person, by=person, secret=secret, code=form.cleaned_data["code"]))
        is not None
    ):
        request.session.pop(NEW_SECRET, None)
        return added(request, _("Đã thêm ứng dụng tạo mã."))
    if kept is None or totp.opened_or_none(kept, person) is None:
        request.session[NEW_SECRET] = totp.sealed(secret, person)
    context = {
        "title": _("Thêm ứng dụng tạo mã"),
        "crumbs": crumbs(_("Ứng dụng tạo mã")),
        "form": form,
        "square": square(totp.address(secret, person)),
        "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
    }
    return page(request, "signin/totp.html", context=context, status=422 if form.errors else 200)


@require_POST
def remove_totp(request: Request) -> HttpResponse:
    """Take the app away."""
    factors.remove_totp(get_object_or_404(TotpSecret.objects.visible_to(request.user)), by=request.user)
    messages.success(request, _("Đã bỏ ứng dụng tạo mã."))
    return redirect("signin:security")


@require_POST
def passkey_options(request: Request) -> HttpResponse:
    """What the browser is to make."""
    options, state = passkeys.registration(request.get_host(), request.user)
    request.session[ASKED] = state
    return JsonResponse(options)


@never_cache
def add_passkey(request: Request) -> HttpResponse:
    """A passkey under a name."""
    ensure_fresh("factor.add_passkey")  # before the browser makes one: what it made is good for one answer
    person, form = request.user, PasskeyForm(request.POST or None)
    if form.is_valid():
        state = request.session.pop(ASKED, None)
        made = attempt(form, lambda: _made(request, state, form.cleaned_data["credential"]))
        if made and attempt(
            form, lambda: factors.add_passkey(person, by=person, name=form.cleaned_data["name"], made=made)
        ):
            return added(request, _("Đã thêm khóa truy cập."))
    context = {
        "title": _("Thêm khóa truy cập"),
        "crumbs": crumbs(_("Khóa truy cập")),
        "form": form,
        "host": passkeys.name_of(request.get_host()),
    }
    return page(request, "signin/passkey.html", context=context, status=422 if form.errors else 200)


@require_POST
def remove_passkey(request: Request, uid: UUID) -> HttpResponse:
    """Take a passkey away."""
    factors.remove_passkey(get_object_or_404(Passkey.objects.visible_to(request.user), uid=uid), by=request.user)
    messages.success(request, _("Đã bỏ khóa truy cập."))
    return redirect("signin:security")


@never_cache
@require_POST
def make_codes(request: Request) -> HttpResponse:
    """Ten new codes, on the page that answers and nowhere else."""
    if not factors_of(request.user).any:
        messages.error(request, _("Mã khôi phục chỉ có nghĩa khi đã có lớp bảo vệ thứ hai; hãy thêm một lớp trước."))
        return redirect("signin:security")
    told = factors.make_codes(request.user, by=request.user)
    context = {"title": _("Mã khôi phục"), "crumbs": crumbs(_("Mã khôi phục")), "codes": told}
    return page(request, "signin/codes.html", context=context)


def added(request: Request, words: str) -> HttpResponse:
    """The first factor brings recovery codes along: on the day on which the phone is lost they cannot be made any more."""
    update_session_auth_hash(request, request.user)  # the first factor ended every session: this one showed it
    request.session[HAS_FACTOR] = True
    messages.success(request, words)
    return redirect("signin:security") if factors_of(request.user).codes else make_codes(request)


def square(text: str) -> SafeString:
    """The square code as a drawing inside the page: no image of its own, so no address that gives the secret away."""
    # Without a size of its own it fills its place whole; with one its right and lower edge would be cut off.
    drawn = segno.make(text, error="m").svg_inline(border=4, omitsize=True, dark="#000", light="#fff")
    return mark_safe(drawn)  # noqa: S308 - drawn by segno from squares


def crumbs(here: str) -> list[tuple[str, str]]:
    return [(_("Bảo mật tài khoản"), reverse("signin:security")), (here, "")]


def _made(request: Request, state: dict[str, object] | None, answer: str) -> AttestedCredentialData:
    if state is None:
        raise wrong_passkey()
    return passkeys.registered(request.get_host(), state, answer)
