"""Fixtures that hold for the whole suite; tests/conftest.py takes them with `from tests.audit.fixtures import *`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest
from django.conf import settings
from django.db import connection
from django.db.backends.signals import connection_created

from kycuong.audit.walls import lower_walls, raise_walls
from kycuong.inspections.models import walls as decisions
from kycuong.rounds.models import walls as reports

from . import watch

__all__ = ["apart_signer", "audit_walls", "django_db_setup", "no_unlogged_writes"]

NUMBERS = count()
TRANSACTIONAL = {"live_server", "transactional_db", "django_db_reset_sequences", "django_db_serialized_rollback"}


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The test database, with triggers that note what the product writes."""
    with django_db_blocker.unblock():
        watch.install()
    connection_created.connect(watch.attend)
    yield
    connection_created.disconnect(watch.attend)


@pytest.fixture(autouse=True)
def audit_walls(request: pytest.FixtureRequest) -> Iterator[bool]:
    """Yield whether the test may use the database. A test without a transaction around it is followed by a flush, which the
    walls of the log, of decisions and of signed reports would refuse: they are lowered just before it, and raised again before the next one."""
    names = set(request.fixturenames)
    if request.node.get_closest_marker("django_db") is None and not names & (TRANSACTIONAL | {"db"}):
        yield False
        return
    if request.node.get_closest_marker("django_db") is None:
        request.getfixturevalue("transactional_db" if names & TRANSACTIONAL else "db")
    flushed = not connection.in_atomic_block
    if flushed:
        raise_walls(connection)
        decisions.raise_walls(connection)
        reports.raise_walls(connection)
    yield True
    if flushed:
        lower_walls(connection)
        decisions.lower_walls(connection)
        reports.lower_walls(connection)


@pytest.fixture(autouse=True)
def apart_signer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What the signer of checkpoints remembers of one test's log it forgets before the next one, whose log is another."""
    kept = settings.CHECKPOINT_MEMORY
    settings.CHECKPOINT_MEMORY = tmp_path_factory.getbasetemp() / f"signed-{next(NUMBERS)}"
    yield
    settings.CHECKPOINT_MEMORY = kept


@pytest.fixture(autouse=True)
def no_unlogged_writes(audit_walls: bool) -> Iterator[None]:
    """Fail any test in which the product wrote a protected row that the log does not show as it now is."""
    if audit_walls:
        watch.clear()
    yield
    if audit_walls and not connection.needs_rollback:
        wrong = watch.unlogged()
        if wrong:
            pytest.fail("written without an entry in the audit log:\n" + "\n".join(map(str, wrong)), pytrace=False)
