"""What a database held at one moment, in a few numbers: the same numbers after a restoration, or it is none."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Description:
    """Rows of each table; the log's entries and root (hex); the SHA-256 of every figure of every topmost unit and year."""

    version: str
    migrations: int
    tables: Mapping[str, int]
    entries: int
    root: str
    figures: str
    figures_counted: int
    seals: int
    seals_without_key: int

    @property
    def rows(self) -> int:
        return sum(self.tables.values())

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Self:
        """ValueError when something is missing or not of its kind."""
        try:
            made = cls(**told)
            numbers = (
                made.migrations,
                made.entries,
                made.figures_counted,
                made.seals,
                made.seals_without_key,
                *made.tables.values(),
            )
            words = (made.version, made.root, made.figures)
        except (TypeError, AttributeError) as error:
            raise ValueError("no description of a database") from error
        if not all(isinstance(one, int) for one in numbers) or not all(isinstance(one, str) for one in words):
            raise ValueError("no description of a database")
        return made


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it was, in both languages."""

    vi: str
    en: str

    def __str__(self) -> str:
        return f"{self.vi} / {self.en}"


def differences(before: Description, after: Description) -> Iterator[Difference]:
    """What does not agree: rows by table, the log, the figures. Tables that another version added or dropped are told, too."""
    for table in sorted({*before.tables, *after.tables}):
        had, has = before.tables.get(table), after.tables.get(table)
        if had != has:
            yield Difference(f"bảng {table}: {_said(had)} → {_said(has)} dòng", f"table {table}: {had} → {has} rows")
    if (before.entries, before.root) != (after.entries, after.root):
        yield Difference(
            f"nhật ký: {before.entries} → {after.entries} mục, gốc {before.root[:12]} → {after.root[:12]}",
            f"log: {before.entries} → {after.entries} entries, root {before.root[:12]} → {after.root[:12]}",
        )
    if after.seals_without_key or before.seals != after.seals:
        yield Difference(
            f"phần niêm phong: {before.seals} → {after.seals}, {after.seals_without_key} không có khóa để mở",
            f"seals: {before.seals} → {after.seals}, {after.seals_without_key} without a key that opens them",
        )
    if (before.figures, before.figures_counted) != (after.figures, after.figures_counted):
        yield Difference(
            f"số liệu không còn như cũ ({before.figures_counted} → {after.figures_counted} số được đếm)",
            f"figures are not what they were ({before.figures_counted} → {after.figures_counted} counted)",
        )


def _said(rows: int | None) -> str:
    return "không có" if rows is None else str(rows)


def dumped(told: Mapping[str, Any]) -> bytes:
    """JSON that is the same for the same content."""
    return json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1).encode()
