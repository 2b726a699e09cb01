"""«Xác nhận lại là bạn»: before an act that binds an office, a proof of presence; what was typed goes on afterwards."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django_htmx.http import HttpResponseClientRedirect

from kycuong.core.clock import now
from kycuong.core.http import Request, page, problem_response
from kycuong.core.problems import BadInput, StepUpNeeded
from kycuong.core.sealing import keyring
from kycuong.orgs.models import Person
from kycuong.signin.actions.factors import use_code
from kycuong.signin.forms import ConfirmForm
from kycuong.signin.proving import guesses
from kycuong.signin.queries import Factors, factors_of
from kycuong.signin.rules import wrong_passkey
from kycuong.ui.forms import attempt

from .entering import signed

WAITING, PROVED = "waiting", "proved"
MOST = 200_000
"""Letters of a form that are kept; no form of ours is as long."""


def hold(request: HttpRequest, problem: StepUpNeeded) -> HttpResponse:
    """Keep what was sent, sealed, and ask for the proof first. Files cannot be kept: the page before still has the rest."""
    assert isinstance(request.user, Person)
    typed = urlencode([pair for name in request.POST for pair in _pairs(request, name)])
    if request.FILES or len(typed) > MOST:
        return problem_response(
            request, problem, next_step=_("Xác nhận ở /confirm/, rồi về trang trước và gửi lại kèm tệp.")
        )
    waiting = {"what": problem.what, "method": request.method, "path": request.get_full_path(), "typed": typed}
    request.session[WAITING] = keyring().seal(json.dumps(waiting), about=_about(request.user))
    return HttpResponseClientRedirect("/confirm/") if request.headers.get("HX-Request") else redirect("signin:confirm")


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
            messages.error(request, problem.vi)
            return redirect("signin:confirm")
    else:
        shown = form.is_valid() and attempt(form, lambda: _by_words(form, person, factors))
    if shown:
        request.session[PROVED] = int(now().timestamp())
        return go_on(request, waiting)
    context = {"title": _("Xác nhận lại là bạn"), "form": form, "factors": factors, "waiting": waiting}
    return page(request, "signin/confirm.html", context=context, status=422 if form.errors else 200)


def go_on(request: Request, waiting: dict[str, Any]) -> HttpResponse:
    """To where the person was; a form that was sent goes on with one button, its fields as they were."""
    request.session.pop(WAITING, None)
    if waiting.get("method") != "POST":
        return redirect(waiting.get("path") or "signin:security")
    context = {
        "title": _("Đã xác nhận"),
        "what": waiting["what"],
        "path": waiting["path"],
        "fields": parse_qsl(waiting["typed"], keep_blank_values=True, max_num_fields=5000),
    }
    return page(request, "signin/go_on.html", context=context)


def held(request: Request) -> dict[str, Any]:
    """What waits for the proof; empty when nothing does."""
    text = request.session.get(WAITING)
    found: dict[str, Any] = json.loads(keyring().unseal(text, about=_about(request.user))) if text else {}
    return found


def _by_passkey(request: Request) -> bool:
    if signed(request).person_id != request.user.pk:
        raise wrong_passkey()
    return True


def _by_words(form: ConfirmForm, person: Person, factors: Factors) -> bool:
    """Both are looked at before either is told of: who holds a stolen session learns nothing about the password alone."""
    guess = guesses.begin_guess(person.username)
    right = person.check_password(form.cleaned_data["password"])
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
