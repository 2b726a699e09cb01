"""The page of the installation, its measurements for a monitoring server, and whom to tell of a weakness."""

from __future__ import annotations

import hmac
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.backups.rules import made_at_of
from kycuong.backups.store import Folder, remembered
from kycuong.core.clock import now
from kycuong.core.http import Request, page
from kycuong.orgs.authority import authorize_somewhere

from .measuring import exposition
from .queries import findings
from .queries.beginning import steps
from .rules import State, worst

SHOWN = 20


@require_safe
def installation(request: Request) -> HttpResponse:
    """Every check with its cure, and the backups that are there."""
    authorize_somewhere(request.user, "tick.see")
    found = findings()
    names = Folder(Path(settings.BACKUP_FOLDER)).archives() if settings.BACKUP_FOLDER else []
    context = {
        "title": _("Tình trạng hệ thống"),
        "bad": [one for one in found if one.state is not State.GOOD],
        "good": [one for one in found if one.state is State.GOOD],
        "worst": worst(found),
        "archives": [(name, made_at_of(name)) for name in names[:SHOWN]],
        "count": len(names),
        "drill": remembered("drill"),
    }
    return page(request, "upkeep/installation.html", context=context)


@require_safe
def start(request: Request) -> HttpResponse:
    """The first hour of a new installation, step by step."""
    authorize_somewhere(request.user, "tick.see")
    found = steps()
    context = {"title": _("Bắt đầu"), "steps": found, "done": sum(step.done for step in found)}
    return page(request, "upkeep/start.html", context=context)


@login_not_required
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """For Prometheus and its kin, who show the token of KYCUONG_METRICS_TOKEN; without one there is no such page."""
    wanted = f"Bearer {settings.METRICS_TOKEN}"
    given = request.headers.get("Authorization", "")
    if not settings.METRICS_TOKEN or not hmac.compare_digest(given.encode(), wanted.encode()):
        raise Http404
    body, kind = exposition()
    return HttpResponse(body, content_type=kind, headers={"Cache-Control": "no-store"})


@login_not_required
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116: whom to tell of a weakness, valid for a while from now."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    expires = (now() + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    lines = [f"Contact: {settings.SECURITY_CONTACT}", f"Expires: {expires}", "Preferred-Languages: vi, en"]
    if settings.BASE_URL:
        lines.append(f"Canonical: {settings.BASE_URL.rstrip('/')}/.well-known/security.txt")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
