"""How records are kept: which journal, which server."""

from __future__ import annotations

import sqlite3

import pytest
from django.core.exceptions import ImproperlyConfigured

from kycuong.site.database import database, explanation, journal_mode


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 40, 1), "TRUNCATE"),
        ((3, 44, 5), "TRUNCATE"),
        ((3, 44, 6), "WAL"),
        ((3, 45, 9), "TRUNCATE"),
        ((3, 50, 6), "TRUNCATE"),
        ((3, 50, 7), "WAL"),
        ((3, 51, 2), "TRUNCATE"),
        ((3, 51, 3), "WAL"),
        ((3, 52, 0), "WAL"),
        ((4, 0, 0), "WAL"),
    ],
)
def test_wal_only_on_a_sqlite_without_its_bug(version: tuple[int, int, int], mode: str) -> None:
    assert journal_mode(version) == mode
    assert f"journal {mode} + FULL" in explanation("sqlite", version)


def test_sqlite_never_answers_before_the_disk_has_it() -> None:
    options = database("sqlite:///tmp/x.sqlite3")["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in options["init_command"]
    assert "journal_mode=DELETE" not in options["init_command"]
    assert options["timeout"] == 20
    assert options["cached_statements"] <= 16, "each thread keeps them"


def test_an_address_of_postgresql_is_taken_apart() -> None:
    found = database("postgresql://nội%20vụ:m%40t@db.example:5433/kỷ?sslmode=verify-full")
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "nội vụ",
        "m@t",
        "db.example",
        "5433",
        "kỷ",
    )
    assert found["OPTIONS"] == {"sslmode": "verify-full", "options": "-c jit=off", "tcp_user_timeout": "20000"}
    own = database("postgresql://a@b/c?options=-c%20jit%3Don&tcp_user_timeout=5000")
    assert own["OPTIONS"] == {"options": "-c jit=on", "tcp_user_timeout": "5000"}


def test_a_connection_to_a_server_is_kept_for_a_minute_and_asked_whether_it_lives() -> None:
    server = database("postgresql://a@b/c")
    assert server["CONN_HEALTH_CHECKS"] is True
    assert 0 < server["CONN_MAX_AGE"] <= 60


@pytest.mark.parametrize(("version", "kept"), [((3, 40, 1), True), ((3, 44, 6), False), ((3, 51, 3), False)])
def test_a_file_stays_open_where_nothing_lies_beside_it_meanwhile(
    version: tuple[int, int, int], kept: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    file = database("sqlite:///tmp/x.sqlite3")
    assert ("TRUNCATE" in file["OPTIONS"]["init_command"]) is kept
    assert (0 < file["CONN_MAX_AGE"] <= 60) is kept


@pytest.mark.parametrize("address", ["mysql://a/b", "kycuong.sqlite3", "postgresql://host", "sqlite://"])
def test_another_address_is_refused_with_what_to_write(address: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="postgresql://") as refusal:
        database(address)
    assert "must be" in str(refusal.value)
