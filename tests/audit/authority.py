"""A real time-stamping authority on this machine: its own root, `openssl ts`, and a small server in front, that can also misbehave."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

NAME = "Cơ quan cấp dấu thời gian Thử"
CONFIG = """[tsa]
default_tsa = one
[one]
serial = {place}/serial
signer_cert = {place}/tsa.pem
certs = {place}/tsa.pem
signer_key = {place}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
"""


class Authority:
    """Its folder; `root` is the file that whoever believes it is given."""

    def __init__(
        self, place: Path, *, ended: bool = False, purpose: x509.ObjectIdentifier = ExtendedKeyUsageOID.TIME_STAMPING
    ) -> None:
        self.place, self.root = place, place / "root.pem"
        place.mkdir(parents=True, exist_ok=True)
        top, key = _key(), _key()
        above = _certificate("Gốc Thử", top, "Gốc Thử", top, None, days=(-4000, 4000))
        below = _certificate(NAME, key, "Gốc Thử", top, purpose, days=(-30, -1) if ended else (-30, 30))
        self.root.write_bytes(above.public_bytes(serialization.Encoding.PEM))
        (place / "tsa.pem").write_bytes(below.public_bytes(serialization.Encoding.PEM))
        plain = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        (place / "tsa.key").write_bytes(key.private_bytes(*plain))
        (place / "serial").write_text("01")
        (place / "config").write_text(CONFIG.format(place=place))

    def stamp(self, question: bytes) -> bytes:
        """What `openssl ts` answers."""
        (self.place / "question").write_bytes(question)
        command = ["openssl", "ts", "-reply", "-queryfile", "question", "-config", "config", "-out", "reply"]
        subprocess.run(command, cwd=self.place, check=True, capture_output=True, timeout=60)
        return (self.place / "reply").read_bytes()

    def agrees(self, note: str, reply: bytes, *, at: datetime | None = None) -> bool:
        """Whether `openssl ts -verify`, which knows nothing of us, believes it; by its clock, or as of another moment."""
        (self.place / "note").write_text(note)
        (self.place / "kept.tsr").write_bytes(reply)
        command = ["openssl", "ts", "-verify", "-data", "note", "-in", "kept.tsr", "-CAfile", str(self.root)]
        command += ["-attime", str(int(at.timestamp()))] if at else []
        return subprocess.run(command, cwd=self.place, check=False, capture_output=True, timeout=60).returncode == 0


def drip(handler: BaseHTTPRequestHandler, *, begun: bool) -> None:
    """One letter after the other, for eight seconds."""
    if begun:
        handler.send_response(200)
        handler.end_headers()
    for _letter in range(40):
        handler.wfile.write(b".")
        time.sleep(0.2)


@contextmanager
def served(answer: Callable[[bytes], bytes | int | str]) -> Iterator[str]:
    """The address of a server: bytes are an answer, a number a status, a text an address to go to, "drip" one that never ends,
    "drip before" one that never gets to its first line."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            given = answer(self.rfile.read(int(self.headers["Content-Length"])))
            if str(given).startswith("drip"):
                drip(self, begun=given == "drip")
                return
            self.send_response(given if isinstance(given, int) else 302 if isinstance(given, str) else 200)
            if isinstance(given, str):
                self.send_header("Location", given)
            self.end_headers()
            if isinstance(given, bytes):
                self.wfile.write(given)

        def log_message(self, *given: Any) -> None:
            """Nothing is said."""

        def handle(self) -> None:
            try:
                super().handle()
            except OSError:
                """Whoever asked has left."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/tsa"
    finally:
        server.shutdown()
        server.server_close()


def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _certificate(
    name: str,
    key: rsa.RSAPrivateKey,
    issuer: str,
    signer: rsa.RSAPrivateKey,
    purpose: x509.ObjectIdentifier | None,
    *,
    days: tuple[int, int],
) -> x509.Certificate:
    called = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, one)]) for one in (name, issuer)]
    first, last = span(datetime.now(UTC), days)
    made = x509.CertificateBuilder(called[1], called[0], key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(first).not_valid_after(last)
    made = made.add_extension(x509.BasicConstraints(ca=purpose is None, path_length=None), critical=True)
    if purpose is not None:
        made = made.add_extension(x509.ExtendedKeyUsage([purpose]), critical=True)
    return made.sign(signer, hashes.SHA256())


def span(moment: datetime, days: tuple[int, int]) -> tuple[datetime, datetime]:
    """From so many days before or after a moment to so many."""
    first, last = (moment + timedelta(number) for number in days)
    return first, last
