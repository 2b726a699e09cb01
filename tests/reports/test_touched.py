"""Whatever is written to whatever a figure reads, the cells that it touches are counted anew; and nothing that they read is forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from random import Random

import pytest
from django.db import connection

from kycuong.inspections.models import Conclusion, Visit
from kycuong.reports import store
from kycuong.reports.figures import FIGURES, cells
from kycuong.reports.figures.figure import Tally
from kycuong.reports.figures.question import LEAD, SUBJECT, Question
from kycuong.reports.rules.periods import Period
from kycuong.reports.walls import TOUCHED, raise_walls
from kycuong.reports.walls.looking import present
from kycuong.selfchecks.models import SelfCheck, SelfCheckReopening
from tests.audit.watch import SCRATCH
from tests.budget import long_run

from .changing import changes
from .happened import PROVINCE
from .history import history_of
from .store import MOMENT, SEALER, stored
from .test_cells import TALLIES, differences, walls

__all__ = ["walls"]
pytestmark = pytest.mark.django_db
ASKED = [Question(PROVINCE, Period(date(2018, 1, 1), date(2020, 6, 30)), view, wide=True) for view in (SUBJECT, LEAD)]
ROWS = 12 if long_run() else 1
FEW, TIMES = 3, 20
ONE_OF_A_KIND = ("orgs_closure", "inspections_visit", "inspections_inspection_topics", "followup_remedyreport")
"""One table for each way that leads to units: none, a column, one join, through findings. The others with --long."""
SEED = 5
NAMED = re.compile(r"\b(?:FROM|JOIN)\s+([a-z]\w*)")


@contextmanager
def rich(seed: int) -> Iterator[None]:
    """A history in which there is something in every table."""
    with stored(history_of(seed, 3, 7, 60)):
        for check in SelfCheck.objects.filter(submitted_on__isnull=False):
            SelfCheckReopening.objects.create(
                self_check=check,
                submitted_on=check.submitted_on,
                submitted_at=MOMENT,
                reason="sửa",
                reopened_by_id=SEALER,
            )
        days = {"state": "issued", "issued_on": date(2019, 6, 1), "approved_at": MOMENT, "approved_by_id": SEALER}
        Conclusion.objects.filter(visit__in=Visit.objects.filter(pk__lt=40)).update(number="1/KL", **days)
        yield


@pytest.fixture
def open_tables(walls: None) -> None:
    """What the product itself forbids at the database (a decision is never changed) passes here: nobody else's refusal is the proof."""
    with connection.cursor() as cursor:
        for name, table in refusing():
            on = "" if connection.vendor == "sqlite" else f" ON {table}"
            cursor.execute(f"DROP TRIGGER {name}{on}")


def refusing() -> list[tuple[str, str]]:
    """(trigger, table) of those on watched tables that are not ours, nor the log's watch."""
    if connection.vendor == "sqlite":
        text = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
    else:
        text = (
            "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal"
        )
    with connection.cursor() as cursor:
        cursor.execute(text)
        found = cursor.fetchall()
    return [(name, table) for name, table in found if table in TOUCHED and not name.startswith(("cells_", SCRATCH))]


@cache
def tables_of(tally: Tally) -> frozenset[str]:
    """Whatever its texts name after FROM and JOIN, but for what they make themselves."""
    read: set[str] = set()
    for question in ASKED:
        apart = tally.apart(question, {})
        for text in (apart.plain, apart.whole, apart.some):
            made = set(re.findall(r"(\w+) AS \(", text))
            read |= set(NAMED.findall(text)) - made
    return frozenset(read)


def reading(table: str) -> list[Tally]:
    """Those whose counts a change of the table can change."""
    return [tally for tally in TALLIES if table in tables_of(tally)]


def test_every_table_that_a_text_reads_is_watched() -> None:
    read = frozenset().union(*map(tables_of, TALLIES))
    assert read - {"reports_cellstamp", "sqlite_master", "pg_trigger"} == set(TOUCHED)


def test_what_is_never_taken_apart_is_cheap() -> None:
    """Everything that walks through the visits of a nation comes apart; what does not asks for one row, or about words."""
    never = {
        name
        for name, figure in FIGURES.items()
        for tally in figure.tallies
        if not tally.by and "counting" in tally.needs
    }
    assert not never
    assert {tally.needs for figure in FIGURES.values() for tally in figure.tallies if not tally.by} == {
        (),
        ("carried", "flagged"),  # asked only where figures are restated, which never come apart
    }


@pytest.mark.usefixtures("open_tables")
@pytest.mark.parametrize("table", TOUCHED)
def test_any_change_of_any_row_is_counted(table: str) -> None:
    random, made, tallies = Random(table), 0, reading(table)
    with rich(SEED):
        assert not differences(ASKED, tallies)
        for change in changes(table, random, ROWS):
            found = differences(ASKED, tallies)
            assert not found, f"{change}: {found[0]}"
            made += 1
    assert made > 1, "nothing could be changed: nothing was compared"


@pytest.mark.usefixtures("open_tables")
@pytest.mark.parametrize("table", TOUCHED if long_run() else ONE_OF_A_KIND)
def test_without_its_triggers_a_change_goes_unseen(table: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """So the test above would find a table that nobody watches."""
    random, tallies = Random(table), reading(table)
    others = sum(1 for _, on in present(connection) if on != table)
    for trigger, _ in [one for one in present(connection) if one[1] == table]:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER {trigger}" + ("" if connection.vendor == "sqlite" else f" ON {table}"))
    for reader in (cells, store):
        monkeypatch.setattr(reader, "expected", lambda _vendor: others)
    with rich(SEED):
        assert not differences(ASKED, tallies)
        assert any(list(changes(table, random, FEW)) and differences(ASKED, tallies) for _ in range(TIMES))


def test_while_a_trigger_is_missing_no_cell_is_read() -> None:
    with rich(SEED):
        assert not differences(ASKED)
        with connection.cursor() as cursor:
            trigger = next(name for name, on in present(connection) if on == "inspections_visit" and "update" in name)
            cursor.execute(
                f"DROP TRIGGER {trigger}" + ("" if connection.vendor == "sqlite" else " ON inspections_visit")
            )
        Visit.objects.filter(state="signed").update(state="annulled", annulled_at=MOMENT, annul_reason="ghi nhầm")
        assert not differences(ASKED)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no trigger is made while others wait for a commit
        raise_walls(connection)
        assert not differences(ASKED)
