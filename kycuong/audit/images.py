"""What a row really holds: the stored value of each column as text, read from the database past every conversion."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connections
from django.db.models import Field, Model

from .protected import image_fields

ROWS_AT_ONCE = 500

# SQLite: quote() tells the storage class of a value, but stops at a NUL inside a text. The cast hands over bytes, so
# that a text which is not UTF-8 is read instead of failing.
SQLITE = (
    "CAST(CASE WHEN typeof({0}) = 'text' AND instr(CAST({0} AS BLOB), x'00') > 0 "
    "THEN 'text:' || hex({0}) ELSE quote({0}) END AS BLOB)"
)

# PostgreSQL: the text form, for the types whose text form does not hang on settings of the session (DateStyle,
# TimeZone, bytea_output); the others are brought to a fixed one.
POSTGRESQL = "{0}::text"
POSTGRESQL_BY_TYPE = {
    "date": "to_jsonb({0}) #>> '{{}}'",
    "timestamp with time zone": "to_jsonb({0} AT TIME ZONE 'UTC') #>> '{{}}'",
    "bytea": "encode({0}, 'hex')",
}


@dataclass(frozen=True, slots=True)
class Image:
    """One row: its primary key, the name the log knows it by, and its columns. None is NULL."""

    pk: Any
    key: str
    row: Mapping[str, str | None]


def read_images(model: type[Model], pks: Collection[Any], *, using: str) -> dict[Any, Image]:
    """The images of the rows with these primary keys, `ROWS_AT_ONCE` in a query."""
    wanted = list(dict.fromkeys(_stored(model, pk, using) for pk in pks))
    images: dict[Any, Image] = {}
    for start in range(0, len(wanted), ROWS_AT_ONCE):
        part = wanted[start : start + ROWS_AT_ONCE]
        marks = ", ".join(["%s"] * len(part))
        images |= {image.pk: image for image in _select(model, f"WHERE {{pk}} IN ({marks})", part, using)}
    return images


def image_of(instance: Model, images: Mapping[Any, Image], *, using: str) -> Image:
    """The image of one instance among those read; LookupError when its row is not in the table."""
    try:
        return images[_stored(type(instance), instance.pk, using)]
    except KeyError:
        raise LookupError(
            f"{instance._meta.label} {instance.pk} is not in the database: save it before its act is recorded, and "
            'record op="delete" before it is deleted'
        ) from None


def scan(model: type[Model], *, using: str) -> Iterator[list[Image]]:
    """All rows of the table in the order of their primary keys, a page at a time."""
    page = _select(model, "ORDER BY {pk} LIMIT %s", [ROWS_AT_ONCE], using)
    while page:
        yield page
        page = _select(model, "WHERE {pk} > %s ORDER BY {pk} LIMIT %s", [page[-1].pk, ROWS_AT_ONCE], using)


def _stored(model: type[Model], pk: Any, using: str) -> Any:
    return model._meta.pk.get_db_prep_value(pk, connections[using])


def _select(model: type[Model], condition: str, params: list[Any], using: str) -> list[Image]:
    connection = connections[using]
    quote = connection.ops.quote_name
    fields = image_fields(model)
    table = quote(model._meta.db_table)
    pk = f"{table}.{quote(str(model._meta.pk.column))}"
    columns = ", ".join([pk, *(_expression(field, using) for field in fields)])
    sql = f"SELECT {columns} FROM {table} {condition.format(pk=pk)}"
    names = [str(field.column) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows = cursor.fetchall()
    if connection.vendor == "sqlite":
        rows = [(pk, *map(_sqlite_text, values)) for pk, *values in rows]
    return [_image(pk, dict(zip(names, values, strict=True))) for pk, *values in rows]


def _expression(field: Field[Any, Any], using: str) -> str:
    connection = connections[using]
    column = connection.ops.quote_name(str(field.column))
    if connection.vendor == "sqlite":
        return SQLITE.format(column)
    return POSTGRESQL_BY_TYPE.get(field.db_type(connection) or "", POSTGRESQL).format(column)


def _sqlite_text(value: bytes) -> str | None:
    """None for NULL. Bytes that are not UTF-8 become lone surrogates, which no stored image can contain."""
    return None if value == b"NULL" else value.decode(errors="surrogateescape")


def _image(pk: Any, row: Mapping[str, str | None]) -> Image:
    """A uid is read in any spelling here, so that a row with another one is known as that row, changed."""
    uid = row.get("uid")
    if uid is None:
        return Image(pk, str(pk), row)
    try:
        return Image(pk, str(UUID(uid.strip("'").strip())), row)
    except ValueError:
        return Image(pk, ascii(uid), row)  # what is no UUID may be anything, even bytes that no query accepts
