"""The database at one moment as a file, while others write on, and what it holds."""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection, transaction

from kycuong.backups.queries import describe
from kycuong.backups.rules import Description
from kycuong.core.problems import RuleBroken

from . import programs


def snapshot(target: Path, until: date) -> Description:
    """Write the database to `target` and say what is in it: the same moment for both."""
    return _postgresql(target, until) if connection.vendor == "postgresql" else _sqlite(target, until)


def _postgresql(target: Path, until: date) -> Description:
    """A snapshot that pg_dump shares: what we count is what it writes."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        name = cursor.fetchone()[0]
        programs.postgresql("pg_dump", "--format=custom", f"--snapshot={name}", f"--file={target}")
        return describe(until)


def _sqlite(target: Path, until: date) -> Description:
    """SQLite's own online backup, then a look at the copy: the original is never held for longer than the copying."""
    source = sqlite3.connect(f"file:{quote(str(connection.settings_dict['NAME']))}?mode=ro", uri=True, timeout=20)
    copy = sqlite3.connect(target)
    try:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        faults = [row[0] for row in copy.execute("PRAGMA integrity_check(5)") if row[0] != "ok"]
        faults += [f"foreign key of {row[0]}" for row in copy.execute("PRAGMA foreign_key_check")][:5]
    finally:
        copy.close()
        source.close()
    if faults:
        raise RuleBroken(
            f"Cơ sở dữ liệu có lỗi nên bản sao lưu này không dùng được: {'; '.join(faults)}. Hãy giữ các bản trước và báo người bảo trì.",
            en="The database is damaged, so this backup is of no use. Keep the earlier ones and tell whoever maintains the system.",
        )
    return described(target, until)


def described(database: Path, until: date | None, **more: str) -> Description:
    """What a SQLite file holds, asked in a process of its own."""
    address = f"sqlite://{quote(str(database))}"
    return asked(until, {"KYCUONG_HOME": str(settings.HOME), "KYCUONG_DATABASE_URL": address, **more})


def asked(until: date | None, environment: dict[str, str]) -> Description:
    """`./run backup describe` with these settings."""
    words = ("backup", "describe", *((f"--until={until.isoformat()}",) if until else ()))
    done = programs.ourselves(*words, settings=environment)
    if done.returncode:
        raise programs.failed("./run backup describe", done)
    return Description.from_json(json.loads(done.stdout))
