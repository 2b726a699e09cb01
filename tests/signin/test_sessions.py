"""Where one is signed in: listed, ended; and what ends every session at the next request."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kycuong.core.clock import now, today
from kycuong.orgs import actions as orgs
from kycuong.orgs.models import Person
from kycuong.signin.models import SignedIn
from kycuong.signin.queries import sessions_of
from kycuong.signin.rules import in_words
from kycuong.signin.tasks import tidy
from kycuong.site.staying import keep_key
from tests.desk import Desk
from tests.signin.conftest import PASSWORD

pytestmark = pytest.mark.django_db
AGENT = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36"


def browser(person: Person, **more: Any) -> Client:
    client = Client(**more)
    client.post("/sign-in/", {"login": person.username, "password": PASSWORD})
    assert is_in(client)
    return client


def is_in(client: Client) -> bool:
    return client.get("/me/").status_code == 200


def test_a_session_is_listed_with_its_place_and_browser_and_ended(binh: Person) -> None:
    here = browser(binh)
    phone = browser(binh, HTTP_USER_AGENT=AGENT, REMOTE_ADDR="203.0.113.9")
    page = here.get("/me/security/").content.decode()
    assert "Chrome trên điện thoại Android" in page
    assert "203.0.113.9" in page
    assert "phiên này" in page
    assert "Kết thúc phiên không thu hồi khóa API" in page, "nobody believes a stolen key dead"
    row = SignedIn.objects.get(address="203.0.113.9")
    here.post(f"/me/security/sessions/{row.uid}/end/")
    assert not is_in(phone)
    assert is_in(here)
    assert sessions_of(binh).count() == 1


def test_a_page_that_asks_how_long_is_left_prolongs_nothing(binh: Person) -> None:
    here = browser(binh)
    quiet = int(now().timestamp()) - 120
    session = here.session
    session["seen"] = quiet
    session.save()
    told = here.get("/session/").json()
    assert told["person"] == str(binh.uid)
    assert 1670 <= told["left"] <= 1680
    assert here.session["seen"] == quiet
    here.get("/session/?typing")
    assert here.session["seen"] > quiet, "who types is at work"
    session = here.session
    session["seen"] = quiet
    session.save()
    assert is_in(here), "somebody at work does prolong it"
    assert here.session["seen"] > quiet
    session = here.session
    session["began"] = int(now().timestamp()) - 8 * 3600 + 60
    session.save()
    assert here.get("/session/").json()["left"] <= 60, "eight hours are the end of it, however busy"
    session["seen"] = int(now().timestamp()) - 1801
    session.save()
    assert here.get("/session/").json() == {"person": "", "left": 0}
    assert not is_in(here)


def test_the_key_of_what_a_tab_keeps_is_one_persons(binh: Person, desk: Desk) -> None:
    keys = [
        re.search(r'data-keep-key="([\w+/=]{44})"', browser(one).get("/me/").content.decode()) for one in (binh, binh)
    ]
    assert keys[0] is not None
    assert keys[1] is not None
    assert keys[0][1] == keys[1][1], "the same after signing in again"
    assert keep_key(desk.people["leader"]) != keys[0][1]
    assert "data-keep-key" not in Client().get("/sign-in/").content.decode()


def test_ending_all_others_keeps_this_one(binh: Person) -> None:
    here, *others = [browser(binh) for _ in range(3)]
    here.post("/me/security/sessions/end/")
    assert [is_in(other) for other in others] == [False, False]
    assert is_in(here)
    assert sessions_of(binh).count() == 1


def test_a_new_password_ends_the_others(binh: Person) -> None:
    here, other = browser(binh), browser(binh)
    new = "mot-mat-khau-moi-dai"
    here.post("/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert is_in(here)
    assert not is_in(other)
    assert sessions_of(binh).count() == 1


@pytest.mark.parametrize("act", ["grant", "end", "password", "close", "reopen"])
def test_what_changes_an_account_ends_its_sessions(desk: Desk, head: Person, act: str) -> None:
    admin, theirs = desk.people["system_admin"], browser(head)
    if act == "grant":
        orgs.grant_role(head, by=admin, role="leader", unit=desk.units["commune"])
    elif act == "end":
        orgs.end_role(head.assignments.get(), by=admin)
    elif act == "password":
        orgs.set_temporary_password(head, by=admin)
    else:
        orgs.deactivate_account(head, by=admin)
    if act == "reopen":
        orgs.reactivate_account(head, by=admin)
    assert not is_in(theirs)


def test_a_refused_change_ends_nothing(desk: Desk, head: Person) -> None:
    theirs = browser(head)
    with pytest.raises(Exception, match="quyền"):
        orgs.end_role(head.assignments.get(), by=head)
    assert is_in(theirs)


def test_a_request_costs_no_statement_more(binh: Person) -> None:
    client = browser(binh)
    client.get("/me/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get("/me/")
    assert [one["sql"] for one in asked if "signin_" in one["sql"]] == []


def test_what_has_ended_is_forgotten(binh: Person) -> None:
    client = browser(binh)
    client.post("/sign-out/")
    assert SignedIn.objects.exists()
    tidy(today())
    assert not SignedIn.objects.exists()
    browser(binh)
    Session.objects.update(expire_date=now() - timedelta(seconds=1))  # nobody pressed «sign out»
    tidy(today())
    assert not SignedIn.objects.exists()
    assert not Session.objects.exists()
    browser(binh)
    tidy(today())
    assert SignedIn.objects.count() == 1


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (AGENT, "Chrome trên điện thoại Android"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Gecko/20100101 Firefox/128.0", "Firefox trên máy Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/126.0 Safari/537.36 Edg/126.0", "Edge trên máy Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Version/17.0 Safari/604.1", "Safari trên iPhone"),
        ("curl/8", "trình duyệt không rõ"),
        ("", "trình duyệt không rõ"),
    ],
)
def test_a_browser_in_words(agent: str, words: str) -> None:
    assert in_words(agent) == words
