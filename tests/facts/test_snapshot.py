"""What an export reads is of one moment, though others write meanwhile."""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection

from kycuong.catalog.models import Topic
from kycuong.core.faults import as_problem
from kycuong.core.problems import Busy, Problem
from kycuong.facts.store import Folder, export_facts, snapshot
from kycuong.facts.store.folder import locked
from kycuong.facts.store.snapshot import COPY
from kycuong.orgs.models import Person

ALL = "SELECT code FROM catalog_topic ORDER BY code"


def rows(source: Any, sql: str = ALL) -> list[str]:
    return [row[0] for batch in source(sql) for row in batch]


def elsewhere(code: str) -> None:
    """Somebody else writes, on a line of their own, and is done."""
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("INSERT INTO catalog_topic (code, title) VALUES (%s, %s)", [code, code])
    other.close()


@pytest.fixture
def home(tmp_path: Path, settings: Any) -> Path:
    """The folder of the installation, apart from that of the export."""
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    return tmp_path / "home"


def without_locks(home: Path) -> list[str]:
    return [path.name for path in home.iterdir() if path.suffix != ".lock"]


@pytest.mark.django_db(transaction=True)
def test_what_is_written_meanwhile_is_not_in_it(home: Path) -> None:
    Topic.objects.all().delete()
    elsewhere("before")
    with snapshot() as source:
        assert rows(source) == ["before"]
        elsewhere("meanwhile")
        assert rows(source) == ["before"]
        assert rows(source, "SELECT COUNT(*) FROM catalog_topic") == [1]
    with snapshot() as source:
        assert rows(source) == ["before", "meanwhile"]
    assert without_locks(home) == []


@pytest.fixture
def trunk(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> sqlite3.Connection:
    """A database of SQLite of our own: with a rollback journal until somebody says otherwise."""
    place = tmp_path / "trunk.sqlite3"
    writer = sqlite3.connect(place, isolation_level=None)
    writer.execute("CREATE TABLE catalog_topic (code)")
    writer.execute("INSERT INTO catalog_topic VALUES ('before')")
    monkeypatch.setitem(connection.settings_dict, "NAME", str(place))
    monkeypatch.setattr(connection, "vendor", "sqlite")
    monkeypatch.setattr(connection, "Database", sqlite3)  # whose errors Django tells as its own
    return writer


@pytest.mark.look
def test_beside_a_write_ahead_log_no_copy_is_made(trunk: sqlite3.Connection, home: Path) -> None:
    """The other way of SQLite: one read transaction, which holds nobody up."""
    trunk.execute("PRAGMA journal_mode=WAL")
    (home / COPY).write_text("of a killed export")
    with snapshot() as source:
        assert rows(source) == ["before"]
        trunk.execute("INSERT INTO catalog_topic VALUES ('meanwhile')")
        assert rows(source) == ["before"]
        assert without_locks(home) == []
    trunk.close()


def test_a_copy_lies_at_home_and_its_owner_alone_reads_it(
    trunk: sqlite3.Connection, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From its first byte on, whatever the umask; what a killed one left goes, and only one at a time is made."""
    seen = []
    connect = sqlite3.connect

    def looking(place: Any, **given: Any) -> sqlite3.Connection:
        if place == home / COPY:
            seen.append((stat.S_IMODE(place.stat().st_mode), place.stat().st_size))
        return connect(place, **given)

    monkeypatch.setattr(sqlite3, "connect", looking)
    for ending in ("", "-journal"):
        (home / f"{COPY}{ending}").write_text("of a killed export")
    umask = os.umask(0)
    try:
        with snapshot() as source:
            assert without_locks(home) == []  # open, and without a name: a killed export leaves nothing
            trunk.execute("INSERT INTO catalog_topic VALUES ('meanwhile')")
            assert rows(source) == ["before"]
    finally:
        os.umask(umask)
    assert seen == [(0o600, 0)]
    assert without_locks(home) == []
    trunk.close()


def test_one_copy_is_made_at_a_time(trunk: sqlite3.Connection, home: Path) -> None:
    with locked(home / f"{COPY}.lock"), pytest.raises(Busy, match="đang sao"), snapshot():
        pass
    trunk.close()


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "Không ghi được bản sao tạm"),
        (OSError(errno.ENOSPC, "No space left on device"), "hết chỗ cho bản sao tạm"),
        (sqlite3.OperationalError("database or disk is full"), "hết chỗ cho bản sao tạm"),
    ],
)
def test_a_copy_that_finds_no_place_names_the_home(
    trunk: sqlite3.Connection, home: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    def failing(*given: Any) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(os, "close", failing)
        with pytest.raises(Problem, match=said) as told, snapshot():
            pass
    assert str(home) in told.value.vi
    assert str(home) in told.value.en
    assert without_locks(home) == []
    trunk.close()


HALF = """import os, sqlite3, sys
writer = sqlite3.connect(sys.argv[1], isolation_level=None)
writer.execute("PRAGMA cache_size = 1")
writer.execute("BEGIN IMMEDIATE")
writer.execute("UPDATE catalog_topic SET code = 'half'")
writer.executemany("INSERT INTO catalog_topic VALUES (?)", [("half" * 500,)] * 200)
os._exit(9)"""


def test_what_a_power_cut_left_half_written_is_rolled_back_first(
    trunk: sqlite3.Connection, home: Path, tmp_path: Path
) -> None:
    """A connection that only reads may not do it, and would call the disk full for ever."""
    trunk.close()
    place = tmp_path / "trunk.sqlite3"
    assert subprocess.run([sys.executable, "-c", HALF, str(place)], check=False).returncode == 9
    journal = place.with_name("trunk.sqlite3-journal")
    assert journal.stat().st_size
    with (
        contextlib.closing(sqlite3.connect(f"file:{place}?mode=ro", uri=True)) as reading,
        pytest.raises(sqlite3.OperationalError),
    ):
        reading.execute(ALL)
    with snapshot() as source:
        assert rows(source) == ["before"]


def test_an_address_with_one_slash_more_is_the_same_file(
    trunk: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(connection.settings_dict, "NAME", f"/{connection.settings_dict['NAME']}")
    with snapshot() as source:
        assert rows(source) == ["before"]
    trunk.close()


@pytest.mark.django_db(transaction=True)
def test_no_copy_of_the_database_is_ever_in_the_folder_of_an_export(tmp_path: Path, home: Path) -> None:
    """What is never exported does not lie there for a moment either: others may mount that folder."""
    place, secret, looked = tmp_path / "out", "Người-Không-Được-Lộ", 0
    Person.objects.create(username="kin", full_name=secret)
    elsewhere("told")

    def look(done: int, total: int) -> None:
        nonlocal looked
        looked += 1
        for path in place.rglob("*"):
            assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path
            data = b"" if path.is_dir() else path.read_bytes()
            assert secret.encode() not in data, path
            assert not data.startswith(b"SQLite format 3"), path

    assert export_facts(Folder(place), look).rows >= 1
    assert looked > 1


@pytest.mark.look
def test_a_database_that_is_locked_is_told_in_words(trunk: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    trunk.execute("BEGIN EXCLUSIVE")
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda place, **given: connect(place, **given | {"timeout": 0}))
    with pytest.raises(OperationalError, match="locked") as told, snapshot():
        pass
    assert isinstance(as_problem(told.value), Busy)
    trunk.close()
