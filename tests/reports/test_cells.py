"""A nation's figures put together from cells are those that the plain texts and the oracle give, whatever is written in between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest
from django.db import connection
from hypothesis import given, settings

from kycuong.orgs.models import Unit, UnitVersion
from kycuong.reports import store
from kycuong.reports.figures import FIGURES, cells
from kycuong.reports.figures.figure import Reading, Tally
from kycuong.reports.figures.question import LEAD, SUBJECT, Question
from kycuong.reports.figures.runner import rows_of
from kycuong.reports.models import Cell, CellSet, CellStamp
from kycuong.reports.queries import figures_for
from kycuong.reports.rules.periods import Period
from kycuong.reports.walls import lower, raise_walls, touched
from tests.budget import examples

from .happened import PROVINCE, History
from .history import later
from .oracle import Asked, Oracle
from .store import stored
from .test_properties import HISTORIES, NUMBERS, comparable, period_at_a_border

pytestmark = pytest.mark.django_db
TALLIES = list(dict.fromkeys(tally for figure in FIGURES.values() for tally in figure.tallies if tally.by))
SOME = settings(max_examples=examples(60, long=3_000))


@pytest.fixture(autouse=True)
def walls(monkeypatch: pytest.MonkeyPatch, db: None) -> Iterator[None]:
    """The triggers stand, a block is one unit, and cells are kept though the test is one transaction."""
    monkeypatch.setattr(touched, "BLOCK", 1)
    monkeypatch.setattr(store, "may_keep", lambda: True)
    raise_walls(connection)
    yield


def periods(history: History, seed: int) -> list[Period]:
    random = Random(seed)
    return [period_at_a_border(history, random) for _ in range(2)]


def questions(history: History, seed: int) -> list[Question]:
    return [
        Question(PROVINCE, period, view, wide=True) for period in periods(history, seed) for view in (SUBJECT, LEAD)
    ]


def plain(tally: Tally, question: Question) -> list[Any]:
    values = {**question.parameters(), **dict(tally.values)}
    return rows_of(tally.text(question), values)


def differences(asked: list[Question]) -> list[str]:
    """Where cells and plain texts differ."""
    found = []
    for question in asked:
        reading = Reading(question)
        for tally in TALLIES:
            whole = [cells.whole_numbers(tally.apart(question, {}), list(row)) for row in plain(tally, question)]
            if sorted(map(repr, reading[tally])) != sorted(map(repr, whole)):
                found.append(f"{question.view} {question.period}: {tally.body}\n{reading[tally]}\n{whole}")
    return found


@SOME
@given(HISTORIES, NUMBERS)
def test_cells_equal_the_plain_texts(history: History, seed: int) -> None:
    with stored(history):
        asked = questions(history, seed)
        assert not differences(asked)
        assert not differences(asked), "warm"
