"""What the document of the API promises, in lines that can be compared."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

import django

KEPT = Path(__file__).parent / "api_v1.json"
METHODS = ("get", "put", "post", "delete", "patch")
TYPES = ("type", "format", "const")
AT_MOST = ("maxLength", "maximum", "exclusiveMaximum", "maxItems", "maxProperties")
AT_LEAST = ("minLength", "minimum", "exclusiveMinimum", "minItems", "minProperties")
EXACTLY = ("pattern", "format", "multipleOf", "uniqueItems")
NEVER_NULL, TAKES_MORE, TAKES_ALL, BOUND = " never null", " takes other members", " takes anything", " | "


@dataclass
class Found:
    """`given`: what stays as it is; `needed`: what a caller must send, to which nothing is added; `bounds`: how far what is sent may
    go, which is never narrowed. `sent`, `told`: the schemas of bodies and of answers."""

    given: set[str] = field(default_factory=set)
    needed: set[str] = field(default_factory=set)
    bounds: set[str] = field(default_factory=set)
    sent: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)

    def note(self, place: str, schema: dict[str, Any], *, sent: bool, told: bool) -> None:
        """What is told may not become null, what is sent may not be asked for in a narrower form; both keep their types."""
        for line, must in _inner("", schema):
            if BOUND in line:
                self.bounds |= {place + line} if sent else set()
            elif line.endswith(NEVER_NULL):
                self.given |= {place + line} if told else set()
            elif line.endswith((TAKES_MORE, TAKES_ALL)):
                self.given |= {place + line} if sent else set()
            else:
                self.given.add(f"{place}{line}{' always' if must and told else ''}")
                self.needed |= {place + line} if must and sent else set()


def promises(document: dict[str, Any]) -> dict[str, list[str]]:
    """The lines, by kind."""
    found = Found()
    for path, operations in document["paths"].items():
        for method in METHODS:
            if method in operations:
                _operation(operations[method], f"{method.upper()} {path}", found)
    schemas = document["components"]["schemas"]
    sent, told = _reached(found.sent, schemas), _reached(found.told, schemas)
    for name, schema in schemas.items():
        found.given.add(f"schema {name}")
        found.note(f"schema {name} ", schema, sent=name in sent, told=name in told or name not in sent)
    return {kind: sorted(getattr(found, kind)) for kind in ("given", "needed", "bounds")}


def _operation(one: dict[str, Any], place: str, found: Found) -> None:
    found.given.add(place)
    for parameter in one.get("parameters", []):
        name = f"{place} ?{parameter['name']}"
        found.given.add(name)
        if parameter.get("required"):
            found.needed.add(name)
        found.note(name, parameter.get("schema", {}), sent=True, told=False)
    for kind, body in one.get("requestBody", {}).get("content", {}).items():
        found.note(f"{place} < {kind}", body.get("schema", {}), sent=True, told=False)
        found.sent |= _named(body.get("schema", {}))
    for status, answer in one.get("responses", {}).items():
        found.told |= _named(answer)
        if int(status) < 400:
            found.given.add(f"{place} > {status}")
            for kind, body in answer.get("content", {}).items():
                found.note(f"{place} > {status} {kind}", body.get("schema", {}), sent=False, told=True)


def _inner(place: str, schema: Any) -> Iterator[tuple[str, bool]]:
    """Each member by its path, and whether it is always there; what has no schema is anything."""
    schema = schema if isinstance(schema, dict) else {}
    if not _may_be_null(schema):
        yield f"{place}{NEVER_NULL}", False
    yield from ((f"{place}{line}", must) for line, must in _members(schema))


def _members(schema: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    """Other schemas by their names; a map's values as the member *."""
    if "$ref" in schema:
        yield f" #{schema['$ref'].rsplit('/', 1)[-1]}", False
    for choice in ("anyOf", "allOf", "oneOf"):
        for one in schema.get(choice, []):
            yield from ((line, False) for line, _must in _members(one))
    if "items" in schema:
        yield from ((line, False) for line, _must in _inner("[]", schema["items"]))
    yield from ((line, False) for line in _values(schema))
    for member, inner in schema.get("properties", {}).items():
        yield f".{member}", member in schema.get("required", [])
        yield from ((line, False) for line, _must in _inner(f".{member}", inner))
    if schema.get("additionalProperties") not in (None, False):
        yield ".*", False
        yield from ((line, False) for line, _must in _inner(".*", schema["additionalProperties"]))
    elif schema.get("type") == "object" and "additionalProperties" not in schema:
        yield TAKES_MORE, False
    if not {"$ref", "anyOf", "allOf", "oneOf", "type", "enum", "const"} & set(schema):
        yield TAKES_ALL, False


