"""Other processes: our own command line with other settings, and PostgreSQL's programs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings as site
from django.db import connection
from psycopg.conninfo import make_conninfo

from kycuong.core.problems import RuleBroken

ROOT = Path(__file__).resolve().parents[3]
SAID = 2000


def ourselves(*words: str, settings: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """`./run WORDS` in a process of its own, with these variables of the environment over ours."""
    path = os.pathsep.join(filter(None, (str(ROOT), site.SURROUNDINGS.get("PYTHONPATH", ""))))
    environment = {
        **site.SURROUNDINGS,
        "DJANGO_SETTINGS_MODULE": "kycuong.site.settings",
        "PYTHONPATH": path,
        **settings,
    }
    command = [sys.executable, "-m", "kycuong", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def postgresql(program: str, *arguments: str) -> None:
    """pg_dump or pg_restore on the database of the settings; RuleBroken with what it said when it fails."""
    given: dict[str, Any] = connection.get_connection_params()
    named = {name: given[name] for name in ("dbname", "host", "port", "user") if given.get(name)}
    more = {name: value for name, value in given.items() if name.startswith("ssl")}
    environment = {**site.SURROUNDINGS, "PGPASSWORD": str(given.get("password") or "")}
    address = make_conninfo("", **named, **more)
    done = subprocess.run(
        [_found(program), f"--dbname={address}", "--no-password", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = done.stderr.strip()[-SAID:]
        raise RuleBroken(f"{program} không xong: {said}", en=f"{program} failed, see above.")


def _found(program: str) -> str:
    """On the path, or the newest that Debian keeps beside it."""
    debian = Path("/usr/lib/postgresql")
    versions = sorted((path for path in debian.glob(f"*/bin/{program}")), key=lambda path: _number(path.parts[4]))
    found = str(versions[-1]) if versions else shutil.which(program)
    if not found:
        raise RuleBroken(
            f"Thiếu chương trình {program}; hãy chạy: sudo apt-get install postgresql-client",
            en=f"The program {program} is missing; run: sudo apt-get install postgresql-client",
        )
    return found


def _number(text: str) -> float:
    return float(text) if text.replace(".", "", 1).isdigit() else 0
