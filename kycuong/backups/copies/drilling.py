"""The drill: a backup nobody has restored is a hope. Restores one apart, compares it, times it, and takes it away again."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import DatabaseError, connection
from psycopg import sql

from kycuong.backups.rules import made_at_of
from kycuong.backups.store import Folder, Remembered, remember, staging
from kycuong.core.clock import now
from kycuong.core.problems import RuleBroken

from . import programs
from .members import KEYS
from .programs import keywords


@dataclass(frozen=True, slots=True)
class Drilled:
    """How it went: hours of work that a loss now would cost, seconds until it would run again; when it failed, a sentence, and all
    that was said, which may name records and is for whoever types the command."""

    archive: str
    hours_lost: float
    seconds: float
    fault: str
    said: str


def drill(folder: Folder, name: str, identity: Path) -> Drilled:
    """Restore an archive (the newest without a name) in processes and a place of their own; remembered for the page."""
    archive = folder.archive(name).name
    began, moment = time.monotonic(), now()
    with staging() as place, _elsewhere(place) as environment:
        words = ("restore", str(folder.place.resolve()), "--archive", archive, "--key", str(identity.resolve()))
        done = programs.ourselves(*words, settings=environment)
    seconds, count = time.monotonic() - began, len(done.stdout.splitlines())
    fault = f"phục hồi thử {archive} không xong, {count} điều không khớp" if done.returncode else ""
    size = folder.archive(archive).stat().st_size
    where = str(folder.place.resolve())
    remember(Remembered("drill", archive, moment.isoformat(), seconds, size, folder=where, fault=fault))
    hours = (moment - made_at_of(archive)).total_seconds() / 3600
    return Drilled(archive, hours, seconds, fault, f"{done.stdout}{done.stderr}".strip() if fault else "")


@contextmanager
def _elsewhere(place: Path) -> Iterator[dict[str, str]]:
    """Settings of an empty place: the keys must come out of the backup, not out of our surroundings."""
    home = place / "home"
    home.mkdir(mode=0o700)
    bare = {f"KYCUONG_{setting}": "" for setting in KEYS.values()}
    bare |= {"KYCUONG_DEMO": "0", "KYCUONG_HOME": str(home)}
    if connection.vendor == "postgresql":
        with _database() as address:
            yield {**bare, "KYCUONG_DATABASE_URL": address}
    else:
        yield {**bare, "KYCUONG_DATABASE_URL": f"sqlite://{quote(str(home / 'kycuong.sqlite3'))}"}


@contextmanager
def _database() -> Iterator[str]:
    """A database beside ours on the same server, for the time of the drill; one that a killed drill left goes first."""
    ours = f"kycuong_drill_{hashlib.sha256(str(settings.HOME).encode()).hexdigest()[:8]}"
    _ask("DROP DATABASE IF EXISTS {} WITH (FORCE)", ours)
    _ask("CREATE DATABASE {}", ours)
    try:
        yield _address(ours)
    finally:
        _ask("DROP DATABASE IF EXISTS {} WITH (FORCE)", ours)


def _ask(statement: str, name: str) -> None:
    connection.close()  # an open transaction could not make a database
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL(statement).format(sql.Identifier(name)))
    except DatabaseError as error:
        raise RuleBroken(
            "Tài khoản PostgreSQL này không tạo được cơ sở dữ liệu để diễn tập. Hãy cấp quyền CREATEDB, hoặc diễn tập trên máy khác bằng "
            "`./run restore`.",
            en="This PostgreSQL account cannot make a database for the drill. Grant it CREATEDB, or drill on another machine with `./run restore`.",
        ) from error
    finally:
        connection.close()


def _address(name: str) -> str:
    """Ours, with another name of the database."""
    given: dict[str, Any] = dict(connection.get_connection_params())
    first = {key: str(given.pop(key, "") or "") for key in ("user", "password", "host", "port")}
    rest = {key: str(value) for key, value in given.items() if key in keywords() and key != "dbname"}
    host = first["host"]
    if host.startswith("/"):
        host, rest["host"] = "", first["host"]
    elif ":" in host:
        host = f"[{host}]"
    person = f"{quote(first['user'], safe='')}:{quote(first['password'], safe='')}@"
    port = f":{first['port']}" if first["port"] else ""
    return f"postgresql://{person}{host}{port}/{name}" + (f"?{urlencode(rest, quote_via=quote)}" if rest else "")
