"""The tables brought to this version: by one process at a time, and to the end, whatever stopped the last one."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection

from kycuong.audit.migrating import columns_now, log_migrated_rows, models_behind
from kycuong.core.durable import to_disk
from kycuong.upkeep.queries.upgrading import pending_steps

Say = Callable[[str], None]
TURN = 0x4B43
"""The number of this lock among those of the database: «KC»."""


def upgrade_tables(say: Say) -> None:
    """Run the steps that have not run, then log the rows as they are now. What a run that was killed left is done by the next."""
    if not (pending_steps() or begun().exists()):
        return
    with alone(say):
        cut_off, before = begun().exists(), columns_now()  # cut off, some rows of a table may be logged and others not
        if pending_steps():  # another process may have done it meanwhile
            say("Tạo hoặc nâng cấp bảng dữ liệu … / Creating or upgrading tables …")
            begun().touch()
            to_disk(begun().parent)
            call_command("migrate", interactive=False, verbosity=0)
        if begun().exists():
            log_migrated_rows(models=None if cut_off else models_behind(before))
            begun().unlink()


def begun() -> Path:
    """There from before the first step until the rows that it changed are in the log."""
    return Path(settings.HOME) / "upgrade-unfinished"


@contextmanager
def alone(say: Say) -> Iterator[None]:
    """One process upgrades; a second one says so and waits: in this KYCUONG_HOME, and in this database from wherever."""
    with (Path(settings.HOME) / "upgrade.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting(say)
            fcntl.flock(lock, fcntl.LOCK_EX)
        with alone_in_the_database(say):
            yield


@contextmanager
def alone_in_the_database(say: Say) -> Iterator[None]:
    """A lock of the session: it ends with the process, however that ends. SQLite lies in KYCUONG_HOME."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [TURN])
        if not cursor.fetchone()[0]:
            waiting(say)
            cursor.execute("SELECT pg_advisory_lock(%s)", [TURN])
    try:
        yield
    finally:
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [TURN])


def waiting(say: Say) -> None:
    say(
        "Một tiến trình khác đang nâng cấp bảng; đang chờ nó xong … / Another process upgrades the tables; waiting for it …"
    )
