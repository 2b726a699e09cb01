"""The face of PDF files: one with Times' metrics and every Vietnamese letter, among the system's fonts or in a folder of ours.

No font stands in the repository. `python -m kycuong.papers.faces [FOLDER]` says what is found; its exit code is 1 when nothing is.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
FAMILIES = {
    "Times New Roman": ("times.ttf", "timesbd.ttf", "timesi.ttf", "timesbi.ttf"),
    "Liberation Serif": tuple(f"LiberationSerif-{cut}.ttf" for cut in ("Regular", "Bold", "Italic", "BoldItalic")),
    "Tinos": tuple(f"Tinos-{cut}.ttf" for cut in ("Regular", "Bold", "Italic", "BoldItalic")),
}
"""Family → its four files: upright, bold, italic, both."""
OTHER_NAMES = {
    "Times_New_Roman.ttf": "times.ttf", "Times_New_Roman_Bold.ttf": "timesbd.ttf",
    "Times_New_Roman_Italic.ttf": "timesi.ttf", "Times_New_Roman_Bold_Italic.ttf": "timesbi.ttf",
    "Times New Roman.ttf": "times.ttf", "Times New Roman Bold.ttf": "timesbd.ttf",
    "Times New Roman Italic.ttf": "timesi.ttf", "Times New Roman Bold Italic.ttf": "timesbi.ttf",
}  # fmt: skip
"""How Debian's installer and macOS call the files of Times New Roman."""
SYSTEM = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "C:/Windows/Fonts",
)
HOW = (
    "Chưa có phông chữ kiểu Times đủ chữ Việt nên chưa xuất được PDF; bản Word vẫn tải được. Hãy đề nghị quản trị hệ thống cài "
    "fonts-liberation2 (apt-get install fonts-liberation2), hoặc chép Times New Roman vào thư mục KYCUONG_FONTS.",
    "No face like Times with every Vietnamese letter is installed, so no PDF can be made; Word files can. Ask the administrator to "
    "install fonts-liberation2, or to put Times New Roman into the folder KYCUONG_FONTS.",
)
"""What to say when there is none."""


def vietnamese_letters() -> str:
    """The letters of Vietnamese beyond those of English, 134 with tones and đ, and the twelve vowels."""
    import unicodedata  # noqa: PLC0415 - used here alone

    toned = {unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES} | {"đ"}
    return "".join(sorted(toned | {letter.upper() for letter in toned}))


@dataclass(frozen=True, slots=True)
class Face:
    """A family that will do, where it lies, and the letters that all four of its files have."""

    family: str
    folder: Path
    letters: frozenset[str]


def face(folder: str = "") -> Face | None:
    """The first family that will do: of the folder before the system's. Looked for once in a process, until one is there."""
    found = _found(folder)
    if found is None:
        _found.cache_clear()  # somebody may install one while we run
    return found


@cache
def _found(folder: str) -> Face | None:
    for place in _places(folder):
        if (good := _whole(place)) is not None:
            return good
    return None


def _places(folder: str) -> Iterator[Path]:
    """Folders that hold files of a family, the configured one and what is under it first."""
    roots = [Path(one).expanduser() for one in ((folder,) if folder else ()) + SYSTEM]
    wanted = {file for files in FAMILIES.values() for file in files} | OTHER_NAMES.keys()
    for root in roots:
        for place, _folders, files in os.walk(root):
            if wanted & set(files):
                yield Path(place)


def _whole(place: Path) -> Face | None:
    there = {OTHER_NAMES.get(one.name, one.name): one for one in place.iterdir()}
    for family, files in FAMILIES.items():
        if not all(file in there for file in files):
            continue
        letters = frozenset.intersection(*(_letters(there[file]) for file in files))
        if letters >= set(vietnamese_letters()):
            return Face(family, place, letters)
    return None


def _letters(file: Path) -> frozenset[str]:
    try:
        with TTFont(file, lazy=True) as font:
            return frozenset(map(chr, font.getBestCmap() or {}))
    except (OSError, TTLibError):
        return frozenset()


def main(folder: str = "") -> int:
    """Say what is found."""
    found = face(folder)
    sys.stdout.write(f"{found.family}: {found.folder}\n" if found else "\n".join(HOW) + "\n")
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
