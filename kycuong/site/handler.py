"""From the server's environment to a request: as Django does it, but no header decides how an address is read."""

from __future__ import annotations

from typing import Any

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.utils.http import parse_header_parameters


class Utf8Request(WSGIRequest):
    """Django decodes the address with the charset of the Content-Type, and a charset like «hex» makes that fail before
    any middleware could refuse it. Here the charset is only noted (core.legible refuses all but UTF-8).
    """

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))


class Handler(WSGIHandler):
    """What the server calls for each request."""

    request_class = Utf8Request