def _may_be_null(schema: dict[str, Any]) -> bool:
    if "$ref" in schema:
        return False  # the schema that is named says so of itself
    for choice, enough in (("anyOf", any), ("oneOf", any), ("allOf", all)):
        if choice in schema:
            return enough(_may_be_null(one) for one in schema[choice])
    if "const" in schema or "enum" in schema:
        return None in schema.get("enum", [schema.get("const")])
    kinds = schema.get("type", "null")
    return "null" in ([kinds] if isinstance(kinds, str) else kinds)


def _named(schema: Any) -> set[str]:
    """The schemas that one names, in whatever depth."""
    return set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(schema, default=str)))


def _reached(names: set[str], schemas: dict[str, Any]) -> set[str]:
    found: set[str] = set()
    while names:
        found |= names
        names = {inner for name in names for inner in _named(schemas[name])} - found
    return found


def _values(schema: dict[str, Any]) -> Iterator[str]:
    yield from (f" {name}={schema[name]}" for name in TYPES if name in schema)
    yield from (f" may be {value}" for value in schema.get("enum", []))
    yield from (f"{BOUND}{name} {schema[name]}" for name in (*AT_MOST, *AT_LEAST, *EXACTLY) if name in schema)
    if "enum" in schema or "const" in schema:
        yield f"{BOUND}closed "


def broken(before: dict[str, list[str]], after: dict[str, list[str]]) -> list[str]:
    """What is gone, and what must be sent now though it was not asked for before; a new operation may ask what it likes."""
    known = {line for line in before["given"] if line.count(" ") == 1}
    gone = [f"gone: {line}" for line in sorted(set(before["given"]) - set(after["given"]))]
    asked = sorted(set(after["needed"]) - set(before["needed"]))
    needed = [f"needed now: {line}" for line in asked if " ".join(line.split()[:2]) in known]
    return gone + needed + list(_narrowed(before, after))


def _narrowed(before: dict[str, list[str]], after: dict[str, list[str]]) -> Iterator[str]:
    """What was taken and is not any more: a bound that is tighter, or new at a place that was there."""
    known = {place for line in before["given"] for place in (line, *_shorter(line))}
    old, new = _by_place(before["bounds"]), _by_place(after["bounds"])
    for (place, name), values in new.items():
        if (place, name) in old:
            tighter = _tighter(name, old[place, name], values)
        else:
            tighter = place in known
        if tighter:
            yield f"narrower now: {place}{BOUND}{name} {', '.join(values)}"


def _shorter(line: str) -> Iterator[str]:
    """The places that a line is about: itself without its last words."""
    while " " in line:
        line = line.rpartition(" ")[0]
        yield line


def _by_place(lines: Iterable[str]) -> dict[tuple[str, str], list[str]]:
    """(place, name of the bound) → its values, of each of the forms that it may have."""
    found: dict[tuple[str, str], list[str]] = {}
    for line in lines:
        place, _mark, bound = line.partition(BOUND)
        name, _blank, value = bound.partition(" ")
        found.setdefault((place, name), []).append(value)
    return found


def _tighter(name: str, before: list[str], after: list[str]) -> bool:
    if name in AT_MOST:
        return max(map(float, after)) < max(map(float, before))
    if name in AT_LEAST:
        return min(map(float, after)) > min(map(float, before))
    return not set(before) <= set(after)


def kept() -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads(KEPT.read_text(encoding="utf-8"))
    return found


def main(place: Path = KEPT) -> None:
    """Add what is new; never take anything away."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    document = import_module("kycuong.site.api").api.get_openapi_schema()
    now = promises(document)
    if place.exists() and (faults := broken(json.loads(place.read_text(encoding="utf-8")), now)):
        raise SystemExit("\n".join(faults))
    place.write_text(json.dumps(now, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
