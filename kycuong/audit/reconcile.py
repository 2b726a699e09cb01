"""Compare the protected tables with the log: every row must hold exactly what the last entry about it says.

Rows of a load of generated data that no act changed have no entry: they are counted by their numbers, see `bulk`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Max, Model

from .bulk import Spans, short_spans, spans_of
from .images import ROWS_AT_ONCE, Image, read_images, scan
from .models import AuditBody, AuditEntry
from .protected import protected_models

CHANGED = "changed"
GONE = "missing_in_table"
UNLOGGED = "missing_in_log"

SENTENCES = {
    CHANGED: ("khác với lần ghi cuối trong nhật ký", "differs from its last entry"),
    GONE: ("có trong nhật ký nhưng không còn trong bảng", "is in the log but no longer in the table"),
    UNLOGGED: ("có trong bảng nhưng nhật ký không ghi", "is in the table but not in the log"),
}

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Difference:
    """One row that is not as the log says; `columns` are the columns that differ."""

    model: str
    key: str
    kind: str
    columns: tuple[str, ...] = ()

    def __str__(self) -> str:
        vi, en = SENTENCES[self.kind]
        where = f" ({', '.join(self.columns)})" if self.columns else ""
        return f"{self.model} {self.key}{where}: {vi} / {en}"


@dataclass(frozen=True, slots=True)
class Last:
    """The last entry about a row. `row` is None when its body was erased: then only existence can be compared."""

    seq: int
    op: str
    row: Mapping[str, str | None] | None


def differences(
    using: str = DEFAULT_DB_ALIAS,
    only: Collection[str] | None = None,
    progress: Progress | None = None,
    uncompared: Progress | None = None,
) -> list[Difference]:
    """Every difference in the protected tables, or in those named in `only`. An empty list is the good answer.

    `progress` is told how many rows were read, `uncompared` how many of a table the log knows by their numbers only.
    """
    found: list[Difference] = []
    for model in protected_models():
        if only is None or model._meta.label in only:
            spans = spans_of(model, using=using)
            for images in scan(model, using=using):
                found += _compare(model, images, using, spans)
                if progress:
                    progress(len(images))
            if uncompared:
                uncompared(spans.passed)
            found += _gone(model, using)
            found += [
                Difference(model._meta.label, f"{span.first}–{span.last} ({span.piece})", GONE)
                for span in (short_spans(model, using=using) if spans else ())
            ]
    return found


def differences_of(model: type[Model], pks: Collection[Any], using: str = DEFAULT_DB_ALIAS) -> list[Difference]:
    """The differences among the rows that exist with these primary keys."""
    images = list(read_images(model, pks, using=using).values())
    return list(_compare(model, images, using, spans_of(model, using=using)))


def difference_of(model: type[Model], key: str, using: str = DEFAULT_DB_ALIAS) -> tuple[str, bool]:
    """How one row differs from its last entry, "" when it does not; and whether a later act deleted it."""
    name = _key_name(model)
    rows = model._base_manager.using(using)
    pks = (
        list(rows.filter(**{name: key}).values_list("pk", flat=True)) if _fits(model._meta.get_field(name), key) else []
    )
    if not pks:
        last = last_entries(model._meta.label, [key], using=using).get(key)
        return ("", True) if last and last.op == "delete" else (GONE, False)
    found = differences_of(model, pks, using)
    return (found[0].kind if found else "", False)


def last_entries(label: str, keys: Sequence[str], *, using: str) -> dict[str, Last]:
    """The last entry about each of the rows that have one."""
    entries = AuditEntry.objects.using(using).filter(model=label, key__in=keys).order_by()
    newest = dict(entries.values_list("key").annotate(Max("seq")))
    bodies = AuditBody.objects.using(using).filter(entry__in=newest.values()).select_related("entry")
    return {body.entry.key: _last(body) for body in bodies}


def _last(body: AuditBody) -> Last:
    try:
        op = json.loads(bytes(body.entry.meta))["op"]
        row = None if body.body is None else json.loads(bytes(body.body))["row"]
    except (ValueError, KeyError, TypeError):  # tampered with: `verify_log` says where, here nothing equals it
        return Last(body.entry_id, "unreadable", {})
    return Last(body.entry_id, op, row)


def _compare(model: type[Model], images: Sequence[Image], using: str, spans: Spans) -> Iterator[Difference]:
    label = model._meta.label
    last = last_entries(label, [image.key for image in images], using=using)
    for image in images:
        entry = last.get(image.key)
        if entry is None and spans.hold(image.pk):
            spans.passed += 1
            continue
        if entry is None or entry.op == "delete":
            yield Difference(label, image.key, UNLOGGED)
        elif entry.row is not None and entry.row != image.row:
            columns = (entry.row.keys() ^ image.row.keys()) | {
                name for name in entry.row.keys() & image.row.keys() if entry.row[name] != image.row[name]
            }
            yield Difference(label, image.key, CHANGED, tuple(sorted(columns)))


def _gone(model: type[Model], using: str) -> Iterator[Difference]:
    """Rows of which the log knows no deletion, and that the table does not have."""
    label = model._meta.label
    name = _key_name(model)
    field = model._meta.get_field(name)
    entries = AuditEntry.objects.using(using).filter(model=label).order_by("key").values_list("key", flat=True)
    keys = list(entries.distinct()[:ROWS_AT_ONCE])
    while keys:
        askable = [key for key in keys if _fits(field, key)]
        there = model._base_manager.using(using).filter(**{f"{name}__in": askable}).values_list(name, flat=True)
        missing = set(keys) - {str(value) for value in there}
        last = last_entries(label, sorted(missing), using=using)
        deleted = {key for key, entry in last.items() if entry.op == "delete"}
        yield from (Difference(label, key, GONE) for key in sorted(missing - deleted))
        keys = list(entries.filter(key__gt=keys[-1]).distinct()[:ROWS_AT_ONCE])


def _key_name(model: type[Model]) -> str:
    return "uid" if any(field.column == "uid" for field in model._meta.concrete_fields) else model._meta.pk.name


def _fits(field: Any, key: str) -> bool:
    """Whether a row can have this key at all; if not, somebody rewrote the entry and the row is gone either way."""
    try:
        field.to_python(key)
    except (ValidationError, ValueError):
        return False
    return True
