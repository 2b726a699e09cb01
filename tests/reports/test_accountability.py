"""The restricted figure against a naive count, and that what is told of it gives no small number away."""

from __future__ import annotations

import io
from collections import Counter
from datetime import date, timedelta
from itertools import product
from random import Random
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from kycuong.core.clock import today
from kycuong.core.problems import NotAllowed
from kycuong.followup.models import AccountabilityMeasure, MeasureKind
from kycuong.followup.rules.suppression import COLUMNS, LEAST, suppressed, whole
from kycuong.inspections.models import Conclusion
from kycuong.inspections.models import Visit as StoredVisit
from kycuong.orgs.models import Unit
from kycuong.reports.figures import FIGURES
from kycuong.reports.queries import accountability_for
from kycuong.reports.rules.periods import Period, parse_period
from tests.budget import examples
from tests.desk import Desk
from tests.followup.measured import COLLECTIVE, STAFF, concluded, recorded

from .happened import END, FIRST_VISIT, PROVINCE, History
from .history import history_of
from .oracle import Asked, Oracle
from .store import stored

HISTORIES = st.builds(history_of, st.integers(0, 2**32 - 1), st.integers(1, 3), st.integers(0, 7), st.integers(4, 12))
KINDS = ("reminder", "reprimand")
PLACES = list(product(KINDS, COLUMNS))
TABLES = st.tuples(*[st.integers(0, 5)] * 4).map(lambda numbers: dict(zip(PLACES, numbers, strict=True)))


def published(cells: dict[tuple[str, str], int]) -> tuple[Any, ...]:
    """Everything that somebody without sight is told."""
    table = suppressed(cells, KINDS)
    return tuple(table.cells.items()), tuple(table.of_kind.items()), tuple(table.of_column.items()), table.total


WORLDS: dict[tuple[Any, ...], list[tuple[int, ...]]] = {}


def worlds() -> dict[tuple[Any, ...], list[tuple[int, ...]]]:
    """Every table of four small numbers, by what would be told of it."""
    if not WORLDS:
        for numbers in product(range(6), repeat=4):
            WORLDS.setdefault(published(dict(zip(PLACES, numbers, strict=True))), []).append(numbers)
    return WORLDS


@settings(max_examples=examples(200, long=2_000), deadline=None)
@given(TABLES)
def test_no_combination_of_told_numbers_gives_a_small_one_away(cells: dict[tuple[str, str], int]) -> None:
    """Of all tables that look like this one, each hidden cell may still be any number below the least."""
    same = worlds()[published(cells)]
    for place, (where, number) in enumerate(cells.items()):
        possible = {numbers[place] for numbers in same}
        assert possible == (set(range(LEAST)) if number < LEAST else {number}), where
    assert whole(cells, KINDS).total == sum(cells.values())
    assert suppressed(cells, KINDS).total == (sum(cells.values()) if min(cells.values()) >= LEAST else None)


def taken(history: History, random: Random) -> list[tuple[int, int, str, str, date, str]]:
    """Random measures: (number, visit, kind, about, day, state)."""
    signed = [visit for visit in history.visits if visit.state == "signed"]
    found = []
    for number in range(1, 25) if signed else ():
        visit, about = random.choice(signed), random.choice(COLUMNS)
        day = visit.day + timedelta(days=random.choice((0, 1, 40, 200)))
        found.append(
            (number, visit.id, random.choice(KINDS), about, day, random.choice(("decided", "decided", "declined")))
        )
    return found


def write(history: History, measures: list[tuple[int, int, str, str, date, str]]) -> None:
    StoredVisit.objects.update(source="import")
    Conclusion.objects.all().delete()
    units = {visit.id: visit.unit for visit in history.visits}
    for place, code in enumerate(KINDS, 1):
        MeasureKind.objects.create(id=place, code=code, title=code, for_collective=True, position=place)
    AccountabilityMeasure.objects.bulk_create(
        AccountabilityMeasure(
            id=number, visit_id=visit, unit_id=units[visit], authority_id=PROVINCE, kind_id=KINDS.index(kind) + 1,
            about=about, category="official" if about == "person" else "", rank="staff" if about == "person" else "",
            state=state, decided_on=day, number="1/QĐ" if state == "decided" else "",
            decline_reason="" if state == "decided" else "Không",
        )
        for number, visit, kind, about, day, state in measures
    )  # fmt: skip


