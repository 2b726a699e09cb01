"""A load that was cut off leaves its mark, and the next one looks whether the file came through."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from kycuong.core.problems import RuleBroken
from kycuong.nation import load
from kycuong.nation.interrupted import MARK, ensure_sound, marked
from kycuong.nation.load import load_nation
from kycuong.nation.wishes import Wish
from kycuong.orgs.models import Unit

KILLED = """
import os, pathlib, sys
from kycuong.nation.interrupted import marked
with marked(pathlib.Path(sys.argv[1])):
    os._exit(9)
"""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "kycuong.sqlite3"
    with closing(sqlite3.connect(path)) as made, made:
        made.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, word TEXT)")
        made.executemany("INSERT INTO row (word) VALUES (?)", [("x" * 500,)] * 400)
    return path


def damage(path: Path) -> None:
    """Pages in the middle never reached the disk."""
    pages = bytearray(path.read_bytes())
    pages[8192:40960] = bytes(32768)
    path.write_bytes(pages)


def mark_of(path: Path) -> Path:
    return path.with_name(path.name + MARK)


def test_the_mark_is_there_as_long_as_the_load_runs(database: Path) -> None:
    with marked(database):
        assert mark_of(database).exists()
    assert not mark_of(database).exists()
    with pytest.raises(KeyboardInterrupt), marked(database):
        raise KeyboardInterrupt
    assert not mark_of(database).exists()


def test_a_killed_load_leaves_its_mark_and_a_sound_file_goes_on(database: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(database)], check=False)
    assert done.returncode == 9
    assert mark_of(database).exists()
    ensure_sound(database)


def test_a_damaged_file_is_told_only_of_a_load_that_was_cut_off(database: Path) -> None:
    damage(database)
    ensure_sound(database)
    mark_of(database).touch()
    with pytest.raises(RuleBroken, match="thư mục mới và nạp lại từ đầu"):
        ensure_sound(database)


@pytest.mark.parametrize("size", [0, 100, 5000])
def test_a_file_that_was_cut_short_ends_in_no_traceback(database: Path, size: int) -> None:
    mark_of(database).touch()
    database.write_bytes(database.read_bytes()[:size])
    if size:
        with pytest.raises(RuleBroken, match="đã hỏng"):
            ensure_sound(database)
    else:
        ensure_sound(database)  # an empty file is an empty database


@pytest.mark.django_db
def test_a_load_looks_before_it_goes_on(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    damage(database)
    mark_of(database).touch()
    monkeypatch.setattr(load, "sqlite_file", lambda: database)
    with pytest.raises(RuleBroken, match="đã hỏng"):
        load_nation(Wish(provinces=1, units=8, visits=1, years=1))
    assert not Unit.objects.exists()
