"""Text sealed with a key that is not in the database (AES-256-GCM): a dump or a copy of the tables does not open it."""

from __future__ import annotations

import base64
import binascii
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

KEY_SIZE, NONCE_SIZE, BLOCK = 32, 12, 256
FORMAT = "s1"
KEY_ID = re.compile(r"[A-Za-z0-9_-]{1,32}")


class SealBroken(Exception):
    """The seal does not open: another key, another place, or altered bytes. A mistake or an attack, never a person's."""


@dataclass(frozen=True)
class Keyring:
    """Keys by their ids. The first one seals; all of them open, so that a key is changed by putting a new one in front."""

    keys: Mapping[str, bytes]

    @classmethod
    def read(cls, text: str) -> Self:
        """«id:base64» by white space, the current key first."""
        keys: dict[str, bytes] = {}
        for part in text.split():
            key_id, _, encoded = part.partition(":")
            try:
                key = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
            except (ValueError, binascii.Error):
                key = b""
            if len(key) != KEY_SIZE or not KEY_ID.fullmatch(key_id) or key_id in keys:
                raise ValueError(
                    f"sealing keys: {key_id[:32]!r} is not an id of its own with {KEY_SIZE} bytes in base64"
                )
            keys[key_id] = key
        if not keys:
            raise ValueError("sealing keys: there is none")
        return cls(keys)

    @property
    def current(self) -> str:
        return next(iter(self.keys))

    def seal(self, text: str, *, about: str) -> str:
        """The text, sealed. `about` names the place (table, row, column): a seal moved elsewhere does not open."""
        nonce, key_id = secrets.token_bytes(NONCE_SIZE), self.current
        closed = AESGCM(self.keys[key_id]).encrypt(nonce, padded(text.encode()), _bound(key_id, about))
        return f"{FORMAT}.{key_id}.{base64.urlsafe_b64encode(nonce + closed).decode()}"

    def unseal(self, sealed: str, *, about: str) -> str:
        """The text again."""
        try:
            kind, key_id, encoded = sealed.split(".")
            if kind != FORMAT or key_id not in self.keys:
                raise SealBroken(f"no key {key_id[:32]!r} to open {about}")
            raw = base64.urlsafe_b64decode(encoded)
            if base64.urlsafe_b64encode(raw).decode() != encoded:  # Python forgives other spellings of the same bytes
                raise ValueError("not the spelling that was sealed")
            plain = AESGCM(self.keys[key_id]).decrypt(raw[:NONCE_SIZE], raw[NONCE_SIZE:], _bound(key_id, about))
        except (ValueError, InvalidTag) as error:
            raise SealBroken(f"the seal of {about} does not open") from error
        return plain.rstrip(b"\0").decode()

    def reseal(self, sealed: str, *, about: str) -> str:
        """The same text under the current key; what is under it already stays as it is."""
        if sealed.split(".")[1:2] == [self.current]:
            return sealed
        return self.seal(self.unseal(sealed, about=about), about=about)


def padded(plain: bytes) -> bytes:
    """Filled up to whole blocks, so that the length of a seal does not tell one short name from another."""
    if plain.endswith(b"\0"):
        raise ValueError("text to be sealed must not end with NUL")
    return plain + b"\0" * (-len(plain) % BLOCK)


def new_key() -> str:
    """A fresh key as the key file holds it."""
    return f"k{secrets.token_hex(4)}:{base64.urlsafe_b64encode(secrets.token_bytes(KEY_SIZE)).decode()}\n"


def keyring() -> Keyring:
    """The keys of this installation (settings.SEALING_KEYS)."""
    return _read(settings.SEALING_KEYS)


@lru_cache(maxsize=2)
def _read(text: str) -> Keyring:
    return Keyring.read(text)


def _bound(key_id: str, about: str) -> bytes:
    return f"{FORMAT}.{key_id}.{about}".encode()
