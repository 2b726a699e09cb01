"""Bytes under the name of their hash: written once, safe on the disk before anybody is told so, never written over."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path

from django.conf import settings

from kycuong.core.durable import to_disk
from kycuong.core.problems import RuleBroken

HASH = re.compile(r"[0-9a-f]{64}")


def keep(data: bytes) -> str:
    """Put the bytes by and give their hash. The same bytes again find their place taken."""
    sha256 = hashlib.sha256(data).hexdigest()
    path = _path(sha256)
    if path.exists():
        _ensure_sound(sha256)
        return sha256
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write_once(path, data)
    return sha256


def contents(sha256: str) -> bytes:
    """The bytes, checked: a flipped bit is told, not served."""
    _ensure_sound(sha256)
    return _path(sha256).read_bytes()


def damage_of(sha256: str) -> str:
    """What is wrong with the stored bytes: «missing», «changed», or nothing."""
    path = _path(sha256)
    if not path.is_file():
        return "missing"
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    return "" if found == sha256 else "changed"


def stray(known: Collection[str]) -> Iterator[str]:
    """Stored under a hash that no record names: left by an act that was refused after the disk had written."""
    for path in sorted(_vault().glob("??/*")):
        if path.name not in known:
            yield path.name


def _ensure_sound(sha256: str) -> None:
    if damage := damage_of(sha256):
        vi = {"missing": "không còn trên máy chủ", "changed": "trên máy chủ đã bị thay đổi"}[damage]
        raise RuleBroken(
            f"Tệp có mã {sha256[:12]}… {vi}. Hãy báo quản trị hệ thống chạy `./run files verify` và khôi phục từ bản sao lưu.",
            en=f"The stored file {sha256[:12]}… is {damage}. Ask the administrator to run `./run files verify` and to restore "
            "it from a backup.",
        )


def _write_once(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fchmod(file.fileno(), 0o400)
            os.fsync(file.fileno())
        try:
            os.link(name, path)  # fails where somebody was faster, instead of writing over
        except FileExistsError:
            _ensure_sound(path.name)
    finally:
        os.unlink(name)
    for folder in (path.parent, path.parent.parent):
        to_disk(folder)


def _path(sha256: str) -> Path:
    if not HASH.fullmatch(sha256):  # only what keep() may have made is ever joined to a path
        raise ValueError(f"{sha256[:80]!r} is no hash")
    return _vault() / sha256[:2] / sha256


def _vault() -> Path:
    return Path(settings.HOME) / "files" / "kept"
