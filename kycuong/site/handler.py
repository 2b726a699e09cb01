"""From the server's environment to a request: as Django does it, but no header decides how an address is read."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import Any

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.db import connection
from django.utils.http import parse_header_parameters


class Utf8Request(WSGIRequest):
    """Django decodes the address with the charset of the Content-Type, and a charset like «hex» makes that fail before
    any middleware could refuse it. Here the charset is only noted (core.legible refuses all but UTF-8).
    """

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))


class Looked(threading.local):
    """Which file of SQLite lay there when this thread last began to answer."""

    file: tuple[int, int] | None = None


class Handler(WSGIHandler):
    """What the server calls for each request."""

    request_class = Utf8Request

    def __init__(self) -> None:
        super().__init__()
        self.looked = Looked()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        if connection.vendor == "sqlite":
            self.leave_a_file_that_was_replaced()
        return super().__call__(environ, start_response)

    def leave_a_file_that_was_replaced(self) -> None:
        """A kept connection would go on writing into a file that was moved away or replaced.

        Looked at before the connection is opened: if another file is put there in between, the next look finds a difference where there is
        none. To be fooled it takes three moves in between, and the connection's age ends it. While a connection is open no other file gets
        its number. Requests begin outside of transactions.
        """
        try:
            there = os.stat(str(connection.settings_dict["NAME"]))
            now = (there.st_dev, there.st_ino)
        except OSError:
            now = None
        if (now is None or now != self.looked.file) and not connection.in_atomic_block:
            connection.close()
            self.looked.file = now
