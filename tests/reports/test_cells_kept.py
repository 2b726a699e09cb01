"""What keeps cells right from outside: raising that was cut off, triggers that somebody changed, comparing, and what is kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from kycuong.core.clock import now
from kycuong.inspections.models import Visit
from kycuong.notices.models import TickRun
from kycuong.notices.rules import StepFailed
from kycuong.orgs.models import Unit
from kycuong.reports import store, tasks
from kycuong.reports.figures import cells
from kycuong.reports.figures.figure import Reading
from kycuong.reports.figures.question import LEAD, SUBJECT, Question
from kycuong.reports.figures.runner import adapted, counted_by
from kycuong.reports.models import Cell, CellSet, CellStamp
from kycuong.reports.queries import cells_told, figures_for
from kycuong.reports.walls import TOUCHED, expected, lower, making, raise_walls, raising
from kycuong.reports.walls.looking import astray, present
from kycuong.upkeep.queries import findings, keeping
from kycuong.upkeep.rules import State

from .happened import PROVINCE
from .store import MOMENT
from .test_cells import TALLIES, YEAR, differences, walls, whole
from .test_cells_falsified import raised_by_seventy

__all__ = ["walls", "whole"]
pytestmark = pytest.mark.django_db
ASKED = [Question(PROVINCE, YEAR, view, wide=True) for view in (SUBJECT, LEAD)]
ANNULLED = {"state": "annulled", "annulled_at": MOMENT, "annul_reason": "ghi nhầm"}
DAY = date(2019, 6, 30)


@pytest.fixture(autouse=True)
def at_once() -> None:
    """No trigger is made while others wait for a commit."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class CutError(Exception):
    """The power went."""


@pytest.mark.parametrize("last", [1, 2, len(TOUCHED), len(TOUCHED) + 1])
def test_raising_that_is_cut_off_leaves_no_old_cell_valid(
    last: int, whole: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After any of its transactions: the turn's, and one for each table."""
    assert not differences(ASKED)
    lower(connection)
    Visit.objects.filter(pk=1).update(**ANNULLED)  # nobody notes it
    ended, real = [], raising.patiently

    @contextmanager
    def cut(*given: Any) -> Iterator[Any]:
        with real(*given) as cursor:
            yield cursor
        ended.append(1)
        if len(ended) == last:
            raise CutError

    with monkeypatch.context() as cutting:
        cutting.setattr(raising, "patiently", cut)
        with suppress(CutError):
            raise_walls(connection)
    assert len(ended) == last
    raise_walls(connection)
    assert store.marks_now()[store.STANDING] == expected(connection.vendor)
    assert not differences(ASKED)


def test_nothing_is_raised_while_tables_are_still_to_be_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    lower(connection)
    with monkeypatch.context() as halfway:
        halfway.setattr(raising, "upgrading", lambda _connection: True)
        assert not raise_walls(connection)
    assert not present(connection)
    assert not raising.upgrading(connection)
    assert raise_walls(connection)


def test_another_word_of_a_trigger_is_another_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """So one of a version before, which may have forgotten something, never stands for it."""
    for vendor, name in (("sqlite", "NOTE"), ("sqlite", "REPLACING"), ("postgresql", "TURN"), ("postgresql", "MANY")):
        before = making.stem(vendor)
        with monkeypatch.context() as mended:
            mended.setattr(making, name, getattr(making, name) + type(getattr(making, name))(" "))
            making._stem.cache_clear()
            assert making.stem(vendor) != before
        making._stem.cache_clear()
        assert making.stem(vendor) == before


def of_visits() -> str:
    return next(name for name, on in present(connection) if on == "inspections_visit" and "update" in name)


SWITCHED = ("ALTER TABLE inspections_visit DISABLE TRIGGER ALL", "ALTER TABLE inspections_visit ENABLE TRIGGER ALL")
NEVER = (
    "DROP TRIGGER {name} ON inspections_visit",
    "CREATE TRIGGER {name} AFTER UPDATE ON inspections_visit REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows "
    "FOR EACH STATEMENT WHEN (false) EXECUTE FUNCTION {name}()",
    "ALTER TABLE inspections_visit ENABLE ALWAYS TRIGGER {name}",
)


@pytest.mark.parametrize("statements", [SWITCHED, NEVER])
def test_a_trigger_that_fires_no_more_is_told_and_raised_again(whole: Unit, statements: tuple[str, ...]) -> None:
    """PostgreSQL: as after loading with triggers disabled, or by whoever would write unnoted."""
    if connection.vendor == "sqlite":
        return  # its triggers cannot be switched, and what they say is compared whole
    tasks.warm_cells(DAY)
    name = of_visits()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement.format(name=name))
    Visit.objects.filter(pk=1).update(**ANNULLED)
    assert name in {trigger for trigger, _ in astray(connection)}
    with pytest.raises(StepFailed, match="bị tắt hoặc sửa"):
        tasks.warm_cells(DAY)
    assert not astray(connection)
    assert tasks.warm_cells(DAY) == ""
    assert not differences(ASKED)


