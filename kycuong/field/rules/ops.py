"""An op as a phone sends it: what was said of one field of one visit, and what the person saw before saying it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from .spelling import sha256_of, spelled

REQUIRED = {"op_id", "seq", "visit", "field", "value", "base", "form", "wall", "mono", "boot", "author"}
KNOWN = REQUIRED | {"deleted", "gps"}
CODE = r"[A-Za-z0-9]{1,10}"
UID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
FIELDS = re.compile(rf"a/{CODE}|h|t/strengths|t/explanation|e/(?:{CODE}|{UID})|[fvmsd]/{UID}|st/start|st/finish")
SHA256 = re.compile(r"[0-9a-f]{64}")
LARGEST = 2**53 - 1
LARGEST_SEQ = 2**31 - 1
MOST_BASE = 200
DEEPEST = 32
UNKEPT = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Op:
    """A well-formed op, with the spelling that is kept and its hash."""

    uid: UUID
    sha: str
    seq: int
    visit: UUID
    field: str
    value: Any
    deleted: bool
    base: tuple[UUID, ...]
    form: str
    wall: int
    author: UUID
    body: str


@dataclass(frozen=True, slots=True)
class Said:
    """What stands in a field: who said it when, by the phone's clock and by ours."""

    uid: UUID
    value: Any
    deleted: bool
    author: int
    device: int | None
    wall: int
    base: tuple[UUID, ...] = ()


def read_op(raw: Any) -> Op | None:
    """The op, or None when it is none that we know."""
    if misshapen(raw):
        return None
    return Op(
        uid=UUID(raw["op_id"]),
        sha=sha256_of(raw),
        seq=raw["seq"],
        visit=UUID(raw["visit"]),
        field=raw["field"],
        value=raw["value"],
        deleted=raw.get("deleted", False),
        base=tuple(dict.fromkeys(UUID(one) for one in raw["base"])),
        form=raw["form"],
        wall=raw["wall"],
        author=UUID(raw["author"]),
        body=spelled(raw),
    )


def misshapen(raw: Any) -> str:
    """What is wrong with the shape of an op, in one word; "" when nothing is. Rules are another matter."""
    if not isinstance(raw, dict):
        return "op"
    names = set(raw)
    if missing := REQUIRED - names:
        return min(missing)
    if names - KNOWN:
        return "unknown"
    checks = {
        "op_id": is_uid(raw["op_id"]),
        "seq": _is_whole(raw["seq"], 1, LARGEST_SEQ),
        "visit": is_uid(raw["visit"]),
        "field": isinstance(raw["field"], str) and bool(FIELDS.fullmatch(raw["field"])),
        "deleted": isinstance(raw.get("deleted", False), bool),
        "base": isinstance(raw["base"], list) and len(raw["base"]) <= MOST_BASE and all(map(is_uid, raw["base"])),
        "form": raw["form"] == "" or (isinstance(raw["form"], str) and bool(SHA256.fullmatch(raw["form"]))),
        "wall": _is_whole(raw["wall"], 0, LARGEST),
        "mono": isinstance(raw["mono"], int | float) and not isinstance(raw["mono"], bool),
        "boot": isinstance(raw["boot"], str) and len(raw["boot"]) <= 100,
        "author": is_uid(raw["author"]),
        "value": not _holds_unkept(raw),
    }
    return next((name for name, sound in checks.items() if not sound), "")


def is_uid(value: Any) -> bool:
    """A UUID in its one spelling."""
    return isinstance(value, str) and bool(re.fullmatch(UID, value))


def kind_of(field: str) -> str:
    """The letter (or two) before the stroke: a, h, t, f, e, v, m, st, s, d."""
    return field.split("/", 1)[0]


def key_of(field: str) -> str:
    """What follows the stroke."""
    return field.partition("/")[2]


def _is_whole(value: Any, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _holds_unkept(value: Any) -> bool:
    """Characters that no keyboard has and no database keeps, anywhere within; numbers too large to come back whole, or none at
    all; boxes in boxes without end. Without recursion: what is too deep must not fell who looks."""
    todo: list[tuple[Any, int]] = [(value, 1)]
    while todo:
        one, depth = todo.pop()
        if _is_unkept(one) or depth > DEEPEST:
            return True
        if isinstance(one, dict):
            todo += [(part, depth + 1) for pair in one.items() for part in pair]
        elif isinstance(one, list):
            todo += [(part, depth + 1) for part in one]
    return False


def _is_unkept(one: Any) -> bool:
    if isinstance(one, str):
        return bool(UNKEPT.search(one))
    return isinstance(one, int | float) and not abs(one) <= LARGEST  # NaN is on neither side
