"""A backup: the database at one moment, the keys, what is under way, and every kept file, encrypted to a key that is elsewhere."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import tarfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import IO

from django.conf import settings
from pyrage.x25519 import Recipient

from kycuong.audit.queries import log_keys
from kycuong.backups.rules import Description, archive_name, kept_archives
from kycuong.backups.rules.description import dumped
from kycuong.backups.store import Folder, Remembered, mark_of, remember, seal_stream, staging
from kycuong.core.clock import now
from kycuong.core.problems import Busy, Problem, RuleBroken

from .members import KEPT, KEYS, link_under_way
from .snapshots import snapshot

FORMAT = 1
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


def installation() -> str:
    """Which installation this is: after a restoration it is the same one."""
    return hashlib.sha256(log_keys()[0].vkey.encode()).hexdigest()[:16]


def take_backup(folder: Folder, recipient: Recipient, *, keep: int, progress: Progress, begin: bool = True) -> Taken:
    """Make one, tidy old ones away, and remember how it went. Safe while people work; one at a time.

    With `begin` a folder that is none yet is made one; without, it must have been begun by somebody who saw it.
    """
    began, moment, owner = time.monotonic(), now(), installation()
    told = Remembered("backup", "", moment.isoformat(), 0, folder=str(folder.place.resolve()))
    try:
        (folder.begun if begin else folder.ours)(owner)
        with folder.alone(), staging() as place:
            taken = _take(folder, recipient, moment, place, keep, progress)
    except Busy:
        raise  # the run that is under way will say how it went
    except Exception as error:
        # Only its kind, where it is no sentence of ours: its words may hold what the readers of the page must not learn.
        said = error.vi if isinstance(error, Problem) else type(error).__name__
        remember(replace(told, seconds=time.monotonic() - began, fault=said[:500]))
        raise
    rows, seconds = taken.description.rows, time.monotonic() - began
    remember(replace(told, archive=taken.archive, seconds=seconds, size=taken.size, rows=rows, files=taken.files))
    return taken


def _take(folder: Folder, recipient: Recipient, moment: datetime, place: Path, keep: int, progress: Progress) -> Taken:
    database = place / "database"
    link_under_way(place)
    description = snapshot(database, moment.date())
    _ensure_openable(description)
    link_under_way(place)  # a photo that was whole at that moment may be gone to the kept ones now, or have come
    kept = sorted((Path(settings.HOME) / KEPT).glob("??/[0-9a-f]*"))
    # After the database: whatever a row of it names was on the disk before the row was written.
    new_files, size = _copy_files(folder, kept, recipient, progress)
    about = {
        "format": FORMAT,
        "made_at": moment.isoformat(),
        "until": moment.date().isoformat(),
        "engine": "postgresql" if _is_dump(database) else "sqlite",
        "description": description.to_json(),
        "files": [path.name for path in kept],
        "files_under": mark_of(recipient),
    }
    target = folder.place / archive_name(moment)
    folder.note(target, _write_archive(target, recipient, place, dumped(about)))
    gone = sorted(set(folder.archives()) - kept_archives(folder.archives(), newest=keep))
    folder.settle(without=gone)
    return Taken(target.name, description, len(kept), new_files, size + target.stat().st_size, tuple(gone))


def _ensure_openable(description: Description) -> None:
    """A backup with keys that do not open what is sealed would look good and be none."""
    if count := description.seals_without_key:
        raise RuleBroken(
            f"{count} phần niêm phong không có khóa ở đây để mở: hãy chạy lệnh với đúng KYCUONG_SEALING_KEYS của máy chủ.",
            en=f"{count} seals have no key here: run this with the server's own KYCUONG_SEALING_KEYS.",
        )


def _is_dump(database: Path) -> bool:
    with database.open("rb") as file:
        return file.read(5) == b"PGDMP"


def _copy_files(folder: Folder, kept: list[Path], recipient: Recipient, progress: Progress) -> tuple[int, int]:
    """Encrypt each file that is not in the folder yet for this key; a file never changes, so one that is there stays.

    How many were new, and their bytes.
    """
    new, size, mark = 0, 0, mark_of(recipient)
    for done, path in enumerate(kept, start=1):
        target = folder.file(mark, path.name)
        if not target.exists():
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with suppress(FileNotFoundError), path.open("rb") as source:  # erased meanwhile, as it should be
                folder.note(target, seal_stream(source, target, recipient))
                new, size = new + 1, size + target.stat().st_size
        progress(done, len(kept))
    return new, size


def _write_archive(target: Path, recipient: Recipient, place: Path, about: bytes) -> str:
    """Pack in one thread, encrypt in the other: nothing in between lies on the disk."""
    reading, writing = os.pipe()
    failed: list[BaseException] = []

    def pack() -> None:
        try:
            with os.fdopen(writing, "wb") as out:
                _pack(out, place, about)
        except BaseException as error:  # told in the thread that waits
            failed.append(error)

    packer = threading.Thread(target=pack)

    def whole() -> None:
        packer.join()
        if failed:
            raise failed[0]

    packer.start()
    try:
        with os.fdopen(reading, "rb") as source:
            return seal_stream(source, target, recipient, whole=whole)
    finally:
        packer.join()


def _pack(out: IO[bytes], place: Path, about: bytes) -> None:
    with (
        gzip.GzipFile(fileobj=out, mode="wb", compresslevel=1, mtime=0) as zipped,
        tarfile.open(fileobj=zipped, mode="w|") as tar,
    ):
        _add(tar, "about.json", about)
        tar.add(place / "database", "database", recursive=False)
        for name, setting in KEYS.items():
            _add(tar, f"keys/{name}", str(getattr(settings, setting)).encode())
        for path in sorted((place / "home").rglob("*")):
            if path.is_file():
                _add(tar, path.relative_to(place).as_posix(), path.read_bytes())


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(data), 0o600
    tar.addfile(member, io.BytesIO(data))
