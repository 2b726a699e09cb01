"""A backup: the database at one moment, the keys, what is under way, and every kept file, encrypted to a key that is elsewhere."""

from __future__ import annotations

import gzip
import io
import os
import shutil
import tarfile
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from pyrage.x25519 import Recipient

from kycuong.backups.rules import Description, archive_name, kept_archives
from kycuong.backups.rules.description import dumped
from kycuong.backups.store import Folder, Remembered, remember, seal_stream
from kycuong.core.clock import now
from kycuong.core.problems import Problem

from .snapshots import snapshot

FORMAT = 1
KEPT = "files/kept"
"""Each file of it is a file of the backup; the rest of what is under way goes into the archive."""
UNDER_WAY = ("files", "uploads")
KEYS = {
    "secret-key": "SECRET_KEY",
    "sealing-keys": "SEALING_KEYS",
    "checkpoint-key": "CHECKPOINT_KEY",
}
REMEMBERED = ("checkpoint-last", "checkpoint-restored")
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Taken:
    """A backup that was made: its archive, how many files it names and how many of them were new, bytes that were written."""

    archive: str
    description: Description
    files: int
    new_files: int
    size: int
    gone: tuple[str, ...]


def take_backup(folder: Folder, recipient: Recipient, *, keep: int, progress: Progress) -> Taken:
    """Make one, tidy old ones away, and remember how it went. Safe while people work; one at a time for a folder."""
    began, moment = time.monotonic(), now()
    try:
        with folder.made().alone(), _staging() as staging:
            taken = _take(folder, recipient, moment, staging, keep, progress)
    except Exception as error:
        # Only its kind, where it is no sentence of ours: its words may hold what the readers of the page must not learn.
        said = str(error) if isinstance(error, Problem) else type(error).__name__
        remember(Remembered("backup", "", moment.isoformat(), time.monotonic() - began, fault=said[:500]))
        raise
    seconds = time.monotonic() - began
    told = taken.description
    remember(Remembered("backup", taken.archive, moment.isoformat(), seconds, taken.size, told.rows, taken.files))
    return taken


@contextmanager
def _staging() -> Any:
    """A place for what is not encrypted yet: on the disk that holds it anyway, for the owner alone, and gone at the end."""
    home = Path(settings.HOME)
    for left in home.glob(".backing-up-*"):  # of a run that was killed
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=home, prefix=".backing-up-") as place:
        yield Path(place)


def _take(
    folder: Folder, recipient: Recipient, moment: datetime, staging: Path, keep: int, progress: Progress
) -> Taken:
    database = staging / "database"
    _link_under_way(staging)
    description = snapshot(database, moment.date())
    _link_under_way(staging)  # a photo that was whole at that moment may be gone to the kept ones now, or have come
    kept = _kept_files()  # after the database: whatever a row of it names was on the disk before the row was written
    digests, size = _copy_files(folder, kept, recipient, progress)
    new_files, name = len(digests), archive_name(moment)
    about = {
        "format": FORMAT,
        "made_at": moment.isoformat(),
        "until": moment.date().isoformat(),
        "engine": "postgresql" if _is_dump(database) else "sqlite",
        "description": description.to_json(),
        "files": sorted(path.name for path in kept),
    }
    target = folder.place / name
    digests[name] = _write_archive(target, recipient, staging, dumped(about))
    gone = sorted(set(folder.archives()) - kept_archives(folder.archives(), newest=keep))
    for old in gone:
        (folder.place / old).unlink(missing_ok=True)
    folder.note(digests)
    return Taken(name, description, len(kept), new_files, size + target.stat().st_size, tuple(gone))


def _is_dump(database: Path) -> bool:
    with database.open("rb") as file:
        return file.read(5) == b"PGDMP"


def _kept_files() -> list[Path]:
    return sorted((Path(settings.HOME) / KEPT).glob("??/[0-9a-f]*"))


def _copy_files(
    folder: Folder, kept: list[Path], recipient: Recipient, progress: Progress
) -> tuple[dict[str, str], int]:
    """Encrypt each file that is not in the folder yet; a file never changes, so one that is there stays."""
    digests, size = {}, 0
    for done, path in enumerate(kept, start=1):
        target = folder.file(path.name)
        if not target.exists():
            target.parent.mkdir(mode=0o700, exist_ok=True)
            with suppress(FileNotFoundError), path.open("rb") as source:  # erased meanwhile, as it should be
                digests[target.relative_to(folder.place).as_posix()] = seal_stream(source, target, recipient)
                size += target.stat().st_size
        progress(done, len(kept))
    return digests, size


def _write_archive(target: Path, recipient: Recipient, staging: Path, about: bytes) -> str:
    """Pack in one thread, encrypt in the other: nothing in between lies on the disk."""
    reading, writing = os.pipe()
    failed: list[BaseException] = []

    def pack() -> None:
        try:
            with os.fdopen(writing, "wb") as out:
                _pack(out, staging, about)
        except BaseException as error:  # told in the thread that waits
            failed.append(error)

    packer = threading.Thread(target=pack)
    packer.start()
    try:
        with os.fdopen(reading, "rb") as source:
            digest = seal_stream(source, target, recipient)
    finally:
        packer.join()
    if failed:
        target.unlink(missing_ok=True)
        raise failed[0]
    return digest


def _pack(out: IO[bytes], staging: Path, about: bytes) -> None:
    with (
        gzip.GzipFile(fileobj=out, mode="wb", compresslevel=1, mtime=0) as zipped,
        tarfile.open(fileobj=zipped, mode="w|") as tar,
    ):
        _add(tar, "about.json", about)
        tar.add(staging / "database", "database", recursive=False)
        for name, setting in KEYS.items():
            _add(tar, f"keys/{name}", str(getattr(settings, setting)).encode())
        for path in sorted((staging / "home").rglob("*")):
            if path.is_file():
                _add(tar, path.relative_to(staging).as_posix(), path.read_bytes())


def _link_under_way(staging: Path) -> None:
    """What phones and people are sending: acknowledged piece by piece, so it must not be lost either."""
    home = Path(settings.HOME)
    found = [home / name for name in REMEMBERED]
    for part in UNDER_WAY:
        found += [path for path in (home / part).rglob("*") if not path.is_relative_to(home / KEPT)]
    for path in found:
        target = staging / "home" / path.relative_to(home)
        if path.is_file() and not path.is_symlink() and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileNotFoundError):  # finished meanwhile
                os.link(path, target)


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(data), 0o600
    tar.addfile(member, io.BytesIO(data))
