"""How an export describes itself: the moment of its snapshot, and every file with its rows and digests."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from kycuong.core.problems import RuleBroken

from .tables import ANSWERS, TABLES

FORMAT = 3
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
class Origin:
    """Whose it is: installation (name and key of its log), version of the program, inspections in it, and how many of these are
    of the demonstration or generated."""

    installation: str
    version: str
    inspections: int
    invented: int


@dataclass(frozen=True)
class Manifest:
    """All of an export. Everything that was written before `taken_at` is in it."""

    taken_at: datetime
    origin: Origin
    tables: dict[str, Held]
    format: int = FORMAT

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())

    def files(self) -> dict[str, Part]:
        return {part.file: part for table in self.tables.values() for part in table.parts}

    def as_json(self) -> str:
        told = {"rows": self.rows} | asdict(self) | {"taken_at": self.taken_at.isoformat()}
        return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def manifest_of(text: str | bytes) -> Manifest:
    """The manifest that this text is, or what is wrong with it: damaged, or of other tables and columns than this program reads."""
    try:
        told = json.loads(text)
        if told["format"] != FORMAT:
            raise of_another_version()
        tables = {name: _held(one) for name, one in told["tables"].items()}
        found = Manifest(datetime.fromisoformat(told["taken_at"]), Origin(**told["origin"]), tables)
        whole = found.rows == told["rows"] and found.taken_at.tzinfo
        named = all(_is_of(name, part) for name, one in tables.items() for part in one.parts)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise broken() from error
    if {name: one.columns for name, one in tables.items()} != COLUMNS:
        raise of_another_version()
    if not whole or not named:
        raise broken()
    return found


COLUMNS = {table.name: table.schema() for table in (*TABLES, ANSWERS)}


def _is_of(table: str, part: Part) -> bool:
    return bool(FILE.fullmatch(part.file)) and part.file == f"{table}/{part.part}-{part.digest[:16]}.parquet"


def _held(told: dict[str, Any]) -> Held:
    return Held([str(one) for one in told["columns"]], [Part(**part) for part in told["parts"]])


def of_another_version() -> RuleBroken:
    return RuleBroken(
        "Bản xuất này do phiên bản khác của chương trình làm ra. Hãy xuất lại: ./run export facts THƯ_MỤC.",
        en="Another version of the program made this export. Export again: ./run export facts FOLDER.",
    )


def broken() -> RuleBroken:
    return RuleBroken(
        f"Tệp {MANIFEST} của bản xuất bị hỏng. Hãy xuất lại: ./run export facts THƯ_MỤC.",
        en=f"The file {MANIFEST} of the export is damaged. Export again: ./run export facts FOLDER.",
    )
