"""Light, dark or as the system says: what a browser has chosen stands in a cookie and in the first byte of the next page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, override_settings

from kycuong.ui.schemes import SCHEMES

STATIC = Path(__file__).parents[2] / "kycuong" / "ui" / "static" / "ui"
SHEET = re.compile(r'href="/static/ui/dark\.css"\s+media="([^"]+)"')
META = re.compile(r'name="color-scheme" content="([^"]+)"')

pytestmark = pytest.mark.django_db


def looks(client: Client, path: str = "/sign-in/") -> tuple[str, str]:
    """For which media the dark sheet counts, and what the browser may draw by itself."""
    text = client.get(path).content.decode()
    return SHEET.findall(text)[0], META.findall(text)[0]


def test_who_has_chosen_nothing_gets_what_the_system_says() -> None:
    assert looks(Client()) == ("screen and (prefers-color-scheme: dark)", "light dark")


@pytest.mark.parametrize(("code", "media", "meta"), [("dark", "screen", "dark"), ("light", "not all", "light")])
def test_a_choice_is_in_the_first_byte_of_the_next_page(code: str, media: str, meta: str) -> None:
    client = Client()
    answer = client.post("/ui/scheme/", {"scheme": code, "next": "/sign-in/?next=/mine/"})
    assert answer.headers["Location"] == "/sign-in/?next=/mine/"
    assert looks(client) == (media, meta)
    client.post("/ui/scheme/", {"scheme": "system", "next": "/"})
    assert looks(client)[1] == "light dark"


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)", ""]
)
def test_nobody_is_led_elsewhere(elsewhere: str) -> None:
    assert Client().post("/ui/scheme/", {"scheme": "dark", "next": elsewhere}).headers["Location"] == "/"


def test_what_is_no_choice_is_refused_in_words() -> None:
    answer = Client().post("/ui/scheme/", {"scheme": "pink"})
    assert answer.status_code == 422
    assert "chọn theo máy, sáng hoặc tối" in answer.content.decode()
    assert settings.SCHEME_COOKIE_NAME not in answer.cookies


def test_a_cookie_that_nobody_understands_is_none() -> None:
    client = Client()
    client.cookies[settings.SCHEME_COOKIE_NAME] = 'x" onload="'
    assert looks(client)[1] == "light dark"


def test_scripts_may_read_the_cookie_and_other_sites_do_not_send_it() -> None:
    with override_settings(SESSION_COOKIE_SECURE=True):
        cookie = Client().post("/ui/scheme/", {"scheme": "dark"}).cookies[settings.SCHEME_COOKIE_NAME]
    assert (cookie["samesite"], cookie["secure"], cookie["httponly"], cookie["path"]) == ("Lax", True, "", "/")


def test_paper_is_white_whatever_the_screen_is(as_person: object, django_user_model: type) -> None:
    assert all(one.media in ("not all",) or one.media.startswith("screen") for one in SCHEMES.values()), (
        "a printer is no screen"
    )
    client = Client()
    client.force_login(django_user_model.objects.create_user("in", "mot mat khau dai", full_name="Người In"))  # type: ignore[attr-defined]
    client.cookies[settings.SCHEME_COOKIE_NAME] = "dark"
    assert "dark.css" not in client.get("/ui/print/").content.decode()
    assert "dark.css" in client.get("/ui/").content.decode()


def test_dark_knows_every_colour_of_light() -> None:
    """A colour that only the light sheet knows would shine through the dark one; type and space are the same in both."""
    names = {
        sheet: set(re.findall(r"(--[\w-]+): (?:#|rgb|0 \d)", (STATIC / f"{sheet}.css").read_text(encoding="utf-8")))
        for sheet in ("tokens", "dark")
    }
    alike = {"--on-navy", "--on-navy-2", "--gold", "--shadow"}
    assert names["tokens"] - names["dark"] == alike
