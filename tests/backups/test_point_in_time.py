"""The steps of docs/guide/operations.md for PostgreSQL's own archive: back to the minute before somebody dropped a table."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tests import postgres
from tests.browser.served import PRODUCT, environment

pytestmark = [pytest.mark.long, pytest.mark.look]


@contextmanager
def running(place: Path, url: str, port: int, settings: list[str]) -> Iterator[None]:
    server = postgres.start(place, port, settings)
    try:
        postgres.wait_until_it_answers(server, url, place)
        yield
    finally:
        postgres.stop(server)


def asked(url: str, statement: str) -> str:
    with psycopg.connect(url, autocommit=True) as connection:
        return str(connection.execute(statement).fetchone()[0])  # type: ignore[index, call-overload]


def test_a_dropped_table_comes_back_with_all_that_was_recorded_before_it(tmp_path: Path) -> None:
    place = Path("/tmp") / f"kycuong-archive-{secrets.token_hex(4)}"
    place.mkdir()
    if os.getuid() == 0:
        shutil.chown(place, "postgres", "postgres")
    try:
        go(place, tmp_path)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def go(place: Path, home: Path) -> None:
    password, port = secrets.token_hex(8), postgres.free_port()
    url = f"postgresql://kycuong:{password}@127.0.0.1:{port}/postgres"
    postgres.make(place, password)
    as_it = postgres.as_nobody_special(place)
    subprocess.run(["mkdir", "wal"], check=True, **as_it)
    archive = ["-c", "wal_level=replica", "-c", "archive_mode=on", "-c", f"archive_command=cp %p {place}/wal/%f"]

    def ours(*words: str) -> subprocess.CompletedProcess[str]:
        env = environment(home, KYCUONG_DEMO="0", KYCUONG_DATABASE_URL=url)
        return subprocess.run([*PRODUCT, *words], env=env, capture_output=True, text=True, check=False)

    with running(place, url, port, archive):
        assert ours("prepare").returncode == 0
        base = [postgres.program("pg_basebackup"), "--pgdata", str(place / "base"), "--checkpoint=fast", "-d", url]
        subprocess.run(base, check=True, capture_output=True, **as_it)
        assert ours("daysoff", "--year", "2031", "--fill").returncode == 0
        moment = asked(url, "SELECT clock_timestamp()")
        time.sleep(1.1)
        assert ours("daysoff", "--year", "2032", "--fill").returncode == 0
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("DROP TABLE audit_auditbody CASCADE")
            connection.execute("SELECT pg_switch_wal()")
        time.sleep(2)
    shutil.rmtree(place / "data")
    (place / "base").rename(place / "data")
    subprocess.run(["touch", str(place / "data" / "recovery.signal")], check=True, **as_it)
    target = ["-c", f"restore_command=cp {place}/wal/%f %p", "-c", f"recovery_target_time={moment}"]
    with running(place, url, port, [*target, "-c", "recovery_target_action=promote"]):
        for _turn in range(100):
            if asked(url, "SELECT pg_is_in_recovery()") == "False":
                break
            time.sleep(0.1)
        done = ours("audit", "verify")
        assert done.returncode == 0, (done.stdout, done.stderr)
        years = asked(
            url, "SELECT count(DISTINCT extract(year FROM day)) FROM deadlines_calendarday WHERE day >= '2031-01-01'"
        )
        assert years == "1"
        assert asked(url, "SELECT max(extract(year FROM day)) FROM deadlines_calendarday") == "2031"
