"""deploy/nginx.conf, run by nginx itself with a certificate of our own making: old TLS is refused, no header of a client is passed on."""

from __future__ import annotations

import http.client
import json
import shutil
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from kycuong.core.clock import now
from tests.audit.authority import span
from tests.postgres import free_port

CONF = Path(__file__).parents[2] / "deploy" / "nginx.conf"
NAME = "kycuong.langson.example"


class Front(NamedTuple):
    """Where nginx listens, and the certificate to believe."""

    http: int
    https: int
    trusted: Path


class Behind(BaseHTTPRequestHandler):
    """What stands for the server: it says which headers arrived."""

    def do_GET(self) -> None:
        told = json.dumps({name.lower(): value for name, value in self.headers.items()}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    def log_message(self, *given: Any) -> None:
        """Nothing is said."""


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    place = tmp_path_factory.mktemp("nginx")
    behind = ThreadingHTTPServer(("127.0.0.1", 0), Behind)
    threading.Thread(target=behind.serve_forever, daemon=True).start()
    found = Front(free_port(), free_port(), place / "chain.pem")
    certificate(place)
    (place / "site.conf").write_text(moved(CONF.read_text(), place, found, behind.server_port))
    (place / "nginx.conf").write_text(
        f"daemon off; pid {place}/pid; error_log {place}/error.log; events {{}}\n"
        f"http {{ access_log off; client_body_temp_path {place}/b; proxy_temp_path {place}/p; fastcgi_temp_path {place}/f; "
        f"uwsgi_temp_path {place}/u; scgi_temp_path {place}/s; include {place}/site.conf; }}"
    )
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    server = subprocess.Popen([program, "-p", str(place), "-c", str(place / "nginx.conf")], stderr=subprocess.DEVNULL)
    try:
        for _time in range(100):
            if answers(found):
                break
            assert server.poll() is None, (place / "error.log").read_text()
            time.sleep(0.05)
        yield found
    finally:
        server.terminate()
        server.wait(10)
        behind.shutdown()
        behind.server_close()


def moved(text: str, place: Path, found: Front, behind: int) -> str:
    """The same configuration on ports and paths of this test."""
    for old, new in (
        ("listen [::]:80;", ""),
        ("listen [::]:443 ssl http2;", ""),
        ("listen 80;", f"listen 127.0.0.1:{found.http};"),
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{found.https} ssl http2;"),
        ("/etc/ssl/kycuong", str(place)),
        ("127.0.0.1:8000", f"127.0.0.1:{behind}"),
    ):
        assert old in text, f"deploy/nginx.conf no longer says {old}"
        text = text.replace(old, new)
    return text


def certificate(place: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    names = x509.SubjectAlternativeName([x509.DNSName(NAME), x509.IPAddress(ip_address("127.0.0.1"))])
    made = x509.CertificateBuilder(called, called, key.public_key(), x509.random_serial_number())
    first, last = span(now(), (-1, 1))
    made = made.not_valid_before(first).not_valid_after(last).add_extension(names, critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    (place / "chain.pem").write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    plain = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (place / "key.pem").write_bytes(key.private_bytes(*plain))


def answers(found: Front) -> bool:
    try:
        return asked(found, "/").status == 200
    except OSError:
        return False


def asked(found: Front, path: str, *, line: ssl.SSLContext | None = None, **headers: str) -> Any:
    context = line or ssl.create_default_context(cafile=str(found.trusted))
    call = http.client.HTTPSConnection("127.0.0.1", found.https, context=context, timeout=10)
    call.request("GET", path, headers={"Host": NAME, **headers})
    reply = call.getresponse()
    reply.told = reply.read()  # type: ignore[attr-defined]
    call.close()
    return reply


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_what_is_safe_today_is_spoken(front: Front, version: ssl.TLSVersion) -> None:
    line = ssl.create_default_context(cafile=str(front.trusted))
    line.minimum_version = line.maximum_version = version
    assert asked(front, "/", line=line).status == 200


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1])
def test_what_is_not_is_refused(front: Front, version: ssl.TLSVersion) -> None:
    line = ssl.create_default_context(cafile=str(front.trusted))
    line.set_ciphers("ALL:@SECLEVEL=0")
    line.minimum_version = line.maximum_version = version
    with pytest.raises((ssl.SSLError, ConnectionError)):
        asked(front, "/", line=line)


def test_a_cipher_without_forward_secrecy_is_refused(front: Front) -> None:
    line = ssl.create_default_context(cafile=str(front.trusted))
    line.maximum_version = ssl.TLSVersion.TLSv1_2
    line.set_ciphers("AES256-SHA:AES128-GCM-SHA256")
    with pytest.raises((ssl.SSLError, ConnectionError)):
        asked(front, "/", line=line)


def test_http_leads_to_https(front: Front) -> None:
    call = http.client.HTTPConnection("127.0.0.1", front.http, timeout=10)
    call.request("GET", "/plans/?x=1", headers={"Host": NAME})
    reply = call.getresponse()
    assert (reply.status, reply.headers["Location"]) == (308, f"https://{NAME}/plans/?x=1")
    call.close()


def test_what_a_client_says_of_itself_is_written_anew(front: Front) -> None:
    told = json.loads(asked(front, "/", **{"X-Forwarded-For": "1.2.3.4", "X-Forwarded-Proto": "http"}).told)
    assert (told["x-forwarded-for"], told["x-forwarded-proto"], told["host"]) == ("127.0.0.1", "https", NAME)


def test_the_door_is_not_hammered(front: Front) -> None:
    assert 429 in {asked(front, "/sign-in/").status for _time in range(40)}
