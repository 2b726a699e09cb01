"""Whether a request left every table as it was: asked only where a statement that writes was seen at all."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection

WRITES = re.compile(
    r"\A\W*(/\*.*?\*/\s*)?(INSERT|UPDATE|DELETE|REPLACE|TRUNCATE|COPY|WITH\b.*\b(INSERT INTO|UPDATE|DELETE FROM)\b)",
    re.DOTALL,
)
NAMED = re.compile(r"(?:INTO|UPDATE|FROM|TABLE)\s+(?:\"(\w+)\"|(\w+))", re.IGNORECASE)
LET = ("django_session",)
"""When somebody was last there is written once a minute, whatever is asked."""


class Still:
    """The tables as they are now, and how they differ after a request. Those that a session writes are left out."""

    def __init__(self) -> None:
        self.wrote: set[str] = set()
        self.names = sorted({one._meta.db_table for one in apps.get_models(include_auto_created=True)} - set(LET))
        self.before = self.digests()

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Note whether anything in here is written, also if it is taken back."""
        self.wrote = set()
        with connection.execute_wrapper(self._note):
            yield

    def changed(self) -> list[str]:
        """The tables whose rows are others than at the beginning."""
        return [name for name in self.names if name in self.wrote and _digest(name) != self.before[name]]

    def digests(self) -> dict[str, str]:
        return {name: _digest(name) for name in self.names}

    def _note(self, execute: Callable[..., Any], statement: str, parameters: Any, many: bool, context: Any) -> Any:
        if WRITES.match(statement):
            self.wrote |= {found for pair in NAMED.findall(statement) for found in pair if found}
        return execute(statement, parameters, many, context)


def _digest(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)} ORDER BY 1")
        return hashlib.sha256(repr(cursor.fetchall()).encode()).hexdigest()
