"""How the last backup and the last drill went: a small file in KYCUONG_HOME, read by the page, by `./run check` and by whoever watches."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from kycuong.core.clock import now

from .folder import Folder


@dataclass(frozen=True, slots=True)
class Remembered:
    """One run. `fault` is empty when it went well; `size` in bytes; `seconds` it took."""

    kind: str
    archive: str
    at: str
    seconds: float
    size: int = 0
    rows: int = 0
    files: int = 0
    folder: str = ""
    fault: str = ""

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.at)

    def is_in(self, folder: Folder) -> bool:
        """Whether its archive still lies in that folder."""
        return self.folder == str(folder.place.resolve()) and (folder.place / self.archive).is_file()

    @property
    def hours(self) -> float:
        """Since then."""
        return (now() - self.moment).total_seconds() / 3600


def place() -> Path:
    return Path(settings.HOME) / "backups.json"


def remembered(kind: str) -> Remembered | None:
    """The last run of a kind («backup», «good», «drill»); None when there was none, or the file cannot be read."""
    try:
        return Remembered(**json.loads(place().read_text(encoding="utf-8"))[kind])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def remember(run: Remembered) -> None:
    """In place of the one before. A backup that went well is remembered as «good», too."""
    try:
        told = json.loads(place().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        told = {}
    told[run.kind] = asdict(run)
    if run.kind == "backup" and not run.fault:
        told["good"] = asdict(run)
    with contextlib.suppress(OSError):  # a full disk has been told already
        handle, draft = tempfile.mkstemp(dir=place().parent)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(told, file, ensure_ascii=False, indent=1)
        Path(draft).replace(place())
