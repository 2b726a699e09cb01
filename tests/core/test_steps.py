"""Tables that are made at once are the tables that Django makes one after the other."""

from __future__ import annotations

import pytest
from django.db import connections, migrations, models
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from pytest_django import DjangoDbBlocker

from kycuong.core.steps import NewTables

STEPS = [("orgs", "0001_tables"), ("gathering", "0001_initial"), ("rounds", "0001_tables")]
APART = "apart"


def in_memory() -> DatabaseWrapper:
    options: dict[str, object] = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": ":memory:",
        "OPTIONS": {},
        "TIME_ZONE": None,
    }
    off = {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False, "AUTOCOMMIT": True, "ATOMIC_REQUESTS": False}
    return DatabaseWrapper({**options, **off, "TEST": {}}, APART)


def made(step: Migration, before: ProjectState, *, plainly: bool) -> tuple[list[tuple[str, ...]], ProjectState]:
    """All that the database then holds, as it was said, and the state of the models."""
    database = connections[APART] = in_memory()
    try:
        database.disable_constraint_checking()  # the tables that they point to are not there
        with database.schema_editor() as editor:
            after = Migration.apply(step, before.clone(), editor) if plainly else step.apply(before.clone(), editor)
        with database.cursor() as cursor:
            cursor.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name")
            return cursor.fetchall(), after
    finally:
        del connections[APART]


@pytest.mark.parametrize("key", STEPS, ids=lambda key: key[0])
def test_both_ways_make_the_same(key: tuple[str, str], django_db_blocker: DjangoDbBlocker) -> None:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    step, before = loader.get_migration(*key), loader.project_state(key, at_end=False)
    assert isinstance(step, NewTables)
    with django_db_blocker.unblock():
        (quick, one), (plain, other) = made(step, before, plainly=False), made(step, before, plainly=True)
    assert quick == plain
    assert len(quick) > 10
    assert one == other


def test_each_step_of_ours_that_only_makes_tables_makes_them_at_once() -> None:
    """Write `class Migration(NewTables)` where `makemigrations` wrote `migrations.Migration`."""
    plain = migrations.CreateModel | migrations.AddConstraint | migrations.AddIndex
    slow = [
        f"{app}.{name}"
        for (app, name), step in MigrationLoader(None, ignore_no_migrations=True).disk_migrations.items()
        if type(step).__module__.startswith("kycuong.")
        and any(isinstance(one, migrations.CreateModel) for one in step.operations)
        if all(isinstance(one, plain) for one in step.operations) and not isinstance(step, NewTables)
    ]
    assert slow == []


def test_what_is_no_new_table_is_refused() -> None:
    class Mixed(NewTables):
        operations = [
            migrations.CreateModel("A", [("id", models.BigAutoField(primary_key=True))]),
            migrations.AddField("B", "more", models.IntegerField(default=0)),
        ]

    with pytest.raises(TypeError, match="makes no new table"):
        Mixed("0001_mixed", "orgs")
