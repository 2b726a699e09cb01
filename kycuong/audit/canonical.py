"""Canonical JSON (RFC 8785 for values without floats): one value has one spelling, so that it can be hashed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from enum import Enum
from typing import TypeAlias
from uuid import UUID

from django.db.models import Model

LARGEST_INTEGER = 2**53 - 1  # beyond it readers in other languages round (RFC 7493 §2.2)

Json: TypeAlias = str | int | bool | None | list["Json"] | dict[str, "Json"]


def dumps(value: Json) -> bytes:
    """The canonical bytes. Members are put in order here, so any dictionary will do."""
    return spelled(value).encode()


def spelled(value: Json) -> str:
    """The same as text, which may hold what no bytes can: a broken letter that somebody forced into the database."""
    return json.dumps(_ordered(value), ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def key_of(instance: Model) -> str:
    """How the log names a row: its uid where it has one, else its primary key."""
    return str(getattr(instance, "uid", None) or instance.pk)


def plain(value: object, *, where: str = "details") -> Json:
    """The JSON form of what an act tells about itself; TypeError or ValueError names the place that has none."""
    match value:
        case None | bool():
            return value
        case Enum():
            return plain(value.value, where=where)
        case str() | UUID() | Decimal():
            return str(value)
        case int():
            return _integer(value, where)
        case date() | time():  # a datetime is a date
            return value.isoformat()
        case Model():
            return key_of(value)
        case Mapping():
            return {_member(name, where): plain(item, where=f"{where}.{name}") for name, item in value.items()}
        case list() | tuple():
            return [plain(item, where=f"{where}[{place}]") for place, item in enumerate(value)]
        case set() | frozenset():
            return sorted((plain(item, where=where) for item in value), key=dumps)
    raise TypeError(
        f"{where}: {type(value).__name__} has no place in the audit log; give text, whole numbers, Decimal, dates, "
        "UUIDs, rows, lists or dictionaries"
    )


def _integer(value: int, where: str) -> int:
    if abs(value) > LARGEST_INTEGER:
        raise ValueError(f"{where}: {value} is too large for a JSON number; give it as text")
    return int(value)


def _member(name: object, where: str) -> str:
    if isinstance(name, Enum):
        name = name.value
    if not isinstance(name, str):
        raise TypeError(f"{where}: the name {name!r} of a member must be text")
    return str(name)


def _ordered(value: Json) -> Json:
    """Members sorted by UTF-16 code units, as RFC 8785 §3.2.3 asks; Python would sort by code points."""
    if isinstance(value, dict):
        return {name: _ordered(value[name]) for name in sorted(value, key=lambda name: name.encode("utf-16-be"))}
    if isinstance(value, list):
        return [_ordered(item) for item in value]
    return value
