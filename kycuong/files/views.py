"""How a stored file reaches a browser: alone, as what it is, with nothing that it could do there."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

ALONE = "sandbox; default-src 'none'; frame-ancestors 'none'"
"""What a stored file may do in a browser: nothing."""


def sent(data: bytes, kind: str, name: str, *, away: bool = False) -> HttpResponse:
    """The bytes under their name; `away` to be saved, not shown."""
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(away, name) or "attachment"
    response["Content-Security-Policy"] = ALONE
    response["X-Content-Type-Options"] = "nosniff"
    return response
