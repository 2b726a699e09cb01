"""Signing in beyond the password: the second factor, a passkey by itself, the identity provider of the province."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from kycuong.core.http import Request, page, problem_response
from kycuong.core.presence import ensure_fresh
from kycuong.core.problems import BadInput, Missing, NotAllowed, ProviderDown
from kycuong.core.speaking import told as in_language
from kycuong.orgs.models import Person
from kycuong.signin.actions.factors import note_failed_passkey, use_code
from kycuong.signin.actions.keys import link_identity
from kycuong.signin.forms import SecondForm
from kycuong.signin.models import Passkey
from kycuong.signin.proving import guesses, passkeys, provider
from kycuong.signin.queries import factors_of, person_linked
from kycuong.signin.rules import wrong_code, wrong_passkey
from kycuong.signin.store import OTHERWISE
from kycuong.ui.forms import tell

from .stages import PROVED_BY_PASSKEY, pending

ASKED, KEPT, LINKING, FOUND = "passkey_asked", "provider_kept", "provider_linking", "provider_found"


@login_not_required
@never_cache
@sensitive_post_parameters("code")
def second(request: HttpRequest) -> HttpResponse:
    """The second factor of somebody whose password was right."""
    stage = pending(request)
    if stage is None:  # a phone comes here with any session that is not whole: to add the first factor, or to begin
        return redirect("signin:security" if request.user.is_authenticated else "account_login")
    person, form = stage.login.user, SecondForm(request.POST or None)
    if form.is_valid():
        guess = guesses.begin_guess_of(person, guesses.SECOND)
        if use_code(person, by=person, code=form.cleaned_data["code"]):
            guesses.was_right(guess)
            return entered(stage)
        tell(form, wrong_code())
    context = {"form": form, "factors": factors_of(person)}
    return page(request, "signin/second.html", context=context, status=422 if form.errors else 200)


@login_not_required
@never_cache
@require_POST
def passkey_options(request: HttpRequest) -> HttpResponse:
    """What the browser is to sign: by anybody's key at the door, by one's own where somebody stands already."""
    stage = pending(request)
    person = stage.login.user if stage else request.user if isinstance(request.user, Person) else None
    options, state = passkeys.assertion(request.get_host(), person)
    request.session[ASKED] = state
    return JsonResponse(options)


@login_not_required
@never_cache
@require_POST
def passkey(request: HttpRequest) -> HttpResponse:
    """Signing in with a passkey: instead of name and password, or as their second factor. No number of wrong passwords stops it."""
    stage = pending(request)
    asked = ASKED in request.session
    guess = guesses.begin_guess_of(stage.login.user, guesses.PASSKEY) if stage is not None else None
    try:
        key = signed(request)
        if stage is not None and stage.login.user.pk != key.person_id:
            raise wrong_passkey()
    except BadInput as problem:
        if stage is not None and asked:  # without a challenge nothing was tried
            note_failed_passkey(stage.login.user, by=stage.login.user)
        messages.error(request, in_language(problem.vi, problem.en))
        return redirect("signin:second" if stage is not None else "account_login")
    if stage is not None and guess is not None:
        guesses.was_right(guess)
        return entered(stage)
    return enter(request, key.person, by_passkey=True)


def signed(request: HttpRequest) -> Passkey:
    """The key that signed what this session was asked, once."""
    state = request.session.pop(ASKED, None)
    if state is None:
        raise wrong_passkey()
    return passkeys.asserted(request.get_host(), state, request.POST.get("credential", ""))


def entered(stage: Any) -> HttpResponse:
    answer: HttpResponse = stage.exit()
    return answer


def enter(request: HttpRequest, person: Person, *, by_passkey: bool = False) -> HttpResponse:
    """In, unless the account is closed or a second factor is still to be shown."""
    if by_passkey:
        setattr(request, PROVED_BY_PASSKEY, person.pk)
    request.session[OTHERWISE] = str(person.uid)
    answer: HttpResponse = perform_login(request, Login(user=person))
    return answer


@login_not_required
@never_cache
@require_POST
def provider_begin(request: HttpRequest) -> HttpResponse:
    """Off to the provider, by a button only; whoever is signed in comes back with an identity to be linked. By a page that leads on, and
    no redirect: our policy lets no form go elsewhere, and browsers count what a form is redirected to."""
    ensure_provider()
    if request.user.is_authenticated:
        ensure_fresh("identity.link")  # before the way there: what comes back is good for one use
    place, kept = provider.begin(_back(request))
    request.session[KEPT] = kept
    request.session[LINKING] = request.user.is_authenticated
    context = {"title": _("Sang cổng đăng nhập"), "place": place, "name": provider.name()}
    return page(request, "signin/leaving.html", context=context)


@login_not_required
@never_cache
@require_safe
def provider_back(request: HttpRequest) -> HttpResponse:
    """Back from the provider. An identity that nobody linked opens nothing, and makes no account."""
    ensure_provider()
    kept, linking = request.session.pop(KEPT, None), request.session.pop(LINKING, False)
    try:
        identity = provider.complete(kept, request.GET.dict(), _back(request))
    except (NotAllowed, ProviderDown) as problem:
        return problem_response(request, problem)
    if linking and isinstance(request.user, Person):
        request.session[FOUND] = [str(request.user.uid), *identity]
        return redirect("signin:link")
    person = person_linked(*identity)
    if person is None:
        raise NotAllowed(
            "Danh tính này chưa được gắn với tài khoản nào. Hãy đăng nhập bằng tên và mật khẩu, mở Bảo mật tài khoản rồi gắn; hoặc "
            "nhờ quản trị hệ thống gắn.",
            en="This identity is linked to no account. Sign in with name and password and link it on the page of account security, "
            "or ask the administrator.",
        )
    return enter(request, person)


@never_cache
def link(request: Request) -> HttpResponse:
    """The identity that came back, shown before it is linked by a button: a link in a mail leads nobody into linking another's."""
    ensure_provider()
    owner, *found = request.session.get(FOUND) or [""]
    if owner != str(request.user.uid):
        return redirect("signin:security")
    identity = provider.Identity(*found)
    if request.method == "POST":
        link_identity(request.user, identity, by=request.user)
        del request.session[FOUND]
        messages.success(request, _("Đã gắn danh tính của tỉnh với tài khoản này."))
        return redirect("signin:security")
    context = {"title": _("Gắn danh tính của tỉnh"), "identity": identity, "back": reverse("signin:security")}
    return page(request, "signin/link.html", context=context)


def ensure_provider() -> None:
    if not settings.OIDC:
        raise Missing("Hệ thống này không dùng cổng đăng nhập một lần.", en="This system has no identity provider.")


def _back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("signin:provider_back"))
