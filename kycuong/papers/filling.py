"""Writes a document into the places of an office's own Word file.

What is written inside a line looks as its place does, and so do bases, text and receivers; tables, signatures and annexes take the
styles of the profile («VB …»), the office's own where its file has one of that name. Runs in the limited process (child.py).
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from datetime import date
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.text.paragraph import Paragraph

from .layout import Laid
from .marks import Mark, bears_more, look_of, marks_in, write
from .places import PLACES
from .profile import Profile
from .seen import ensure_seen
from .square import square_png
from .word import CODE_WIDTH, MARK_ALT, MARK_WIDTH, write_annex, write_body, write_properties, write_signatures
from .word_parts import Pen
from .word_styles import ensure_page, plainly, with_styles

NEAR = 4
"""Millimetres by which the room of a place may differ from that of the standard form."""
Piece = tuple[str, bool]
"""A text, and whether it is bold whatever its place is."""


def filled(template: bytes, laid: Laid, day: date | None, form: Profile) -> bytes:
    """The office's file with the document in it, as .docx; Unseen where it would not show all of it. Places were looked for before: what people wrote is not searched."""
    file = docx.Document(io.BytesIO(template))
    filling = _Filling(file, laid, form)
    marks = [*marks_in(file.element.body)]
    for part in _edges(file):
        marks += marks_in(part)
    # of two in one line the later first, so that the letters of the other stay where they are
    for mark in reversed(marks):
        filling.fill(mark)
    filling.end(day)
    out = io.BytesIO()
    file.save(out)
    ensure_seen(out.getvalue(), laid)
    return out.getvalue()


def _edges(file: Any) -> list[Any]:
    """The tops and feet of pages, each once: sections share them."""
    kinds = ("/header", "/footer")
    return [link.target_part.element for link in file.part.rels.values() if link.reltype.endswith(kinds)]


