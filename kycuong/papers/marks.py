"""Finds the places in a Word file, however its letters are divided among runs, and writes a text into one.

A text is put in as text: what it says is never looked at for places again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from .places import MARK, named

TEXT, PARAGRAPH = qn("w:t"), qn("w:p")
HANGING = [f"{{*}}{name}" for name in ("drawing", "pict", "AlternateContent", "fldChar", "fldSimple")]
HANGING += [qn("w:footnoteReference"), qn("w:endnoteReference")]
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class Mark:
    """One place: in which paragraph, between which letters of it."""

    key: str
    typed: str
    paragraph: Any
    start: int
    end: int
    alone: bool


def texts_of(paragraph: Any) -> list[Any]:
    """The pieces of text of a paragraph, without those of a text box that hangs on it."""
    return [one for one in paragraph.iter(TEXT) if next(one.iterancestors(PARAGRAPH)) is paragraph]


def whole(paragraph: Any) -> str:
    """What it says."""
    return "".join(one.text or "" for one in texts_of(paragraph))


def pieces_of(mark: Mark) -> Iterator[Any]:
    """The pieces of text among which its letters are divided."""
    at = 0
    for piece in texts_of(mark.paragraph):
        end = at + len(piece.text or "")
        if at < mark.end and end > mark.start:
            yield piece
        at = end


def bears_more(paragraph: Any) -> bool:
    """Whether something hangs on it that would go with it: a drawing, a box, a note, a field."""
    return next(paragraph.iter(*HANGING), None) is not None


def marks_in(root: Any) -> Iterator[Mark]:
    """Every place, in the order of the file."""
    for paragraph in root.iter(PARAGRAPH):
        said = whole(paragraph)
        for found in MARK.finditer(said):
            alone = said.strip() == found[0]
            yield Mark(named(found[1]), found[1].strip(), paragraph, found.start(), found.end(), alone)


def write(mark: Mark, text: str) -> None:
    """Put a text in its place; it looks as the first letter of the place did. Later places of a paragraph come first."""
    at = 0
    first = True
    for piece in texts_of(mark.paragraph):
        said = piece.text or ""
        begin, end = max(mark.start - at, 0), min(mark.end - at, len(said))
        if begin < end:
            piece.text = said[:begin] + (text if first else "") + said[end:]
            piece.set(SPACE, "preserve")
            first = False
            _break(piece)
        at += len(said)


def _break(piece: Any) -> None:
    """Lines of a text become lines of the paper."""
    lines, last = (piece.text or "").split("\n"), piece
    piece.text = lines[0]
    for line in lines[1:]:
        end, text = OxmlElement("w:br"), OxmlElement("w:t")
        text.text = line
        text.set(SPACE, "preserve")
        last.addnext(end)
        end.addnext(text)
        last = text


def look_of(paragraph: Any) -> Any:
    """The properties of the run in which its first letter stands, or nothing."""
    for piece in texts_of(paragraph):
        if (piece.text or "").strip():
            return piece.getparent().find(qn("w:rPr"))
    return None
