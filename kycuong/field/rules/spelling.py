"""One spelling for one value: canonical JSON, so that phone and server get the same hash."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def spelled(value: Any) -> str:
    """Members by UTF-16 code units, no blanks; 5.0 is 5, as browsers write it. Halves of characters are escaped."""
    text = json.dumps(_ordered(value), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text if _is_whole(text) else json.dumps(_ordered(value), allow_nan=False, separators=(",", ":"))


def sha256_of(value: Any) -> str:
    """The hash (hex) of the spelling."""
    return hashlib.sha256(spelled(value).encode()).hexdigest()


def written(value: Any) -> str:
    """Plain JSON of whatever a sender put together, however deep: what is no op is kept as it came."""
    found: list[str] = []
    todo: list[tuple[bool, Any]] = [(False, value)]
    while todo:
        done, one = todo.pop()
        if done or not isinstance(one, dict | list):
            found.append(one if done else json.dumps(one))
        else:
            todo += reversed(_opened(one))
    return "".join(found)


def _opened(one: dict[str, Any] | list[Any]) -> list[tuple[bool, Any]]:
    """The signs and the parts of a box; signs are written as they are."""
    parts: list[tuple[bool, Any]] = []
    for part in sorted(one) if isinstance(one, dict) else one:
        parts += [(True, ", ")] if parts else []
        parts += [(True, f"{json.dumps(part)}: "), (False, one[part])] if isinstance(one, dict) else [(False, part)]
    signs = "{}" if isinstance(one, dict) else "[]"
    return [(True, signs[0]), *parts, (True, signs[1])]


def _is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _ordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _ordered(value[name]) for name in sorted(value, key=_by_code_units)}
    if isinstance(value, list):
        return [_ordered(item) for item in value]
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value


def _by_code_units(name: str) -> bytes:
    return name.encode("utf-16-be", "surrogatepass")
