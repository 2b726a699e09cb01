"""What the signer of checkpoints remembers outside the database: how far it signed, and the frontier of the tree there.

Who rewrites the log in the database does not get the rewritten one signed: it does not grow out of what is remembered here.
"""

from __future__ import annotations

import os
import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings

from .merkle import Frontier

RESTORED = "checkpoint-restored"


def place() -> Path:
    """The file."""
    return Path(settings.CHECKPOINT_MEMORY)


def last_signed() -> Frontier:
    """The frontier that was signed last, empty at first; ValueError when the file is damaged."""
    try:
        size, _, peaks = place().read_text(encoding="ascii").strip().partition(" ")
    except FileNotFoundError:
        return Frontier()
    return Frontier.from_bytes(int(size), bytes.fromhex(peaks))


def remember_signed(frontier: Frontier) -> None:
    """On the disk before anybody gets the note."""
    handle, draft = tempfile.mkstemp(dir=place().parent)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(f"{frontier.size} {frontier.to_bytes().hex()}\n")
        file.flush()
        os.fsync(file.fileno())
    Path(draft).replace(place())
    folder = os.open(place().parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def note_restored(moment: datetime, before: int, after: int) -> None:
    """One line more in the list of restorations beside the key."""
    with (place().parent / RESTORED).open("a", encoding="ascii") as file:
        file.write(f"{moment.isoformat(timespec='seconds')} {before} {after}\n")
        file.flush()
        os.fsync(file.fileno())
