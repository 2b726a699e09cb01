"""Other processes: our own command line with other settings, and PostgreSQL's programs."""

from __future__ import annotations

import logging
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings as site
from django.db import connection
from psycopg import pq
from psycopg.conninfo import make_conninfo

from kycuong.core.problems import RuleBroken

ROOT = Path(__file__).resolve().parents[3]
SAID = 2000
HOURS = 6 * 3600
"""Seconds after which a program that hangs is given up."""


def end_in_order() -> None:
    """A service that is stopped cleans up: what lies in plain must not stay."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


def ourselves(*words: str, settings: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """`./run WORDS` in a process of its own, with these variables of the environment over ours."""
    path = ":".join(filter(None, (str(ROOT), site.SURROUNDINGS.get("PYTHONPATH", ""))))
    environment = {
        **site.SURROUNDINGS,
        "DJANGO_SETTINGS_MODULE": "kycuong.site.settings",
        "PYTHONPATH": path,
        **settings,
    }
    command = [sys.executable, "-m", "kycuong", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=HOURS)


def postgresql(program: str, *arguments: str) -> None:
    """pg_dump or pg_restore on the database of the settings; RuleBroken when it fails, what it said among its errors."""
    given = {name: value for name, value in connection.get_connection_params().items() if name in keywords()}
    password = given.pop("password", "")
    environment = {**site.SURROUNDINGS, **({"PGPASSWORD": str(password)} if password else {})}
    done = subprocess.run(
        [_found(program), f"--dbname={make_conninfo('', **given)}", "--no-password", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=HOURS,
    )
    if done.returncode:
        raise failed(program, done)


def failed(program: str, done: subprocess.CompletedProcess[str]) -> RuleBroken:
    """The sentence names no record; what the program said, which may, is for whoever types the command."""
    said = (done.stdout + done.stderr).strip()[-SAID:]
    logging.getLogger(__name__).error("%s ended with %s", program, done.returncode)
    return RuleBroken(
        f"{program} không xong (mã {done.returncode}). Hãy chạy `./run backup make` trên máy chủ để đọc lý do.",
        en=f"{program} failed (exit code {done.returncode}). Run `./run backup make` on the server to read why.",
        errors=[{"vi": line, "en": line} for line in said.splitlines()],
    )


def keywords() -> set[str]:
    """What libpq knows; Django's own are none of its business."""
    return {option.keyword.decode() for option in pq.Conninfo.get_defaults()}


def _found(program: str) -> str:
    """Of the server's own version, else the next newer one that Debian keeps, else on the path: an older one refuses a newer server."""
    with connection.cursor():
        wanted = int(getattr(connection, "pg_version", 0)) // 10000
    versions: dict[int, Any] = {}
    for path in Path("/usr/lib/postgresql").glob(f"*/bin/{program}"):
        if path.parts[4].isdecimal():
            versions[int(path.parts[4])] = path
    fitting = sorted(number for number in versions if number >= wanted)
    found = str(versions[fitting[0]]) if fitting else shutil.which(program)
    if not found:
        raise RuleBroken(
            f"Thiếu chương trình {program} {wanted}; hãy chạy: sudo apt-get install postgresql-client",
            en=f"The program {program} {wanted} is missing; run: sudo apt-get install postgresql-client",
        )
    return found
