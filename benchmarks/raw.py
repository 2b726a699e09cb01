"""What the intake is compared with: the very rows that it wrote, written raw, and an address that writes bytes and no more."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max, Model
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import include, path

from kycuong.audit.models import AuditBody, AuditEntry
from kycuong.field.models import FieldHead, FieldOp

WRITTEN: tuple[type[Model], ...] = (FieldOp, FieldHead, AuditEntry, AuditBody)
"""What one visit of forty answers adds to: 40 sayings, 40 that hold, and an entry with its body in the ledger for each, and for
the visit. What it changes (the visit, its mark, the head of the ledger) is left out: three rows."""
Rows = dict[type[Model], list[tuple[Any, ...]]]


class Copies:
    """Tables without an index, a constraint or a trigger, for the same rows."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            for model in WRITTEN:
                table = model._meta.db_table
                cursor.execute(f"CREATE TABLE raw_{table} AS SELECT * FROM {table} WHERE 1 = 0")

    def written_by(self, act: Callable[[], object]) -> Rows:
        """What the act adds, as the database holds it."""
        before = {model: model._base_manager.aggregate(last=Max("pk"))["last"] or 0 for model in WRITTEN}
        act()
        return {model: self._rows_after(model, before[model]) for model in WRITTEN}

    def write(self, rows: Rows) -> None:
        """By one executemany for each table, and one commit."""
        with transaction.atomic(), connection.cursor() as cursor:
            for model, lot in rows.items():
                marks = ", ".join(["%s"] * len(lot[0]))
                cursor.executemany(f"INSERT INTO raw_{model._meta.db_table} VALUES ({marks})", lot)

    def _rows_after(self, model: type[Model], pk: int) -> list[tuple[Any, ...]]:
        key = model._meta.pk.column  # type: ignore[union-attr]
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {model._meta.db_table} WHERE {key} > %s ORDER BY {key}", [pk])
            return [tuple(row) for row in cursor.fetchall()]


def bare(request: HttpRequest) -> HttpResponse:
    """Write what came, on the disk before the answer."""
    write(Path(settings.HOME) / "raw", request.GET["name"], request.body)
    return HttpResponse(status=204)


def write(place: Path, name: str, data: bytes) -> None:
    with (place / name).open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    folder = os.open(place, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


urlpatterns = [path("bare/", bare), path("", include("kycuong.site.urls"))]


@contextmanager
def bare_address() -> Iterator[str]:
    """The product with one address more, behind the same middleware, sign-in and protection."""
    (Path(settings.HOME) / "raw").mkdir(exist_ok=True)
    with override_settings(ROOT_URLCONF=__name__):
        yield "/bare/"
