"""How a line of the server's log is written: for people, or as JSON for a program. What a database says of a row stays out of it."""

from __future__ import annotations

import json
import logging
import re
import traceback
from datetime import datetime

import psycopg
from django.db import Error
from django.utils.timezone import get_default_timezone

from .refusals import condition

VALUES = re.compile(r"\n?(DETAIL|HINT|CONTEXT|QUERY|PARAMETERS|LINE \d+):.*", re.DOTALL)
"""What PostgreSQL adds to its sentence: the values of the row that it refused, the statement that failed; to the end."""

SECRET_ADDRESS = re.compile(r"(/calendar/feeds/)[^/\s\"']+")
"""Django names the address of whatever fails; that of a calendar opens it."""


def without_values(text: str) -> str:
    """A sentence of a database without what it quotes, and without what opens something."""
    return SECRET_ADDRESS.sub(r"\1…", VALUES.sub("", text))


def told(error: BaseException) -> str:
    """Its kind and its words; of what a database refused only the kind, the code and the condition: its words quote the row."""
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    if not isinstance(error, Error | psycopg.Error):
        return f"{kind}: {without_values(str(error))}"
    at_fault = error if isinstance(error, psycopg.Error) else error.__cause__
    state = getattr(at_fault, "sqlstate", None) or getattr(at_fault, "sqlite_errorname", "")
    return f"{kind}: {state} {condition(at_fault)}".rstrip()


def trace(error: BaseException) -> str:
    """The whole chain of what went wrong, the first cause first."""
    chain: list[BaseException] = []
    one: BaseException | None = error
    while one is not None and one not in chain:
        chain.append(one)
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return "\n".join(f"{''.join(traceback.format_tb(each.__traceback__))}{told(each)}" for each in reversed(chain))


class Line(logging.Formatter):
    """Time, weight, who says it, the id of the request, the words."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name} {request_id} {message}", style="{")

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802 - logging's name
        return moment(record)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        record.message = without_values(record.message)
        return super().formatMessage(record)

    def formatException(self, ei: object) -> str:  # noqa: N802 - logging's name
        error = ei[1] if isinstance(ei, tuple) else None
        return trace(error) if isinstance(error, BaseException) else ""


class Json(Line):
    """The same as one JSON object a line, for journald, Loki, Elastic; `told` of a line stands in it by name."""

    def format(self, record: logging.LogRecord) -> str:
        said = {
            "ts": moment(record),
            "level": record.levelname,
            "logger": record.name,
            "request": getattr(record, "request_id", "-"),
            "message": without_values(record.getMessage()),
        }
        said |= getattr(record, "told", {})
        if record.exc_info and record.exc_info[1]:
            said["traceback"] = trace(record.exc_info[1])
        return json.dumps(said, ensure_ascii=False, default=str)


def moment(record: logging.LogRecord) -> str:
    """With its distance from UTC: logs of two machines are put side by side."""
    return datetime.fromtimestamp(record.created, get_default_timezone()).isoformat(timespec="milliseconds")
