"""Changes any column of any row of a table, takes rows away and puts them back: whatever the database itself lets pass."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

Model = type[models.Model]


def model_of(table: str) -> Model:
    """Through tables of many-to-many fields included."""
    return next(one for one in apps.get_models(include_auto_created=True) if one._meta.db_table == table)


def changes(table: str, random: Random, rows: int) -> Iterator[str]:
    """Make one change after the other and tell it: each column of some rows, then some rows gone, then one of them back."""
    model = model_of(table)
    keys = list(model._base_manager.order_by("pk").values_list("pk", flat=True))
    for pk in random.sample(keys, min(rows, len(keys))):
        for field in model._meta.concrete_fields:
            if not field.primary_key and changed(model, pk, field, random):
                yield f"{table}.{field.column} of {pk}"
    for pk in random.sample(keys, min(rows, len(keys))):
        (row,) = model._base_manager.filter(pk=pk)
        if taken(model, pk):
            yield f"{table} {pk} gone"
            if passes(lambda row=row: row.save_base(raw=True, force_insert=True)):
                yield f"{table} {pk} back"


def changed(model: Model, pk: Any, field: Any, random: Random) -> bool:
    value = other(model, pk, field, random)
    return passes(lambda: model._base_manager.filter(pk=pk).update(**{field.attname: value}))


def taken(model: Model, pk: Any) -> bool:
    """By one DELETE, as somebody at the database might."""

    def take() -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {model._meta.db_table} WHERE {model._meta.pk.column} = %s", [pk])

    return passes(take)


def passes(change: Any) -> bool:
    """Whether the database lets it pass; foreign keys are looked at by it at once where it can."""
    try:
        with transaction.atomic():
            change()
        return True
    except DatabaseError:
        return False


def other(model: Model, pk: Any, field: Any, random: Random) -> Any:
    """Another value for the column, out of what is possible there."""
    now = model._base_manager.filter(pk=pk).values_list(field.attname, flat=True).get()
    seen = [one for one in model._base_manager.values_list(field.attname, flat=True).distinct() if one != now]
    if isinstance(field, models.ForeignKey):
        seen = [one for one in field.related_model._base_manager.values_list("pk", flat=True) if one != now]
    elif isinstance(field, models.BooleanField):
        seen = [not now]
    elif field.choices:
        seen = [one for one, _ in field.flatchoices if one != now]
    elif isinstance(field, models.DateTimeField):
        seen.append((now or datetime(2019, 1, 1, tzinfo=UTC)) + timedelta(days=random.randint(-400, 400)))
    elif isinstance(field, models.DateField):
        seen.append(date(2019, 1, 1) + timedelta(days=random.randint(-400, 400)))
    elif isinstance(now, int):
        seen += [now + 1, now - 1]
    elif isinstance(now, str):
        seen.append(f"{now}x"[-field.max_length :] if field.max_length else f"{now}x")
    return random.choice(seen) if seen else now
