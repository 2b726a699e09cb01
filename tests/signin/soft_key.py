"""A passkey without a device: it makes keys and signs as a browser's answer does. And the codes of an authenticator app."""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from kycuong.orgs.models import Person
from kycuong.signin.actions.factors import add_passkey, add_totp
from kycuong.signin.models import Passkey
from kycuong.signin.proving import totp

FLAGS = AuthenticatorData.FLAG
HOST = "testserver"


class SoftKey:
    """One key pair for one site."""

    def __init__(self, host: str = HOST) -> None:
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.credential_id, self.count, self.host = secrets.token_bytes(16), 0, host
        self.origin = f"https://{host}"

    @classmethod
    def of(cls, person: Person) -> tuple[Passkey, SoftKey]:
        """A key that the person has registered already."""
        key = cls()
        return add_passkey(person, by=person, name="Điện thoại", made=key.data), key

    @property
    def data(self) -> AttestedCredentialData:
        public = ES256.from_cryptography_key(self.private.public_key())
        return AttestedCredentialData.create(b"\0" * 16, self.credential_id, public)

    def made(self, options: dict[str, Any], **changed: Any) -> str:
        """The answer to «make a key»."""
        client = self.client("webauthn.create", options, **changed)
        about = self.about(FLAGS.UP | FLAGS.UV | FLAGS.AT, self.data)
        whole = AttestationObject.create("none", about, {})
        return self.answer(clientDataJSON=client, attestationObject=bytes(whole))

    def signed(self, options: dict[str, Any], flags: int = FLAGS.UP | FLAGS.UV, **changed: Any) -> str:
        """The answer to «sign this»."""
        self.count += 1
        client, about = self.client("webauthn.get", options, **changed), self.about(flags)
        signature = self.private.sign(bytes(about) + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self.answer(clientDataJSON=client, authenticatorData=bytes(about), signature=signature)

    def client(self, kind: str, options: dict[str, Any], **changed: Any) -> bytes:
        told = {"type": kind, "challenge": options["publicKey"]["challenge"], "origin": self.origin}
        return json.dumps(told | changed).encode()

    def about(self, flags: int, data: AttestedCredentialData | None = None) -> AuthenticatorData:
        digest = hashlib.sha256(self.host.encode()).digest()
        return AuthenticatorData.create(digest, FLAGS(flags), self.count, data or b"")

    def answer(self, **response: bytes) -> str:
        told = {name: websafe_encode(value) for name, value in response.items()}
        name = websafe_encode(self.credential_id)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": told})


def code_now(secret: str, later: int = 0) -> str:
    """What the app shows now, or some half minutes later."""
    return totp.code_at(secret, int(time.time()) // totp.PERIOD + later)


def app_of(person: Person) -> str:
    """The person has an authenticator app; its secret. The code that showed it was the one before."""
    secret = totp.new_secret()
    add_totp(person, by=person, secret=secret, code=code_now(secret, -1))
    return secret
