"""Codes of an authenticator app (RFC 6238: SHA-1, six digits, half a minute), none of them taken twice."""

from __future__ import annotations

import base64
import logging
import secrets
from datetime import timedelta
from urllib.parse import quote, urlencode

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP
from django.db.models import Q
from django.utils.crypto import constant_time_compare

from kycuong.core.clock import AHEAD, now
from kycuong.core.sealing import SealBroken, keyring
from kycuong.orgs.models import Person
from kycuong.signin.models import TotpSecret

PERIOD, DIGITS, AROUND = 30, 6, 1
CLOCKS = AHEAD // timedelta(seconds=PERIOD)
"""So many steps may the clocks of several servers differ."""
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


def opened_or_none(text: str | None, person: Person) -> str | None:
    """The same; None when there is none, or when the key that sealed it is gone: then recovery codes, passkeys and a reset help."""
    try:
        return opened(text, person) if text else None
    except SealBroken as error:
        logging.getLogger(__name__).error("the secret of an authenticator app does not open: %s", error)
        return None


def code_at(secret: str, step: int) -> str:
    return HOTP(base64.b32decode(secret), DIGITS, SHA1()).generate(step).decode()  # noqa: S303 - what apps know


def step_of(secret: str, code: str, around: int = AROUND) -> int | None:
    """The half minute whose code this is: now, or up to `around` before or after. All are looked at, whichever fits."""
    here = int(now().timestamp()) // PERIOD
    typed = "".join(code.split())
    steps = range(here - around, here + around + 1)
    fitting = [step for step in steps if constant_time_compare(code_at(secret, step), typed)]
    return fitting[0] if fitting else None


def taken(person: Person, code: str, around: int = AROUND) -> bool:
    """Whether the code is right and is used for the first time; it is used up by asking, whichever process asks."""
    row = TotpSecret.objects.filter(person=person).first()
    if row is None:
        return False
    secret = opened_or_none(row.sealed, person)
    step = None if secret is None else step_of(secret, code, around)
    if step is None:
        return False
    # A step further ahead than any code reaches was noted by a clock that was wrong: it would refuse every code until then.
    first = Q(last_step__lt=step) | Q(last_step__gt=step + 2 * AROUND + CLOCKS)
    return bool(TotpSecret.objects.filter(first, pk=row.pk).update(last_step=step))


def _about(person: Person) -> str:
    return f"totp {person.uid}"
