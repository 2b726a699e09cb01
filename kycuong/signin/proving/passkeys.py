"""Passkeys (WebAuthn): what the browser is asked, and whether what it answers was signed by a key that a person registered."""

from __future__ import annotations

import base64
import json
import struct
from typing import Any
from urllib.parse import urlsplit

from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from kycuong.core.clock import now
from kycuong.orgs.models import Person
from kycuong.signin.models import Passkey
from kycuong.signin.rules import wrong_passkey

NAME = "Kỷ Cương"
MOST_JSON = 20_000
NONSENSE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError, struct.error)
"""What readers of JSON, CBOR and keys raise on bytes that nobody's browser made."""


def registration(host: str, person: Person) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the browser is asked to make, and what must be remembered until it answers.

    A discoverable key with verification of its user: so it signs in by itself, as two factors in one.
    """
    user = PublicKeyCredentialUserEntity(name=person.username, id=person.uid.bytes, display_name=person.full_name)
    options, state = _server(host).register_begin(
        user,
        [AttestedCredentialData(_bytes(key.credential)) for key in Passkey.objects.filter(person=person)],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return dict(options), dict(state)


def registered(host: str, state: dict[str, Any], answer: str) -> AttestedCredentialData:
    """The new public key."""
    try:
        made = _server(host).register_complete(state, RegistrationResponse.from_dict(_read(answer)))
    except NONSENSE as error:
        raise wrong_passkey() from error
    if made.credential_data is None:
        raise wrong_passkey()
    return made.credential_data


def assertion(host: str, person: Person | None = None) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the browser is asked to sign. Nobody's keys are named, so that asking tells nothing of who has one."""
    keys = Passkey.objects.filter(person=person) if person else Passkey.objects.none()
    known = [AttestedCredentialData(_bytes(key.credential)) for key in keys]
    required = UserVerificationRequirement.REQUIRED
    options, state = _server(host).authenticate_begin(known or None, user_verification=required)
    return dict(options), dict(state)


def asserted(host: str, state: dict[str, Any], answer: str) -> Passkey:
    """The registered key that signed. A counter that went back is a copied key: refused."""
    try:
        response = AuthenticationResponse.from_dict(_read(answer))
        row = Passkey.objects.select_related("person").get(credential_id=websafe_encode(response.raw_id))
        _server(host).authenticate_complete(state, [AttestedCredentialData(_bytes(row.credential))], response)
        count = int(response.response.authenticator_data.counter)
    except (*NONSENSE, Passkey.DoesNotExist) as error:
        raise wrong_passkey() from error
    handle = response.response.user_handle
    if (handle is not None and handle != row.person.uid.bytes) or (row.sign_count and count <= row.sign_count):
        raise wrong_passkey()
    Passkey.objects.filter(pk=row.pk).update(sign_count=count, last_used_at=now())
    return row


def stored(data: AttestedCredentialData) -> tuple[str, str]:
    """(credential id, credential) as the table holds them."""
    return websafe_encode(data.credential_id), base64.urlsafe_b64encode(bytes(data)).decode()


def _server(host: str) -> Fido2Server:
    """For this very address: a key of a page at a neighbour's name, or at another port, is none of ours."""

    def is_ours(origin: str) -> bool:
        split = urlsplit(origin)
        secure = split.scheme == "https" or (split.scheme == "http" and split.hostname == "localhost")
        return secure and split.netloc == host and not split.path

    return Fido2Server(PublicKeyCredentialRpEntity(name=NAME, id=name_of(host)), verify_origin=is_ours)


def name_of(host: str) -> str:
    """The host without its port; an address of IPv6 stands in brackets."""
    return urlsplit(f"//{host}").hostname or ""


def _read(answer: str) -> dict[str, Any]:
    """JSON of moderate length, and an object."""
    if len(answer) > MOST_JSON:
        raise ValueError("too long")
    read = json.loads(answer)
    if not isinstance(read, dict):
        raise TypeError("no object")
    return read


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text)
