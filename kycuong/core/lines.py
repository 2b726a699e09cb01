"""How a line of the server's log is written: for people, or as JSON for a program. Values of rows never get into it."""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime

VALUES = re.compile(r"^(DETAIL|HINT|CONTEXT|QUERY|PARAMETERS|LINE \d+)\b.*$", re.MULTILINE)
"""What PostgreSQL adds to its sentence: the values of the row that it refused, the statement that failed."""
FAILING = re.compile(r"(Key )\(.*\)=\(.*\)")


def without_values(text: str) -> str:
    """A traceback without the values that a database puts into its sentences."""
    return FAILING.sub(r"\1(…)", VALUES.sub(r"\1: …", text))


class Line(logging.Formatter):
    """Time, weight, who says it, the id of the request, the words."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name} {request_id} {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        return without_values(super().format(record))


class Json(logging.Formatter):
    """The same as one JSON object a line, for journald, Loki, Elastic; `told` of a line stands in it by name."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "ts": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request": getattr(record, "request_id", "-"),
            "message": without_values(record.getMessage()),
        }
        told |= getattr(record, "told", {})
        if record.exc_info:
            told["traceback"] = without_values(self.formatException(record.exc_info))
        return json.dumps(told, ensure_ascii=False, default=str)
