"""An upload waits for its owner, for a day, and no token leads anywhere else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kycuong.core.problems import Missing
from kycuong.sheets.keeping import MOST, SECONDS, forget, keep, kept


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: object) -> Path:
    settings.HOME = tmp_path  # type: ignore[attr-defined]
    return tmp_path


def test_what_is_kept_comes_back_until_it_is_forgotten() -> None:
    token = keep(b"abc", "../../Tệp.xlsx", owner=1, options={"on": "2019-01-01"})
    found = kept(token, owner=1)
    assert (found.data, found.filename, found.options) == (b"abc", "Tệp.xlsx", {"on": "2019-01-01"})
    forget(token, owner=1)
    forget(token, owner=1)
    with pytest.raises(Missing):
        kept(token, owner=1)


def test_nobody_elses_file_is_found() -> None:
    token = keep(b"abc", "a.xlsx", owner=1, options={})
    with pytest.raises(Missing):
        kept(token, owner=2)


@pytest.mark.parametrize("token", ["", "..", "../1/x", "/etc/passwd", "0" * 31, "g" * 32, "0" * 32])
def test_no_token_is_a_path(token: str) -> None:
    with pytest.raises(Missing):
        kept(token, owner=1)
    forget(token, owner=1)


def test_the_oldest_gives_way_and_a_day_is_enough(home: Path) -> None:
    tokens = [keep(b"x", f"{number}.csv", owner=1, options={}) for number in range(MOST + 2)]
    assert len(list((home / "uploads" / "1").glob("*.json"))) == MOST
    last = home / "uploads" / "1" / f"{tokens[-1]}.json"
    moment = last.stat().st_mtime - SECONDS - 60
    os.utime(last, (moment, moment))
    keep(b"y", "neu.csv", owner=1, options={})
    with pytest.raises(Missing):
        kept(tokens[-1], owner=1)


def test_only_the_server_reads_the_folder(home: Path) -> None:
    keep(b"x", "a.csv", owner=1, options={})
    assert (home / "uploads" / "1").stat().st_mode & 0o077 == 0
