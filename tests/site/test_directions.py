"""Every page for which people sign in says what it is for; paper, the phone and pages for everybody do not."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, resolve

from kycuong.site.directions import CHAPTERS, help_of
from kycuong.site.speaking import PAGES
from tests import walking
from tests.desk import Desk
from tests.sides import Sides

OTHERWISE = {
    "field:shell": "the phone, which has its own words",
    "reports:print": "a sheet of paper",
    "ui:print": "a sheet of paper",
    "ui:problem": "a refusal: what was asked for is not there",
    "signin:second": "nobody is signed in yet",
    "account_login": "nobody is signed in yet",
}
"""Pages without help, and why."""
BOX = '<details class="help"'

pytestmark = pytest.mark.look


@pytest.mark.xdist_group("pages")
@pytest.mark.django_db
def test_every_page_that_people_sign_in_for_says_what_it_is_for(desk: Desk, sides: Sides) -> None:
    found, without = set(), set()
    for one in walking.pages(desk, sides):
        name = resolve(one.path.partition("?")[0]).view_name
        (found if BOX in one.text else without).add(name)
        assert one.text.count(BOX) <= 1, name
    public = {name for name in without if name.startswith("openness:") or name in OTHERWISE}
    assert without - public == set()
    assert len(found) > 200


def test_help_is_of_pages_that_there_are_and_each_stands_in_one_chapter() -> None:
    names = [name for chapter in CHAPTERS for name in chapter.pages]
    assert len(names) == len(set(names))
    assert set(names) - set(addresses()) == set()


def addresses(resolver: Any = None, space: str = "") -> list[str]:
    """The names of all addresses, each with its capability."""
    found: list[str] = []
    for one in (resolver or get_resolver()).url_patterns:
        if hasattr(one, "url_patterns"):
            found += addresses(one, f"{space}{one.namespace}:" if one.namespace else space)
        elif one.name:
            found.append(space + one.name)
    return found


ASKED_NOTHING = {
    *("gathering:confirm", "gathering:confirm_ready", "gathering:read", "gathering:set_aside", "gathering:take_back"),
    *("ui:language", "ui:scheme"),
}
"""Buttons: they answer with another page, or with a refusal."""


def test_pages_that_are_asked_for_by_a_button_say_what_they_are_for_too() -> None:
    """What is shown once, or whose reading is on record, is walked by no GET."""
    assert PAGES - {name for chapter in CHAPTERS for name in chapter.pages} - ASKED_NOTHING == {"account_login"}


def test_an_address_that_leads_nowhere_has_no_help() -> None:
    assert help_of(HttpRequest()) is None


@pytest.mark.django_db
def test_help_asks_the_database_nothing(desk: Desk, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.force_login(desk.people["aggregator"])
    client.get("/days-off/")
    counts = []
    for told in (help_of, lambda _request: None):
        monkeypatch.setattr("kycuong.site.context.help_of", told)
        with CaptureQueriesContext(connection) as queries:
            text = client.get("/days-off/").content.decode()
        counts.append((BOX in text, len(queries)))
    assert counts[0][0]
    assert not counts[1][0]
    assert counts[0][1] == counts[1][1]


@pytest.mark.django_db
def test_help_is_in_the_language_of_the_page(desk: Desk, client: Client) -> None:
    client.force_login(desk.people["aggregator"])
    assert "Mọi việc đang chờ bạn" in client.get("/mine/").content.decode()
    client.post("/ui/language/", {"language": "en"})
    text = client.get("/mine/").content.decode()
    assert "Everything that waits for you" in text
    assert 'href="/help/#own"' in text


@pytest.mark.django_db
def test_the_page_of_help_tells_of_ones_own_menu(desk: Desk, client: Client) -> None:
    client.force_login(desk.people["system_admin"])
    text = client.get("/help/").content.decode()
    assert "Các tài khoản do bạn quản lý." in text
    assert "Kế hoạch kiểm tra của các cơ quan trong một năm" not in text
    assert 'href="/help/guide/administrator/"' in text
    assert 'id="own"' in text
