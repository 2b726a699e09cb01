"""Signing in, staying in, being locked out."""

from __future__ import annotations

from base64 import b64encode
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from kycuong.core import middleware
from kycuong.core.clock import now
from kycuong.orgs.models import Person

pytestmark = pytest.mark.django_db
PASSWORD = "mot-mat-khau-dai"


@pytest.fixture
def binh() -> Person:
    return Person.objects.create_user("binh", PASSWORD, full_name="Nông Thị Bình")


def sign_in(client: Client, password: str, name: str = "binh") -> int:
    return client.post("/sign-in/", {"login": name, "password": password}).status_code


def basic(password: str, name: str = "binh") -> dict[str, str]:
    return {"authorization": "Basic " + b64encode(f"{name}:{password}".encode()).decode()}


def test_a_page_sends_strangers_to_sign_in_and_back(client: Client) -> None:
    response = client.get("/password/")
    assert response.status_code == 302
    assert response["Location"] == "/sign-in/?next=/password/"


def test_the_api_tells_strangers_401_and_never_redirects(client: Client) -> None:
    response = client.get("/api/v1/figures?scope=x")
    assert response.status_code == 401
    assert response["Content-Type"] == "application/problem+json"
    assert response["WWW-Authenticate"].startswith("Basic")
    told = response.json()
    assert told["type"] == "urn:kycuong:problem:unauthenticated"
    assert "Hãy đăng nhập" in told["detail"]
    assert "Sign in" in told["detail_en"]


def test_the_right_password_signs_in_and_nothing_is_kept_by_caches(client: Client, binh: Person) -> None:
    assert sign_in(client, PASSWORD) == 302
    page = client.get("/password/")
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store, private"


def test_signing_in_begins_a_new_session_and_signing_out_ends_it_on_the_server(client: Client, binh: Person) -> None:
    name = settings.SESSION_COOKIE_NAME
    session = client.session  # as an attacker would plant it before
    session["planted"] = True
    session.save()
    planted = session.session_key
    client.cookies[name] = planted
    assert sign_in(client, PASSWORD) == 302
    key = client.cookies[name].value
    assert key != planted
    assert client.post("/sign-out/").status_code == 302
    stolen = Client()
    stolen.cookies[name] = key
    assert stolen.get("/password/")["Location"] == "/sign-in/?next=/password/"


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(client: Client, binh: Person) -> None:
    wrong = client.post("/sign-in/", {"login": "binh", "password": "x"}).content.decode()
    unknown = client.post("/sign-in/", {"login": "khong-ai", "password": "x"}).content.decode()
    sentence = "Tên đăng nhập hoặc mật khẩu chưa đúng"
    assert sentence in wrong
    assert sentence in unknown


def test_somebody_who_left_cannot_sign_in(client: Client, binh: Person) -> None:
    Person.objects.filter(pk=binh.pk).update(is_active=False)
    sign_in(client, PASSWORD)
    assert "_auth_user_id" not in client.session
    assert client.get("/api/v1/figures?scope=x", headers=basic(PASSWORD)).status_code == 401


def test_repeated_failures_lock_out_even_the_right_password(client: Client, binh: Person) -> None:
    for _ in range(4):
        assert sign_in(client, "x") == 200
    assert sign_in(client, "x") == 429
    response = client.post("/sign-in/", {"login": "binh", "password": PASSWORD})
    assert response.status_code == 429
    assert "chờ 15 phút" in response.content.decode()
    assert "_auth_user_id" not in client.session
    other = Client(REMOTE_ADDR="192.0.2.7")
    assert sign_in(other, PASSWORD) == 302, "from another address the person still gets in"


def test_basic_authentication_is_counted_like_a_sign_in(client: Client, binh: Person) -> None:
    assert client.get("/api/v1/figures/definitions", headers=basic(PASSWORD)).status_code == 200
    for _ in range(5):
        client.get("/api/v1/figures/definitions", headers=basic("x"))
    response = client.get("/api/v1/figures/definitions", headers=basic(PASSWORD))
    assert response.status_code == 429
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "address", ["https://example.org/", "//example.org", "/\\example.org", "javascript:1", "http://["]
)
def test_signing_in_leads_to_no_foreign_place(client: Client, binh: Person, address: str) -> None:
    assert client.get("/sign-in/", {"next": address}).status_code == 200
    response = client.post("/sign-in/", {"login": "binh", "password": PASSWORD, "next": address})
    assert response["Location"] == "/"


def test_no_other_spelling_of_the_name_escapes_the_count(client: Client, binh: Person) -> None:
    assert sign_in(client, PASSWORD, "BÌNH") == 200, "another name"
    assert sign_in(client, PASSWORD, "Binh") == 302, "the same name"
    client.logout()
    for name in ("binh", "Binh", "bInh", " binH "):
        assert sign_in(client, "x", name) == 200
    assert client.get("/api/v1/figures/definitions", headers=basic("x", "BINH")).status_code == 429
    for name in ("binh", "BINH"):
        assert sign_in(client, PASSWORD, name) == 429
        assert client.get("/api/v1/figures/definitions", headers=basic(PASSWORD, name)).status_code == 429


@pytest.mark.parametrize("name", ["b" * 300, "bi\0nh", "%00", "ﷺ" * 300])
def test_a_name_that_nobody_can_have_is_only_wrong(client: Client, binh: Person, name: str) -> None:
    assert client.get("/api/v1/figures/definitions", headers=basic(PASSWORD, name)).status_code == 401
    assert sign_in(client, PASSWORD, name) == 200


def test_nobody_signs_up(client: Client) -> None:
    for path in ("/sign-up/", "/signup/", "/accounts/signup/", "/sign-in/signup/", "/password/reset/"):
        assert client.get(path).status_code in {302, 404}
        assert client.post(path, {"username": "moi", "password1": PASSWORD}).status_code in {302, 404}
    assert Person.objects.count() == 0


@pytest.mark.parametrize(
    ("idle", "age", "stays"),
    [(29, 29, True), (31, 31, False), (1, 8 * 60 - 1, True), (1, 8 * 60 + 1, False)],
)
def test_a_session_ends_when_idle_for_half_an_hour_or_after_eight(
    client: Client, binh: Person, monkeypatch: pytest.MonkeyPatch, idle: int, age: int, stays: bool
) -> None:
    client.force_login(binh)
    assert client.get("/password/").status_code == 200
    later = now() + timedelta(minutes=age)
    session = client.session
    session["seen"] = int((later - timedelta(minutes=idle)).timestamp())
    session.save()
    monkeypatch.setattr(middleware, "now", lambda: later)
    assert client.get("/password/").status_code == (200 if stays else 302)


def test_a_password_must_be_long_and_changing_it_keeps_the_person_in(client: Client, binh: Person) -> None:
    client.force_login(binh)
    short = {"oldpassword": PASSWORD, "password1": "ngan", "password2": "ngan"}
    assert client.post("/password/", short).status_code == 200
    new = "mot-mat-khau-moi-dai"
    client.post("/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    binh.refresh_from_db()
    assert binh.check_password(new)
