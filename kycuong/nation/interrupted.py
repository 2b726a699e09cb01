"""Whether a load into SQLite was cut off while nothing waited for the disk, and whether the file came through it whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from kycuong.core.durable import to_disk
from kycuong.core.problems import RuleBroken

MARK = ".loading"
"""Ending of the file beside the database that is there as long as a load runs, and after one that was cut off."""


@contextmanager
def marked(database: Path) -> Iterator[None]:
    """The mark is on the disk before anything is written, and goes when all that was written is there, too."""
    mark = database.with_name(database.name + MARK)
    mark.touch(mode=0o600)
    to_disk(mark)
    to_disk(mark.parent)
    try:
        yield
    finally:  # a killed process comes by here no more
        to_disk(database)
        mark.unlink(missing_ok=True)


def ensure_sound(database: Path) -> None:
    """RuleBroken when a load was cut off and the file is damaged: pages reached the disk out of order when the power went."""
    if not database.with_name(database.name + MARK).exists():
        return
    try:
        with closing(sqlite3.connect(database)) as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        found = str(error)
    if found != "ok":
        raise RuleBroken(
            f"Lần nạp trước bị ngắt giữa chừng (mất điện?) và tệp {database.name} đã hỏng: {found}. Hãy đặt KYCUONG_HOME sang một thư mục "
            "mới và nạp lại từ đầu.",
            en=f"The last load was cut off (power failure?) and {database.name} is damaged: {found}. Point KYCUONG_HOME to a new folder "
            "and load anew.",
        )
