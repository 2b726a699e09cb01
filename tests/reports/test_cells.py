"""Figures of the top put together from cells are those that the plain texts and the oracle give, whatever is written in between."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from itertools import takewhile
from random import Random
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings

from kycuong.catalog.models import Topic
from kycuong.inspections.models import Inspection
from kycuong.inspections.models import Visit as StoredVisit
from kycuong.orgs.models import Unit, UnitVersion
from kycuong.plans.models import InspectionPlan
from kycuong.reports import store
from kycuong.reports.figures import FIGURES, cells
from kycuong.reports.figures.figure import Reading, Tally
from kycuong.reports.figures.question import LEAD, SUBJECT, Question
from kycuong.reports.figures.runner import names_in, rows_of
from kycuong.reports.models import CellSet, CellStamp
from kycuong.reports.queries import figures_for
from kycuong.reports.rules.periods import Period
from kycuong.reports.walls import EVERYTHING, bump_everything, lower, making, raise_walls, touched
from tests.budget import examples

from .happened import PROVINCE, History
from .oracle import Asked, Oracle
from .store import MOMENT, stored
from .test_properties import HISTORIES, NUMBERS, comparable, period_at_a_border

pytestmark = pytest.mark.django_db
TALLIES = list(dict.fromkeys(tally for figure in FIGURES.values() for tally in figure.tallies if tally.by))
SOME = settings(max_examples=examples(20, long=3_000))


@pytest.fixture(autouse=True)
def walls(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    """The triggers stand, a block is one unit, and cells are kept though the test is one transaction."""
    monkeypatch.setattr(touched, "BLOCK", 1)
    monkeypatch.setattr(store, "may_keep", lambda: True)
    raise_walls(connection)


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


def differences(asked: list[Question], tallies: Sequence[Tally] = TALLIES) -> list[str]:
    """Where cells and plain texts differ."""
    found = []
    for question in asked:
        reading = Reading(question, tallies)
        for tally in tallies:
            whole = [cells.whole_numbers(tally.apart(question, {}), list(row)) for row in plain(tally, question)]
            if sorted(map(repr, reading[tally])) != sorted(map(repr, whole)):
                found.append(f"{question.view} {question.period}: {tally.body}\n{reading[tally]}\n{whole}")
        store.keep(reading.counted)
    return found


@SOME
@given(HISTORIES, NUMBERS)
def test_cells_equal_the_plain_texts(history: History, seed: int) -> None:
    with stored(history):
        asked = questions(history, seed)
        assert not differences(asked)
        assert not differences(asked), "warm"


@pytest.fixture
def whole(small: Callable[[int], Unit]) -> Unit:
    """The province of the small history, called a nation."""
    UnitVersion.objects.filter(unit_id=PROVINCE).update(kind="nation")
    return small(PROVINCE)


YEAR = Period(date(2019, 1, 1), date(2019, 12, 31))
MAY_KEEP = store.may_keep


@SOME
@given(HISTORIES, NUMBERS)
def test_after_every_write_figures_equal_the_oracle(history: History, seed: int) -> None:
    """Signing, annulling, and whatever else came later, one write after the other."""
    random, period = Random(seed), periods(history, seed)[0]
    with stored(history):
        UnitVersion.objects.filter(unit_id=PROVINCE).update(kind="nation")
        for _ in range(3):
            by_lead = random.random() < 0.5
            asked = Asked(PROVINCE, period.first, period.last, by_lead=by_lead)
            found = figures_for(Unit(pk=PROVINCE), period, view=LEAD if by_lead else SUBJECT)
            del found["same_period_last_year"]
            assert comparable(found) == Oracle(history).figures(asked)
            rows = [row for row in history.visits if row.state != "annulled"]
            for row in random.sample(rows, min(1, len(rows))):
                now = replace(row, state="signed" if row.state == "draft" else "annulled")
                history = replace(history, visits=[now if one.id == row.id else one for one in history.visits])
                annulment = {"annulled_at": MOMENT, "annul_reason": "ghi nhầm"} if now.state == "annulled" else {}
                StoredVisit.objects.filter(pk=row.id).update(state=now.state, signed_at=MOMENT, **annulment)


def test_what_is_kept_is_read_again_and_nothing_else(whole: Unit) -> None:
    figures_for(whole, YEAR)
    with CaptureQueriesContext(connection) as asked:
        figures_for(whole, YEAR)
    walked = [one["sql"] for one in asked if "counting AS" in one["sql"]]
    assert not walked, "a text that walks through visits was run although nothing was written"


def test_progress_of_the_plan_is_kept_with_the_page(whole: Unit) -> None:
    plan = {"year": 2019, "state": "issued", "issued_on": date(2019, 1, 15), "target_percent": 30}
    InspectionPlan.objects.create(pk=99, agency_id=PROVINCE, **plan)
    assert figures_for(whole, YEAR)["plan_progress"]["units"]
    with CaptureQueriesContext(connection) as asked:
        figures_for(whole, YEAR)
    assert not [one["sql"] for one in asked if "counting AS" in one["sql"]], "asked by lead, on the page by unit"


def test_what_was_written_to_is_counted_and_nothing_else(whole: Unit) -> None:
    figures_for(whole, YEAR, names=["visits"])
    StoredVisit.objects.filter(pk=1).update(state="annulled", annulled_at=MOMENT, annul_reason="ghi nhầm")
    with CaptureQueriesContext(connection) as asked:
        assert figures_for(whole, YEAR, names=["visits"])["visits"] == 2
    (walked,) = [one["sql"] for one in asked if "counting AS" in one["sql"]]
    assert "i.lead_id IN (" in walked


def test_notes_are_folded_where_there_are_many_and_sums_stay(db: None) -> None:
    assert store.fold() > 0, "raising left a note of everything for each table"
    assert store.fold() == 0, "nothing is rewritten"
    pks = set(CellStamp.objects.values_list("pk", flat=True))
    assert set(CellStamp.objects.values_list("pk", flat=True)) == pks
    CellStamp.objects.bulk_create(CellStamp(block=block, weight=3) for block in (1, 1, 1, 1, 2, 2))
    before = store.marks_now()
    assert store.fold() > 0
    assert store.marks_now() == before
    assert CellStamp.objects.count() == CellStamp.objects.values("block").distinct().count()


def test_notes_that_were_taken_away_bring_no_old_cell_back(whole: Unit) -> None:
    """By somebody who cleans up: the number of notes comes again, their sum does not."""

    def noted(**change: Any) -> None:
        CellStamp.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute(making.all_noted(connection.vendor))
        StoredVisit.objects.filter(pk=1).update(**change)

    noted(version=7)
    assert figures_for(whole, YEAR, names=["visits"])["visits"] == 3
    noted(state="annulled", annulled_at=MOMENT, annul_reason="ghi nhầm")
    assert figures_for(whole, YEAR, names=["visits"])["visits"] == 2


def test_few_texts_are_made_however_many_blocks_were_written_to() -> None:
    lengths = {len(cells.rounded(list(range(number)))) for number in range(1, cells.MOST_BLOCKS + 1)}
    assert lengths == {1, 4, 12, 24, 48, 96}
    assert set(cells.rounded([3, 5])) == {3, 5}


def test_what_is_kept_for_a_page_is_looked_up_together(whole: Unit) -> None:
    figures_for(whole, YEAR)
    with CaptureQueriesContext(connection) as asked:
        figures_for(whole, YEAR)
    assert len([one for one in asked if "reports_cell" in one["sql"]]) == 2, "this year and the year before"
    StoredVisit.objects.filter(pk=1).update(version=F("version") + 1)
    with CaptureQueriesContext(connection) as asked:
        figures_for(whole, YEAR)
    until_kept = takewhile(lambda sql: "_timeout" not in sql, (one["sql"] for one in asked))
    looked = [sql for sql in until_kept if "reports_cell" in sql and "told AS" not in sql]
    assert len(looked) == 6, "each also asks for its cells, and then for all marks"
    bump_everything(connection)
    with CaptureQueriesContext(connection) as asked:
        figures_for(whole, YEAR)
    until_kept = takewhile(lambda sql: "_timeout" not in sql, (one["sql"] for one in asked))
    looked = [sql for sql in until_kept if "reports_cell" in sql and "told AS" not in sql]
    assert len(looked) == 2, (
        "where all are counted anew, no cell is read, and this year is kept before the other is asked"
    )


def test_who_lets_go_of_a_set_while_it_is_read_spoils_no_answer(whole: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    CellStamp.objects.exclude(block=EVERYTHING).delete()  # what was written before the triggers stood has no note
    figures_for(whole, YEAR, names=["visits"])
    StoredVisit.objects.filter(pk=1).update(state="annulled", annulled_at=MOMENT, annul_reason="ghi nhầm")
    kept = store.kept

    def gone(keys: Sequence[str]) -> dict[str, store.Kept]:
        found = kept(keys)
        assert store.drop() > 0
        return found

    monkeypatch.setattr(store, "kept", gone)
    assert figures_for(whole, YEAR, names=["visits"])["visits"] == 2


def test_somebody_who_always_writes_in_between_gets_the_plain_text(
    whole: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = cells.count

    def meanwhile(*given: Any) -> None:
        counted(*given)
        StoredVisit.objects.filter(pk=1).update(version=F("version") + 1)

    monkeypatch.setattr(cells, "count", meanwhile)
    marks = cells.Moment.stale
    monkeypatch.setattr(cells.Moment, "stale", lambda self, asked: marks(self, asked) | {1})
    with CaptureQueriesContext(connection) as asked:
        assert figures_for(whole, YEAR, names=["visits"])["visits"] == 3
    walked = [one["sql"] for one in asked if "counting AS" in one["sql"]]
    assert [one for one in walked if "told AS" not in one] == walked[-1:], "by block in vain, then plainly"


def test_no_day_of_the_clock_is_in_a_text() -> None:
    """So a cell cannot go stale at midnight: its parameters are those of its question."""
    question = Question(PROVINCE, YEAR, wide=True)
    for tally in TALLIES:
        apart = tally.apart(question, {})
        for text in (apart.plain, apart.whole, apart.some):
            assert set(names_in(text)) <= {*question.parameters(), "units"}
            assert not re.search(r"\b(now|current_\w+|localtime\w*|date|datetime|julianday|random)\b *\(?", text, re.I)


def test_only_so_many_questions_are_kept_whoever_asks(whole: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MOST_QUESTIONS", 2)
    for month in (1, 2, 3):
        figures_for(whole, Period(date(2019, month, 1), date(2019, month, 28)), names=["visits", "units", "findings"])
    assert len(store.questions_kept()) == 2, "the third is counted and not kept"
    sets = CellSet.objects.count()
    assert 0 < store.tidy() < sets
    assert len(store.questions_kept()) == 1
    figures_for(whole, Period(date(2019, 4, 1), date(2019, 4, 28)), names=["visits", "units"])
    assert len(store.questions_kept()) == 2


def test_all_that_a_page_counted_is_kept_at_once(whole: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []

    def refused() -> Any:
        tried.append(1)
        raise OperationalError("somebody writes")

    figures_for(whole, YEAR)
    StoredVisit.objects.filter(pk=1).update(state="annulled", annulled_at=MOMENT, annul_reason="ghi nhầm")
    with CaptureQueriesContext(connection) as asked:
        figures_for(whole, YEAR)
    assert sum("SAVEPOINT" in one["sql"] and "RELEASE" not in one["sql"] for one in asked) == 1
    monkeypatch.setattr(store, "impatiently", refused)
    StoredVisit.objects.filter(pk=2).update(state="annulled", annulled_at=MOMENT, annul_reason="ghi nhầm")
    assert figures_for(whole, YEAR, names=["visits", "units", "findings", "by_month"])["visits"] == 1
    assert len(tried) == 1


def test_what_changes_no_count_makes_no_reader_write(whole: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    figures_for(whole, YEAR, names=["visits", "units"])
    StoredVisit.objects.filter(pk=1).update(version=F("version") + 1)
    with CaptureQueriesContext(connection) as asked:
        figures_for(whole, YEAR, names=["visits", "units"])
    assert not [one["sql"] for one in asked if one["sql"].startswith(("INSERT", "UPDATE", "SAVEPOINT"))]
    monkeypatch.setattr(store, "FEW", 0)
    with CaptureQueriesContext(connection) as asked:
        figures_for(whole, YEAR, names=["visits", "units"])
    assert [one["sql"] for one in asked if one["sql"].startswith("INSERT")], "many of them are kept"


def test_a_whole_page_is_kept_though_no_count_changed(whole: Unit) -> None:
    """A draft that is saved leaves notes; who reads next counts a few blocks for each text, and nobody after does so again."""
    figures_for(whole, YEAR)
    StoredVisit.objects.filter(pk=1).update(version=F("version") + 1)
    figures_for(whole, YEAR)
    with CaptureQueriesContext(connection) as asked:
        figures_for(whole, YEAR)
    assert not [one["sql"] for one in asked if "counting AS" in one["sql"]]


def test_an_inspection_without_a_visit_leaves_what_one_with_visits_does(whole: Unit) -> None:
    """A sealed one is opened without: who reads after must not see by how long it takes that there is one."""
    figures_for(whole, YEAR)
    CellStamp.objects.exclude(block=EVERYTHING).delete()
    lead = Inspection.objects.earliest("pk").lead_id
    Inspection.objects.create(pk=900, lead_id=lead, form="surprise", opened_on=date(2019, 5, 5))
    noted = set(CellStamp.objects.exclude(block=EVERYTHING).values_list("block", flat=True))
    assert {touched.of_leads(block) for block in noted} == {True, False}
    for reader, walks in enumerate((True, False)):
        with CaptureQueriesContext(connection) as asked:
            figures_for(whole, YEAR)
        assert any("counting AS" in one["sql"] for one in asked) is walks, reader


def test_what_leaves_notes_of_one_kind_makes_one_reader_of_the_page_count(whole: Unit) -> None:
    Inspection.objects.create(pk=900, lead_id=Inspection.objects.earliest("pk").lead_id, opened_on=date(2019, 5, 5))
    figures_for(whole, YEAR)
    CellStamp.objects.exclude(block=EVERYTHING).delete()
    figures_for(whole, YEAR)
    Inspection.topics.through.objects.create(pk=900, inspection_id=900, topic_id=Topic.objects.earliest("pk").pk)
    noted = CellStamp.objects.exclude(block=EVERYTHING).values_list("block", flat=True)
    assert [touched.of_leads(block) for block in noted] == [True]
    for reader, walks in enumerate((True, False)):
        with CaptureQueriesContext(connection) as asked:
            figures_for(whole, YEAR)
        assert any("counting AS" in one["sql"] for one in asked) is walks, reader


@pytest.mark.parametrize("after", ["sound", "kept"])
def test_triggers_that_go_while_somebody_reads_spoil_no_answer(
    whole: Unit, monkeypatch: pytest.MonkeyPatch, after: str
) -> None:
    """Whoever writes from then on leaves no note."""
    figures_for(whole, YEAR, names=["visits"])
    if after == "kept":
        CellStamp.objects.create(block=10_000, weight=1)  # of a unit elsewhere: no block of this text is stale by it
    asked = getattr(store, after)

    def gone(*given: Any) -> Any:
        answer = asked(*given)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        lower(connection)
        StoredVisit.objects.filter(pk=2).update(state="annulled", annulled_at=MOMENT, annul_reason="ghi nhầm")
        return answer

    monkeypatch.setattr(store, after, gone)
    assert figures_for(whole, YEAR, names=["visits"])["visits"] == 2


def test_another_version_of_a_text_knows_nothing_of_what_was_kept(whole: Unit) -> None:
    question = Question(PROVINCE, YEAR, wide=True)
    for tally in TALLIES:
        apart = tally.apart(question, question.parameters())
        assert replace(apart, whole=apart.whole + " ").key != apart.key


def test_inside_a_transaction_no_cell_is_read(whole: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    """Evidence for the index, too, is read in one moment."""
    figures_for(whole, YEAR, names=["visits"])
    monkeypatch.setattr(store, "may_keep", MAY_KEEP)
    assert store.sound()
    with CaptureQueriesContext(connection) as asked:
        figures_for(whole, YEAR, names=["visits"])
    assert not [one["sql"] for one in asked if "reports_cell" in one["sql"]]
