"""Mail servers on this machine: one that takes letters and may refuse, want TLS and a login, and one that says nothing."""

from __future__ import annotations

import datetime
import gc
import ipaddress
import socket
import ssl
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.postgres import free_port

LOGIN = LoginPassword(b"kycuong", b"mat:khau@x")


class Office:
    """What the server has taken, and which recipients it refuses with which answer."""

    def __init__(self) -> None:
        self.letters: list[tuple[list[str], EmailMessage]] = []
        self.refused: dict[str, str] = {}
        self.crash: Exception | None = None

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append((list(envelope.rcpt_tos), letter))
        return "250 OK"


@contextmanager
def served(office: Office, settings: Any, **given: Any) -> Iterator[Office]:
    """The server runs, and the settings name it."""
    controller = Controller(office, hostname="127.0.0.1", port=free_port(), **given)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # it leaves a socket behind when a client does not trust it
        controller.start()
        try:
            named(settings, controller.port)
            yield office
        finally:
            controller.stop()
            gc.collect()


@contextmanager
def silent(settings: Any) -> Iterator[None]:
    """A port that accepts and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as place:
        named(settings, place.getsockname()[1])
        yield


def named(settings: Any, port: int) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5
    settings.DEFAULT_FROM_EMAIL = "Kỷ Cương <kycuong@langson.example>"
    settings.BASE_URL = "https://kycuong.langson.example"


def asks_for_login(*_: Any) -> AuthResult:
    """The authenticator: one name, one password."""
    given = _[-1]
    return AuthResult(success=given == LOGIN, handled=False)


def certificate(place: Path) -> tuple[ssl.SSLContext, Path]:
    """The server's TLS for 127.0.0.1, and the file by which a client may trust it."""
    key, day = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number()).not_valid_before(day - datetime.timedelta(days=1))
    made = made.not_valid_after(day + datetime.timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
    signed = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), True).sign(key, hashes.SHA256())
    public, private = place / "public.pem", place / "private.pem"
    public.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    plain = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    private.write_bytes(key.private_bytes(*plain))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    return context, public
