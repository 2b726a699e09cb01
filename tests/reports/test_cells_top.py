"""Whose figures are put together from cells: what heads a hierarchy, once it is large; and that the tick makes it ready."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kycuong.inspections.models import Visit as StoredVisit
from kycuong.orgs.models import Edge, Unit, UnitVersion
from kycuong.orgs.queries import is_topmost, resolve_unit
from kycuong.reports import store, tasks
from kycuong.reports.models import CellSet
from kycuong.reports.queries import cells as kept_right
from kycuong.reports.queries import cells_told, figures_for, list_for
from kycuong.reports.rules.periods import Period
from kycuong.reports.walls import lower
from kycuong.reports.walls.looking import present

from .happened import PROVINCE
from .test_cells import YEAR, walls, whole

__all__ = ["walls", "whole"]
pytestmark = pytest.mark.django_db


def test_without_triggers_one_question_says_so(small: Callable[[int], Unit]) -> None:
    slug = small(PROVINCE).slug
    lower(connection)
    scope = resolve_unit(slug)
    asks: list[Callable[[Unit, Period], object]] = [figures_for, partial(list_for, "visits")]
    for ask, looked in zip(asks, (1, 0), strict=True):
        with CaptureQueriesContext(connection) as asked:
            ask(scope, YEAR)
        said = [
            one["sql"] for one in asked if "reports_cell" in one["sql"] or "COUNT(*) FROM sqlite_master" in one["sql"]
        ]
        said += [one["sql"] for one in asked if "COUNT(*) FROM pg_trigger" in one["sql"] and one["sql"] not in said]
        assert len(said) == looked
        assert not [one["sql"] for one in asked if "orgs_edge" in one["sql"]], "told when the unit was found"


def test_only_what_heads_a_hierarchy_is_topmost(small: Callable[[int], Unit]) -> None:
    assert is_topmost(small(PROVINCE)), "however it was found"
    assert is_topmost(resolve_unit(small(PROVINCE).slug))
    below = Edge.objects.exclude(child_id=PROVINCE).earliest("pk").child
    assert not is_topmost(below)
    UnitVersion.objects.filter(unit=below).update(kind="province")
    assert not is_topmost(resolve_unit(below.slug)), "a province of a nation"
    UnitVersion.objects.filter(unit_id=PROVINCE).update(kind="commune_pc")
    assert not is_topmost(small(PROVINCE))


def test_below_the_top_everything_is_counted_plainly(small: Callable[[int], Unit]) -> None:
    figures_for(small(PROVINCE), YEAR)
    below = Edge.objects.filter(parent_id=PROVINCE).earliest("pk").child
    with CaptureQueriesContext(connection) as asked:
        figures_for(below, YEAR)
    assert not [one["sql"] for one in asked if "reports_cell" in one["sql"]]


def test_the_tick_makes_a_large_province_ready_and_leaves_a_small_one_alone(
    small: Callable[[int], Unit], monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no trigger is made while others wait for a commit
    lower(connection)
    monkeypatch.setattr(kept_right, "LARGE", StoredVisit.objects.count() + 1)
    assert tasks.warm_cells(date(2019, 6, 30)) == ""
    assert not present(connection)
    assert not cells_told().needed
    monkeypatch.setattr(kept_right, "LARGE", StoredVisit.objects.count())
    assert cells_told().needed
    assert "Đã dựng" in tasks.warm_cells(date(2019, 6, 30))
    first = set(CellSet.objects.values_list("key", flat=True))
    assert tasks.warm_cells(date(2019, 6, 30)) == ""
    assert set(CellSet.objects.values_list("key", flat=True)) == first
    tasks.warm_cells(date(2019, 7, 1))
    assert CellSet.objects.count() > len(first), "after midnight the question is another one"
    monkeypatch.setattr(kept_right, "LARGE", StoredVisit.objects.count() + 1)
    tasks.warm_cells(date(2019, 7, 1))
    assert store.sound(), "nothing takes them down again"


def test_a_nation_is_made_ready_however_small(whole: Unit) -> None:
    assert cells_told().needed
    assert tasks.warm_cells(date(2019, 6, 30)) == ""
    assert CellSet.objects.exists()


def test_what_the_first_page_asks_is_let_go_of_last(whole: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MOST_QUESTIONS", 8)  # the first page asks four: two views, each with its year before
    tasks.warm_cells(date(2019, 6, 30))
    first = set(CellSet.objects.values_list("pk", flat=True))
    for month in range(1, 5):
        figures_for(whole, Period(date(2019, month, 1), date(2019, month, 28)), names=["visits"])
    assert CellSet.objects.count() > len(first)
    tasks.warm_cells(date(2019, 6, 30))
    store.tidy()
    assert set(CellSet.objects.values_list("pk", flat=True)) == first


def test_every_head_of_a_hierarchy_is_made_ready(whole: Unit) -> None:
    """After a merger of provinces the new one stands beside the first, which still decides for all."""
    Unit.objects.create(pk=9_000, slug="tinh-moi")
    called = {"name": "Tỉnh mới", "kind": "province", "search_key": "tinh moi", "sort_key": "tinh moi"}
    UnitVersion.objects.create(unit_id=9_000, valid_from=date(2015, 1, 1), **called)
    UnitVersion.objects.filter(unit=whole).update(kind="province")
    assert tasks.tops(date(2019, 6, 30)) == [whole, Unit.objects.get(pk=9_000)]
    UnitVersion.objects.filter(unit=whole).update(kind="nation")
    tasks.warm_cells(date(2019, 6, 30))
    assert {question["scope"] for question in store.questions_kept()} == {PROVINCE, 9_000}
    UnitVersion.objects.filter(unit_id=9_000).update(valid_to=date(2019, 6, 1))
    assert tasks.tops(date(2019, 6, 30)) == [whole]