def test_many_rows_of_one_statement_are_noted_by_a_plan_of_their_own(
    whole: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor == "sqlite":
        return  # one row at a time
    with monkeypatch.context() as fewer:
        fewer.setattr(making, "MANY", making.MANY.replace("200", "2"))
        making._stem.cache_clear()
        assert raise_walls(connection)
        assert not differences(ASKED)
        assert Visit.objects.exclude(state="draft").update(**ANNULLED) > 2
        assert not differences(ASKED)
    making._stem.cache_clear()


def test_cells_are_compared_while_others_write(whole: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    figures_for(whole, YEAR)
    for cell in Cell.objects.exclude(rows="[]"):
        raised_by_seventy(cell)
    counted = cells.count

    def meanwhile(*given: Any) -> None:
        counted(*given)
        CellStamp.objects.create(block=10_000)

    monkeypatch.setattr(cells, "count", meanwhile)
    told = cells_told()
    assert told.differences
    assert told.compared + len(told.differences) == CellSet.objects.count()


def state_of_check() -> list[State]:
    return [one.state for one in findings(slow=True) if one.code == "cells"]


def test_the_check_tells_where_no_cell_can_be_read(whole: Unit) -> None:
    assert state_of_check() == [State.GOOD]
    with connection.cursor() as cursor:
        cursor.execute(
            f"DROP TRIGGER {of_visits()}" + ("" if connection.vendor == "sqlite" else " ON inspections_visit")
        )
    assert state_of_check() == [State.WARNING]


def test_what_a_tick_found_falsified_is_told_after_the_next_ticks(whole: Unit) -> None:
    TickRun.objects.create(step="kycuong.reports.tasks.warm_cells", fault=tasks.WRONG, ended_at=now())
    assert tasks.warm_cells(DAY) == ""
    assert state_of_check() == [State.FAULT]
    TickRun.objects.update(fault="Đang có người ghi.")
    assert state_of_check() == [State.GOOD]
    TickRun.objects.update(fault=tasks.WRONG.replace("Ô số liệu đã", "Ô số liệu cả nước đã"))
    assert state_of_check() == [State.FAULT], "told before the last upgrade"


def test_the_check_counts_a_few_sets_anew_however_many_are_kept(whole: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    figures_for(whole, YEAR)
    monkeypatch.setattr(keeping, "COMPARED", 2)
    (told,) = [one.vi for one in findings(slow=True) if one.code == "cells"]
    assert told == f"2 bộ ngẫu nhiên trong {CellSet.objects.count()} bộ khớp"


def test_what_was_wrong_stands_in_the_log_of_the_server(
    whole: Unit, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "COMPARED", 1_000)  # otherwise some by chance
    tasks.warm_cells(DAY)
    for cell in Cell.objects.exclude(rows="[]"):
        raised_by_seventy(cell)
    with pytest.raises(StepFailed):
        tasks.warm_cells(DAY)
    assert "72) ≠" in caplog.text or "71) ≠" in caplog.text


def test_after_a_tick_the_first_page_counts_nothing(whole: Unit) -> None:
    """Also where somebody wrote what changes no count, which readers themselves do not keep."""
    tasks.warm_cells(DAY)
    Visit.objects.filter(pk=1).update(version=F("version") + 1)
    tasks.warm_cells(DAY)
    year = tasks.year_to_date(DAY)
    with CaptureQueriesContext(connection) as asked:
        figures_for(whole, year)
    assert not [one["sql"] for one in asked if "counting AS" in one["sql"]]


def test_where_all_places_are_taken_a_question_that_has_one_keeps_the_rest(
    whole: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "MOST_QUESTIONS", 1)
    figures_for(whole, YEAR, names=["visits"])
    sets = CellSet.objects.count()
    figures_for(whole, YEAR, names=["visits", "findings", "by_month"])
    assert CellSet.objects.count() > sets
    assert len(store.questions_kept()) == 1


def test_much_is_kept_in_pieces(whole: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever writes waits for one of them."""
    held: Callable[[int], Any] = lambda size: store.Keeping(  # noqa: E731
        f"k{size}", {}, 0, None, {block: (0, []) for block in range(size)}, None
    )
    monkeypatch.setattr(store, "PIECE", 10)
    assert [sorted(piece) for piece in store.pieces([held(size) for size in (6, 5, 4, 30)])] == [
        ["k30"], ["k4", "k5"], ["k6"],
    ]  # fmt: skip
    assert not list(store.pieces([]))


def test_figures_of_an_export_are_never_put_together_from_cells(whole: Unit) -> None:
    """Its texts run elsewhere; what was kept here is of the database."""
    figures_for(whole, YEAR, names=["visits"])

    class Export:
        def rows(self, text: str, values: Any) -> list[tuple[Any, ...]]:
            assert "reports_cell" not in text
            with connection.cursor() as cursor:
                named = re.sub(r"(?<![:\w]):(\w+)", r"%(\1)s", text.replace("%", "%%"))
                cursor.execute(named, {name: adapted(value) for name, value in values.items()})
                return list(cursor.fetchall())

    wide = Reading(Question(PROVINCE, YEAR, wide=True))
    with counted_by(Export()), CaptureQueriesContext(connection) as asked:
        assert figures_for(whole, YEAR, names=["visits"])["visits"] == 3
        assert all(wide[tally] is not None for tally in TALLIES)
    assert not [one["sql"] for one in asked if "reports_cell" in one["sql"]]
