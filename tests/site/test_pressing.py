"""A button that is pressed twice does its work once; what failed may be sent again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from kycuong.core.clock import now, today
from kycuong.inspections.models import Inspection
from kycuong.site.models import Pressed
from kycuong.site.pressing import KEPT, forget_pressed
from tests.desk import DAY_TYPED, Desk

AsPerson = Callable[[Any], Client]
VISIT = {
    "lead": "so-noi-vu",
    "unit": "xa-hoang-dong",
    "form": "surprise",
    "visited_on": DAY_TYPED,
    "checklist_form": "short",
}
OPENED = {"lead": "so-noi-vu", "form": "planned"}
API = "/api/v1/inspections"


@pytest.fixture
def client(desk: Desk, as_person: AsPerson) -> Client:
    return as_person(desk.people["aggregator"])


def press(client: Client, token: str = "of this page", **changed: str) -> Any:
    return client.post("/visits/new/", {**VISIT, "csrfmiddlewaretoken": token, **changed})


def test_the_same_page_sent_twice_opens_one_visit_and_leads_to_it(client: Client) -> None:
    first, second = press(client), press(client)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert Inspection.objects.count() == 1


def test_another_page_or_other_words_are_another_visit(client: Client) -> None:
    press(client)
    press(client, "of a page that was opened anew", unit="xa-binh-minh")
    press(client, unit="phong-cai-cach-hanh-chinh")
    assert Inspection.objects.count() == 3


def test_what_was_refused_may_be_sent_again(client: Client) -> None:
    assert press(client, visited_on="31/02/2026").status_code in (200, 422)
    assert Pressed.objects.count() == 0
    assert press(client).status_code == 302


def test_two_people_may_send_the_same(desk: Desk, client: Client, as_person: AsPerson) -> None:
    press(client)
    press(as_person(desk.people["team_head"]), unit="xa-binh-minh")
    assert Inspection.objects.count() == 2


def test_while_the_first_is_under_way_the_second_is_told_to_wait(client: Client) -> None:
    press(client)
    Pressed.objects.update(led_to="")
    again = press(client)
    assert again.status_code == 409
    assert "đã được gửi một lần" in again.content.decode()


def test_a_program_says_by_a_key_that_it_sends_again(client: Client) -> None:
    def sent(key: str) -> Any:
        headers = {"Idempotency-Key": key} if key else {}
        return client.post(API, OPENED, content_type="application/json", headers=headers)

    assert [sent(key).status_code for key in ("a", "a", "b", "", "")] == [201, 409, 201, 201, 201]
    assert Inspection.objects.count() == 4


def test_after_two_days_it_is_forgotten(client: Client) -> None:
    press(client)
    forget_pressed(today())
    assert Pressed.objects.count() == 1
    Pressed.objects.update(pressed_at=now() - KEPT - timedelta(minutes=1))
    forget_pressed(today())
    assert Pressed.objects.count() == 0
