"""Engines that run a text with :name parameters over an export: DuckDB in this process, or a Spark cluster."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from kycuong.core.problems import BadInput
from kycuong.facts.rules import Manifest, Origin
from kycuong.facts.store import Folder

from .duck import Duck
from .spark import Spark

DUCKDB = "duckdb"
HOST = r"[A-Za-z0-9._-]+:\d{1,5}"
SPARK = re.compile(rf"spark://{HOST}(?:,{HOST})*")
"""A standalone cluster: its master, or several of which one leads."""


class Engine(Protocol):
    """What runs texts over one export."""

    name: str
    taken_at: datetime
    origin: Origin

    def rows(self, text: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """The rows of a text whose lists are spread already."""

    def close(self) -> None: ...


@contextlib.contextmanager
def opened(name: str, place: str) -> Iterator[Engine]:
    """The export in a folder, every file compared with its digest, ready to be asked."""
    if name != DUCKDB and not SPARK.fullmatch(name):
        raise BadInput(
            f"Không có máy tính số liệu «{name}». Hãy viết duckdb, hoặc spark://máy:cổng.",
            en=f"There is no engine “{name}”. Write duckdb, or spark://host:port.",
        )
    folder = Folder(Path(os.path.realpath(place)))
    with folder.read() as manifest:
        folder.ensure_whole(manifest)
        engine = made(name, folder.place, manifest)
        try:
            yield engine
        finally:
            engine.close()


def made(name: str, place: Path, manifest: Manifest) -> Engine:
    return Duck(place, manifest) if name == DUCKDB else Spark(name, place, manifest)
