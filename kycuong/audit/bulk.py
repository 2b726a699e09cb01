"""What a load of generated data wrote without an entry for each row: which numbers of which table, and whether they are there.

Such rows are counted, not compared column by column, until an act of the desk changes one: from then on it has entries of its own.
What is exempt is what the log says, never what the table of loads says: that one is compared with the log like any other.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from .models import AuditBody, AuditEntry, BulkLoad


@dataclass(frozen=True, slots=True)
class Span:
    """Primary keys of one table, first and last included, written by one piece of a load."""

    first: int
    last: int
    piece: str

    def __contains__(self, pk: object) -> bool:
        return isinstance(pk, int) and self.first <= pk <= self.last


class Spans(Sequence[Span]):
    """All of one table, in order: whether a number lies in one of them is asked of millions of rows."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self.spans = sorted(spans, key=lambda span: span.first)
        self.firsts = [span.first for span in self.spans]
        self.passed = 0
        """Rows that a comparison met and could not compare: the log knows them by their numbers only."""

    def __len__(self) -> int:
        return len(self.spans)

    def __getitem__(self, place: Any) -> Any:
        return self.spans[place]

    def hold(self, pk: object) -> bool:
        place = bisect_right(self.firsts, pk) if isinstance(pk, int) else 0
        return place > 0 and pk in self.spans[place - 1]


def spans_of(model: type[Model], *, using: str) -> Spans:
    """The spans of the table; none where nothing was ever loaded in bulk."""
    label = model._meta.label
    return Spans([Span(*rows[label], piece) for piece, rows in _loads(using) if label in rows])


def loaded_rows(*, using: str) -> int:
    """How many rows the log knows by their numbers only."""
    return sum(last - first + 1 for _piece, rows in _loads(using) for first, last in rows.values())


def short_spans(model: type[Model], *, using: str) -> Iterator[Span]:
    """Spans of which rows are gone that no act deleted."""
    gone: list[int] | None = None
    for span in spans_of(model, using=using):
        there = model._base_manager.using(using).filter(pk__range=(span.first, span.last)).count()
        if there == span.last - span.first + 1:
            continue
        gone = _deleted(model, using) if gone is None else gone
        if there + sum(pk in span for pk in gone) < span.last - span.first + 1:
            yield span


def entry_between_pieces(*, using: str) -> AuditEntry | None:
    """The first entry since the first piece that belongs to none: the work of somebody else. None when there is no such entry."""
    expected: int | None = None
    pieces = AuditBody.objects.using(using).filter(entry__model=BulkLoad._meta.label).order_by("pk")
    for body in pieces:
        if expected is not None and _begun(body) != expected:
            break
        expected = body.entry_id + 1
    later = AuditEntry.objects.using(using).order_by("seq")
    return later.filter(seq__gte=expected).first() if expected is not None else None


def _begun(body: AuditBody) -> int | None:
    """Under which number the piece began, as its entry says."""
    try:
        return int(json.loads(bytes(body.body or b""))["details"]["begun"])
    except (ValueError, KeyError, TypeError):
        return None


def _loads(using: str) -> Iterator[tuple[str, Mapping[str, tuple[int, int]]]]:
    """(piece, label → numbers) as the log has it. What cannot be read exempts nothing: its rows are then told one by one."""
    entries = AuditEntry.objects.using(using).filter(model=BulkLoad._meta.label)
    for body in AuditBody.objects.using(using).filter(entry__in=entries).order_by("pk"):
        try:
            row = json.loads(bytes(body.body or b""))["row"]
            rows = json.loads(_plain(row["rows"]))
            told = {str(label): (int(first), int(last)) for label, (first, last) in rows.items()}
        except (ValueError, KeyError, TypeError, AttributeError):
            continue
        yield _plain(row["piece"]), told


def _plain(text: str) -> str:
    """A text column as it is in the table: on SQLite images of rows keep it between quotes."""
    return text[1:-1].replace("''", "'") if text.startswith("'") else text


def _deleted(model: type[Model], using: str) -> list[int]:
    """Primary keys of rows that acts deleted, by the entries that say so."""
    entries = AuditEntry.objects.using(using).filter(model=model._meta.label)
    column = model._meta.pk.column if model._meta.pk else "id"
    found = set()
    bodies = AuditBody.objects.using(using).filter(entry__in=entries).select_related("entry")
    for body in bodies.iterator(chunk_size=2000):
        try:
            if json.loads(bytes(body.entry.meta))["op"] == "delete":
                found.add(int(json.loads(bytes(body.body or b""))["row"][column]))
        except (ValueError, KeyError, TypeError):
            continue
    return sorted(found)