@pytest.mark.django_db
@settings(max_examples=examples(60, long=2_000), deadline=None)
@given(HISTORIES, st.integers(0, 2**32 - 1))
def test_the_figure_equals_a_naive_count_and_its_list(history: History, seed: int) -> None:
    random, oracle = Random(seed), Oracle(history)
    measures = taken(history, random)
    visits = {visit.id: visit for visit in history.visits}
    with stored(history):
        write(history, measures)
        if random.random() < 0.5 and measures:
            annulled = random.choice(measures)[1]
            now = visits.pop(annulled)
            StoredVisit.objects.filter(pk=now.id).update(
                state="annulled", annulled_at="2021-01-01T00:00Z", annul_reason="x"
            )
        scope, by_lead = random.choice(history.units()), random.random() < 0.5
        first, last = sorted(FIRST_VISIT + timedelta(days=random.randint(0, (END - FIRST_VISIT).days)) for _ in "ab")
        asked = Asked(scope, first, last, by_lead)
        expected: Counter[tuple[str, str]] = Counter()
        for _number, visit_id, kind, about, day, state in measures:
            if state == "decided" and first <= day <= last and (visit := visits.get(visit_id)):
                expected[kind, about] += oracle.org.at_or_under(oracle.placed(visit, asked), scope, visit.day)
        view = "lead" if by_lead else "subject"
        told = accountability_for(Unit(pk=scope), Period(first, last), view=view, person=None)
        assert {place: number for place, number in told.table.cells.items() if number} == dict(+expected)
        assert told.rows
        assert Counter((row["kind"], row["about"]) for row in told.rows.dicts()) == +expected


def test_who_has_no_sight_is_told_whole_past_years_of_their_own_unit_only(desk: Desk) -> None:
    year, member = today().year, desk.people["team_member"]
    past = parse_period(f"{year - 1}")
    assert accountability_for(desk.units["department"], past, person=member).rows is None
    for scope, period in (("department", f"{year}"), ("department", f"{year - 1}-Q1"), ("division", f"{year - 1}")):
        with pytest.raises(NotAllowed, match="cả năm đã qua"):
            accountability_for(desk.units[scope], parse_period(period), person=member)
    leader = desk.people["leader"]
    assert accountability_for(desk.units["commune"], parse_period(f"{year}-Q1"), person=leader).rows is not None
    head = desk.people["unit_head"]
    with pytest.raises(NotAllowed):  # by lead it would tell of other units
        accountability_for(desk.units["commune"], parse_period(f"{year}"), view="lead", person=head)


def test_page_api_and_command_tell_the_same(desk: Desk) -> None:
    visit, asked = concluded(desk), {"scope": "tinh-thu-nghiem", "period": f"{today().year}"}
    recorded(desk, visit, "reprimand", subject=STAFF)
    recorded(desk, visit, "criticism", subject=COLLECTIVE)
    client = Client()
    client.force_login(desk.people["leader"])
    body = client.get("/api/v1/figures/accountability", asked).json()
    numbers = {row["kind"]: (row["collective"], row["person"]) for row in body["kinds"] if row["total"]}
    assert numbers == {"criticism": (1, 0), "reprimand": (0, 1)}
    assert (body["exact"], body["collective"], body["person"], body["total"]) == (True, 1, 1, 2)
    page = client.get("/figures/accountability/", asked).content.decode()
    assert page.count("7/QĐ-UBND") == 2
    out = io.StringIO()
    call_command(
        "accountability", "--scope", asked["scope"], "--period", asked["period"], stdout=out, stderr=io.StringIO()
    )
    assert [line.split()[-3:] for line in out.getvalue().splitlines() if line.startswith("Cộng")] == [["1", "1", "2"]]
    assert "accountability" not in FIGURES, "what tells of all figures must not tell of this one"
