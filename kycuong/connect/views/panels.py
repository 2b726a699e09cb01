"""What other programs are told by an account, on the page of its security: an intruder's destination outlives a new password."""

from __future__ import annotations

from django.template.loader import render_to_string

from kycuong.connect.queries.webhooks import destinations_of
from kycuong.core.http import Request


def webhooks(request: Request) -> str:
    """Where one's account sends to by itself, and where to take it away; nothing where it sends nowhere."""
    found = list(destinations_of(request.user))
    return render_to_string("connect/webhooks_panel.html", {"webhooks": found}, request) if found else ""
