"""Secrets that the program makes and shows once: recovery codes, and keys of programs. Only digests of them are kept."""

from __future__ import annotations

import hashlib
import secrets
from base64 import b64decode
from contextlib import suppress

from django.db import DatabaseError
from django.utils.crypto import constant_time_compare, salted_hmac

from kycuong.core.clock import now, today
from kycuong.orgs.models import Person
from kycuong.signin.models import AccessKey, RecoveryCode

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without letters that look alike on paper."""
PREFIX = "kc"
SEEN_AGAIN_AFTER = 60


def new_recovery_code() -> str:
    """Twelve letters in three groups: about 59 bits."""
    letters = [secrets.choice(LETTERS) for _ in range(12)]
    return "-".join("".join(letters[start : start + 4]) for start in range(0, 12, 4))


def digest_of(code: str, person: Person) -> str:
    """Keyed with the secret of the installation: a copy of the table alone does not let anybody search for codes."""
    typed = "".join(letter for letter in code.lower() if letter.isalnum())
    return salted_hmac("kycuong.signin.recovery", f"{person.uid}|{typed}", algorithm="sha256").hexdigest()


def used_up(person: Person, code: str) -> RecoveryCode | None:
    """The code, used up by this; None when there is no such code that is unused. Two at once: one of them gets it."""
    unused = RecoveryCode.objects.filter(person=person, digest=digest_of(code, person), used_at__isnull=True)
    row = unused.first()
    return row if row is not None and unused.filter(pk=row.pk).update(used_at=now()) else None


def new_token() -> tuple[str, str, str]:
    """The whole key as its person gets it, the part that finds its row, the digest of the rest (256 bits)."""
    token_id, secret = secrets.token_hex(8), secrets.token_urlsafe(32)
    return f"{PREFIX}_{token_id}_{secret}", token_id, digest_of_token(secret)


def digest_of_token(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def looks_like_key(text: str) -> bool:
    return text.startswith(f"{PREFIX}_") and text.count("_") >= 2


def brings_a_key(authorization: str) -> bool:
    """Whether the header of a request carries an access key, as a bearer's or in place of a password."""
    scheme, _, given = authorization.partition(" ")
    if scheme.lower() != "basic":
        return scheme.lower() == "bearer"
    try:
        name_and_password = b64decode(given.strip(), validate=True).decode()
    except ValueError:
        return False
    return looks_like_key(name_and_password.partition(":")[2])


def key_of(token: str) -> AccessKey | None:
    """The key that opens, of a person who is active. Its use is noted, once a minute."""
    if not looks_like_key(token) or not token.isascii() or "\0" in token:
        return None
    _prefix, token_id, secret = token.split("_", 2)
    row = AccessKey.objects.select_related("person").filter(token_id=token_id[:16]).first()
    sound = constant_time_compare(row.digest if row else "", digest_of_token(secret))
    if row is None or not sound or row.revoked_at or row.expires_on < today() or not row.person.is_active:
        return None
    moment = now()
    if row.last_used_at is None or (moment - row.last_used_at).total_seconds() > SEEN_AGAIN_AFTER:
        with suppress(DatabaseError):  # one that takes nothing is no reason to show nothing
            AccessKey.objects.filter(pk=row.pk).update(last_used_at=moment)
    return row
