"""After an upgrade changed the columns of a table: log its rows as they are now, if nothing else in them differs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import Model

from .images import Image, scan
from .log import record_many
from .protected import protected_models
from .reconcile import Progress, last_entries

VERB = "audit.migrate"


def log_migrated_rows(using: str = DEFAULT_DB_ALIAS, progress: Progress | None = None) -> int:
    """Log every row whose columns came or went since its last entry. Returns how many.

    A row that differs in a column that both know is left alone: `audit verify` must go on telling of it.
    """
    return sum(
        _log(model, images, using, progress) for model in protected_models() for images in scan(model, using=using)
    )


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
