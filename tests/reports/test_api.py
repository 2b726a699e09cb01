"""GET /api/v1/figures: the command line's answer, for those who may see it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from kycuong.orgs.models import Assignment, Person
from kycuong.reports.figures import FIGURES

from .conftest import DISTRICT, SINCE

Clients = Callable[[Any], Client]
QUARTER = {"scope": "u3", "from": "2019-01-01", "to": "2019-03-31"}


@pytest.mark.parametrize("extra", [{}, {"view": "lead"}, {"restated": "2019-12-31"}], ids=str)
def test_figures_are_those_of_the_command_line(
    leader: Person, as_person: Clients, extra: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    answer = as_person(leader).get("/api/v1/figures", {**QUARTER, **extra})
    assert answer.status_code == 200
    options = {"scope": "u3", "first": "2019-01-01", "last": "2019-03-31", "shape": "json"}
    call_command("figures", "--scope", "u3", **{**options, **extra})
    assert answer.json() == json.loads(capsys.readouterr().out)


def test_figures_elsewhere_are_refused_with_the_reason(leader: Person, as_person: Clients) -> None:
    for address in ("/api/v1/figures", "/api/v1/figures/visits/list"):
        answer = as_person(leader).get(address, {**QUARTER, "scope": "u1"})
        assert answer.status_code == 403
        assert "figures.see" in answer.json()["detail_en"]


def test_nobody_gets_nothing(small: Any) -> None:
    for address in ("figures", "figures/visits/list", "figures/definitions"):
        assert Client().get(f"/api/v1/{address}", QUARTER).status_code == 401


def test_a_list_is_paged_and_tells_its_columns(leader: Person, as_person: Clients) -> None:
    answer = as_person(leader).get("/api/v1/figures/units/list", {**QUARTER, "limit": 1, "offset": 1}).json()
    assert (answer["total"], answer["limit"], answer["offset"]) == (2, 1, 1)
    assert answer["rows"][0].keys() == {column["name"] for column in answer["columns"]}
    assert answer["rows"][0]["unit"] == "u6"


def test_words_stay_with_those_who_may_open_what_they_are_about(small: Any, leader: Person, as_person: Clients) -> None:
    """Whoever sees figures sees that a recommendation counts; what it says, only whoever may open it."""
    member = Person.objects.create(username="member", full_name="Thành viên")
    Assignment.objects.create(person=member, role="team_member", unit_id=DISTRICT, valid_from=SINCE)
    told = [
        as_person(person).get("/api/v1/figures/recommendations/list", QUARTER).json()["rows"]
        for person in (leader, member)
    ]
    assert [row["text"] for rows in told for row in rows] == ["Recommendation 1", None]
    assert [row["document"] for rows in told for row in rows] == ["1/KL", "1/KL"]
    page = as_person(member).get("/figures/recommendations/list/", QUARTER).content.decode()
    assert "Recommendation 1" not in page
    assert "chỉ người được xem kiến nghị" in page


def test_definitions_name_every_figure(leader: Person, as_person: Clients) -> None:
    answer = as_person(leader).get("/api/v1/figures/definitions").json()
    assert [row["name"] for row in answer] == list(FIGURES)
    assert all(row["definition"] and row["definition_en"] for row in answer)


@pytest.mark.parametrize(
    "wrong",
    [{"scope": ""}, {"scope": "nowhere"}, {"from": "1/1/2019"}, {"period": "2019"}, {"view": "owner"},
     {"restated": "x"}, {"from": "2019-04-01"}, {"restated": "0001-01-01"}, {"form": "2019-01-01"}],
    ids=str,
)  # fmt: skip
def test_a_wrong_parameter_is_told_in_two_languages(leader: Person, as_person: Clients, wrong: dict[str, str]) -> None:
    answer = as_person(leader).get("/api/v1/figures", {**QUARTER, **wrong})
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"]
    assert answer.json()["detail_en"]


@pytest.mark.parametrize("wrong", [{"limit": "0"}, {"limit": "1001"}, {"offset": "-1"}, {"page": "2"}], ids=str)
def test_a_wrong_page_is_told(leader: Person, as_person: Clients, wrong: dict[str, str]) -> None:
    assert as_person(leader).get("/api/v1/figures/visits/list", {**QUARTER, **wrong}).status_code == 422


def test_an_unknown_figure_is_told(leader: Person, as_person: Clients) -> None:
    answer = as_person(leader).get("/api/v1/figures/visit/list", QUARTER)
    assert answer.status_code == 422
    assert "visits" in answer.json()["detail"]


def test_openapi_describes_every_figure(leader: Person, as_person: Clients) -> None:
    schema = as_person(leader).get("/api/v1/openapi.json").json()
    answer = schema["components"]["schemas"]["Answer"]["properties"]
    assert set(FIGURES) <= answer.keys()
    assert {"/api/v1/figures", "/api/v1/figures/{name}/list", "/api/v1/figures/definitions"} <= schema["paths"].keys()
