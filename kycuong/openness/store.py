"""The key under which addresses are counted for a day: random, in a file that no backup takes, gone the next day.

Without it nobody, whoever holds the database, its backups and the secret key, tells from where a report came.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from datetime import date
from pathlib import Path

from django.conf import settings

PREFIX = "reports-of-"


def key_of(day: date) -> bytes:
    """The key of the day; made when it is not there yet. Two makers agree on one."""
    path = Path(settings.HOME) / f"{PREFIX}{day.isoformat()}"
    if not path.exists():
        forget_keys(day)
        handle, draft = tempfile.mkstemp(dir=path.parent)  # mkstemp gives 0600
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(32))
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        os.unlink(draft)
    return bytes.fromhex(path.read_text())


def forget_keys(day: date) -> None:
    """Delete the key of every day but this one."""
    for path in Path(settings.HOME).glob(f"{PREFIX}*"):
        if path.name != f"{PREFIX}{day.isoformat()}":
            path.unlink(missing_ok=True)
