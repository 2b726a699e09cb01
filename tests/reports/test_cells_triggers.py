"""The triggers behind the cells: they stand, are mended, make way for an upgrade, and note what one row takes from another."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from kycuong.inspections.models import Visit as StoredVisit
from kycuong.orgs.models import Unit
from kycuong.reports import walls as walls_of
from kycuong.reports.apps import out_of_the_way
from kycuong.reports.figures.question import LEAD, SUBJECT, Question
from kycuong.reports.queries import figures_for
from kycuong.reports.walls import raise_walls
from kycuong.reports.walls.looking import present

from .happened import PROVINCE
from .store import MOMENT
from .test_cells import YEAR, differences, walls, whole

__all__ = ["walls", "whole"]
pytestmark = pytest.mark.django_db


def test_before_tables_are_changed_the_triggers_are_gone() -> None:
    assert present(connection)
    out_of_the_way(using="default", plan=[])
    assert present(connection)
    out_of_the_way(using="default", plan=[("a step", False)])
    assert not present(connection)


def emptied() -> str:
    """The trigger of visits, of the same name and doing nothing."""
    name = next(name for name, on in present(connection) if on == "inspections_visit" and "update" in name)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {name}")
            cursor.execute(f"CREATE TRIGGER {name} AFTER UPDATE ON inspections_visit BEGIN SELECT 1; END")
        else:
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$"
            )
    return name


def test_a_trigger_that_was_emptied_is_told_and_raised_again(whole: Unit, capsys: pytest.CaptureFixture[str]) -> None:
    figures_for(whole, YEAR, names=["visits"])
    name = emptied()
    StoredVisit.objects.filter(pk=1).update(state="annulled", annulled_at=MOMENT, annul_reason="ghi nhầm")
    with pytest.raises(SystemExit):
        call_command("cells", "verify")
    assert name in capsys.readouterr().out
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no trigger is made while others wait for a commit
    with CaptureQueriesContext(connection) as asked:
        assert raise_walls(connection)
    made = [one["sql"] for one in asked if one["sql"].startswith("CREATE TRIGGER")]
    assert len(made) == 1, "what stands is left alone"
    assert figures_for(whole, YEAR, names=["visits"])["visits"] == 2
    assert not raise_walls(connection)


def test_an_upgrade_that_cannot_have_the_tables_says_what_to_wait_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def held(*_given: Any, patience: int, **_more: Any) -> None:
        assert 0 < patience <= 60_000
        raise OperationalError("canceling statement due to lock timeout")

    monkeypatch.setattr(walls_of, "lower", held)
    with pytest.raises(CommandError, match="bản sao lưu"):
        out_of_the_way(using="default", plan=[("a step", False)])


def test_a_row_that_takes_the_place_of_another_is_noted_for_both(whole: Unit) -> None:
    """As REPLACE of SQLite does, for which no trigger of DELETE fires. PostgreSQL has none."""
    if connection.vendor != "sqlite":
        return
    visit = StoredVisit.objects.get(pk=1)
    other = StoredVisit.objects.exclude(unit_id=visit.unit_id).values_list("unit_id", flat=True)[0]
    asked = [Question(PROVINCE, YEAR, SUBJECT, wide=True), Question(PROVINCE, YEAR, LEAD, wide=True)]
    assert not differences(asked)
    columns = [field.column for field in StoredVisit._meta.concrete_fields]
    given = {"unit_id": str(other), "id": "9000"}  # its uid is the same
    chosen = ", ".join(given.get(column, column) for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT OR REPLACE INTO inspections_visit ({', '.join(columns)}) SELECT {chosen} FROM inspections_visit WHERE id = 1"
        )
    assert StoredVisit.objects.filter(uid=visit.uid, unit_id=other).exists()
    assert not differences(asked)


def test_a_row_that_takes_the_key_of_another_is_noted_for_both(whole: Unit) -> None:
    """As UPDATE OR REPLACE of SQLite does: the other row goes, and no trigger of DELETE fires for it."""
    if connection.vendor != "sqlite":
        return
    visits = StoredVisit.objects.filter(state="signed", inspection_id=2).order_by("pk")
    gone, stays = visits[0], visits[1]
    assert gone.unit_id != stays.unit_id, "else the note of one would do for the other"
    asked = [Question(PROVINCE, YEAR, SUBJECT, wide=True), Question(PROVINCE, YEAR, LEAD, wide=True)]
    assert not differences(asked)
    with connection.cursor() as cursor:
        text = "UPDATE OR REPLACE inspections_visit SET uid = (SELECT uid FROM inspections_visit WHERE id = %s) WHERE id = %s"
        cursor.execute(text, [gone.pk, stays.pk])
    assert not StoredVisit.objects.filter(pk=gone.pk).exists()
    assert not differences(asked)
