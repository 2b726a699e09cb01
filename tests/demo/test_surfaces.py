"""One figure, three surfaces: the page, the command line and the API say exactly the same, for every name of an answer."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pytest
from django.test import Client

from kycuong.demo.statements import STATEMENTS, Statement
from kycuong.inspections import actions
from kycuong.inspections.rules import TeamRole
from kycuong.orgs.models import Person, Unit
from tests.desk import FULL_HOUSE, YESTERDAY, passing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stages")]
EACH = pytest.mark.parametrize("statement", STATEMENTS, ids=lambda statement: statement.key)
Clients = Callable[[str], Client]
Command = Callable[..., str]
Question = dict[str, str]

ON_PAGE = re.compile(r'<data\s+data-figure="([^"]+)"\s+value="([^"]*)">([^<]*)</data>')
IN_TOUR = re.compile(r'<data\s+data-statement="([^"]+)"\s+value="([^"]*)">([^<]*)</data>')
NOT_SHOWN_BY_NAME = {"scope", "period", "view", "restated_on", "same_period_last_year"}
WORDS = {"text", "title", "code", "month", "plan", "number", "issued_on", "year", "target_units", "target_percent"}
"""Parts of an answer that are words or keys rather than counts."""
QUESTIONS: tuple[Question, ...] = (
    {"scope": "tinh-lang-son", "from": "2019-01-15", "to": "2019-02-28"},
    {"scope": "tinh-lang-son", "from": "2020-01-01", "to": "2020-12-31", "view": "lead"},
    {"scope": "tinh-lang-son", "from": "2018-12-15", "to": "2019-12-14"},
    {"scope": "huyen-cao-loc", "from": "2019-01-01", "to": "2019-12-31"},
    {"scope": "huyen-chi-lang", "from": "2019-01-01", "to": "2019-04-30", "restated": "2024-12-31"},
    {"scope": "so-noi-vu", "from": "2025-01-01", "to": "2025-12-31", "view": "lead"},
    {"scope": "xa-dong-dang", "from": "2025-07-01", "to": "2026-06-30"},
    {"scope": "tinh-lang-son", "from": "2024-01-01", "to": "2025-06-30", "restated": "2025-07-01"},
)


def question_of(statement: Statement) -> Question:
    days = {"from": statement.first.isoformat(), "to": statement.last.isoformat()}
    return {"scope": statement.scope, **days, "view": statement.view}


def of_the_command(command: Command, question: Question) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(
        command(*(word for key in question for word in (f"--{key}", question[key])), "--json")
    )
    return answer


def of_the_page(client: Client, question: Question) -> dict[str, str]:
    """Every number of the page, by the name that the API has for it."""
    answer = client.get("/figures/", question)
    assert answer.status_code == 200
    found = ON_PAGE.findall(answer.content.decode())
    assert len(found) == len({name for name, _raw, _text in found})
    return {unescape(name): raw for name, raw, _text in found}


def numbers_of(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """(name, number) for every number of an answer: «11/36» for a share, nothing where there is no plan."""
    if isinstance(value, dict) and "denominator" in value:
        assert value["rate"] == (value["numerator"] / value["denominator"] if value["denominator"] else None)
        yield place, f"{value['numerator']}/{value['denominator']}"
    elif isinstance(value, dict):
        for name in value.keys() - WORDS:
            yield from numbers_of(value[name], f"{place}.{name}")
    elif isinstance(value, list):
        for entry in value:
            yield from numbers_of(entry, f"{place}.{entry.get('month') or entry['code']}")
    else:
        yield place, "" if value is None else str(value)


def numbers_of_answer(answer: dict[str, Any]) -> dict[str, str]:
    """The same for a whole answer, and for last year's part of it where the page has it beside this year's."""
    now = {name: value for name, value in answer.items() if name not in NOT_SHOWN_BY_NAME}
    return {name: number for figure, value in now.items() for name, number in numbers_of(value, figure)}


def same_on_all(page: dict[str, str], command: dict[str, Any], api: dict[str, Any]) -> None:
    assert command == api
    shown = {name: number for name, number in page.items() if not name.startswith("same_period_last_year.")}
    assert shown == numbers_of_answer(api)
    last = numbers_of_answer(api["same_period_last_year"]["figures"])
    beside = {name.partition(".")[2]: number for name, number in page.items() if name not in shown}
    assert beside.items() <= last.items()
    assert {"units", "visits", "coverage", "surprise_share"} <= beside.keys()


@EACH
def test_a_statement_is_answered_alike_on_every_surface(
    client_of: Clients, command: Command, statement: Statement
) -> None:
    client, question = client_of("lanhdao"), question_of(statement)
    api = client.get("/api/v1/figures", question).json()
    same_on_all(of_the_page(client, question), of_the_command(command, question), api)
    assert statement.holds(api)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: "-".join(question.values()))
def test_any_other_question_too(client_of: Clients, command: Command, question: Question) -> None:
    client = client_of("lanhdao")
    api = client.get("/api/v1/figures", question).json()
    same_on_all(of_the_page(client, question), of_the_command(command, question), api)
    assert sum(api[name] for name in ("units", "visits")) > 0


def test_the_tour_shows_what_the_api_says(client_of: Clients) -> None:
    client = client_of("lanhdao")
    shown = {key: raw for key, raw, _text in IN_TOUR.findall(client.get("/tour/").content.decode())}
    assert list(shown) == [statement.key for statement in STATEMENTS]
    for statement in STATEMENTS:
        value = client.get("/api/v1/figures", question_of(statement)).json()[statement.figure]
        value = value[statement.kind]["coverage"] if statement.kind else value
        assert shown[statement.key] == dict(numbers_of(value, "it"))["it"], statement.key


def test_words_of_the_tour_are_the_numbers_of_the_article(client_of: Clients) -> None:
    page = client_of("tonghop").get("/tour/").content.decode()
    text = {key: unescape(text).replace("\u00a0", " ") for key, _raw, text in IN_TOUR.findall(page)}
    assert text == {
        "year-2018": "296",
        "first-months-2019": "197",
        "mostly-surprise": "66,7 %",
        "plans-issued": "96,8 %",
        "dinh-lap": "12/12",
        "chi-lang": "32",
        "cao-loc": "30,6 %",
        "so-noi-vu": "5 + 5",
        "not-the-sum": "15",
    }


@EACH
def test_the_list_is_the_same_on_every_surface(client_of: Clients, command: Command, statement: Statement) -> None:
    client, question = client_of("lanhdao"), question_of(statement)
    words = [word for key in question for word in (f"--{key}", question[key])]
    typed = json.loads(command(*words, "--list", statement.listed, "--json"))
    asked = client.get(f"/api/v1/figures/{statement.listed}/list", {**question, "limit": 1000}).json()
    assert asked["rows"] == typed
    page = client.get(f"/figures/{statement.listed}/list/", question)
    assert page.context["page"].paginator.count == asked["total"] == len(typed)
    first = page.context["lines"][0].head.text.partition(",")[0]
    assert first in {
        str(row.get("unit_name") or row.get("decision_number") or "Cuộc không ghi số quyết định") for row in typed
    }


def test_a_signed_visit_is_on_all_three_at_the_next_read(client_of: Clients, command: Command) -> None:
    client = client_of("tonghop")
    question = {"scope": "tinh-lang-son", "from": YESTERDAY.replace(day=1).isoformat(), "to": YESTERDAY.isoformat()}
    before = client.get("/api/v1/figures", question).json()
    sign_a_surprise_visit()
    after = client.get("/api/v1/figures", question).json()
    same_on_all(of_the_page(client, question), of_the_command(command, question), after)
    assert after["visits"] == before["visits"] + 1
    assert after["inspections_by_form"]["surprise"] == before["inspections_by_form"]["surprise"] + 1
    assert after["by_month"][0]["visits"] == before["by_month"][0]["visits"] + 1


def sign_a_surprise_visit() -> None:
    """By the team head, yesterday, at a commune."""
    head = Person.objects.get(username="truongdoan")
    commune, department = (Unit.objects.get(slug=slug) for slug in ("xa-dong-dang", "so-noi-vu"))
    inspection = actions.open_inspection(
        by=head, lead=department, form="surprise", team=[actions.Seat(head, role=TeamRole.HEAD)],
        visits=[actions.Planned(commune, YESTERDAY, "short")],
    )  # fmt: skip
    visit = inspection.visits.get()
    actions.record_answers(visit, by=head, answers=passing(visit), headcount=FULL_HOUSE)
    visit.refresh_from_db()
    actions.sign_minutes(visit, by=head, team_signatory="Trưởng đoàn", unit_signatory="Chủ tịch UBND xã")
