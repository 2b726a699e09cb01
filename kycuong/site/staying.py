"""What a page of a person needs to know when it is left alone: whose session it is, how long it lasts, and the key of what the tab keeps."""

from __future__ import annotations

from base64 import b64encode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kycuong.core.middleware import seconds_left
from kycuong.orgs.models import Person


@login_not_required
@never_cache
@require_safe
def session(request: HttpRequest) -> HttpResponse:
    """Asked by pages that nobody touches: it prolongs nothing (core.middleware.SessionLimits), but `?typing` does: somebody is at work there."""
    person = request.user
    if not isinstance(person, Person) or not person.is_active:
        return JsonResponse({"person": "", "left": 0})
    return JsonResponse({"person": str(person.uid), "left": seconds_left(request.session)})


def keep_key(person: Person) -> str:
    """256 bits in base64, the same in every session of the person: with it the browser seals what is typed and not saved (ADR 0038)."""
    return b64encode(salted_hmac("kycuong.ui.keep", str(person.uid), algorithm="sha256").digest()).decode()
