"""After an upgrade changed the columns of a table: log its rows as they are now, if nothing else in them differs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import Max, Model

from .images import Image, scan
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


def models_behind(using: str = DEFAULT_DB_ALIAS) -> list[type[Model]]:
    """Those whose newest entry has other columns than their rows have now, or does not say which it has.

    Every upgrade that came to its end left all rows with the columns of its day, and so did every act since: what the newest entry of a
    model says goes for all its rows, and a nation's millions need not be read because an index was added.
    """
    return [model for model in protected_models() if _behind(model, using)]


def _behind(model: type[Model], using: str) -> bool:
    entries = AuditEntry.objects.using(using).filter(model=model._meta.label)
    newest = entries.order_by().aggregate(seq=Max("seq"))["seq"]
    if newest is None:
        return False  # nothing of it was ever logged: there is nothing that a row could differ from
    key = AuditEntry.objects.using(using).values_list("key", flat=True).get(seq=newest)
    row = last_entries(model._meta.label, [key], using=using)[key].row
    return row is None or row.keys() != {field.column for field in image_fields(model)}


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
