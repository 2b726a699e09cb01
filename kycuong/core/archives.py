"""What a zip would unfold to: looked at before anything parses a file that somebody sent."""

from __future__ import annotations

import zipfile
import zlib
from typing import Literal

Reason = Literal["unfolds", "encrypted", "broken", "entities"]

MAX_ENTRIES = 500
MAX_UNPACKED = 100 * 1024 * 1024
MAX_RATIO = 150
SMALL = 5 * 1024 * 1024
"""Below this a high ratio harms nobody, and an honest sheet of empty cells often has one."""
CHUNK = 64 * 1024
DOCTYPE = b"<!DOCTYPE"
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)
"""All that Python's `zipfile` raises for files of strangers; the last for a password, and for a way of packing that it does not know."""


class Unsound(Exception):
    """Why an archive is not opened."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def sound_names(archive: zipfile.ZipFile, *, packed: int, pictures: tuple[str, ...]) -> set[str]:
    """The names of its parts, once every part was read to its end. `pictures`: parts that no parser of ours opens; an SVG
    among them may rightly have a DOCTYPE. Unsound, or one of UNREADABLE."""
    names = _names(archive)
    _unfold(archive, packed, pictures)
    return names


def _names(archive: zipfile.ZipFile) -> set[str]:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise Unsound("unfolds")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unsound("encrypted")
    names = {entry.filename for entry in entries}
    if len(names) != len(entries) or any(entry.compress_type not in {0, 8} for entry in entries):
        raise Unsound("broken")
    return names


def _unfold(archive: zipfile.ZipFile, packed: int, pictures: tuple[str, ...]) -> None:
    """Read every part to its end, counting real bytes: the sizes that a zip states may be lies."""
    total = 0
    for entry in archive.infolist():
        tail = b""
        with archive.open(entry) as part:
            while chunk := part.read(CHUNK):
                total += len(chunk)
                if total > MAX_UNPACKED or (total > SMALL and total > MAX_RATIO * packed):
                    raise Unsound("unfolds")
                # An XML text in UTF-16 has a zero byte beside each letter of the word.
                seen = b"" if entry.filename.startswith(pictures) else (tail + chunk).replace(b"\0", b"")
                if DOCTYPE in seen or b"<!ENTITY" in seen:
                    raise Unsound("entities")
                tail = chunk[-32:]
