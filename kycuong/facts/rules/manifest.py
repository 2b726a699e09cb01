"""How an export describes itself: the moment of its snapshot, and every file with its rows and digests."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from kycuong.core.problems import RuleBroken

FORMAT = 1
"""Grows when tables, columns or their meaning change: an export of another format is made anew."""
MANIFEST = "facts.json"
FILE = re.compile(r"[a-z_]+/(?:all|\d{4}(?:-\d\d)?)-[0-9a-f]{16}\.parquet")
"""A part: its table, year or month of visits, and the beginning of its digest."""


@dataclass(frozen=True)
class Part:
    """One file: its rows, the SHA-256 of those rows, and of the file itself. The name holds the digest of the rows."""

    part: str
    rows: int
    digest: str
    file: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Held:
    """One table: its columns as «name:type» and its parts. A part without rows has no file."""

    columns: list[str]
    parts: list[Part] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return sum(part.rows for part in self.parts)


@dataclass(frozen=True)
class Manifest:
    """All of an export. Everything that was written before `taken_at` is in it."""

    taken_at: datetime
    tables: dict[str, Held]
    format: int = FORMAT

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())

    def files(self) -> dict[str, Part]:
        return {part.file: part for table in self.tables.values() for part in table.parts}

    def as_json(self) -> str:
        told = asdict(self) | {"taken_at": self.taken_at.isoformat()}
        return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def manifest_of(text: str) -> Manifest:
    """The manifest that this text is, or what is wrong with it."""
    try:
        told = json.loads(text)
        known = told["format"]
        tables = {name: _held(one) for name, one in told["tables"].items()} if known == FORMAT else {}
        found = Manifest(datetime.fromisoformat(told["taken_at"]), tables, int(known))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise broken() from error
    if not found.taken_at.tzinfo or not all(FILE.fullmatch(name) for name in found.files()):
        raise broken()
    return found


def _held(told: dict[str, Any]) -> Held:
    return Held([str(one) for one in told["columns"]], [Part(**part) for part in told["parts"]])


def broken() -> RuleBroken:
    return RuleBroken(
        f"Tệp {MANIFEST} của bản xuất bị hỏng. Hãy xuất lại vào một thư mục mới: ./run export facts THƯ_MỤC.",
        en=f"The file {MANIFEST} of the export is damaged. Export into a new folder: ./run export facts FOLDER.",
    )
