"""What an export reads is of one moment, though others write meanwhile."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from kycuong.catalog.models import Topic
from kycuong.facts.store import snapshot

ALL = "SELECT code FROM catalog_topic ORDER BY code"


def rows(source: Any, sql: str = ALL) -> list[str]:
    return [row[0] for batch in source(sql) for row in batch]


def elsewhere(code: str) -> None:
    """Somebody else writes, on a line of their own, and is done."""
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("INSERT INTO catalog_topic (code, title) VALUES (%s, %s)", [code, code])
    other.close()


@pytest.mark.django_db(transaction=True)
def test_what_is_written_meanwhile_is_not_in_it(tmp_path: Path) -> None:
    Topic.objects.all().delete()
    elsewhere("before")
    with snapshot(tmp_path) as source:
        assert rows(source) == ["before"]
        elsewhere("meanwhile")
        assert rows(source) == ["before"]
        assert rows(source, "SELECT COUNT(*) FROM catalog_topic") == [1]
    with snapshot(tmp_path) as source:
        assert rows(source) == ["before", "meanwhile"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.look
def test_beside_a_write_ahead_log_no_copy_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other way of SQLite: one read transaction, which holds nobody up."""
    place, scratch = tmp_path / "wal.sqlite3", tmp_path / "scratch"
    scratch.mkdir()
    writer = sqlite3.connect(place, isolation_level=None)
    writer.execute("PRAGMA journal_mode=WAL")
    writer.execute("CREATE TABLE catalog_topic (code)")
    writer.execute("INSERT INTO catalog_topic VALUES ('before')")
    monkeypatch.setitem(connection.settings_dict, "NAME", str(place))
    monkeypatch.setattr(connection, "vendor", "sqlite")
    with snapshot(scratch) as source:
        assert rows(source) == ["before"]
        writer.execute("INSERT INTO catalog_topic VALUES ('meanwhile')")
        assert rows(source) == ["before"]
        assert list(scratch.iterdir()) == []
    writer.close()
