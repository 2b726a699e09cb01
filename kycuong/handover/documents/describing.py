"""datapackage.json: every file, its columns, what they mean, what they point to, how many rows, and its digest."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Field, ForeignKey, JSONField

from kycuong.handover.queries import BY_LABEL, columns_of, model_of
from kycuong.handover.rules import KEPT_BACK, SECRET_COLUMNS, Table

NAME = "datapackage.json"
TYPES = {
    "AutoField": "integer",
    "BigAutoField": "integer",
    "BigIntegerField": "integer",
    "IntegerField": "integer",
    "PositiveIntegerField": "integer",
    "PositiveBigIntegerField": "integer",
    "SmallIntegerField": "integer",
    "PositiveSmallIntegerField": "integer",
    "BooleanField": "boolean",
    "DateField": "date",
    "DateTimeField": "datetime",
    "TimeField": "time",
    "DecimalField": "number",
    "FloatField": "number",
    "JSONField": "any",
}
"""Every other kind of column is a string."""


@dataclass(frozen=True, slots=True)
class Written:
    """One table as it was written."""

    table: Table
    path: str
    rows: int
    size: int
    sha256: str


@dataclass(slots=True)
class Told:
    """What the description says of the whole export."""

    names: str
    taken_at: datetime
    version: str
    tables: list[Written] = field(default_factory=list)
    missing: list[dict[str, str]] = field(default_factory=list)


def is_nested(table: Table) -> bool:
    """Whether a column holds lists or objects: such a table is written as JSON lines."""
    return any(isinstance(column, JSONField) for column in columns_of(table))


def description(told: Told) -> str:
    """The description, as text."""
    return (
        json.dumps(
            {
                "name": "ky-cuong",
                "title": f"Dữ liệu của {told.names} / Data of {told.names}",
                "created": told.taken_at.isoformat(),
                "version": told.version,
                "description": "Mọi thứ bản cài đặt Kỷ Cương này có; điều còn niêm phong ở lại đây. / What this installation of Kỷ Cương holds; what is still sealed stays here.",
                "resources": [resource(one) for one in told.tables],
                "withheld": {
                    "tables": KEPT_BACK,
                    "columns": {f"{label}.{name}": why for label, kept in SECRET_COLUMNS.items() for name, why in kept.items()},
                    "missingFiles": told.missing,
                },
            },
            ensure_ascii=False,
            indent=1,
        )
        + "\n"
    )  # fmt: skip


def resource(one: Written) -> dict[str, Any]:
    """One table."""
    nested = one.path.endswith(".jsonl")
    return {
        "name": one.table.name,
        "path": one.path,
        "title": one.table.title,
        "description": meaning(one.table),
        "format": "jsonl" if nested else "csv",
        "mediatype": "application/jsonl" if nested else "text/csv",
        "encoding": "utf-8",
        "rows": one.rows,
        "bytes": one.size,
        "hash": f"sha256:{one.sha256}",
        "schema": {
            "fields": [told_of(column) for column in columns_of(one.table)],
            "missingValues": [""],
            "primaryKey": "id",
            "foreignKeys": [key for column in columns_of(one.table) for key in pointing(column)],
        },
    }


def meaning(table: Table) -> str:
    """What a row is, in English: what the code says of it."""
    model = model_of(table)
    said = (model.__doc__ or "").strip()
    return "" if said.startswith(f"{model.__name__}(") else " ".join(said.split())


def told_of(column: Field[Any, Any]) -> dict[str, Any]:
    """One column: name, type, title in Vietnamese, what its values mean."""
    aim = column.target_field if isinstance(column, ForeignKey) else column
    told: dict[str, Any] = {"name": column.attname, "type": TYPES.get(aim.get_internal_type(), "string")}
    if aim.get_internal_type() == "UUIDField":
        told["format"] = "uuid"
    if aim.get_internal_type() == "BinaryField":
        told["format"] = "binary"
    if str(column.verbose_name) != column.name.replace("_", " "):
        told["title"] = str(column.verbose_name)
    if column.help_text:
        told["description"] = str(column.help_text)
    if column.choices:
        told["categories"] = [{"value": value, "label": str(label)} for value, label in column.flatchoices]
    needed = not column.null and told["type"] not in {
        "string",
        "any",
    }  # a blank word reads as none in a CSV: it is allowed
    if needed or column.unique:
        told["constraints"] = {"required": needed, "unique": bool(column.unique)}
    return told


def pointing(column: Field[Any, Any]) -> list[dict[str, Any]]:
    """What a column points to, where that table leaves, too."""
    if not isinstance(column, ForeignKey) or column.related_model._meta.label not in BY_LABEL:
        return []
    aim = BY_LABEL[column.related_model._meta.label]
    return [{"fields": column.attname, "reference": {"resource": aim.name, "fields": column.target_field.attname}}]
