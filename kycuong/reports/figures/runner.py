"""Runs a portable SQL text with :name parameters on Django's connection, whichever engine that is, or over an export of facts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Protocol

from django.db import connection

NAME = re.compile(r"(?<![:\w]):([a-z_]+)\b")
COMMENT = re.compile(r"--[^\n]*")


class Engine(Protocol):
    """What runs a text over an export. (Said here, not there: how exports are kept is no part of how figures are counted.)"""

    def rows(self, text: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]: ...


ELSEWHERE: ContextVar[Engine | None] = ContextVar("elsewhere", default=None)


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


def spread(text: str, values: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """The text with its parameters named :so, and each list as so many of them; days stay days."""
    bound: dict[str, Any] = {}

    def named(found: re.Match[str]) -> str:
        name, value = found[1], values[found[1]]
        if not isinstance(value, list | tuple):
            bound[name] = value
            return f":{name}"
        bound.update({f"{name}_{place}": item for place, item in enumerate(value)})
        return ", ".join(f":{name}_{place}" for place in range(len(value))) or "NULL"

    return NAME.sub(named, COMMENT.sub("", text)), bound


@contextmanager
def counted_by(engine: Engine) -> Iterator[None]:
    """Inside, the very same texts run over an export instead of the database."""
    token = ELSEWHERE.set(engine)
    try:
        yield
    finally:
        ELSEWHERE.reset(token)


def elsewhere() -> bool:
    """Whether texts run over an export: what was kept from the database says nothing about it."""
    return ELSEWHERE.get() is not None


def rows_of(text: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """The rows that the text gives."""
    if engine := ELSEWHERE.get():
        return engine.rows(*spread(text, values))
    sql, bound = bind(text, values)
    with connection.cursor() as cursor:
        cursor.execute(sql, bound)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
