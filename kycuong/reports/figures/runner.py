"""Runs a portable SQL text with :name parameters on Django's connection, whichever engine that is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db import connection

NAME = re.compile(r"(?<![:\w]):([a-z_]+)\b")
COMMENT = re.compile(r"--[^\n]*")


@lru_cache(maxsize=1024)
def names_in(text: str) -> tuple[str, ...]:
    """The parameters that a text uses."""
    return tuple(dict.fromkeys(NAME.findall(COMMENT.sub("", text))))


@lru_cache(maxsize=1024)
def dialect(text: str, lengths: tuple[tuple[str, int], ...]) -> str:
    """The text as DB-API drivers of Django read it: `%(name)s`, and a list as so many of them."""
    sizes = dict(lengths)

    def placeholder(found: re.Match[str]) -> str:
        name = found[1]
        if name in sizes:
            return ", ".join(f"%({name}_{place})s" for place in range(sizes[name])) or "NULL"
        return f"%({name})s"

    return NAME.sub(placeholder, COMMENT.sub("", text).replace("%", "%%"))


def bind(text: str, values: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """The driver's text and its parameters: only those that the text names, with lists spread and days as stored."""
    lengths: list[tuple[str, int]] = []
    bound: dict[str, Any] = {}
    for name in names_in(text):
        value = values[name]
        if isinstance(value, list | tuple):
            lengths.append((name, len(value)))
            bound.update({f"{name}_{place}": item for place, item in enumerate(value)})
        else:
            bound[name] = adapted(value)
    return dialect(text, tuple(lengths)), bound


def adapted(value: Any) -> Any:
    """A day or a moment as the engine stores it; anything else as it is."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def rows_of(text: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """The rows that the text gives."""
    sql, bound = bind(text, values)
    with connection.cursor() as cursor:
        cursor.execute(sql, bound)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
