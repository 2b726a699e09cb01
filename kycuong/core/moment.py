"""What is read in one moment, though it takes many queries."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


@contextmanager
def one_moment() -> Iterator[None]:
    """One transaction of one snapshot, that keeps no writer from its turn. Inside an act's transaction its own snapshot is what there is."""
    alone = not connection.in_atomic_block
    with _begun_to_read(alone), transaction.atomic():
        if alone and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


@contextmanager
def _begun_to_read(alone: bool) -> Iterator[None]:
    """On SQLite a transaction begins by taking the writers' turn (site.database): whoever only reads asks for none."""
    held: Any = connection
    usual = getattr(held, "transaction_mode", None)
    if not alone or usual is None:
        yield
        return
    held.transaction_mode = None
    try:
        yield
    finally:
        held.transaction_mode = usual
