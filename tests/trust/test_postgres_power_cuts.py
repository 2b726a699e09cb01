"""The power fails under PostgreSQL while people write through the product: on every disk that may be left, what was acknowledged is there, once.

As with SQLite (tests/trust/test_power_cuts.py): the real server runs under `strace`, its data folder is made again as a cut may leave it, and a server
that is started on it recovers.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.postgres import FORGETFUL, free_port, start, stop, wait_until_it_answers
from tests.trust.cuts import Cut, Opener, Told, cuts, written, wrong
from tests.trust.disk import Disk, Event
from tests.trust.office import Office
from tests.trust.syscalls import events, strace
from tests.trust.test_postgres_kills import Cluster, cluster

DISKS, WRITES = 150, 60
TABLES = ("global", "pg_wal", "pg_xact")
PAUSE = 1.5
"""Seconds between two checkpoints: tables are written while people write, and recovery begins at another place in many of the disks."""


@contextmanager
def after_writing(settings: list[str]) -> Iterator[tuple[Office, Told, Cluster, Path, list[Event]]]:
    """The office, what people were told, the server (ended), its folder as it was before they began, and what then happened to it."""
    with cluster([]) as server, Office({"KYCUONG_DATABASE_URL": server.url}) as office:
        office.kill(signal.SIGTERM)
        stop(server.server)
        before, trace = server.place / "before", server.place / "trace"
        shutil.copytree(server.place / "data", before)
        server.settings = settings
        server.begin(strace(trace))
        office.start()
        with checkpoints(server):
            told = written(office, WRITES)
        office.kill()
        postmaster = int((server.place / "data" / "postmaster.pid").read_text().split()[0])
        os.kill(postmaster, signal.SIGINT)
        server.server.wait(60)
        with trace.open() as lines:
            calls = list(events(lines, str(server.place / "data")))
        yield office, told, server, before, calls


@contextmanager
def checkpoints(server: Cluster) -> Iterator[None]:
    """One after the other, as long as this lasts."""
    over = threading.Event()

    def take() -> None:
        with psycopg.connect(server.url, autocommit=True) as line:
            while not over.wait(PAUSE):
                line.execute("CHECKPOINT")

    taker = threading.Thread(target=take, daemon=True)
    taker.start()
    try:
        yield
    finally:
        over.set()
        taker.join(60)


def seen_after(settings: list[str], disks: int) -> list[str]:
    """What is wrong on these many disks."""
    found, ways = [], Counter[str]()
    with after_writing(settings) as (office, told, server, before, calls), Opener(office) as opener:
        print(
            f"{len(told.acknowledged)} acknowledged of {len(told.tried)} tried, {dict(Counter(one.kind for one in calls))}"
        )
        home = str(server.place / "data")
        files = {f"{home}/{one.relative_to(before)}": one.read_bytes() for one in before.rglob("*") if one.is_file()}
        disk = Disk(files)
        for cut in cuts(disk, calls, told, disks, random.Random(20261126)):
            faulty = recovered(cut, told, server, before, opener)
            found += faulty
            ways[f"{cut.way}{': wrong' if faulty else ''}"] += 1
        kept = {path: Path(path).read_bytes() for path in disk.names if Path(path).parent.name in TABLES}
        told_of = disk.now()
        assert [path for path, data in kept.items() if told_of[path] != data] == [], "the record is not whole"
    print(f"{ways.total()} disks: {dict(ways)}", *found[:3], sep="\n")
    assert ways.total() == disks
    return found


def recovered(cut: Cut, told: Told, server: Cluster, before: Path, opener: Opener) -> list[str]:
    """What is wrong once a server was started on this disk, or that none starts."""
    place = Path(tempfile.mkdtemp(prefix="kycuong-cut-"))
    running, port = None, free_port()
    try:
        put(cut, server, before, place)
        running = start(place, port, [])
        try:
            wait_until_it_answers(running, server.url.replace(f":{server.port}/", f":{port}/"), place)
        except SystemExit as error:
            return [f"{cut.after}, {cut.way}: {str(error)[-400:]}"]
        return wrong(cut, told, opener.look(PORT=str(port)))
    finally:
        if running is not None:
            stop(running)
        shutil.rmtree(place, ignore_errors=True)


def put(cut: Cut, server: Cluster, before: Path, place: Path) -> None:
    """The folders as they were (they are made once), the files as the cut left them; the process of the number in postmaster.pid is gone."""
    home = server.place / "data"
    shutil.copytree(
        before, place / "data", ignore=lambda folder, names: [one for one in names if Path(folder, one).is_file()]
    )
    for path, data in cut.files.items():
        if Path(path).name != "postmaster.pid":
            there = place / "data" / Path(path).relative_to(home)
            there.parent.mkdir(exist_ok=True)
            there.write_bytes(data)
    for one in (place, *place.rglob("*")):
        shutil.chown(one, "postgres", "postgres")
        one.chmod(0o700 if one.is_dir() else 0o600)


@pytest.mark.look
@pytest.mark.long
def test_what_was_acknowledged_survives_a_power_cut_under_postgresql() -> None:
    assert seen_after([], DISKS) == []


@pytest.mark.look
@pytest.mark.long
def test_a_server_that_does_not_wait_for_the_disk_is_seen_to_lose() -> None:
    """The negative control."""
    assert seen_after(FORGETFUL, DISKS // 4)
