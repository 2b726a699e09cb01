"""What no key of a program opens or does, whatever its scope and its person: found by reading, each with its way in."""

from __future__ import annotations

import csv
import json
import logging
from base64 import b64encode
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client

from kycuong.core.clock import now
from kycuong.core.lines import Line
from kycuong.core.presence import Presence, present
from kycuong.core.problems import NotAllowed
from kycuong.inspections.actions import add_addendum
from kycuong.orgs.models import Person
from kycuong.signin.models import SignedIn
from kycuong.signin.rules import is_open_to_figures
from tests.desk import Desk

from .test_keys import call, key_for

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("scope", ["read", "write"])
@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/field/start",
        "/api/v1/field/pull",
        "/api/v1/field/devices/01a21bf3-ace9-7cb2-aab6-98433dd33fb8/key",
        "/api/v1/exports",
        "/api/v1/notices",
    ],
)
def test_what_phones_send_background_files_and_notices_are_for_people(head: Person, scope: str, path: str) -> None:
    answer = call(key_for(head, scope)[1], path)
    assert (answer.status_code, "chỉ dành cho người đăng nhập" in answer.json()["detail"]) == (403, True)


def test_no_key_does_what_binds_an_office(desk: Desk, head: Person) -> None:
    """Wherever the act is called from; whoever signed in may."""
    visit = desk.signed()
    with present(Presence(None, keyed=True)), pytest.raises(NotAllowed, match="ràng buộc cơ quan"):
        add_addendum(
            visit,
            by=head,
            reason="Thiếu ảnh.",
            text="Bổ sung ảnh.",
            team_signatory="Trưởng đoàn",
            unit_signatory="Chủ tịch",
        )
    assert {"visit.add_addendum", "plan.approve", "plan.issue", "finding.decide", "report.submit"} <= settings.BINDING


@pytest.mark.parametrize("below", ["", "/docx", "/xlsx"])
def test_a_key_for_figures_opens_no_summary(below: str) -> None:
    """Its tables name every visit and say the words of recommendations."""
    assert not is_open_to_figures(f"/api/v1/figures/summary{below}")
    assert is_open_to_figures("/api/v1/figures/definitions")


def test_a_list_that_is_streamed_says_as_little_to_a_key_as_the_list(desk: Desk, head: Person) -> None:
    """It goes out when the request is over, and was made when nobody knew any more that a key asked."""
    opened = desk.open(sealed=True)
    desk.sign(desk.answered(desk.begin(opened)[0]))
    browser = Client()
    browser.force_login(head)
    path = "/api/v1/lists/inspections?format=csv"
    assert sealed_in(browser.get(path)) == ["có"], "who is on the short list reads it"
    assert sealed_in(call(key_for(head)[1], path)) == [""]


def sealed_in(answer: Any) -> list[str]:
    rows = list(csv.reader(b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()))
    head = next(place for place, row in enumerate(rows) if "Niêm phong" in row)
    return [row[rows[head].index("Niêm phong")] for row in rows[head + 1 :] if len(row) > 1]


def test_a_password_that_somebody_lent_holds_up_keys_too(head: Person) -> None:
    _key, token = key_for(head)
    for days in (7, -1):
        Person.objects.filter(pk=head.pk).update(password_ends_at=now() + timedelta(days=days))
        assert call(token).status_code == 403


def test_a_key_in_place_of_a_password_is_a_key(head: Person, binh: Person) -> None:
    """It writes without the token of a form, and no cookie beside it counts."""
    token = key_for(binh, "write")[1]
    basic = {"authorization": f"Basic {b64encode(f'{binh.username}:{token}'.encode()).decode()}"}
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/api/v1/plans", {}, content_type="application/json", headers=basic)
    assert answer.status_code in (403, 422)
    assert "CSRF" not in answer.content.decode()
    strict.force_login(head)
    seen = json.loads(strict.get("/api/v1/keys", headers=basic).content)
    assert [one["name"] for one in seen["keys"]] == ["Báo cáo tuần"], "of the key's person, not of the cookie's"


def test_a_key_beside_a_cookie_changes_nobody_s_session(desk: Desk, head: Person, binh: Person) -> None:
    browser = Client()
    browser.force_login(head)
    browser.get("/mine/")
    SignedIn.objects.update(seen_at=now() - timedelta(hours=1))
    session = browser.session
    session["told"] = 0
    session.save()
    browser.get("/api/v1/plans", headers={"authorization": f"Bearer {key_for(binh)[1]}"})
    assert {one.person_id for one in SignedIn.objects.all()} <= {head.pk}


def test_a_database_that_takes_nothing_is_no_reason_to_show_nothing(head: Person) -> None:
    _key, token = key_for(head)
    with patch("django.db.models.query.QuerySet.update", side_effect=OperationalError("database or disk is full")):
        assert call(token).status_code == 200


def test_the_log_says_no_secret_address() -> None:
    record = logging.LogRecord(
        "django.request", logging.ERROR, "", 0, "Internal Server Error: %s", ("/calendar/feeds/abcDEF123.ics",), None
    )
    record.request_id = "-"
    told = Line().format(record)
    assert "abcDEF123" not in told
    assert "/calendar/feeds/…" in told


def test_a_uid_of_what_is_sealed_tells_a_key_nothing(desk: Desk, head: Person) -> None:
    opened = desk.open(sealed=True)
    body: dict[str, Any] = {
        "uid": str(opened.uid),
        "lead": desk.units["department"].slug,
        "form": "surprise",
        "title": "Thử",
    }
    answer = call(key_for(head, "write")[1], "/api/v1/inspections", **body)
    assert answer.status_code == 409
    assert "state" not in answer.json()
