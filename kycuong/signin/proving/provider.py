"""An identity provider of the province (OpenID Connect, code flow with PKCE): who somebody is there. It tells no role and makes no account."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from http.client import HTTPException
from threading import BoundedSemaphore
from time import monotonic
from typing import Any, NamedTuple
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request

import jwt
from django.conf import settings
from django.utils.crypto import constant_time_compare

from kycuong.core.bounded import fetched
from kycuong.core.problems import NotAllowed, ProviderDown

SECONDS, MOST_BYTES = 8, 300_000
"""For a whole answer, however slowly it drips; and its length."""
KNOWN_FOR, DOWN_FOR, MOST_AT_ONCE = 300, 20, 2
"""Seconds for which what the provider publishes is kept, and for which one that did not answer is not asked again; how many
requests of a process wait for it, so that a provider that hangs leaves the others free."""
ALGORITHMS = ["RS256", "PS256", "ES256", "RS384", "RS512", "ES384", "EdDSA"]
"""Asymmetric ones only: with a shared secret, whoever knows it could sign."""
LEEWAY = 60
LOOPBACK = ("127.0.0.1", "localhost", "::1")


_KNOWN: dict[str, tuple[float, dict[str, Any]]] = {}
_DOWN: dict[str, float] = {}
_WAITING = BoundedSemaphore(MOST_AT_ONCE)


class Identity(NamedTuple):
    """Somebody at the provider: the pair that never changes."""

    issuer: str
    subject: str


def name() -> str:
    """What a page calls it."""
    return str(_named().name)


def begin(back: str) -> tuple[str, dict[str, str]]:
    """The address to send the browser to, and what must be remembered until it comes back."""
    kept = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
    challenge = base64.urlsafe_b64encode(hashlib.sha256(kept["verifier"].encode()).digest()).decode().rstrip("=")
    asked = {
        "response_type": "code",
        "client_id": _named().client,
        "redirect_uri": back,
        "scope": "openid",
        "state": kept["state"],
        "nonce": kept["nonce"],
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    place = _place(_metadata(), "authorization_endpoint")
    return f"{place}{'&' if '?' in place else '?'}{urlencode(asked)}", kept


def complete(kept: dict[str, str] | None, answer: dict[str, str], back: str) -> Identity:
    """Who came back: state, issuer, code, signature, audience, time and nonce must all fit what was asked."""
    if not kept or not constant_time_compare(kept["state"], answer.get("state", "")):
        raise refused("state")
    if answer.get("iss") not in (None, _named().issuer):
        raise refused("issuer")
    if answer.get("error") or not answer.get("code"):
        raise refused("code")
    known = _metadata()
    given = _exchange(known, answer["code"], kept["verifier"], back)
    claims = _claims(known, str(given.get("id_token", "")))
    if not constant_time_compare(str(claims.get("nonce", "")), kept["nonce"]):
        raise refused("nonce")
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= 255:
        raise refused("subject")
    return Identity(_named().issuer, subject)


def _metadata() -> dict[str, Any]:
    """The provider's own description. It must bear the name by which we know it."""
    issuer = _named().issuer
    known = _published(issuer.rstrip("/") + "/.well-known/openid-configuration")
    if known.get("issuer") != issuer:
        raise refused("issuer")
    return known


def _exchange(known: dict[str, Any], code: str, verifier: str, back: str) -> dict[str, Any]:
    """The tokens for the code; the provider refuses a code that was used before."""
    pair = f"{_named().client}:{_named().secret}".encode()
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": verifier}
    return _ask(
        _place(known, "token_endpoint"),
        data=urlencode(form).encode(),
        Authorization="Basic " + base64.b64encode(pair).decode(),
    )


def _claims(known: dict[str, Any], token: str) -> dict[str, Any]:
    """The claims of the ID token, its signature checked with the provider's published keys."""
    try:
        name = jwt.get_unverified_header(token).get("kid")
        fitting = _keys(known, name) or _keys(known, name, anew=True)
        claims: dict[str, Any] = jwt.decode(
            token,
            fitting[0],
            algorithms=ALGORITHMS,
            audience=_named().client,
            issuer=_named().issuer,
            leeway=LEEWAY,
            options={"require": ["exp", "iat", "sub", "aud", "iss"]},
        )
    except (jwt.PyJWTError, LookupError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise refused("token") from error
    if claims.get("azp", _named().client) != _named().client:
        raise refused("token")
    return claims


def _keys(known: dict[str, Any], name: object, *, anew: bool = False) -> list[jwt.PyJWK]:
    """The published keys of that name. A provider that has just changed its key is asked `anew`."""
    keys = jwt.PyJWKSet.from_dict(_published(_place(known, "jwks_uri"), anew=anew)).keys
    return [key for key in keys if name is None or key.key_id == name]


def _published(place: str, *, anew: bool = False) -> dict[str, Any]:
    """What the provider tells everybody, kept for minutes."""
    until, told = _KNOWN.get(place, (0.0, {}))
    if anew or until < monotonic():
        told = _ask(place)
        _KNOWN[place] = (monotonic() + KNOWN_FOR, told)
    return told


def _place(known: dict[str, Any], name: str) -> str:
    place = str(known.get(name, ""))
    split = urlsplit(place)
    if split.scheme != "https" and not (split.scheme == "http" and split.hostname in LOOPBACK):
        raise refused(name)
    return place


def _ask(place: str, data: bytes | None = None, **headers: str) -> dict[str, Any]:
    """A JSON object from the provider; ProviderDown when it cannot be had, a refusal when it says no."""
    request = Request(place, data=data, headers={"Accept": "application/json", **headers})  # noqa: S310 - see _place
    issuer = _named().issuer
    if _DOWN.get(issuer, 0.0) > monotonic() or not _WAITING.acquire(blocking=False):
        raise down()
    try:
        read = json.loads(fetched(request, seconds=SECONDS, most=MOST_BYTES))
    except HTTPError as error:
        with error:
            if error.code in (400, 401, 403):
                raise refused("code") from error
        raise _is_down(issuer) from error
    except (OSError, ValueError, HTTPException, RecursionError) as error:
        raise _is_down(issuer) from error
    finally:
        _WAITING.release()
    if not isinstance(read, dict):
        raise down()
    return read


def _is_down(issuer: str) -> ProviderDown:
    """Remembered for a moment: the next to press the button is told at once."""
    _DOWN[issuer] = monotonic() + DOWN_FOR
    return down()


def _named() -> Any:
    """The provider that the environment names; pages ask for it before they come here."""
    if settings.OIDC is None:
        raise down()
    return settings.OIDC


def down() -> ProviderDown:
    return ProviderDown(
        "Cổng đăng nhập một lần của tỉnh chưa trả lời. Hãy đăng nhập bằng tên và mật khẩu, hoặc thử lại sau ít phút.",
        en="The identity provider does not answer. Sign in with name and password, or try again in a few minutes.",
    )


def refused(why: str) -> NotAllowed:
    """One sentence for people; `why` tells the administrator which check failed, and no secret."""
    return NotAllowed(
        f"Không nhận được xác nhận đúng từ cổng đăng nhập một lần ({why}). Hãy bắt đầu lại từ trang đăng nhập.",
        en=f"What came back from the identity provider does not fit what was asked ({why}). Start again from the sign-in page.",
    )
