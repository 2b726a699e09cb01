"""Signing in through a real identity provider on this machine: what opens the door, and everything that does not."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from html import unescape
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from socket import create_server
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener, urlopen

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.test import Client

from kycuong.core.problems import NotAllowed, RuleBroken
from kycuong.orgs.models import Person
from kycuong.signin.actions.keys import link_identity, link_identity_of
from kycuong.signin.models import IdentityLink
from kycuong.signin.proving import provider as provider_of
from kycuong.signin.proving.provider import Identity, complete
from kycuong.site.identity import Provider, provider
from tests.desk import Desk
from tests.postgres import free_port
from tests.signin.conftest import PASSWORD
from tests.signin.soft_key import app_of, code_now

pytestmark = pytest.mark.django_db
HOUSE = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def running() -> Iterator[str]:
    """Its issuer."""
    port = free_port()
    command = [sys.executable, "-m", "tests.signin.provider_process", str(port)]
    server = subprocess.Popen(command, cwd=HOUSE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    issuer = f"http://127.0.0.1:{port}"
    try:
        wait_for(issuer)
        yield issuer
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait_for(issuer: str) -> None:
    for _each in range(200):
        try:
            urlopen(issuer + "/.well-known/openid-configuration").close()
            return
        except URLError:
            time.sleep(0.1)
    raise AssertionError("the provider did not start")


@pytest.fixture(autouse=True)
def forgotten() -> None:
    """What one test learnt of a provider is nothing to the next."""
    provider_of._KNOWN.clear()
    provider_of._DOWN.clear()


@pytest.fixture
def named(running: str, settings: Any) -> Provider:
    settings.OIDC = Provider(running, "kycuong", "mat-khau-ung-dung", "cổng thử")
    return settings.OIDC


@pytest.fixture
def linked(named: Provider, binh: Person) -> Person:
    link_identity(binh, Identity(named.issuer, "sub-binh"), by=binh)
    return binh


class Stay(HTTPRedirectHandler):
    def redirect_request(self, *given: Any) -> None:
        return None


def off(client: Client) -> str:
    """Where the button leads: to the proof that is missing, else by a page to the provider."""
    answer = client.post("/sign-in/provider/")
    if answer.status_code == 302:
        return str(answer["Location"])
    return unescape(answer.content.decode().split('content="0; url=')[1].split('"')[0])


def agree(place: str, sub: str = "sub-binh") -> str:
    """Somebody presses the button at the provider; the path and query with which the browser comes back."""
    request = Request(place, data=urlencode({"sub": sub}).encode())
    try:
        build_opener(Stay).open(request)
    except HTTPError as answer:
        back = urlsplit(answer.headers["Location"])
        answer.close()
        return f"{back.path}?{back.query}"
    raise AssertionError("the provider did not send anybody back")


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def changed(back: str, **values: str) -> str:
    path, query = back.split("?")
    asked = {name: given[0] for name, given in parse_qs(query).items()} | values
    return f"{path}?{urlencode(asked)}"


def test_a_linked_identity_opens_the_door(client: Client, linked: Person) -> None:
    page = client.get("/sign-in/").content.decode()
    assert "Đăng nhập qua cổng thử" in page
    place = off(client)
    asked = parse_qs(urlsplit(place).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["scope"] == ["openid"], "neither mail nor name is asked for"
    assert client.get(agree(place))["Location"] == "/"
    assert is_in(client)


def test_an_unknown_identity_opens_nothing_and_makes_no_account(client: Client, named: Provider, binh: Person) -> None:
    Person.objects.filter(pk=binh.pk).update(email="binh@langson.example")
    for sub in ("ai-do", "binh", "binh@langson.example"):
        answer = client.get(agree(off(client), sub))
        assert answer.status_code == 403
        assert "chưa được gắn" in answer.content.decode()
    assert not is_in(client)
    assert Person.objects.count() == 1


def test_a_second_factor_is_asked_for_after_the_provider_too(client: Client, named: Provider, binh: Person) -> None:
    secret = app_of(binh)
    link_identity(binh, Identity(named.issuer, "sub-binh"), by=binh)
    assert client.get(agree(off(client)))["Location"] == "/sign-in/second/"
    assert not is_in(client)
    client.post("/sign-in/second/", {"code": code_now(secret)})
    assert is_in(client)


def test_what_does_not_fit_what_was_asked(client: Client, linked: Person) -> None:
    back = agree(off(client))
    for wrong in (changed(back, state="khac"), changed(back, iss="https://evil.example")):
        off(client)
        assert client.get(wrong).status_code == 403
    assert client.get(back).status_code == 403, "its state is not the last one asked for"
    assert Client().get(back).status_code == 403, "another browser"
    place = off(client)
    assert (
        client.get(
            "/sign-in/provider/back/?" + urlencode({"state": parse_qs(urlsplit(place).query)["state"][0]})
        ).status_code
        == 403
    )
    assert not is_in(client)


@pytest.mark.parametrize("what", ["nonce", "verifier"])
def test_another_nonce_or_verifier(client: Client, linked: Person, what: str) -> None:
    back = agree(off(client))
    session = client.session
    session["provider_kept"] = session["provider_kept"] | {what: "khac"}
    session.save()
    assert client.get(back).status_code == 403
    assert not is_in(client)


def test_a_code_is_taken_once(client: Client, linked: Person) -> None:
    back = agree(off(client))
    kept = dict(client.session.items())["provider_kept"]
    assert client.get(back)["Location"] == "/"
    again = Client()
    off(again)
    session = again.session
    session["provider_kept"] = kept
    session.save()
    assert again.get(back).status_code == 403
    assert not is_in(again)


def test_only_a_button_of_ours_leads_there(named: Provider, linked: Person) -> None:
    """A link in a mail, or a page elsewhere, begins nothing."""
    strict = Client(enforce_csrf_checks=True)
    assert strict.get("/sign-in/provider/").status_code == 405
    assert strict.post("/sign-in/provider/").status_code == 403
    assert "provider_kept" not in strict.session
    page = strict.get("/sign-in/").content.decode()
    token = page.split('action="/sign-in/provider/"')[1].split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    assert strict.post("/sign-in/provider/", {"csrfmiddlewaretoken": token}).status_code == 200
    assert "provider_kept" in strict.session


def test_a_provider_by_another_name_is_not_ours(client: Client, named: Provider, settings: Any) -> None:
    settings.OIDC = named._replace(issuer=named.issuer + "/")
    assert client.post("/sign-in/provider/").status_code == 403


def test_a_provider_that_is_down_is_told_in_a_sentence(client: Client, settings: Any, binh: Person) -> None:
    settings.OIDC = Provider(f"http://127.0.0.1:{free_port()}", "kycuong", "", "cổng")
    answer = client.post("/sign-in/provider/")
    assert answer.status_code == 503
    assert "Hãy đăng nhập bằng tên và mật khẩu" in answer.content.decode()
    assert client.post("/sign-in/", {"login": "binh", "password": PASSWORD}).status_code == 302


def test_without_the_setting_there_is_no_such_door(client: Client) -> None:
    assert client.post("/sign-in/provider/").status_code == 404
    assert client.get("/sign-in/provider/back/?code=1&state=1").status_code == 404
    assert "qua cổng" not in client.get("/sign-in/").content.decode()


def test_a_person_links_after_signing_in_and_unlinks(client: Client, named: Provider, binh: Person) -> None:
    client.force_login(binh)
    assert client.get(agree(off(client), "sub-x"))["Location"] == "/me/security/identities/"
    assert not IdentityLink.objects.exists(), "a link in a mail gets no further"
    assert "sub-x" in client.get("/me/security/identities/").content.decode()
    strict_client = Client(enforce_csrf_checks=True)
    strict_client.cookies = client.cookies
    assert strict_client.post("/me/security/identities/").status_code == 403
    assert client.post("/me/security/identities/")["Location"] == "/me/security/"
    link = IdentityLink.objects.get()
    assert (link.person, link.subject, link.linked_by) == (binh, "sub-x", binh)
    assert "sub-x" in client.get("/me/security/").content.decode()
    client.post(f"/me/security/identities/{link.uid}/removal/")
    assert not IdentityLink.objects.exists()


def test_linking_asks_for_a_fresh_proof_before_the_way_there(
    strict: None, client: Client, named: Provider, binh: Person
) -> None:
    client.force_login(binh)
    session = client.session
    session["proved"] = int(time.time()) - 400
    session.save()
    waiting = off(client)
    assert waiting.startswith("/confirm/?w=")
    assert 'action="/sign-in/provider/"' in client.post(waiting, {"password": PASSWORD}).content.decode()
    assert client.get(agree(off(client), "sub-x"))["Location"] == "/me/security/identities/"
    assert client.post("/me/security/identities/")["Location"] == "/me/security/"


def test_an_administrator_links_and_nobody_takes_anothers(desk: Desk, named: Provider) -> None:
    head, admin, other = (desk.people[name] for name in ("team_head", "system_admin", "leader"))
    call_command("account", "link", head.username, "sub-head")
    assert IdentityLink.objects.get().person == head
    for person, sub in ((other, "sub-head"), (head, "sub-khac")):
        with pytest.raises(RuleBroken):
            link_identity_of(person, Identity(named.issuer, sub), by=admin)
    with pytest.raises(NotAllowed):
        link_identity_of(other, Identity(named.issuer, "sub-other"), by=head)


KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
STRANGER = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Answers(BaseHTTPRequestHandler):
    """A provider that answers with whatever token the test wants."""

    token, asked = "", 0

    def do_GET(self) -> None:
        Answers.asked += 1
        issuer = f"http://127.0.0.1:{self.server.server_port}"
        public = jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True) | {"kid": "a", "use": "sig"}
        places = {name: f"{issuer}/{name}" for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")}
        self.tell({"keys": [public]} if self.path == "/jwks_uri" else {"issuer": issuer, **places})

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.tell({"id_token": Answers.token})

    def tell(self, told: dict[str, Any]) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(told).encode())

    def log_message(self, *given: Any) -> None: ...


@pytest.fixture
def answering(settings: Any) -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    issuer = f"http://127.0.0.1:{server.server_port}"
    settings.OIDC = Provider(issuer, "kycuong", "x", "cổng")
    yield issuer
    server.shutdown()
    thread.join()
    server.server_close()


def claims(issuer: str, **other: Any) -> dict[str, Any]:
    moment = int(time.time())
    told = {"iss": issuer, "aud": "kycuong", "sub": "s", "nonce": "n", "iat": moment, "exp": moment + 60}
    return {name: value for name, value in (told | other).items() if value is not None}


def come_back() -> Identity:
    kept = {"state": "t", "nonce": "n", "verifier": "v"}
    return complete(kept, {"state": "t", "code": "c"}, "http://testserver/sign-in/provider/back/")


def test_a_sound_token(answering: str) -> None:
    Answers.token = jwt.encode(claims(answering), KEY, "RS256", headers={"kid": "a"})
    assert come_back() == Identity(answering, "s")


def test_what_is_published_is_asked_for_once(answering: str) -> None:
    Answers.token, Answers.asked = jwt.encode(claims(answering), KEY, "RS256", headers={"kid": "a"}), 0
    come_back()
    come_back()
    assert Answers.asked == 2, "the description and the keys"
    Answers.token = jwt.encode(claims(answering), STRANGER, "RS256", headers={"kid": "new"})
    with pytest.raises(NotAllowed):
        come_back()
    assert Answers.asked == 3, "an unknown key is looked for once more"


NONSENSES = [
    b"",
    b"x",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"HTTP/1.1 abc\r\n\r\n",
    b"HTTP/1.1 200 OK\r\n\r\n" + b"[" * 200_000,
]


@pytest.fixture
def raw(settings: Any) -> Iterator[list[Any]]:
    """A provider that answers with these bytes, and then drips for as many seconds: [bytes, seconds]."""
    told: list[Any] = [b"", 0.0]
    socket = create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                caller, _address = socket.accept()
            except OSError:
                return
            with caller, suppress(OSError):
                caller.recv(5000)
                caller.sendall(told[0])
                for _each in range(int(told[1] * 10)):
                    time.sleep(0.1)
                    caller.sendall(b"x")

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    settings.OIDC = Provider(f"http://127.0.0.1:{socket.getsockname()[1]}", "kycuong", "", "cổng")
    yield told
    socket.close()


@pytest.mark.parametrize("answer", NONSENSES)
def test_nonsense_of_a_provider_is_told_as_one_that_is_down(client: Client, raw: list[Any], answer: bytes) -> None:
    raw[0] = answer
    assert client.post("/sign-in/provider/").status_code == 503


def test_a_provider_that_drips_holds_up_nobody_for_long(
    client: Client, raw: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(provider_of, "SECONDS", 1)
    raw[:] = [b"HTTP/1.1 200 OK\r\n", 4.0]
    began = time.monotonic()
    assert client.post("/sign-in/provider/").status_code == 503
    assert client.post("/sign-in/provider/").status_code == 503
    assert time.monotonic() - began < 1.9, "the second was told at once: for a moment it is not asked again"


@pytest.mark.parametrize(
    "other",
    [
        {"iss": "https://evil.example"},
        {"aud": "khac"},
        {"aud": ["kycuong", "khac"], "azp": "khac"},
        {"nonce": "khac"},
        {"nonce": None},
        {"exp": int(time.time()) - 120},
        {"exp": None},
        {"iat": int(time.time()) + 3600},
        {"sub": None},
        {"sub": ""},
        {"sub": "x" * 256},
    ],
)
def test_an_unsound_token(answering: str, other: dict[str, Any]) -> None:
    Answers.token = jwt.encode(claims(answering, **other), KEY, "RS256", headers={"kid": "a"})
    with pytest.raises(NotAllowed):
        come_back()


def test_a_token_that_the_provider_did_not_sign(answering: str) -> None:
    told = claims(answering)
    secret = "x" * 32
    for token in (
        jwt.encode(told, STRANGER, "RS256", headers={"kid": "a"}),
        jwt.encode(told, KEY, "RS256", headers={"kid": "b"}),
        jwt.encode(told, None, "none", headers={"kid": "a"}),
        jwt.encode(told, secret, "HS256", headers={"kid": "a"}),
        "",
        "a.b.c",
        "x" * 1000,
    ):
        Answers.token = token
        with pytest.raises(NotAllowed):
            come_back()


@pytest.mark.parametrize("text", ["http://sso.example kycuong", "https://sso.example", "sso", "ftp://x y"])
def test_a_setting_that_cannot_work_is_told(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="KYCUONG_OIDC"):
        provider(text, "", "")


def test_the_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("bí-mật\n", encoding="utf-8")
    assert provider("https://sso.example kycuong", f"@{tmp_path}/secret", "x").secret == "bí-mật"
    with pytest.raises(ImproperlyConfigured):
        provider("https://sso.example kycuong", f"@{tmp_path}/none", "x")
