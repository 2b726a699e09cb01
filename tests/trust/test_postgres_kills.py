"""Kill −9 of the whole PostgreSQL server while people write through the product: what was acknowledged is there, once."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.postgres import FORGETFUL, free_port, make, start, stop
from tests.trust.office import Office
from tests.trust.test_kills import wrong_after

PATIENCE = 60


class Cluster:
    """A server of its own, to be killed and started again on the same data."""

    def __init__(self, place: Path, settings: list[str]) -> None:
        self.place, self.settings, self.port = place, settings, free_port()
        password = secrets.token_hex(16)
        make(place, password)
        self.url = f"postgresql://kycuong:{password}@127.0.0.1:{self.port}/postgres"
        self.begin()

    def begin(self, under: Sequence[str] = ()) -> None:
        """Until it answers: right after a death the memory of the dead is still held."""
        end = time.monotonic() + PATIENCE
        self.server: subprocess.Popen[bytes] = start(self.place, self.port, self.settings, under)
        while time.monotonic() < end:
            if self.server.poll() is not None:
                self.server = start(self.place, self.port, self.settings)
            try:
                psycopg.connect(self.url, connect_timeout=2).close()
            except psycopg.OperationalError:
                time.sleep(0.1)
            else:
                return
        raise AssertionError((self.place / "log").read_text()[-2000:])

    def die(self) -> None:
        """The postmaster and every process of it at once."""
        children = Path(f"/proc/{self.server.pid}/task/{self.server.pid}/children").read_text().split()
        for pid in (self.server.pid, *map(int, children)):
            os.kill(pid, signal.SIGKILL)
        self.server.wait(PATIENCE)
        self.begin()


@contextmanager
def cluster(settings: list[str]) -> Iterator[Cluster]:
    place = Path(tempfile.mkdtemp(prefix="kycuong-killed-"))
    if os.getuid() == 0:
        shutil.chown(place, "postgres", "postgres")
    one = Cluster(place, settings)
    try:
        yield one
    finally:
        stop(one.server)
        shutil.rmtree(place, ignore_errors=True)


@pytest.mark.look
def test_what_was_acknowledged_survives_the_death_of_the_database() -> None:
    with cluster([]) as killed, Office({"KYCUONG_DATABASE_URL": killed.url}) as office:
        assert wrong_after(office, killed.die) == []
        verified = office.command("audit", "verify")
        assert verified.returncode == 0, verified.stdout + verified.stderr


@pytest.mark.look
@pytest.mark.long
def test_a_database_that_does_not_wait_for_the_disk_is_seen_to_lose() -> None:
    """The negative control: the same campaign sees the loss where commits are not waited for."""
    forgetful = [*FORGETFUL, "-c", "wal_writer_delay=10s"]
    with cluster(forgetful) as killed, Office({"KYCUONG_DATABASE_URL": killed.url}) as office:
        assert [one for one in wrong_after(office, killed.die) if one.startswith("lost")]
