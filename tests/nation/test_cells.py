"""A generated nation over three provinces is reorganised, inspected and corrected by the acts of the desk: after each act its figures
from cells are those of the plain texts, and after all of them those of the oracle."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from random import Random

import pytest
from django.db import connection, transaction

from kycuong.core.problems import Problem
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.models import Unit
from kycuong.reports import store
from kycuong.reports.figures.question import LEAD, SUBJECT, Question
from kycuong.reports.models import CellSet
from kycuong.reports.queries import cells_told, figures_for
from kycuong.reports.rules.periods import Period
from kycuong.reports.walls import raise_walls, touched
from tests.budget import long_run
from tests.reports import oracle as naive
from tests.reports.oracle import Asked
from tests.reports.test_cells import differences

from .acts import ALL_ACTS, annul, standing
from .test_figures import plain
from .told import criteria, duties, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nation")]
PERIOD = Period(date(2025, 1, 1), date(2026, 6, 30))
DAYS = [date(2026, month, 1) for month in range(1, 7)]
ACTS = 24 if long_run() else 8
SEEDS = range(30 if long_run() else 1)


@pytest.fixture
def cells(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Question]]:
    """The triggers stand, until the test is over, and four units are a block; the questions that are asked."""
    monkeypatch.setattr(touched, "BLOCK", 4)
    monkeypatch.setattr(store, "may_keep", lambda: True)
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no trigger is made while others wait for a commit
        raise_walls(connection)
        scope = Unit.objects.get(slug="ca-nuoc").pk
        yield [Question(scope, PERIOD, view, wide=True) for view in (SUBJECT, LEAD)]
        transaction.set_rollback(True)


@pytest.mark.parametrize("seed", SEEDS)
def test_after_each_act_cells_say_what_the_plain_texts_say(
    seed: int, cells: list[Question], monkeypatch: pytest.MonkeyPatch
) -> None:
    random, carried = Random(seed), set[str]()
    assert not differences(cells)
    for place in range(ACTS):
        act = random.choice(ALL_ACTS)
        with suppress(Problem), at_the_machine(), transaction.atomic():
            act(random, DAYS[place * len(DAYS) // ACTS])
            carried.add(act.__name__)
        found = differences(cells)
        assert not found, f"{act.__name__}: {found[0]}"
    assert len(carried) > 2
    monkeypatch.setattr(naive, "CRITERIA", criteria())
    monkeypatch.setattr(naive, "DUTIES", duties())
    oracle, scope = told(), Unit.objects.get(slug="ca-nuoc")
    for question in cells:
        counted = plain(figures_for(scope, PERIOD, view=question.view))
        asked = Asked(scope.pk, PERIOD.first, PERIOD.last, by_lead=question.view == LEAD)
        assert counted == plain(oracle.figures(asked))
        assert counted["visits"]
    assert not cells_told().differences


def test_only_what_was_written_to_is_counted_anew(cells: list[Question]) -> None:
    assert not differences(cells)
    bases, marks = dict(CellSet.objects.values_list("pk", "base")), store.marks_now()
    kept = {one.pk: dict(one.cells.values_list("block", "stamp")) for one in CellSet.objects.all()}
    annul(Random(1), PERIOD.first)
    written = {block for block, mark in store.marks_now().items() if marks.get(block) != mark}
    leads = {block for block in written if touched.of_leads(block)}
    assert 0 < len(written - leads) < 6
    assert len(leads) == 1
    assert not differences(cells)
    assert dict(CellSet.objects.values_list("pk", "base")) == bases
    anew = [
        {block for block, stamp in one.cells.values_list("block", "stamp") if kept[one.pk].get(block) != stamp}
        for one in CellSet.objects.all()
    ]
    assert written - leads in anew
    assert leads in anew
    assert all(blocks in (written - leads, leads) for blocks in anew), (
        "the lead is counted with leads, the unit with units"
    )


def test_a_province_of_the_nation_keeps_nothing(cells: list[Question]) -> None:
    figures_for(standing(Random(1), "province"), PERIOD)
    assert not CellSet.objects.exists()


def test_what_is_restated_keeps_nothing(cells: list[Question]) -> None:
    scope = Unit.objects.get(slug="ca-nuoc")
    figures_for(scope, PERIOD, restated_on=PERIOD.last, names=["units", "visits", "restated_flagged"])
    assert not CellSet.objects.exists()
