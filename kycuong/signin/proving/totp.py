"""Codes of an authenticator app (RFC 6238: SHA-1, six digits, half a minute), none of them taken twice."""

from __future__ import annotations

import base64
import secrets
from urllib.parse import quote, urlencode

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP
from django.utils.crypto import constant_time_compare

from kycuong.core.clock import now
from kycuong.core.sealing import keyring
from kycuong.orgs.models import Person
from kycuong.signin.models import TotpSecret

PERIOD, DIGITS, AROUND = 30, 6, 1
ISSUER = "Kỷ Cương"


def new_secret() -> str:
    """160 random bits in base32, as an app takes them."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def address(secret: str, person: Person) -> str:
    """What the square code says to the app."""
    words = urlencode({"secret": secret, "issuer": ISSUER}, quote_via=quote)
    return f"otpauth://totp/{quote(f'{ISSUER}:{person.username}')}?{words}"


def sealed(secret: str, person: Person) -> str:
    return keyring().seal(secret, about=_about(person))


def opened(text: str, person: Person) -> str:
    """The secret again; SealBroken when it is another person's."""
    return keyring().unseal(text, about=_about(person))


def code_at(secret: str, step: int) -> str:
    return HOTP(base64.b32decode(secret), DIGITS, SHA1()).generate(step).decode()  # noqa: S303 - what apps know


def step_of(secret: str, code: str) -> int | None:
    """The half minute whose code this is: now, the one before, the one after. All are looked at, whichever fits."""
    here = int(now().timestamp()) // PERIOD
    typed = "".join(code.split())
    steps = range(here - AROUND, here + AROUND + 1)
    fitting = [step for step in steps if constant_time_compare(code_at(secret, step), typed)]
    return fitting[0] if fitting else None


def taken(person: Person, code: str) -> bool:
    """Whether the code is right and is used for the first time; it is used up by asking, whichever process asks."""
    row = TotpSecret.objects.filter(person=person).first()
    if row is None:
        return False
    step = step_of(opened(row.sealed, person), code)
    if step is None:
        return False
    return bool(TotpSecret.objects.filter(pk=row.pk, last_step__lt=step).update(last_step=step))


def _about(person: Person) -> str:
    return f"totp {person.uid}"
