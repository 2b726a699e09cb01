"""Packages that only exports, or only the developers' door, need: an installation without them says which command adds them."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from kycuong.core.problems import RuleBroken


def needed(name: str, extra: str) -> Any:
    """The module, or how to install it."""
    try:
        return import_module(name)
    except ImportError:
        command = f"./run add {extra}"
        raise RuleBroken(
            f"Việc này cần gói {name}, chưa được cài. Hãy chạy: {command}",
            en=f"This needs the package {name}, which is not installed. Run: {command}",
        ) from None


def bounded(memory: str, threads: int, spill: Path) -> str:
    """SQL: so much memory and so many cores for DuckDB, which otherwise takes most of a server that others use; the rest goes to `spill`."""
    place = str(spill).replace("'", "''")
    return f"SET memory_limit = '{memory}'; SET threads = {threads}; SET temp_directory = '{place}'"