class _Filling:
    """One document on its way into one file."""

    def __init__(self, file: Any, laid: Laid, form: Profile) -> None:
        self.file, self.laid, self.form = file, laid, form
        ensure_page(file, form)
        self.pen = Pen(with_styles(file, form))
        section = file.sections[0]
        sides = (section.page_width, section.left_margin, section.right_margin)
        self.room = Length(sides[0] - sides[1] - sides[2]).mm if all(sides) else form.line_width
        self.proved = False
        self.blocks: dict[str, Callable[[Any], None]] = {
            "can_cu": lambda at: self._lines(at, laid["bases"]),
            "kinh_gui": self._to,
            "noi_dung": self._text,
            "nguoi_ky": self._signed,
            "noi_nhan": lambda at: self._lines(at, laid["recipients"]),
            "ma_kiem_tra": self._proof,
        }

    def fill(self, mark: Mark) -> None:
        """One place. A line that bore nothing else goes with what is empty."""
        if not PLACES[mark.key].block:
            text = " ".join(self._said(mark.key).split("\n"))
            write(mark, "\n".join(self._broken(mark)) or text)
            if mark.alone and not text and not bears_more(mark.paragraph):
                _drop(mark.paragraph)
            return
        self.blocks[mark.key](mark.paragraph)
        _drop(mark.paragraph)

    def end(self, day: date | None) -> None:
        """What stands after everything, in every file: the code of the minutes, annexes, who opened it."""
        if self.laid["code"] and not self.proved:
            self._prove()
        if self.laid["mark"]:
            drawn = self.pen.picture(self.file, square_png(self.laid["mark"]), MARK_WIDTH, MARK_ALT)
            drawn.paragraph_format.line_spacing = 1.0
            self._plainly(self.file, "witness", "proof")
        for annex in self.laid["annexes"]:
            write_annex(self.file, self.pen, annex, self.form)
        if self.laid["reader"]:
            self._name_reader()
        write_properties(self.file, self.laid, day, self.form)

    def _broken(self, mark: Mark) -> list[str]:
        """A long name, broken evenly as in the standard form, where the place stands alone and has as much room as there."""
        lines = {"co_quan_chu_quan": "superior", "ten_co_quan": "issuer", "trich_yeu": "about"}.get(mark.key)
        if lines is None or not mark.alone:
            return []
        cell = next(mark.paragraph.iterancestors(qn("w:tc")), None)
        room = self.form.line_width if lines == "about" else self.form.header["left"]
        there = self._room_at(mark.paragraph)
        fits = (cell is None) == (lines == "about") and abs(there - room) < NEAR
        return list(self.laid[lines]) if fits else []

    def _said(self, key: str) -> str:
        laid = self.laid
        said: dict[str, str] = {
            "co_quan_chu_quan": " ".join(laid["superior"]),
            "ten_co_quan": " ".join(laid["issuer"]),
            "so": laid["number"],
            "ngay": laid["dated"],
            "ten_loai": laid["kind"],
            "trich_yeu": laid["subject"],
            "tham_quyen": laid["authority"],
        }
        return said[key]

    def _to(self, at: Any) -> None:
        to, word = self.laid["to"], self.laid["to_word"]
        self._lines(at, [f"{word} {to[0]}"] if len(to) == 1 else [word] if to else [])
        for one in to if len(to) > 1 else []:
            shape = _like(at, [(one, False)]).paragraph_format
            shape.space_before, shape.alignment, shape.left_indent = Pt(0), WD_ALIGN_PARAGRAPH.LEFT, Mm(50)

    def _text(self, at: Any) -> None:
        for block in self.laid["blocks"]:
            match block["is"]:
                case "text":
                    lead = [(f"{block['lead']} ", True)] if block["lead"] else []
                    _like(at, [*lead, (block["text"], False)])
                case "heading":
                    _like(at, [(block["text"], True)]).paragraph_format.keep_with_next = True
                case _:
                    with self._before(at):
                        write_body(self.file, self.pen, [block], self.room)

    def _lines(self, at: Any, lines: Sequence[str]) -> None:
        for line in lines:
            _like(at, [(line, False)])

    def _signed(self, at: Any) -> None:
        signatures = self.laid["signatures"]
        with self._before(at):
            if len(signatures) > 1:
                self.pen.write(self.file, "rule").paragraph_format.space_before = Pt(10)
                write_signatures(self.file, self.pen, signatures, self._room_at(at))
                return
            for told in signatures:
                self.pen.write(self.file, "power", *told["power"])
                if told["note"]:
                    self.pen.write(self.file, "sign_note", told["note"])
                self.pen.write(self.file, "signer", told["name"])
        self._without_room_left(at)

    def _without_room_left(self, at: Any) -> None:
        """The standard form leaves room for a signature under the place; the name that was just written has that above itself."""
        left = at.getnext()
        if left is None or left.tag != qn("w:p") or left.style != self.pen.ids["signer"]:
            return
        if not "".join(left.itertext()).strip() and left.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is None:
            left.getparent().remove(left)

    def _proof(self, at: Any) -> None:
        self.proved = True
        if self.laid["code"]:
            with self._before(at):
                self._prove()

    def _prove(self) -> None:
        drawn = self.pen.picture(self.file, square_png(self.laid["code"]), CODE_WIDTH, "Mã vuông của biên bản")
        drawn.paragraph_format.line_spacing = 1.0
        self._plainly(self.file, "proof", "proof")

    def _plainly(self, where: Any, key: str, element: str) -> None:
        """What no style of the office's may hide."""
        made = self.pen.write(where, element, self.laid[key])
        plainly(made, self.form.styles[element], self.form)

    def _name_reader(self) -> None:
        """Under whatever the office has at the foot of its pages; sections that share a foot share the line."""
        even = self.file.settings.odd_and_even_pages_header_footer
        named: set[str] = set()
        for section in self.file.sections:
            first = section.different_first_page_header_footer
            kinds = {"footer": True, "first_page_footer": first, "even_page_footer": even}
            for kind in (kind for kind, is_used in kinds.items() if is_used):
                foot = getattr(section, kind)
                if not (foot.is_linked_to_previous and kind in named):
                    foot.is_linked_to_previous = False
                    self._plainly(foot, "reader", "reader")
                named.add(kind)

    def _room_at(self, at: Any) -> float:
        cell = next(at.iterancestors(qn("w:tc")), None)
        width = cell.width if cell is not None else None
        return self.room if cell is None else width.mm if width else self.room / 2

    @contextmanager
    def _before(self, at: Any) -> Iterator[None]:
        """What is written at the end of the file meanwhile is moved to before the place."""
        body = self.file.element.body
        there = len(body)
        yield
        last = len(body) - (1 if body[-1].tag == qn("w:sectPr") else 0)
        begin = there - (1 if body[-1].tag == qn("w:sectPr") else 0)
        for one in list(body[begin:last]):
            at.addprevious(one)


def _like(at: Any, pieces: Sequence[Piece]) -> Paragraph:
    """A paragraph before the place that looks as the place does."""
    made = deepcopy(at)
    for part in list(made):
        if part.tag != qn("w:pPr"):
            made.remove(part)
    for cut in made.findall(f"{qn('w:pPr')}/{qn('w:sectPr')}"):
        cut.getparent().remove(cut)
    at.addprevious(made)
    paragraph, look = Paragraph(made, None), look_of(at)  # type: ignore[arg-type]
    for text, bold in pieces:
        run = paragraph.add_run(text)
        if look is not None:
            run._r.insert(0, deepcopy(look))
        if bold:
            run.bold = True
    return paragraph


def _drop(paragraph: Any) -> None:
    """Take the place's own paragraph away; a cell keeps its last one, and one that ends a section stays."""
    holder, after = paragraph.getparent(), paragraph.getnext()
    ends_cell = holder.tag == qn("w:tc") and after is None
    before = paragraph.getprevious()
    kept = ends_cell and (before is None or before.tag != qn("w:p"))
    if kept or paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
        for part in list(paragraph):
            if part.tag != qn("w:pPr"):
                paragraph.remove(part)
        return
    holder.remove(paragraph)
