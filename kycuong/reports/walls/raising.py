"""Raising and lowering the triggers. A reader uses cells only while all of them stand.

The triggers of a table are raised in a transaction of their own: that waits for whoever is writing to it, holds no second table, and so
deadlocks with nobody. The same transaction notes everything, so that whoever sees the last missing trigger sees, too, that what was
kept before is worth nothing. Where raising is cut off, the next time goes on with what is missing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.migrations.executor import MigrationExecutor

from kycuong.audit.log import take_turns

from .looking import astray, missing, present
from .making import all_noted, wanted

PATIENCE = 500
"""Milliseconds that raising waits for whoever writes to a table: rather another time than in their way."""


def raise_walls(connection: BaseDatabaseWrapper) -> bool:
    """Raise all that do not stand as they should; whether there was anything to do. What already stands is left alone."""
    if not astray(connection) and not missing(connection):
        return False
    if upgrading(connection):
        return False
    lower(connection, patience=PATIENCE, names={name for name, _ in astray(connection)})
    with patiently(connection, PATIENCE):
        take_turns()  # a database that was just emptied has no turn to take until somebody first takes it
    standing_now = {name for name, _ in present(connection)}
    for triggers in wanted(connection.vendor).values():
        making = [made for name, made in triggers.items() if name not in standing_now]
        if making:
            with patiently(connection, PATIENCE) as cursor:
                for statement in [statement for made in making for statement in made]:
                    cursor.execute(statement)
                cursor.execute(all_noted(connection.vendor))
    return True


def upgrading(connection: BaseDatabaseWrapper) -> bool:
    """Whether tables are still to be changed: triggers raised in between would be in the way."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@contextmanager
def patiently(connection: BaseDatabaseWrapper, patience: int) -> Iterator[CursorWrapper]:
    """One transaction, which on PostgreSQL waits so many milliseconds for anybody's lock."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute(f"SET LOCAL lock_timeout = {patience}")
        yield cursor


def lower(connection: BaseDatabaseWrapper, *, patience: int = PATIENCE, names: Collection[str] | None = None) -> None:
    """Take down these, or all that there are, of whatever version: from here on figures are read without cells."""
    for name, table in present(connection):
        if names is not None and name not in names:
            continue
        with patiently(connection, patience) as cursor:
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER {name}")
            else:
                cursor.execute(f"DROP TRIGGER {name} ON {table}")
                cursor.execute(f"DROP FUNCTION {name}()")


def bump_everything(connection: BaseDatabaseWrapper) -> None:
    """Whatever is kept is worth nothing any more."""
    with connection.cursor() as cursor:
        cursor.execute(all_noted(connection.vendor))
