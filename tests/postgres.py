"""A private PostgreSQL server for the time of one program: `python -m tests.postgres COMMAND …`.

Own data directory with checksums, own free port on the loopback, own random password; stopped and removed at the end,
also when the program fails or is interrupted. PostgreSQL refuses to run as root: root hands it to the user `postgres`.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import psycopg

SECONDS_TO_START = 60


FORGETFUL = ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off", "-c", "autovacuum=off"]
"""For a server whose data nobody needs after the run: what is asked of it is the same, it only does not wait for the disk.

Nor does it take statistics of tables that are empty between two tests: the next one would be planned for no rows at all.
"""


@contextlib.contextmanager
def cluster(*, durable: bool = True) -> Iterator[str]:
    """Yield the address of a running server."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that a kill runs the `finally` below, too
    place = Path(tempfile.mkdtemp(prefix="kycuong-postgres-"))
    server = None
    try:
        if os.getuid() == 0:
            shutil.chown(place, "postgres", "postgres")
        password = secrets.token_hex(16)
        port = free_port()
        make(place, password)
        server = start(place, port, [] if durable else FORGETFUL)
        url = f"postgresql://kycuong:{password}@127.0.0.1:{port}/postgres"
        wait_until_it_answers(server, url, place)
        yield url
    finally:
        if server is not None:
            stop(server)
        shutil.rmtree(place, ignore_errors=True)


def make(place: Path, password: str) -> None:
    secret = place / "password"
    secret.write_text(password)
    if os.getuid() == 0:
        shutil.chown(secret, "postgres", "postgres")
    command = [program("initdb"), "--pgdata", str(place / "data"), "--username", "kycuong", "--pwfile", str(secret)]
    command += ["--auth", "scram-sha-256", "--data-checksums", "--encoding", "UTF8", "--locale", "C.UTF-8"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, **as_nobody_special(place))
    if done.returncode:
        raise SystemExit(f"initdb: {done.stderr}")


def start(place: Path, port: int, settings: list[str], under: Sequence[str] = ()) -> subprocess.Popen[bytes]:
    """`under`: the beginning of the command line, of a program that starts it."""
    command = [
        *under,
        program("postgres"),
        "-D",
        str(place / "data"),
        "-p",
        str(port),
        "-k",
        str(place),
        "-h",
        "127.0.0.1",
    ]
    command += settings
    with (place / "log").open("wb") as log:
        return subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True, **as_nobody_special(place))


def wait_until_it_answers(server: subprocess.Popen[bytes], url: str, place: Path) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while server.poll() is None and time.monotonic() < end:
        try:
            psycopg.connect(url, connect_timeout=2).close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"PostgreSQL did not start:\n{(place / 'log').read_text()}")


def stop(server: subprocess.Popen[bytes]) -> None:
    """Fast shutdown; at once when that takes too long."""
    server.send_signal(signal.SIGINT)
    try:
        server.wait(20)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)
        server.wait(20)


def program(name: str) -> str:
    """The newest one that is installed: Debian keeps them out of the PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    path = shutil.which(name) or (str(found[-1]) if found else None)
    if path is None:
        raise SystemExit(f"{name} is missing: sudo apt-get install postgresql")
    return path


def as_nobody_special(place: Path) -> dict[str, Any]:
    ours: dict[str, Any] = {"cwd": place, "env": {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"}}
    return {**ours, "user": "postgres", "group": "postgres", "extra_groups": []} if os.getuid() == 0 else ours


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> int:
    with cluster() as url:
        return subprocess.run(sys.argv[1:], env={**os.environ, "KYCUONG_DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
