"""Ranking: shares a rank on ties, bands where visits cannot tell units apart, and nobody ranked on one visit."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from hypothesis import given

from kycuong.core.problems import BadInput, NotAllowed
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.models import Assignment, Person, Unit
from kycuong.reports import actions
from kycuong.reports.queries import ranking_for
from kycuong.reports.rules.periods import parse_period
from kycuong.reports.rules.ranking import Measured, RankingTerms, banded, ranked, wilson

from .conftest import DISTRICT, SINCE
from .happened import CRITERIA, PROVINCE, History
from .oracle import Asked, Oracle, on_form
from .store import stored
from .test_properties import HALF, HISTORIES, NUMBERS, question

Small = Callable[[int], Unit]
Clients = Callable[[Any], Client]
QUARTER = {"scope": "u3", "from": "2019-01-01", "to": "2019-03-31"}


def unit(slug: str, passed: int, failed: int, *, partial: int = 0, visits: int = 9) -> Measured:
    return Measured(slug, slug, "commune_pc", visits, passed, partial, failed, 0, 0)


def test_wilson_is_the_published_interval() -> None:
    """81 of 263: 0.2553 to 0.3662 (Newcombe 1998, table I)."""
    assert tuple(round(end, 4) for end in wilson(81 / 263, 263)) == (0.2553, 0.3662)
    assert wilson(1.0, 5)[1] == 1.0


def test_ties_share_a_rank_and_the_next_rank_is_left_out() -> None:
    made = ranked([unit("a", 90, 10), unit("b", 95, 5), unit("c", 180, 20), unit("d", 10, 90)], RankingTerms())
    assert [(one.unit.slug, one.rank) for one in made.placed] == [("b", 1), ("a", 2), ("c", 2), ("d", 4)]


def test_whoever_overlaps_the_leader_is_in_its_band() -> None:
    """A few answers tell little: the unit with ten is not said to be worse than the leader with a thousand."""
    made = ranked([unit("many", 980, 20), unit("few", 9, 1), unit("low", 800, 200)], RankingTerms())
    assert [(one.unit.slug, one.band) for one in made.placed] == [("many", 1), ("few", 1), ("low", 2)]
    assert banded([(0.9, 1.0), (0.5, 0.6), (0.7, 0.95), (0.55, 0.58)]) == [1, 2, 1, 2]


def test_a_partial_pass_counts_as_declared() -> None:
    half, none = (
        ranked([unit("a", 8, 0, partial=2)], RankingTerms(partial_percent=percent)).placed[0].rate
        for percent in (50, 0)
    )
    assert (float(half), float(none)) == (0.9, 0.8)


def test_too_few_visits_are_named_apart(small: Small) -> None:
    made = ranking_for(small(DISTRICT), parse_period("2019-Q1"))
    assert (made.placed, [(one.slug, one.visits) for one in made.unranked]) == ([], [("u4", 2)])


@pytest.mark.django_db
@HALF
@given(HISTORIES, NUMBERS)
def test_what_was_seen_of_each_unit_equals_the_oracle(history: History, seed: int) -> None:
    asked, period = question(history, seed)
    with stored(history):
        view = "lead" if asked.by_lead else "subject"
        made = ranking_for(Unit(pk=asked.scope), period, view=view, restated_on=asked.restated)
    units = [*(one.unit for one in made.placed), *made.unranked]
    assert {one.slug: seen(one) for one in units} == expected(history, asked)


def seen(one: Measured) -> tuple[int, ...]:
    return one.visits, one.passed, one.partial, one.failed, one.findings, one.repeats


def expected(history: History, asked: Asked) -> dict[str, tuple[int, ...]]:
    oracle = Oracle(history)
    visits = oracle.visits(asked)
    found = {}
    for number in {oracle.unit_of(visit, asked) for visit in visits}:
        mine = [visit for visit in visits if oracle.unit_of(visit, asked) == number]
        codes = {row.code for row in CRITERIA}
        told = Counter(oracle.outcome(visit, code) for visit in mine for code in codes if on_form(visit, code))
        rows = [
            (visit, row)
            for visit in mine
            for row in history.findings
            if row.visit == visit.id and row.outcome != "withdrawn"
        ]
        again = sum(oracle.repeats(visit, row) for visit, row in rows)
        found[f"u{number}"] = (len(mine), told["pass"], told["partial"], told["fail"], len(rows), again)
    return found


def test_page_api_command_and_file_say_the_same(
    small: Small, leader: Person, as_person: Clients, capsys: pytest.CaptureFixture[str]
) -> None:
    with at_the_machine():
        actions.set_ranking_rule(by=None, valid_from=date(2019, 1, 1), terms=RankingTerms(1, 50))
    client = as_person(leader)
    answer = client.get("/api/v1/figures/ranking", QUARTER).json()
    call_command("figures", scope="u3", first="2019-01-01", last="2019-03-31", ranking=True, shape="json")
    assert answer == json.loads(capsys.readouterr().out)
    assert [(one["unit"], one["visits"], one["findings_per_visit"]) for one in answer["ranked"]] == [("u4", 2, 0.5)]
    page = client.get("/figures/ranking/", QUARTER).content.decode()
    assert "Khoảng tin cậy Wilson" in page or "khoảng tin cậy Wilson" in page
    assert "Unit 4" in page
    assert "Unit 4" in client.get("/figures/ranking.csv", QUARTER).content.decode("utf-8-sig")
    assert client.get("/figures/ranking.xlsx", QUARTER).status_code == 200
    assert client.get("/figures/ranking/", {**QUARTER, "from": "x"}).status_code == 422


def test_the_rule_is_set_by_the_aggregator_alone(small: Small, leader: Person, as_person: Clients) -> None:
    with pytest.raises(NotAllowed):
        actions.set_ranking_rule(by=leader, valid_from=date(2019, 1, 1), terms=RankingTerms())
    person = Person.objects.create(username="aggregator", full_name="Tổng hợp")
    Assignment.objects.create(person=person, role="aggregator", unit_id=PROVINCE, valid_from=SINCE)
    for terms in (RankingTerms(0), RankingTerms(3, 101)):
        with pytest.raises(BadInput):
            actions.set_ranking_rule(by=person, valid_from=date(2019, 1, 1), terms=terms)
    given = {"valid_from": "01/01/2019", "least_visits": "2", "partial_percent": "0"}
    assert as_person(person).post("/figures/ranking/rules/", {**given, "least_visits": "0"}).status_code == 422
    assert as_person(person).post("/figures/ranking/rules/", given).status_code == 302
    assert ranking_for(small(DISTRICT), parse_period("2019-Q1")).terms == RankingTerms(2, 0)
