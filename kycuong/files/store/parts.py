"""A file that is sent in parts, in any order, again where the net broke: on the disk until it is whole, for its owner only."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from kycuong.core.clock import now
from kycuong.core.durable import to_disk
from kycuong.core.problems import BadInput, Missing, Stale
from kycuong.files.rules import ensure_size, refusal, shown_name

CHUNK = 48 * 1024
"""Bytes of a part: what a bad line carries in one go, and a phone keeps without trouble."""
MOST = 30
"""Uploads that one person may have under way; the oldest give way."""
DAYS = 7
ABOUT = "about.json"
SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Upload:
    """What was announced: how long, with which hash, under which name, and what the caller noted about it."""

    uid: UUID
    owner: int
    size: int
    sha256: str
    name: str
    about: Mapping[str, Any]

    @property
    def chunks(self) -> int:
        return -(-self.size // CHUNK)

    @property
    def received(self) -> list[int]:
        """The parts that are here, safe on the disk."""
        return sorted(int(path.name) for path in self.folder.iterdir() if path.name.isdigit())

    @property
    def folder(self) -> Path:
        return _folder(self.owner) / str(self.uid)

    def length_of(self, place: int) -> int:
        return min(CHUNK, self.size - place * CHUNK)


def begin(uid: UUID, *, owner: int, size: int, sha256: str, name: str, about: Mapping[str, Any]) -> Upload:
    """Announce a file. The same announcement again finds what has arrived so far."""
    ensure_size(size, most=settings.FILE_BYTES)
    if not SHA256.fullmatch(sha256):
        raise BadInput(
            "Mã SHA-256 phải là 64 chữ số thập lục phân viết thường.",
            en="The SHA-256 is 64 hexadecimal digits in small letters.",
            errors=[{"field": "sha256", "vi": "Mã chưa đúng.", "en": "Not a SHA-256."}],
        )
    wanted = Upload(uid, owner, size, sha256, shown_name(name), dict(about))
    if (wanted.folder / ABOUT).is_file():
        return _same(wanted)
    _tidy(_folder(owner))
    wanted.folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # announced twice at once, or broken off before it was
    told = {"size": size, "sha256": sha256, "name": wanted.name, "about": dict(about)}
    _write(wanted.folder / ABOUT, json.dumps(told).encode())
    return wanted


def find(uid: UUID, *, owner: int) -> Upload:
    """The upload, if it is this person's and still under way."""
    path = _folder(owner) / str(uid) / ABOUT
    if not path.is_file():
        raise Missing(
            "Không có lần gửi này, hoặc đã xong, hoặc quá một tuần. Hãy chọn tệp và gửi lại.",
            en="There is no such upload, or it is done, or over a week old. Choose the file and send it again.",
        )
    return Upload(uid, owner, **json.loads(path.read_text(encoding="utf-8")))


def put_chunk(upload: Upload, place: int, data: bytes) -> None:
    """Keep one part. The same part again is no news; another one in its place is refused."""
    if not 0 <= place < upload.chunks or len(data) != upload.length_of(place):
        raise BadInput(
            f"Phần {place} không đúng chỗ hoặc không đúng độ dài.",
            en=f"Part {place} is not in place, or not of the length {CHUNK}.",
        )
    path = upload.folder / str(place)
    if not path.exists():
        _write(path, data)
    elif path.read_bytes() != data:
        raise Stale(
            f"Phần {place} đã nhận với nội dung khác. Hãy gửi lại tệp từ đầu.",
            en=f"Part {place} is here with other bytes. Send the file again from the start.",
        )


def whole(upload: Upload) -> bytes:
    """All parts in order, if they are what was announced; if not, they go, and the file is sent anew."""
    received = set(upload.received)
    if missing := [place for place in range(upload.chunks) if place not in received]:
        raise BadInput(
            f"Còn thiếu {len(missing)}/{upload.chunks} phần. Hãy gửi nốt.",
            en=f"{len(missing)} of {upload.chunks} parts are missing. Send them first.",
            errors=[{"field": "chunks", "vi": f"Thiếu phần {missing[0]}.", "en": f"Part {missing[0]} is missing."}],
        )
    data = b"".join((upload.folder / str(place)).read_bytes() for place in range(upload.chunks))
    if hashlib.sha256(data).hexdigest() != upload.sha256:
        forget(upload)
        raise refusal("hash")
    return data


def forget(upload: Upload) -> None:
    """The parts go: the file is kept, or will not be."""
    shutil.rmtree(upload.folder, ignore_errors=True)


def _same(wanted: Upload) -> Upload:
    found = find(wanted.uid, owner=wanted.owner)
    if found != wanted:
        raise Stale(
            "Mã của lần gửi này đã dùng cho một tệp khác. Hãy chọn tệp và gửi lại.",
            en="This upload's uid was used for another file. Choose the file and send it again.",
        )
    return found


def _write(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(name, path)
    to_disk(path.parent)


def _folder(owner: int) -> Path:
    return Path(settings.HOME) / "files" / "parts" / str(int(owner))


def _tidy(folder: Path) -> None:
    """Make room: what is a week old goes, and so does the oldest of too many."""
    waiting = sorted(folder.glob("*"), key=lambda path: path.stat().st_mtime, reverse=True)
    limit = now().timestamp() - DAYS * 24 * 3600
    for place, path in enumerate(waiting):
        if place >= MOST - 1 or path.stat().st_mtime < limit:
            shutil.rmtree(path, ignore_errors=True)
