"""A question to the database that fails while a row is checked is a fault, never an answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections


@contextmanager
def failures_told(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Inside, a database that fails is told as that, whatever the check made of it.

    Django takes a condition that could not be asked about for one that is met: a check would pass, and "only one at a time" would be refused
    where there is none.
    """
    failed: list[DatabaseError] = []

    def noting(execute: Any, *statement: Any) -> Any:
        try:
            return execute(*statement)
        except DatabaseError as error:
            failed.append(error)
            raise

    wrappers = connections[using].execute_wrappers
    wrappers.insert(0, noting)  # the outermost: it sees what any other one raises
    try:
        yield
    except ValidationError:
        if failed:
            raise failed[0] from failed[0].__cause__
        raise
    finally:
        wrappers.remove(noting)
    if failed:
        raise failed[0] from failed[0].__cause__
