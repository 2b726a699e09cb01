"""The end of every act: into the log, and what is derived anew. Many acts may share one end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Model

from kycuong.audit.log import record_many
from kycuong.orgs.models import Person

from .derive import derive


@dataclass
class Batch:
    """What acts leave for the common end."""

    rows: dict[tuple[str, int | None], dict[tuple[type[Model], int], Model]] = field(default_factory=dict)
    people: dict[int | None, Person | None] = field(default_factory=dict)
    hierarchy: set[int] = field(default_factory=set)
    lineage: set[int] = field(default_factory=set)

    def add(self, verb: str, rows: Sequence[Model], by: Person | None) -> None:
        key = by.pk if by else None
        self.people[key] = by
        self.rows.setdefault((verb, key), {}).update({(type(row), row.pk): row for row in rows})

    def close(self) -> None:
        for (verb, key), rows in self.rows.items():
            record_many(verb, rows.values(), by=self.people[key])
        derive(self.hierarchy, self.lineage)


_OPEN: ContextVar[Batch | None] = ContextVar("open_batch", default=None)


@contextmanager
def one_rebuild() -> Iterator[None]:
    """Acts inside are one transaction with one end: log entries and derived tables are written when it closes.

    Inside, roles are judged by the hierarchy of before, so it is for loading at the machine.
    """
    if _OPEN.get() is not None:
        yield
        return
    batch = Batch()
    with transaction.atomic():
        token = _OPEN.set(batch)
        try:
            yield
        finally:
            _OPEN.reset(token)
        batch.close()


def conclude(verb: str, rows: Sequence[Model], *, by: Person | None, hierarchy: set[int], lineage: set[int]) -> None:
    """Record the rows of an act and derive anew, now or when the open batch closes."""
    batch = _OPEN.get()
    if batch is None:
        record_many(verb, rows, by=by)
        derive(hierarchy, lineage)
        return
    batch.add(verb, rows, by)
    batch.hierarchy |= hierarchy
    batch.lineage |= lineage
