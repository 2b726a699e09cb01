"""The power fails while people write: on every disk that may then be left, what was acknowledged is there, once, whole.

The real server runs under `strace`, which writes down each write, truncation and synchronisation of the database and its journal. Of these a disk is
made again, cut after some call: what nobody waited for is dropped, kept in part, torn, or comes in another order (tests/trust/disk.py). The product
opens each such disk.
"""

from __future__ import annotations

import random
import shutil
import signal
import tempfile
from collections import Counter
from pathlib import Path

import pytest

from kycuong.site.database import sqlite
from tests.trust.cuts import Cut, Opener, cuts, written, wrong
from tests.trust.disk import Disk
from tests.trust.office import Office
from tests.trust.syscalls import events, strace

DISKS, WRITES = 1_000, 60
SET = """
from django.db import connections
connections.settings["default"]["OPTIONS"]["init_command"] = "{0}"
"""
SHIPPED = ""
WAL = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON"
CARELESS = "PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON"
HASTY = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON"


class Watched(Office):
    """Its server runs under strace, with the database opened as shipped or by other settings."""

    def __init__(self, settings: str) -> None:
        super().__init__({})
        self.before = SET.format(settings) if settings else ""

    def serving(self) -> list[str]:
        where = self.python("from django.conf import settings; print(settings.DATABASES['default']['NAME'])")
        self.path = Path(where.splitlines()[-1])
        self.kept = {str(one): one.read_bytes() for one in self.path.parent.glob(f"{self.path.name}*")}
        self.trace = self.home / "trace"
        *python, code = super().serving()
        ours = [str(self.path.parent), *(f"{self.path}{ending}" for ending in ("", "-journal", "-wal"))]
        served = code.replace("django.setup()\n", f"django.setup()\n{self.before}\n", 1)
        return [*strace(self.trace, *ours), *python, served]


def seen_after(settings: str, *, disks: int, writes: int) -> list[str]:
    """What is wrong on these many disks."""
    options = {**sqlite("")["OPTIONS"], **({"init_command": settings} if settings else {})}
    found, ways = [], Counter[str]()
    with Watched(settings) as office, Opener(office) as opener:
        told = written(office, writes)
        office.kill(signal.SIGTERM)
        with office.trace.open() as lines:
            calls = list(events(lines, str(office.path)))
        kinds = Counter(one.kind for one in calls)
        print(f"{len(told.acknowledged)} acknowledged of {len(told.tried)} tried, {dict(kinds)}")
        disk = Disk(office.kept)
        for cut in cuts(disk, calls, told, disks, random.Random(20261126)):
            database = put(cut, office)
            faulty = wrong(cut, told, opener.look(NAME=str(database), OPTIONS=options))
            found += faulty
            ways[f"{cut.way}{': wrong' if faulty else ''}"] += 1
            shutil.rmtree(database.parent)
        really = {path: Path(path).read_bytes() for path in disk.names}
        assert [path for path, data in disk.now().items() if data != really[path]] == [], "the record is not whole"
    print(f"{ways.total()} disks: {dict(ways)}", *found[:3], sep="\n")
    assert ways.total() == disks
    return found


def put(cut: Cut, office: Watched) -> Path:
    """The database with its journal, in a folder of its own."""
    place = Path(tempfile.mkdtemp(dir=office.home))
    for path, data in cut.files.items():
        if not path.endswith("-shm"):  # shared memory is gone with the power
            (place / Path(path).name).write_bytes(data)
    return place / office.path.name


@pytest.mark.look
@pytest.mark.long
@pytest.mark.parametrize("settings", [SHIPPED, WAL], ids=["as shipped", "WAL"])
def test_what_was_acknowledged_survives_a_power_cut(settings: str) -> None:
    assert seen_after(settings, disks=DISKS, writes=WRITES) == []


@pytest.mark.look
@pytest.mark.long
@pytest.mark.parametrize("settings", [CARELESS, HASTY], ids=["synchronous=OFF", "WAL with NORMAL"])
def test_a_database_that_does_not_wait_for_the_disk_is_seen_to_lose(settings: str) -> None:
    """The negative control: the same campaign sees what is lost or broken."""
    assert len(seen_after(settings, disks=DISKS // 5, writes=WRITES)) > DISKS // 50
