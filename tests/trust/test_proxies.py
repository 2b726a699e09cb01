"""Whose address a request has, behind a proxy and past it: no client can choose it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from kycuong.core.middleware import ClientAddress
from kycuong.orgs.models import Person
from kycuong.signin.models import SignedIn
from kycuong.site.identity import networks

PASSWORD = "mot-mat-khau-dai"


def seen(remote: str, forwarded: str | None = None, proto: str | None = None) -> tuple[str, bool]:
    """The address, and whether the line counts as encrypted."""
    told = {"HTTP_X_FORWARDED_FOR": forwarded, "HTTP_X_FORWARDED_PROTO": proto}
    request = RequestFactory().get("/", REMOTE_ADDR=remote, **{name: one for name, one in told.items() if one})
    found: list[tuple[str, bool]] = []

    def page(asked: HttpRequest) -> HttpResponse:
        found.append((asked.META["REMOTE_ADDR"], "HTTP_X_FORWARDED_PROTO" in asked.META))
        return HttpResponse()

    ClientAddress(page)(request)
    return found[0]


@pytest.fixture
def proxied(settings: Any) -> None:
    settings.PROXIES = networks("127.0.0.1, 10.1.2.0/28,::1")


@pytest.mark.parametrize(
    ("remote", "forwarded", "address"),
    [
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("::1", "2001:db8::7", "2001:db8::7"),
        ("::ffff:127.0.0.1", "203.0.113.9", "203.0.113.9"),  # nginx, at a server that listens on [::]
        ("127.0.0.1", "203.0.113.9, ::ffff:10.1.2.5", "203.0.113.9"),
        ("::ffff:203.0.113.9", "198.51.100.1", "203.0.113.9"),  # past the proxy: one client, one name
        ("127.0.0.1", "::ffff:203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),  # the left one was written by the client
        ("127.0.0.1", "203.0.113.9, 10.1.2.5", "203.0.113.9"),  # two proxies of ours
        ("127.0.0.1", "203.0.113.9, unknown", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", None, "127.0.0.1"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),  # past the proxy
        ("10.1.2.99", "198.51.100.1", "10.1.2.99"),
    ],
)
def test_nobody_chooses_an_address(proxied: None, remote: str, forwarded: str | None, address: str) -> None:
    assert seen(remote, forwarded)[0] == address


def test_past_the_proxy_no_line_is_encrypted(proxied: None) -> None:
    assert seen("127.0.0.1", proto="https")[1]
    assert not seen("203.0.113.9", proto="https")[1]
    assert seen("::ffff:127.0.0.1", proto="https")[1]


def test_a_proxy_that_was_forgotten_is_told_once(proxied: None, caplog: pytest.LogCaptureFixture) -> None:
    page = ClientAddress(lambda _request: HttpResponse())
    for more in ({}, {"HTTP_X_FORWARDED_PROTO": "https"}, {"HTTP_X_FORWARDED_FOR": "203.0.113.9"}):
        page(RequestFactory().get("/", REMOTE_ADDR="127.0.0.1", **more))
        assert not caplog.messages
    page(RequestFactory().get("/", REMOTE_ADDR="10.1.2.99"))
    assert not caplog.messages, "who says nothing of others is no proxy"
    for _each in range(3):
        page(RequestFactory().get("/", REMOTE_ADDR="10.1.2.99", HTTP_X_FORWARDED_PROTO="https"))
    assert len(caplog.messages) == 1
    assert "10.1.2.99 is dropped: it is no proxy of KYCUONG_PROXIES" in caplog.messages[0]


def test_without_proxies_nothing_is_believed(settings: Any) -> None:
    assert settings.PROXIES == []
    assert seen("203.0.113.9", "198.51.100.1")[0] == "203.0.113.9"


@pytest.mark.django_db
def test_failures_and_sessions_are_the_clients(proxied: None, client: Client) -> None:
    Person.objects.create_user("binh", PASSWORD, full_name="Nông Thị Bình")

    def tried(password: str, address: str) -> int:
        given = {"login": "binh", "password": password}
        return client.post(
            "/sign-in/", given, REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR=f"1.2.3.4, {address}"
        ).status_code

    assert [tried("sai", "203.0.113.9") for _time in range(5)][-1] == 429
    assert tried(PASSWORD, "203.0.113.9") == 429, "that client is out"
    assert tried(PASSWORD, "203.0.113.77") == 302, "a colleague behind the same proxy is not"
    assert SignedIn.objects.get().address == "203.0.113.77"


@pytest.mark.parametrize("text", ["nginx", "10.0.0.1/8", "300.1.1.1", "127.0.0.1;::1"])
def test_what_is_no_network_is_told(text: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        networks(text)
