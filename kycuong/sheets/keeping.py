"""Keeps an uploaded file between its preview and its import: for its owner only, for a day, under a name of our own."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from kycuong.core.clock import now
from kycuong.core.problems import Missing

from .reader import shown_name

SECONDS = 24 * 60 * 60
MOST = 5
"""Files that one person may have waiting; the oldest give way."""
TOKEN = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Upload:
    """A file as it was sent, and the words sent with it."""

    data: bytes
    filename: str
    options: Mapping[str, str]


def keep(data: bytes, filename: str, *, owner: int, options: Mapping[str, str]) -> str:
    """Put the file by and give the token under which its owner finds it again."""
    folder = _folder(owner)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _tidy(folder)
    token = secrets.token_hex(16)
    about = json.dumps({"filename": shown_name(filename), "options": dict(options)}, ensure_ascii=False)
    (folder / f"{token}.bin").write_bytes(data)
    (folder / f"{token}.json").write_text(about, encoding="utf-8")
    return token


def kept(token: str, *, owner: int) -> Upload:
    """The file of that token, if it is this owner's and still there."""
    path = _folder(owner) / token
    # The token comes from an address: only what keep() may have made is ever joined to a path.
    if TOKEN.fullmatch(token) and path.with_suffix(".json").exists():
        about = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        return Upload(path.with_suffix(".bin").read_bytes(), about["filename"], about["options"])
    raise Missing(
        "Tệp này không còn được giữ (đã nhập xong hoặc quá một ngày). Hãy tải tệp lên lại.",
        en="This file is no longer kept (imported already, or more than a day old). Upload it again.",
    )


def forget(token: str, *, owner: int) -> None:
    """Remove the file; it is no mistake when it is gone already."""
    if TOKEN.fullmatch(token):
        for suffix in (".json", ".bin"):
            (_folder(owner) / token).with_suffix(suffix).unlink(missing_ok=True)


def _folder(owner: int) -> Path:
    return Path(settings.HOME) / "uploads" / str(int(owner))


def _tidy(folder: Path) -> None:
    """Make room: what is older than a day goes, and so does the oldest of too many."""
    files = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    limit = now().timestamp() - SECONDS
    for place, path in enumerate(files):
        if place >= MOST - 1 or path.stat().st_mtime < limit:
            forget(path.stem, owner=int(folder.name))
