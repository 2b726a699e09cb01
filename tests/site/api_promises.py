"""What the document of the API promises, in lines that can be compared."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import django

KEPT = Path(__file__).parent / "api_v1.json"
METHODS = ("get", "put", "post", "delete", "patch")
TYPES = ("type", "format", "const")


def promises(document: dict[str, Any]) -> dict[str, list[str]]:
    """`given`: what stays as it is; `needed`: what a caller must send, to which nothing is added."""
    given: set[str] = set()
    needed: set[str] = set()
    sent: set[str] = set()
    for path, operations in document["paths"].items():
        for method in METHODS:
            if method in operations:
                _operation(operations[method], f"{method.upper()} {path}", given, needed, sent)
    schemas = document["components"]["schemas"]
    for name, schema in schemas.items():
        lines = list(_members(schema))
        given.add(f"schema {name}")
        given.update(f"schema {name} {line}{' always' if must else ''}" for line, must in lines)
        if name in _reached(sent, schemas):
            needed.update(f"schema {name} {line}" for line, must in lines if must)
    return {"given": sorted(given), "needed": sorted(needed)}


def _operation(one: dict[str, Any], place: str, given: set[str], needed: set[str], sent: set[str]) -> None:
    given.add(place)
    for parameter in one.get("parameters", []):
        name = f"{place} ?{parameter['name']}"
        given.add(name)
        if parameter.get("required"):
            needed.add(name)
        given.update(f"{name}{line}" for line, _must in _members(parameter.get("schema", {})))
    for kind, body in one.get("requestBody", {}).get("content", {}).items():
        given.update(f"{place} < {kind}{line}" for line, _must in _members(body.get("schema", {})))
        sent |= _named(body.get("schema", {}))
    for status, answer in one.get("responses", {}).items():
        if int(status) < 400:
            given.add(f"{place} > {status}")
            for kind, body in answer.get("content", {}).items():
                given.update(f"{place} > {status} {kind}{line}" for line, _must in _members(body.get("schema", {})))


def _members(schema: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    """Each member by its path, and whether it is always there; other schemas by their names."""
    if "$ref" in schema:
        yield f" #{schema['$ref'].rsplit('/', 1)[-1]}", False
    for choice in ("anyOf", "allOf", "oneOf"):
        for one in schema.get(choice, []):
            yield from ((line, False) for line, _must in _members(one))
    if "items" in schema:
        yield from ((f"[]{line}", False) for line, _must in _members(schema["items"]))
    yield from ((f" {line}", False) for line in _values(schema))
    for member, inner in schema.get("properties", {}).items():
        yield f".{member}", member in schema.get("required", [])
        yield from ((f".{member}{line}", False) for line, _must in _members(inner))


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
    yield from (f"{name}={schema[name]}" for name in TYPES if name in schema)
    yield from (f"may be {value}" for value in schema.get("enum", []))


def broken(before: dict[str, list[str]], after: dict[str, list[str]]) -> list[str]:
    """What is gone, and what must be sent now though it was not asked for before; a new operation may ask what it likes."""
    known = {line for line in before["given"] if line.count(" ") == 1}
    gone = [f"gone: {line}" for line in sorted(set(before["given"]) - set(after["given"]))]
    asked = sorted(set(after["needed"]) - set(before["needed"]))
    return gone + [f"needed now: {line}" for line in asked if " ".join(line.split()[:2]) in known]


def kept() -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads(KEPT.read_text(encoding="utf-8"))
    return found


def main() -> None:
    """Add what is new; never take anything away."""
    django.setup()
    document = import_module("kycuong.site.api").api.get_openapi_schema()
    now = promises(document)
    if KEPT.exists() and (faults := broken(kept(), now)):
        raise SystemExit("\n".join(faults))
    KEPT.write_text(json.dumps(now, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
