"""A real identity provider on this machine, in a process of its own: `python -m tests.signin.provider_process PORT`.

The provider is oidc-provider-mock (discovery, keys, codes for one use, signed tokens). It does not look at PKCE, so this
does: a code is given out only for the verifier whose S256 challenge it was asked with.
"""

from __future__ import annotations

import base64
import hashlib
import io
import sys
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import oidc_provider_mock
from werkzeug.serving import run_simple

Start = Callable[..., Any]


class Pkce:
    """Around the provider: remembers challenges by code, refuses other verifiers."""

    def __init__(self, inner: Any) -> None:
        self.inner, self.challenges = inner, {}

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        asked = parse_qs(environ.get("QUERY_STRING", ""))
        if environ["REQUEST_METHOD"] == "POST" and environ["PATH_INFO"].endswith("/token"):
            length = int(environ.get("CONTENT_LENGTH") or 0)
            body = environ["wsgi.input"].read(length)
            environ["wsgi.input"] = io.BytesIO(body)
            form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
            digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
            challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
            if self.challenges.get(form.get("code", "")) != challenge:
                start("400 BAD REQUEST", [("Content-Type", "application/json")])
                return [b'{"error": "invalid_grant"}']

        def watched(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            place = dict(headers).get("Location", "")
            for code in parse_qs(urlsplit(place).query).get("code", []):
                if asked.get("code_challenge_method") == ["S256"]:
                    self.challenges[code] = asked["code_challenge"][0]
            return start(status, headers, *more)

        return self.inner(environ, watched)


if __name__ == "__main__":
    run_simple("127.0.0.1", int(sys.argv[1]), Pkce(oidc_provider_mock.app()), threaded=True)
