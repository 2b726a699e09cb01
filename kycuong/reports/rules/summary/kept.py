"""A summary report as JSON and back: what comes back equals what went in, or is refused."""

from __future__ import annotations

import json
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import date
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from kycuong.core.problems import BadInput

from .content import FORMAT, SINCE, Summary


def to_json(summary: Summary) -> dict[str, Any]:
    """The report in plain values: days as ISO writes them, shares as their two numbers."""
    told: dict[str, Any] = _plain(summary, summary.format)
    return told


def in_format(summary: Summary, number: int) -> Summary:
    """The report as a version of that format told it: what came later is as if it had not been counted."""
    return summary if number >= summary.format else from_json(to_json(replace(summary, format=number)))


def to_text(summary: Summary) -> str:
    """The same as one text, always in the same order: two equal reports give the same letters."""
    return json.dumps(to_json(summary), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(told: Mapping[str, Any] | str) -> Summary:
    """The report that was kept; BadInput for what this version cannot read."""
    try:
        data = json.loads(told) if isinstance(told, str) else told
        if data["format"] not in range(1, FORMAT + 1):
            raise ValueError
        made: Summary = _made(Summary, data)
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise BadInput(
            "Báo cáo đã lưu không đọc được bằng phiên bản này của phần mềm; hãy mở bằng phiên bản đã lập báo cáo.",
            en="This version cannot read the kept report; open it with the version that made it.",
        ) from problem
    return made


def _plain(value: Any, number: int) -> Any:
    if is_dataclass(value):
        kept = (field for field in fields(value) if field.metadata.get(SINCE, 1) <= number)
        return {field.name: _plain(getattr(value, field.name), number) for field in kept}
    if isinstance(value, Mapping):
        return {str(key): _plain(part, number) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part, number) for part in value]
    return value.isoformat() if isinstance(value, date) else value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _made(kind: Any, value: Any) -> Any:
    """The value as the declaration of its place wants it."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        if value is None:
            return None
        return _made(next(one for one in get_args(kind) if one is not type(None)), value)
    if origin is tuple:
        return tuple(_made(get_args(kind)[0], part) for part in value)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {key: _made(get_args(kind)[1], part) for key, part in value.items()}
    if is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        if not hints.keys() >= value.keys():
            raise ValueError  # what this version does not know it cannot leave out without a word
        told = (field for field in fields(kind) if field.name in value or field.default is MISSING)
        return kind(**{field.name: _made(hints[field.name], value[field.name]) for field in told})
    return _leaf(kind, value)


def _leaf(kind: Any, value: Any) -> Any:
    if kind is date:
        return date.fromisoformat(value)
    if kind in (int, str, bool) and type(value) is not kind:
        raise TypeError(kind)
    return value
