"""The texts in the modules of the phone: what is written between quotes, with the tag before it, and what the English table says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HOUSE = Path(__file__).parents[1] / "kycuong/field/static/field"
TABLES = [HOUSE / "english.js", *sorted((HOUSE / "english").glob("*.js"))]
"""What is English; nothing is said there."""
PHONE = [path for path in sorted(HOUSE.rglob("*.js")) if path not in TABLES and path.stem != "desk"]
REGEX = re.compile(r"/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[a-z]*")
BEFORE_REGEX = re.compile(r"(?:^|[(,=:\[!&|?{};>]|\breturn)\s*\Z")
TAG = re.compile(r"(\w+)\Z")
ESCAPED = {"n": "\n", "t": "\t", "0": "\0"}


@dataclass(frozen=True)
class Text:
    """What stands between two quotes. `tag`: the word before a template; holes of a template are written {0}, {1} …"""

    file: str
    start: int
    end: int
    quote: str
    tag: str
    text: str


def texts(path: Path) -> Iterator[Text]:
    """Every text of a module, those inside the holes of others as well; no comments, no patterns."""
    yield from Reader(path.relative_to(HOUSE).as_posix(), path.read_text(encoding="utf-8")).read(0, "")[0]


class Reader:
    """Goes through a module letter by letter, as far as quotes and comments are concerned."""

    def __init__(self, file: str, source: str) -> None:
        self.file, self.source = file, source

    def read(self, at: int, until: str) -> tuple[list[Text], int]:
        """Texts from here to the end of the module, or of the hole: a brace that was not opened in it."""
        found: list[Text] = []
        depth = 0
        while at < len(self.source):
            letter, rest = self.source[at], self.source[at : at + 2]
            if rest in {"//", "/*"}:
                at = self.after_comment(at, rest)
            elif letter == "/" and BEFORE_REGEX.search(self.source[max(0, at - 20) : at]):
                matched = REGEX.match(self.source, at)
                at = matched.end() if matched else at + 1
            elif letter in "\"'`":
                more, at = self.quoted(at, letter)
                found += more
            elif letter == until and not depth:
                return found, at + 1
            else:
                depth += (letter == "{") - (letter == "}")
                at += 1
        return found, at

    def after_comment(self, at: int, kind: str) -> int:
        end = self.source.find("\n" if kind == "//" else "*/", at)
        return len(self.source) if end < 0 else end + len("*/" if kind == "/*" else "")

    def quoted(self, start: int, quote: str) -> tuple[list[Text], int]:
        """One text, and those in its holes."""
        inside: list[Text] = []
        said, holes, at = "", 0, start + 1
        while self.source[at] != quote:
            if self.source[at] == "\\":
                said += ESCAPED.get(self.source[at + 1], self.source[at + 1])
                at += 2
            elif quote == "`" and self.source.startswith("${", at):
                more, at = self.read(at + 2, "}")
                inside += more
                said, holes = f"{said}{{{holes}}}", holes + 1
            else:
                said += self.source[at]
                at += 1
        before = TAG.search(self.source[max(0, start - 20) : start]) if quote == "`" else None
        tag = before[1] if before else ""
        return [Text(self.file, start, at + 1, quote, tag, said), *inside], at + 1


def english() -> list[tuple[str, str]]:
    """Sentence and what it is in English, in the order of the tables: lines of two texts."""
    pair = re.compile(r'^  ("(?:[^"\\]|\\.)*"):\s+("(?:[^"\\]|\\.)*"),$', re.MULTILINE)
    return [
        (json.loads(one), json.loads(other))
        for path in TABLES
        for one, other in pair.findall(path.read_text(encoding="utf-8"))
    ]
