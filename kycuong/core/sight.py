"""How much of what is sealed the database shows to this connection: all, or what one person knows of.

PostgreSQL alone can do it (row-level security, kycuong/inspections/models/curtains.py); on SQLite nothing happens here. Commands,
ticks and acts see all, for they ask who may by themselves; what a request reads outside an act goes through the curtain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection

SETTING, ALL = "kycuong.sight", "all"
"""The variable of the connection that the policies read; unset, or anything else, is no sight of anything sealed."""
AT_START = f"-c {SETTING}={ALL}"
"""What a connection of ours begins with (site.database), so that programs as pg_dump see all rows, too."""

_SIGHT: ContextVar[str] = ContextVar("sight", default=ALL)


@contextmanager
def seeing(keys: Iterable[int]) -> Iterator[None]:
    """Inside, of what is sealed only these inspections are there, with what belongs to them."""
    with _set(_written(keys)):
        yield


def look_as(keys: Iterable[int]) -> None:
    """From here to the end of the `seeing` around it: who asks was told only now, as by a key of a program."""
    if behind_a_curtain():
        _tell(_written(keys))
        _SIGHT.set(_written(keys))


@contextmanager
def seeing_all() -> Iterator[None]:
    """Inside, everything is there again: for acts, and for what must count every row and tells no person of any."""
    with _set(ALL):
        yield


def behind_a_curtain() -> bool:
    """Whether this database has one."""
    return connection.vendor == "postgresql"


@contextmanager
def _set(sight: str) -> Iterator[None]:
    before = _SIGHT.get()
    if sight == before or not behind_a_curtain():
        yield
        return
    begun_inside = connection.in_atomic_block
    _tell(sight)
    token = _SIGHT.set(sight)
    broken = True
    try:
        yield
        broken = False
    finally:
        _SIGHT.reset(token)
        if not (
            broken and begun_inside
        ):  # a transaction that fails takes the change back by itself, and hears no statement
            _tell(before)


def _written(keys: Iterable[int]) -> str:
    return ",".join(map(str, sorted(keys)))


def _tell(sight: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, false)", [SETTING, sight])
