"""Between the password and the door: who has a second factor shows it, too."""

from __future__ import annotations

from typing import Any

from allauth.account.stages import LoginStage, LoginStageController
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare

from kycuong.signin.queries import has_factor

PROVED_BY_PASSKEY, BEGUN_WITH = "_proved_by_passkey", "second_begun_with"


class SecondFactorStage(LoginStage):  # type: ignore[misc]  # allauth carries no types
    """Holds up signing in until the second factor is shown. A passkey that verified its user is two factors in one."""

    key = "second"
    urlname = "signin:second"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        person = self.login.user
        if person is None or getattr(self.request, PROVED_BY_PASSKEY, None) == person.pk or not has_factor(person):
            return None, True
        self.request.session[BEGUN_WITH] = person.get_session_auth_hash()
        return redirect("signin:second"), True


def pending(request: HttpRequest) -> Any | None:
    """The stage at which this browser stands, with the person whose password was right; None when it stands nowhere."""
    stage = None if request.user.is_authenticated else LoginStageController.enter(request, SecondFactorStage.key)
    person = stage.login.user if stage else None
    if person is None or not person.is_active:
        return None
    begun = request.session.get(BEGUN_WITH, "")  # another password or a raised epoch ends half-open doors, too
    return stage if constant_time_compare(begun, person.get_session_auth_hash()) else None
