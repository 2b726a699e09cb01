"""From an address to Django's database settings: what SQLite needs in order never to lose an acknowledged record."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

Version = tuple[int, int, int]

KEPT = 60
"""Seconds: a thread keeps its connection for the pages that follow within them. Opening one begins a process of a server that knows nothing yet, and has
SQLite read the texts of all triggers. A server's is asked first whether it lives. A file's is kept where the journal is TRUNCATE: a log
(WAL) would lie beside the file all the time then, and be taken for one of a file that somebody puts there instead (docs/adr/0059)."""
STATEMENTS = 16
"""How many questions of SQLite a connection holds ready (sqlite3 would hold 128): more of them make no page faster, and cost sixteen threads fifty
megabytes."""


def wal_is_safe(version: Version) -> bool:
    """Whether this SQLite is free of the WAL-reset bug (3.7.0 to 3.51.2; mended in 3.51.3, 3.50.7 and 3.44.6)."""
    series, patch = version[:2], version[2]
    return version >= (3, 51, 3) or (series == (3, 50) and patch >= 7) or (series == (3, 44) and patch >= 6)


def journal_mode(version: Version) -> str:
    """WAL where it is safe; elsewhere TRUNCATE, which loses nothing either. Never Django's default, DELETE."""
    return "WAL" if wal_is_safe(version) else "TRUNCATE"


def database(url: str) -> dict[str, Any]:
    """Django's settings for a postgresql:// or sqlite:/// address."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite" and len(parts.path) > 1:
        return sqlite(unquote(parts.path))
    if parts.scheme in {"postgresql", "postgres"} and len(parts.path) > 1:
        return postgresql(url)
    raise ImproperlyConfigured(
        f"KYCUONG_DATABASE_URL={parts.scheme}:… không dùng được; hãy viết postgresql://người:mật_khẩu@máy:5432/tên "
        "hoặc sqlite:///đường/dẫn/tuyệt/đối. / KYCUONG_DATABASE_URL must be postgresql://user:password@host:5432/name "
        "or sqlite:///absolute/path."
    )


def sqlite(path: str) -> dict[str, Any]:
    """A file. Writers queue at BEGIN (IMMEDIATE) for up to 20 s; every commit is on the disk before it is answered."""
    mode = journal_mode(sqlite3.sqlite_version_info)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": KEPT if mode == "TRUNCATE" else 0,
        "OPTIONS": {
            "timeout": 20,
            "cached_statements": STATEMENTS,
            "transaction_mode": "IMMEDIATE",
            "init_command": f"PRAGMA journal_mode={mode}; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON",
        },
    }


def postgresql(url: str) -> dict[str, Any]:
    """A server; what follows `?` goes to the driver (host=/run/postgresql, sslmode=verify-full, …).

    Pages ask many short questions: compiling one takes longer than answering it, so just-in-time compilation is off
    unless the address says otherwise (`?options=-c%20jit%3Don`).
    """
    parts = urlsplit(url)
    given = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": KEPT,
        "CONN_HEALTH_CHECKS": True,
        # Milliseconds: of a server that vanished without a word a kept connection would hear nothing for a quarter of an hour.
        "OPTIONS": {"options": "-c jit=off", "tcp_user_timeout": "20000"} | given,
    }


def explanation(engine: str, version: Version = sqlite3.sqlite_version_info) -> str:
    """One line for the start: how records are kept, and why so."""
    if "sqlite" not in engine:
        return "PostgreSQL"
    number = ".".join(map(str, version))
    if wal_is_safe(version):
        return f"SQLite {number}, journal WAL + FULL"
    return f"SQLite {number}, journal TRUNCATE + FULL (WAL cần/needs SQLite ≥ 3.51.3, 3.50.7 hoặc/or 3.44.6)"


def file_only_i_may_read(path: Path, make: Callable[[], str]) -> str:
    """The text of the file; made, readable by its owner alone, when it is not there yet. Two makers agree on one text."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=path.parent)  # mkstemp gives 0600
        with os.fdopen(handle, "w") as file:
            file.write(make())
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        os.unlink(draft)
    return path.read_text()
