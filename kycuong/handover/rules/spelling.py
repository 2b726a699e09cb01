"""How a value is spelled, the same on both databases: ISO 8601 in UTC, true and false, base64 for bytes."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID


def plain(value: Any) -> Any:
    """The value as JSON knows it."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date() | time():
            return value.isoformat()
        case UUID() | Decimal():
            return str(value)
        case bytes() | memoryview():
            return base64.b64encode(bytes(value)).decode()
        case _:
            return value


def json_line(names: Sequence[str], row: Sequence[Any]) -> str:
    """One row as a JSON object in one line."""
    return json.dumps(dict(zip(names, map(plain, row), strict=True)), ensure_ascii=False) + "\n"


def csv_line(row: Sequence[Any]) -> str:
    """One row by RFC 4180: words in quotes, numbers and days without, nothing at all for «no value»."""
    return ",".join(map(_cell, row)) + "\r\n"


def _cell(value: Any) -> str:
    match plain(value):
        case None:
            return ""
        case bool() as flag:
            return "true" if flag else "false"
        case str() as text:
            return '"' + text.replace('"', '""') + '"'
        case other:
            return str(other)
