"""What a load of generated data wrote without an entry for each row: which numbers of which table, and whether they are there.

Such rows are counted, not compared column by column, until an act of the desk changes one: from then on it has entries of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Model

from .models import AuditEntry, BulkLoad


@dataclass(frozen=True, slots=True)
class Span:
    """Primary keys of one table, first and last included, written by one piece of a load."""

    first: int
    last: int
    piece: str

    def __contains__(self, pk: object) -> bool:
        return isinstance(pk, int) and self.first <= pk <= self.last


def spans_of(model: type[Model], *, using: str) -> list[Span]:
    """The spans of the table; none where nothing was ever loaded in bulk."""
    label = model._meta.label
    loads = BulkLoad.objects.using(using).order_by("pk").values_list("piece", "rows")
    return [Span(rows[label][0], rows[label][1], piece) for piece, rows in loads if label in rows]


def loaded_rows(*, using: str) -> int:
    """How many rows the log knows by their numbers only."""
    loads = BulkLoad.objects.using(using).values_list("rows", flat=True)
    return sum(last - first + 1 for rows in loads for first, last in rows.values())


def short_spans(model: type[Model], *, using: str) -> Iterator[Span]:
    """Spans of which rows are gone that no act deleted."""
    for span in spans_of(model, using=using):
        there = model._base_manager.using(using).filter(pk__range=(span.first, span.last)).count()
        wanted = span.last - span.first + 1
        if there < wanted and there + _deleted(model, span, using) < wanted:
            yield span


def _deleted(model: type[Model], span: Span, using: str) -> int:
    """Rows of the span that the log knows, and that are not in the table: acts took them away."""
    entries = AuditEntry.objects.using(using).filter(model=model._meta.label)
    rows = model._base_manager.using(using).filter(pk__range=(span.first, span.last))
    if any(field.column == "uid" for field in model._meta.concrete_fields):
        known, there = (
            set(entries.values_list("key", flat=True)),
            {str(uid) for uid in rows.values_list("uid", flat=True)},
        )
        return len(known - there)
    known = {key for key in entries.values_list("key", flat=True).distinct() if key.isdigit() and int(key) in span}
    return len(known - {str(pk) for pk in rows.values_list("pk", flat=True)})
