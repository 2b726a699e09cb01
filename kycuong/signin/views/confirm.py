"""«Xác nhận lại là bạn»: before an act that binds an office, a proof of presence; what was typed goes on afterwards."""

from __future__ import annotations

import json
import secrets
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django_htmx.http import HttpResponseClientRedirect

from kycuong.core.clock import now
from kycuong.core.http import Request, page, problem_response
from kycuong.core.problems import BadInput, StepUpNeeded
from kycuong.core.sealing import SealBroken, keyring
from kycuong.core.speaking import told as in_language
from kycuong.orgs.models import Person
from kycuong.signin.actions.factors import use_code
from kycuong.signin.forms import ConfirmForm
from kycuong.signin.proving import guesses
from kycuong.signin.queries import Factors, factors_of
from kycuong.signin.rules import wrong_passkey
from kycuong.signin.store import has_lent_password
from kycuong.ui.forms import attempt

from .entering import signed

WAITING, PROVED = "waiting", "proved"
NAME, SENT, MOST_WAITING = "w", "confirmed_form", 5
"""Which of the waiting is meant, in the address and in the form that goes on; how many are kept."""
SECRETS = ("password", "oldpassword", "password1", "password2")
MOST = 200_000
"""Letters of a form that are kept; no form of ours is as long."""


def hold(request: HttpRequest, problem: StepUpNeeded) -> HttpResponse:
    """Keep what was sent, sealed, and ask for the proof first. Files cannot be kept: the page before still has the rest."""
    assert isinstance(request.user, Person)
    if any(name in request.POST for name in SECRETS):
        return _wait(request, {"what": problem.what, "method": "GET", "path": request.get_full_path(), "typed": ""})
    typed = urlencode([pair for name in request.POST for pair in _pairs(request, name)])
    if request.FILES or len(typed) > MOST:
        return problem_response(
            request, problem, next_step=_("Xác nhận ở /confirm/, rồi về trang trước và gửi lại kèm tệp.")
        )
    waiting = {"what": problem.what, "method": request.method, "path": request.get_full_path(), "typed": typed}
    waiting["back"] = _page_before(request)
    return _wait(request, waiting)


def _wait(request: HttpRequest, waiting: dict[str, Any]) -> HttpResponse:
    """Each under a name of its own, a few: two windows of one browser do not overwrite each other's."""
    assert isinstance(request.user, Person)
    name = secrets.token_urlsafe(9)
    sealed = keyring().seal(json.dumps(waiting), about=_about(request.user))
    before = [*_kept(request).items()][1 - MOST_WAITING :]
    request.session[WAITING] = dict([*before, (name, sealed)])
    place = f"{reverse('signin:confirm')}?{NAME}={name}"
    return HttpResponseClientRedirect(place) if request.headers.get("HX-Request") else redirect(place)


def sent_on(request: HttpRequest) -> None:
    """The form that waited was sent: now it may go."""
    kept = _kept(request)
    if (
        kept
        and request.content_type == "application/x-www-form-urlencoded"
        and kept.pop(request.POST.get(SENT, ""), "")
    ):
        request.session[WAITING] = kept


def _kept(request: HttpRequest) -> dict[str, str]:
    found = request.session.get(WAITING)
    return dict(found) if isinstance(found, dict) else {}


@never_cache
@sensitive_post_parameters("password", "code")
def confirm(request: Request) -> HttpResponse:
    """Password and second factor, or a passkey alone."""
    person, waiting = request.user, held(request)
    factors = factors_of(person)
    form = ConfirmForm(request.POST if request.method == "POST" else None, coded=factors.any)
    if request.POST.get("credential"):
        try:
            shown: object = _by_passkey(request)
        except BadInput as problem:
            messages.error(request, in_language(problem.vi, problem.en))
            return redirect(request.get_full_path())
    else:
        shown = form.is_valid() and attempt(form, lambda: _by_words(form, person, factors, lent=_lends(request)))
    if shown:
        request.session[PROVED] = int(now().timestamp())
        return go_on(request, waiting)
    context = {"title": _("Xác nhận lại là bạn"), "form": form, "factors": factors, "waiting": waiting}
    context["what"] = translation.gettext(waiting["what"]) if waiting.get("what") else ""
    context["query"] = f"?{urlencode({NAME: request.GET[NAME]})}" if NAME in request.GET else ""
    return page(request, "signin/confirm.html", context=context, status=422 if form.errors else 200)


def go_on(request: Request, waiting: dict[str, Any]) -> HttpResponse:
    """To where the person was; a form that was sent goes on with one button, its fields as they were."""
    if waiting.get("method") != "POST":
        _forget(request)
        return redirect(waiting.get("path") or "signin:security")
    context = {
        "title": _("Đã xác nhận"),
        "what": translation.gettext(waiting["what"]),
        "path": waiting["path"],
        "name": request.GET.get(NAME, ""),
        "back": waiting.get("back") or reverse("signin:security"),
        "fields": parse_qsl(waiting["typed"], keep_blank_values=True, max_num_fields=5000),
    }
    return page(request, "signin/go_on.html", context=context)


def held(request: Request) -> dict[str, Any]:
    """What waits for the proof; empty when nothing does."""
    text = _kept(request).get(request.GET.get(NAME, ""))
    try:
        found: dict[str, Any] = json.loads(keyring().unseal(text, about=_about(request.user))) if text else {}
    except SealBroken:  # the key was changed meanwhile: what was typed is lost, the way is not
        return {}
    return found


def _forget(request: Request) -> None:
    kept = _kept(request)
    kept.pop(request.GET.get(NAME, ""), None)
    request.session[WAITING] = kept


def _page_before(request: HttpRequest) -> str:
    """Where the form stood: its own address may answer to nothing but the button."""
    before = urlsplit(request.headers.get("Referer", ""))
    if before.netloc != request.get_host() or not before.path.startswith("/") or before.path.startswith("//"):
        return ""
    return f"{before.path}?{before.query}" if before.query else before.path


def _by_passkey(request: Request) -> bool:
    if signed(request).person_id != request.user.pk:
        raise wrong_passkey()
    return True


def _lends(request: Request) -> bool:
    """Whether a password that somebody else was told proves nothing here: but on the way to replacing it, where it opens nothing else."""
    return request.user.password_ends_at is not None and not has_lent_password(request.session, request.user)


def _by_words(form: ConfirmForm, person: Person, factors: Factors, *, lent: bool) -> bool:
    """Both are looked at before either is told of: who holds a stolen session learns nothing about the password alone."""
    guess = guesses.begin_guess_of(person, guesses.AGAIN)
    right = person.check_password(form.cleaned_data["password"]) and not lent and not person.password_is_over
    if right and factors.any:
        right = use_code(person, by=person, code=form.cleaned_data["code"])
    if not right:
        raise BadInput(
            "Mật khẩu hoặc mã chưa đúng. Hãy gõ lại; mã đã dùng thì chờ mã kế tiếp.",
            en="The password or the code is wrong. Type them again; a used code is not taken twice.",
        )
    guesses.was_right(guess)
    return True


def _pairs(request: HttpRequest, name: str) -> list[tuple[str, str]]:
    return [(name, value) for value in request.POST.getlist(name)] if name != "csrfmiddlewaretoken" else []


def _about(person: Person) -> str:
    return f"waiting {person.uid}"
