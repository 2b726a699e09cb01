"""The drill: a backup nobody has restored is a hope. Restores one apart, compares it, times it, and takes it away again."""

from __future__ import annotations

import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import connection
from psycopg import sql

from kycuong.backups.rules import made_at_of
from kycuong.backups.store import Folder, Remembered, remember
from kycuong.core.clock import now
from kycuong.core.problems import RuleBroken

from . import programs
from .taking import KEYS


@dataclass(frozen=True, slots=True)
class Drilled:
    """How it went: hours of work that a loss now would cost, seconds until it would run again, what was said when it failed."""

    archive: str
    hours_lost: float
    seconds: float
    fault: str


def drill(folder: Folder, name: str, identity: Path) -> Drilled:
    """Restore an archive (the newest without a name) in processes and a place of their own; remembered for the page."""
    archive = folder.archive(name).name
    began, moment = time.monotonic(), now()
    with _elsewhere() as environment:
        words = ("restore", str(folder.place.resolve()), "--archive", archive, "--key", str(identity.resolve()))
        done = programs.ourselves(*words, settings=environment)
    seconds = time.monotonic() - began
    fault = "" if done.returncode == 0 else (done.stderr.strip()[-programs.SAID :] or f"exit {done.returncode}")
    size = folder.archive(archive).stat().st_size
    remember(Remembered("drill", archive, moment.isoformat(), seconds, size, fault=fault[:500]))
    return Drilled(archive, (moment - made_at_of(archive)).total_seconds() / 3600, seconds, fault)


@contextmanager
def _elsewhere() -> Iterator[dict[str, str]]:
    """Settings of an empty place: the keys must come out of the backup, not out of our surroundings."""
    place = Path(tempfile.mkdtemp(dir=settings.HOME, prefix=".drill-"))
    bare = {f"KYCUONG_{setting}": "" for setting in KEYS.values()}
    bare["KYCUONG_DEMO"] = "0"
    try:
        if connection.vendor == "postgresql":
            with _database() as address:
                yield {**bare, "KYCUONG_HOME": str(place), "KYCUONG_DATABASE_URL": address}
        else:
            address = f"sqlite://{quote(str(place / 'kycuong.sqlite3'))}"
            yield {**bare, "KYCUONG_HOME": str(place), "KYCUONG_DATABASE_URL": address}
    finally:
        shutil.rmtree(place, ignore_errors=True)


@contextmanager
def _database() -> Iterator[str]:
    """A database beside ours on the same server, for the time of the drill."""
    name = f"kycuong_drill_{secrets.token_hex(4)}"
    _ask("CREATE DATABASE {}", name)
    try:
        yield _address(name)
    finally:
        _ask("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _ask(statement: str, name: str) -> None:
    connection.close()  # an open transaction could not make a database
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL(statement).format(sql.Identifier(name)))
    except Exception as error:
        raise RuleBroken(
            f"Tài khoản PostgreSQL này không tạo được cơ sở dữ liệu để diễn tập ({error}). Hãy cấp quyền CREATEDB, hoặc diễn tập trên máy "
            "khác bằng `./run restore`.",
            en="This PostgreSQL account cannot make a database for the drill. Grant it CREATEDB, or drill on another machine with `./run restore`.",
        ) from error
    finally:
        connection.close()


def _address(name: str) -> str:
    given: dict[str, Any] = connection.get_connection_params()
    person = f"{quote(str(given.get('user', '')), safe='')}:{quote(str(given.get('password', '')), safe='')}@"
    port = f":{given['port']}" if given.get("port") else ""
    query = "&".join(f"{key}={quote(str(value), safe='')}" for key, value in given.items() if key.startswith("ssl"))
    host = str(given.get("host", ""))
    if host.startswith("/"):
        host, query = "", "&".join(filter(None, (query, f"host={quote(host, safe='')}")))
    return f"postgresql://{person}{host}{port}/{name}" + (f"?{query}" if query else "")
