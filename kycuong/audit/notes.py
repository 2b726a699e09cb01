"""Signed notes (C2SP signed-note and tlog-checkpoint): size and root of the log under its name, signed with Ed25519 (RFC 8032)."""

from __future__ import annotations

import base64
import binascii
import re
import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

PRIVATE = "PRIVATE+KEY+"
ED25519, HASH_SIZE = b"\x01", 32
NAME = re.compile(r"[^\s+]{1,100}")
LONGEST = 1000
SIZE = re.compile(r"0|[1-9]\d{0,17}")


class BadNote(ValueError):
    """What was given is not a checkpoint of this log, or its signature does not hold."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The log as it was: so many entries under this root (32 bytes)."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    @classmethod
    def read(cls, text: str) -> Self:
        """The same again; BadNote when it is spelled in any other way."""
        lines = text.split("\n")
        if len(lines) != 4 or lines[3] or not SIZE.fullmatch(lines[1]):
            raise BadNote("not the three lines of a checkpoint")
        found = cls(lines[0], int(lines[1]), _decoded(lines[2]))
        if len(found.root) != HASH_SIZE or found.text != text:
            raise BadNote("not the spelling that was signed")
        return found


@dataclass(frozen=True)
class LogKey:
    """The key under a name: with `private` it signs, without it only verifies."""

    name: str
    public: Ed25519PublicKey
    private: Ed25519PrivateKey | None = None

    @classmethod
    def read(cls, text: str) -> Self:
        """«PRIVATE+KEY+name+hash+data» or «name+hash+data», as C2SP writes keys; ValueError for anything else."""
        given = text.strip()
        parts = given.removeprefix(PRIVATE).split("+", 2)
        data = _decoded(parts[2]) if len(parts) == 3 else b""
        if len(data) != 1 + 32 or data[:1] != ED25519 or not NAME.fullmatch(parts[0]):
            raise ValueError("log key: not «name+hash+data» with an Ed25519 key")
        private = Ed25519PrivateKey.from_private_bytes(data[1:]) if given.startswith(PRIVATE) else None
        public = private.public_key() if private else Ed25519PublicKey.from_public_bytes(data[1:])
        found = cls(parts[0], public, private)
        if found.key_hash.hex() != parts[1]:
            raise ValueError("log key: its hash belongs to another name or key")
        return found

    @property
    def key_hash(self) -> bytes:
        """Four bytes that name the key on a signature line."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.public.public_bytes_raw()).digest()[:4]

    @property
    def vkey(self) -> str:
        """The public key as verifiers take it."""
        data = base64.b64encode(ED25519 + self.public.public_bytes_raw()).decode()
        return f"{self.name}+{self.key_hash.hex()}+{data}"

    def sign(self, checkpoint: Checkpoint) -> str:
        """The note: text, an empty line, one line of signature."""
        assert self.private is not None
        signed = self.key_hash + self.private.sign(checkpoint.text.encode())
        return f"{checkpoint.text}\n— {self.name} {base64.b64encode(signed).decode()}\n"

    def open(self, note: str) -> Checkpoint:
        """The checkpoint of a note that this key signed; BadNote otherwise. Line ends may be those of any mail program."""
        text, _, signatures = note.replace("\r\n", "\n").strip().partition("\n\n")
        if len(note) > LONGEST or not signatures:
            raise BadNote("not a signed note")
        for line in signatures.split("\n"):
            mark, _, rest = line.partition(" ")
            name, _, encoded = rest.partition(" ")
            data = _decoded(encoded.strip()) if mark == "—" and name == self.name else b""
            if data[:4] == self.key_hash and self._holds(data[4:], f"{text}\n"):
                return Checkpoint.read(f"{text}\n")
        raise BadNote("no signature of this log holds")

    def _holds(self, signature: bytes, text: str) -> bool:
        try:
            self.public.verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True


def new_log_key(name: str = "") -> str:
    """A fresh private key as the key file holds it. Without a name the log is given one of its own."""
    if name and not NAME.fullmatch(name):
        raise ValueError("log key: a name without blanks and plus signs, at most 100 characters")
    seed = Ed25519PrivateKey.generate()
    key = LogKey(name or f"kycuong/{secrets.token_hex(4)}", seed.public_key(), seed)
    data = base64.b64encode(ED25519 + seed.private_bytes_raw()).decode()
    return f"{PRIVATE}{key.name}+{key.key_hash.hex()}+{data}\n"


def _decoded(text: str) -> bytes:
    """Base64 in its one spelling; nothing otherwise."""
    try:
        data = base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        return b""
    return data if base64.b64encode(data).decode() == text else b""
