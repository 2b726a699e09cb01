"""What stands in an archive beside the database, and where it comes from and goes to."""

from __future__ import annotations

import errno
import os
import re
import shutil
from contextlib import suppress
from pathlib import Path

from django.conf import settings

KEPT = "files/kept"
"""Each file of it is a file of the backup; what is under way goes into the archive."""
UNDER_WAY = ("files/parts", "files/field", "uploads")
KEYS = {
    "secret-key": "SECRET_KEY",
    "sealing-keys": "SEALING_KEYS",
    "checkpoint-key": "CHECKPOINT_KEY",
}
"""File in KYCUONG_HOME → the setting that holds it, wherever it came from."""
REMEMBERED = ("checkpoint-last", "checkpoint-restored", "tsa-certificates.pem")
MEMBER = re.compile(
    r"about\.json|database|keys/(secret-key|sealing-keys|checkpoint-key)"
    r"|home/(checkpoint-last|checkpoint-restored|tsa-certificates\.pem|(files/(parts|field)|uploads)(/[\w-][\w.-]*)+)",
    re.ASCII,
)
"""What may stand in an archive: nothing else is packed, and nothing else is unpacked."""


def link_under_way(place: Path) -> None:
    """What phones and people are sending: acknowledged piece by piece, so it must not be lost either."""
    home = Path(settings.HOME)
    found = [home / name for name in REMEMBERED]
    for part in UNDER_WAY:
        found += (home / part).rglob("*")
    for path in found:
        name = f"home/{path.relative_to(home).as_posix()}"
        target = place / name
        if MEMBER.fullmatch(name) and path.is_file() and not path.is_symlink() and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileNotFoundError):  # finished meanwhile
                _link(path, target)


def is_empty(home: Path) -> bool:
    """Whether nothing of what a backup brings is there yet."""
    found = [path for part in (KEPT, *UNDER_WAY) for path in (home / part).rglob("*") if path.is_file()]
    return not found and not any((home / name).exists() for name in REMEMBERED)


def put(source: Path, target: Path) -> None:
    """Move to where it belongs, on whichever disk that is: whole, on the disk, its owner's alone."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.putting")
    shutil.copyfile(source, draft)
    draft.chmod(0o600)
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    draft.replace(target)
    source.unlink()


def _link(path: Path, target: Path) -> None:
    """Without copying, where both lie on one disk."""
    try:
        os.link(path, target)
    except OSError as error:
        if error.errno == errno.ENOENT:
            raise
        shutil.copyfile(path, target)
