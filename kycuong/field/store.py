"""Bytes of photos on their way: one file each, as long as what has safely arrived; whole ones wait under a name of their own."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from django.conf import settings

from kycuong.core.durable import to_disk
from kycuong.files.rules import refusal


class WrongOffset(Exception):
    """The sender is not where the file ends; `offset` says where that is."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


def offset_of(uid: UUID) -> int:
    """How many bytes are safe on the disk: the length of the file, nothing that is remembered elsewhere."""
    for path in (_whole(uid), _part(uid)):
        if path.is_file():
            return path.stat().st_size
    return 0


def is_whole(uid: UUID) -> bool:
    return _whole(uid).is_file()


def append(uid: UUID, offset: int, data: bytes) -> int:
    """Put bytes at the end of what is here; on the disk before this returns. Returns the new length."""
    if is_whole(uid):
        if offset_of(uid) != offset or data:
            raise WrongOffset(offset_of(uid))
        return offset
    with _locked(uid) as handle:
        there = os.fstat(handle).st_size
        if there != offset:
            raise WrongOffset(there)
        try:
            _write_all(handle, data, offset)
            os.fsync(handle)
        except OSError:
            os.ftruncate(handle, offset)  # no room: what was there stays, and the sender may try again later
            raise
    return offset + len(data)


def finish(uid: UUID, sha256: str) -> None:
    """The file under its name for whole ones, if it is what was announced; if not it goes, and is sent anew."""
    if is_whole(uid):
        return
    with _locked(uid) as handle:
        if is_whole(uid):  # by another request that sent the same, while this one waited
            return
        with os.fdopen(os.dup(handle), "rb") as file:
            file.seek(0)
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != sha256:
            os.ftruncate(handle, 0)
            raise refusal("hash")
        os.replace(_part(uid), _whole(uid))
    to_disk(_folder())


def put_whole(uid: UUID, sha256: str, data: bytes) -> bool:
    """All of it at once, from elsewhere, in place of whatever parts of it are here. Whether these were the right bytes."""
    if hashlib.sha256(data).hexdigest() != sha256:
        return False
    with _locked(uid):
        if not is_whole(uid):
            _put_beside(_folder() / f"{uid}.bundle", data)
            os.replace(_folder() / f"{uid}.bundle", _whole(uid))
        _part(uid).unlink(missing_ok=True)
    to_disk(_folder())
    return True


def _put_beside(path: Path, data: bytes) -> None:
    """On the disk, or not at all."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        _write_all(handle, data, 0)
        os.fsync(handle)
    except OSError:
        path.unlink()
        raise
    finally:
        os.close(handle)


def contents(uid: UUID) -> bytes:
    """The bytes of a whole one."""
    return _whole(uid).read_bytes()


def forget(uid: UUID) -> None:
    """They are kept with the visit's files now."""
    _whole(uid).unlink(missing_ok=True)


@contextmanager
def _locked(uid: UUID) -> Iterator[int]:
    """The open file, for one sender at a time."""
    folder, path = _folder(), _part(uid)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = not path.exists()
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        if fresh:
            to_disk(folder)
        yield handle
    finally:
        os.close(handle)


def _write_all(handle: int, data: bytes, offset: int) -> None:
    view = memoryview(data)
    while view:
        done = os.pwrite(handle, view, offset)
        view, offset = view[done:], offset + done


def _part(uid: UUID) -> Path:
    return _folder() / f"{uid}.part"


def _whole(uid: UUID) -> Path:
    return _folder() / f"{uid}.whole"


def _folder() -> Path:
    return Path(settings.HOME) / "files" / "field"
