"""The texts of the figures give the same over an export as in the database: for random histories, scopes, periods and views."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from kycuong.facts.queries import unit_called
from kycuong.orgs.models import Unit
from kycuong.reports.figures.question import LEAD, SUBJECT, Question
from kycuong.reports.figures.runner import counted_by
from kycuong.reports.queries import figures_for
from tests.budget import examples
from tests.reports.history import History
from tests.reports.store import stored
from tests.reports.test_properties import HISTORIES, NUMBERS, question

from . import here

pytestmark = pytest.mark.django_db
FEW = settings(max_examples=examples(4, long=500))


@FEW
@given(HISTORIES, NUMBERS)
def test_every_text_gives_the_same_rows_over_an_export(history: History, seed: int) -> None:
    with stored(history), TemporaryDirectory() as place, here.engine(Path(place)) as engine:
        for step in range(2):
            asked, period = question(history, seed + step)
            asks = Question(asked.scope, period, LEAD if asked.by_lead else SUBJECT, asked.restated)
            assert here.differing(asks, engine) == []
            ours = here.told(asks)
            with counted_by(engine):
                assert here.told(asks) == ours


@FEW
@given(HISTORIES, NUMBERS)
def test_figures_are_the_same_over_an_export(history: History, seed: int) -> None:
    """With their rates, months and comparison with last year; and the unit is found by its address in the export."""
    with stored(history), TemporaryDirectory() as place, here.engine(Path(place)) as engine:
        asked, period = question(history, seed)
        options = {"view": LEAD if asked.by_lead else SUBJECT, "restated_on": asked.restated}
        ours = figures_for(Unit(pk=asked.scope), period, **options)
        found = unit_called(engine, f"u{asked.scope}", period.last)
        with counted_by(engine):
            assert figures_for(Unit(pk=found.pk), period, **options) == ours
