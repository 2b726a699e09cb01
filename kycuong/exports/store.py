"""Where files that were made in the background lie: readable for the server alone, with the keys of their rows beside them."""

from __future__ import annotations

import math
import shutil
import threading
from array import array
from collections.abc import Callable, Iterable
from pathlib import Path
from uuid import UUID

from django.conf import settings

bell = threading.Event()
"""Rung when something is asked for, so that the thread of this process does not wait for its next look."""


def folder() -> Path:
    found = Path(settings.HOME) / "exports"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def place(uid: UUID, form: str) -> Path:
    return folder() / f"{uid}.{form}"


def part(uid: UUID, token: str) -> Path:
    """Where it is written; it gets its name when it is whole. Each run writes apart: one that was given up may still write."""
    return folder() / f"{uid}.{token}.part"


def workplace(uid: UUID, token: str) -> Path:
    """Where a workbook lies in parts while it is written: swept with the rest when its run dies."""
    found = folder() / f"{uid}.{token}.work"
    found.mkdir(mode=0o700, exist_ok=True)
    return found


def written(uid: UUID, token: str) -> list[Path]:
    """What one run has written and not given its name."""
    return list(folder().glob(f"{uid}.{token}.*"))


def keep_keys(uid: UUID, keys: object) -> None:
    """Which rows stand in the file: whether they may be read is asked again when it is fetched."""
    if isinstance(keys, array):
        with (folder() / f"{uid}.keys").open("wb") as target:
            keys.tofile(target)


def keys_of(uid: UUID) -> array[int]:
    keys = array("q")
    kept = folder() / f"{uid}.keys"
    if kept.exists():
        keys.frombytes(kept.read_bytes())
    return keys


def is_lost(state: str, uid: UUID, form: str) -> bool:
    """Said to be ready, and not there."""
    return state == "ready" and not place(uid, form).exists()


def remove(uid: UUID) -> None:
    """All that was written for it; it is no mistake when there is nothing."""
    for path in folder().glob(f"{uid}.*"):
        _away(path)


def remains(wanted: Callable[[str, str], bool], before: float) -> list[Path]:
    """What lies there since before a moment, without being wanted (uid, rest of the name): of runs that were killed, most of all."""
    found = (path for path in folder().iterdir() if not wanted(*path.name.partition(".")[::2]))
    return [path for path in found if _changed(path) < before]


def sweep(paths: Iterable[Path]) -> None:
    for path in paths:
        _away(path)


def _changed(path: Path) -> float:
    """The last time that anything of it changed; what went away meanwhile is no concern any more."""
    try:
        return max([path.stat().st_mtime, *(one.stat().st_mtime for one in (path.iterdir() if path.is_dir() else ()))])
    except FileNotFoundError:
        return math.inf


def _away(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
