"""deploy/nginx.conf, run by nginx itself with a certificate of our own making: old TLS is refused, no header of a client is passed on,
an office behind one address comes in, and nobody fills the disk before the server may refuse."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.urls import reverse

from kycuong.core.clock import now
from tests.audit.authority import span
from tests.postgres import free_port

HSTS_SECONDS = 63072000
"""As in kycuong/site/settings.py, where KYCUONG_HTTPS is 1."""
CONF = Path(__file__).parents[2] / "deploy" / "nginx.conf"
NAME = "kycuong.langson.example"


def has_ipv6() -> bool:
    """Whether this machine has ::1 at all; some have none."""
    try:
        with socket.socket(socket.AF_INET6) as one:
            one.bind(("::1", 0))
    except OSError:
        return False
    return True


HOSTS = ["127.0.0.1", *(["::1"] if has_ipv6() else [])]


class Front(NamedTuple):
    """Where nginx listens, and the certificate to believe."""

    http: int
    https: int
    trusted: Path

    @property
    def logs(self) -> str:
        return "".join((self.trusted.parent / name).read_text() for name in ("access.log", "error.log"))


class Behind(BaseHTTPRequestHandler):
    """What stands for the server: it says which headers arrived."""

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        told = json.dumps({name.lower(): value for name, value in self.headers.items()}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(told)))
        self.send_header("Asked", self.path)
        self.end_headers()
        self.wfile.write(told)

    do_POST = do_PATCH = do_GET  # noqa: N815 - the names are http.server's

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
    whose = "user root; " if os.geteuid() == 0 else ""  # else its workers are somebody who cannot come to this folder
    (place / "nginx.conf").write_text(
        f"{whose}daemon off; pid {place}/pid; error_log {place}/error.log; events {{}}\n"
        f"http {{ access_log {place}/access.log; gzip on; gzip_proxied any; gzip_min_length 1; gzip_types *;"  # as Debian's own nginx.conf, and more
        f"  client_body_temp_path {place}/b; proxy_temp_path {place}/p; fastcgi_temp_path {place}/f; "
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
    six = "::1" in HOSTS
    for old, new in (
        ("listen [::]:80;", f"listen [::1]:{found.http};" if six else ""),
        ("listen [::]:443 ssl http2;", f"listen [::1]:{found.https} ssl http2;" if six else ""),
        ("listen 80;", f"listen 127.0.0.1:{found.http};"),
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{found.https} ssl http2;"),
        ("/etc/ssl/kycuong", str(place)),
        ("127.0.0.1:8000", f"127.0.0.1:{behind}"),
    ):
        assert old in text, f"deploy/nginx.conf no longer says {old}"
        text = text.replace(old, new)
    return text


def test_nginx_compresses_nothing_itself(front: Front) -> None:
    """The server does, and hides each length; what Debian sets for all of nginx would not (ADR 0048)."""
    reply = asked(front, "/", **{"Accept-Encoding": "gzip"})
    assert (reply.status, reply.headers["Content-Encoding"]) == (200, None)
    assert json.loads(reply.told)["accept-encoding"] == "gzip", "so the server may"


def certificate(place: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    names = x509.SubjectAlternativeName([x509.DNSName(NAME), *(x509.IPAddress(ip_address(one)) for one in HOSTS)])
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


def asked(
    found: Front,
    path: str,
    *,
    line: ssl.SSLContext | None = None,
    host: str = HOSTS[0],
    sent: bytes | None = None,
    way: str = "",
    **headers: str,
) -> Any:
    """The reply, with its body as `told`; what is sent makes it a POST."""
    context = line or ssl.create_default_context(cafile=str(found.trusted))
    call = http.client.HTTPSConnection(host, found.https, context=context, timeout=10)
    call.request(way or ("GET" if sent is None else "POST"), path, body=sent, headers={"Host": NAME, **headers})
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


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("called", [NAME, "evil.example"])
def test_http_leads_to_https_at_our_own_name(front: Front, host: str, called: str) -> None:
    call = http.client.HTTPConnection(host, front.http, timeout=10)
    call.request("GET", "/plans/?x=1", headers={"Host": called})
    reply = call.getresponse()
    assert (reply.status, reply.headers["Location"]) == (308, f"https://{NAME}/plans/?x=1")
    call.close()


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("path", ["/", "/sign-in/", "/declared/"])
def test_what_a_client_says_of_itself_is_written_anew(front: Front, path: str, host: str) -> None:
    told = json.loads(
        asked(front, path, host=host, sent=b"x", **{"X-Forwarded-For": "1.2.3.4", "X-Forwarded-Proto": "http"}).told
    )
    assert (told["x-forwarded-for"], told["x-forwarded-proto"], told["host"]) == (host, "https", NAME)


def test_an_office_behind_one_address_comes_in_and_the_door_is_not_hammered(front: Front) -> None:
    assert {asked(front, "/sign-in/", sent=b"x").status for _time in range(100)} == {200}, "thirty people at eight"
    for _time in range(100):
        refused = asked(front, "/sign-in/", sent=b"x")
        if refused.status == 429:
            break
    assert refused.status == 429
    assert "Hãy đợi một phút" in refused.told.decode()
    assert {asked(front, "/sign-in/").status for _time in range(40)} == {200}, "reading a page is no guess"


UID = UUID(int=7)
WITH_FILES = [
    *(reverse(name) for name in ("orgs:import", "catalog:import", "inspections:import", "letterheads:check")),
    reverse("checkpoints:check_receipt"),
    reverse("letterheads:templates", args=["xa-thu", "minutes"]),
    *(
        reverse(name, args=[UID])
        for name in (
            "gathering:gathering",
            "inspections:files",
            "inspections:reply",
            "followup:report",
            "followup:proof",
        )
    ),
    "/api/v1/field/rescue",
]


def of_the_api() -> list[str]:
    """Addresses of the API that take files, as its own document names them."""
    paths = json.loads((CONF.parents[1] / "docs" / "reference" / "openapi.json").read_text())["paths"]
    takes = "multipart/form-data"
    kinds = {
        path: [one.get("requestBody", {}).get("content", {}) for one in ways.values()] for path, ways in paths.items()
    }
    return [re.sub(r"{\w+}", str(UID), path) for path, ways in kinds.items() if any(takes in one for one in ways)]


@pytest.mark.parametrize("path", [*WITH_FILES, *of_the_api()])
def test_files_come_in_where_files_belong(front: Front, path: str) -> None:
    there = asked(front, f"{path}?x=%C3%A1", sent=bytes(4 << 20))
    assert (there.status, there.headers["Asked"]) == (200, f"{path}?x=%C3%A1")


def test_the_way_of_files_is_no_address(front: Front) -> None:
    assert asked(front, "/files-come-in").status == 404


@pytest.mark.parametrize(
    ("way", "path"),
    [
        *(("POST", path) for path in ("/", "/sign-out/", "/plans/", "/visits/new/", "/api/v1/visits")),
        ("GET", "/declared/"),  # a page that is read brings no file, whatever a client sends along
        ("GET", "/sign-in/"),
        ("PATCH", f"/api/v1/field/media/{UID}"),
    ],
)
def test_elsewhere_nobody_fills_the_disk(front: Front, way: str, path: str) -> None:
    assert asked(front, path, way=way, sent=bytes(2 << 20)).status == 200
    refused = asked(front, path, way=way, sent=bytes(4 << 20))
    assert refused.status == 413
    assert "Yêu cầu quá lớn" in refused.told.decode()


def test_what_nginx_answers_itself_keeps_browsers_on_https(front: Front) -> None:
    """The server says so on its own answers (tests/site/test_settings.py); a refusal of nginx must not be the gap."""
    refused = asked(front, "/plans/", sent=bytes(4 << 20))
    assert refused.status == 413
    assert refused.headers["Strict-Transport-Security"] == f"max-age={HSTS_SECONDS}"


def test_one_address_sends_eight_files_at_a_time(front: Front) -> None:
    """Eight that are under way hold the others back, until one of them is done; reading goes on."""
    context = ssl.create_default_context(cafile=str(front.trusted))
    begun = [http.client.HTTPSConnection("127.0.0.1", front.https, context=context, timeout=10) for _each in range(8)]
    try:
        for one in begun:
            one.putrequest("POST", "/declared/", skip_host=True)
            one.putheader("Host", NAME)
            one.putheader("Content-Length", "100")
            one.endheaders(b"x")
        wait_until(lambda: asked(front, "/declared/", sent=b"x").status == 429)
        assert asked(front, "/declared/").status == 200
    finally:
        for one in begun:
            one.close()
    wait_until(lambda: asked(front, "/declared/", sent=b"x").status == 200)


def test_while_the_server_is_stopped_people_read_why(front: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Behind, "do_GET", lambda one: one.connection.shutdown(socket.SHUT_RDWR))
    away = asked(front, "/plans/")
    assert (away.status, away.headers["Retry-After"]) == (503, "60")
    assert "nâng cấp hoặc bảo trì" in away.told.decode()
    assert away.headers["Strict-Transport-Security"]


def test_no_log_tells_who_sent_a_report_or_was_refused(front: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    asked(front, "/plans/told")
    asked(front, "/report/xa-thu/")
    for _time in range(300):
        if asked(front, "/report/xa-thu/", sent=b"x").status == 429:
            break
    assert asked(front, "/report/xa-thu/", sent=bytes(4 << 20)).status == 413
    monkeypatch.setattr(Behind, "do_GET", lambda one: one.connection.shutdown(socket.SHUT_RDWR))
    assert asked(front, "/report/xa-thu/").status == 503
    wait_until(lambda: "/plans/told" in front.logs)
    assert [line for line in front.logs.splitlines() if "/report/xa-thu" in line] == []


def test_nobody_reads_the_public_page_faster_than_it_is_made(front: Front) -> None:
    statuses = [asked(front, "/public/").status for _time in range(90)]
    assert (statuses[:40], statuses[-1]) == ([200] * 40, 429)


def wait_until(reached: Callable[[], bool]) -> None:
    for _time in range(100):
        if reached():
            return
        time.sleep(0.05)
    pytest.fail("it never came to that")
