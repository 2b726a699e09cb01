"""After an upgrade changed the columns of a table: log its rows as they are now, if nothing else in them differs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import Max, Model

from .images import Image, read_images, scan
from .log import record_many
from .models import AuditEntry
from .protected import image_fields, protected_models
from .reconcile import Progress, last_entries

VERB = "audit.migrate"


def log_migrated_rows(
    using: str = DEFAULT_DB_ALIAS, progress: Progress | None = None, models: Collection[type[Model]] | None = None
) -> int:
    """Log every row, of these models or of all, whose columns came or went since its last entry. Returns how many.

    A row that differs in a column that both know is left alone: `audit verify` must go on telling of it.
    """
    asked = protected_models() if models is None else models
    return sum(_log(model, images, using, progress) for model in asked for images in scan(model, using=using))


def columns_now(using: str = DEFAULT_DB_ALIAS) -> dict[str, frozenset[str]]:
    """Table of a protected model → its columns in the database, of those that there are."""
    connection, found = connections[using], {}
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        for table in there & {model._meta.db_table for model in protected_models()}:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} LIMIT 0")  # noqa: S608 - a table of ours, quoted
            found[table] = frozenset(column[0] for column in cursor.description)
    return found


def models_behind(before: Mapping[str, frozenset[str]], using: str = DEFAULT_DB_ALIAS) -> list[type[Model]]:
    """Those of whose tables columns came or went since `before`, and those whose oldest row or newest entry was logged with other columns than
    rows have now: a nation's millions need not be read because an index was added.

    The second is for what other programs did to the tables earlier; where steps and acts were mixed then, `audit migrate` reads everything.
    """
    now = columns_now(using)
    return [
        model
        for model in protected_models()
        if before.get(model._meta.db_table) != now.get(model._meta.db_table) or _behind(model, using)
    ]


def _behind(model: type[Model], using: str) -> bool:
    entries = AuditEntry.objects.using(using).filter(model=model._meta.label)
    newest = entries.order_by().aggregate(seq=Max("seq"))["seq"]
    if newest is None:
        return False  # nothing of it was ever logged: there is nothing that a row could differ from
    first = model._base_manager.using(using).order_by("pk").values_list("pk", flat=True)[:1]
    oldest = read_images(model, list(first), using=using).values()
    keys = [AuditEntry.objects.using(using).values_list("key", flat=True).get(seq=newest), *(one.key for one in oldest)]
    known = last_entries(model._meta.label, keys, using=using)
    columns = {field.column for field in image_fields(model)}
    return keys[0] not in known or any(last.row is None or last.row.keys() != columns for last in known.values())


@transaction.atomic
def _log(model: type[Model], images: Sequence[Image], using: str, progress: Progress | None) -> int:
    pks = list(_migrated(model, images, using))
    rows = model._base_manager.using(using).in_bulk(pks)
    record_many(VERB, [rows[pk] for pk in pks], by=None, op="migrate")
    if progress:
        progress(len(images))
    return len(pks)


def _migrated(model: type[Model], images: Sequence[Image], using: str) -> Iterator[object]:
    last = last_entries(model._meta.label, [image.key for image in images], using=using)
    for image in images:
        entry = last.get(image.key)
        if entry is None or entry.op == "delete" or entry.row is None or entry.row.keys() == image.row.keys():
            continue
        known = entry.row.keys() & image.row.keys()
        if known and all(entry.row[name] == image.row[name] for name in known):
            yield image.pk
