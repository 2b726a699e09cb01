"""The page of a checklist."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.desk import Desk

AsPerson = Callable[[Any], Client]


def test_checklist_shows_the_bases_of_the_day(desk: Desk, as_person: AsPerson) -> None:
    client = as_person(desk.people["unit_head"])
    assert client.get("/checklists/").url == "/checklists/1.0/"
    in_2019 = client.get("/checklists/1.0/", {"on": "30/04/2019"}).content.decode()
    today = client.get("/checklists/1.0/").content.decode()
    assert "61/2018/NĐ-CP" in in_2019
    assert "118/2025/NĐ-CP" not in in_2019
    assert "118/2025/NĐ-CP" in today


@pytest.mark.parametrize("typed", ["31/02/2019", "x" * 5000, "2019"])
def test_checklist_of_an_impossible_day_says_so(desk: Desk, as_person: AsPerson, typed: str) -> None:
    response = as_person(desk.people["leader"]).get("/checklists/1.0/", {"on": typed})
    assert response.status_code == 200
    assert "errorlist" in response.content.decode()


def test_unknown_version_is_not_found(desk: Desk, as_person: AsPerson) -> None:
    assert as_person(desk.people["leader"]).get("/checklists/9.9/").status_code == 404
