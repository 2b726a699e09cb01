"""Parts of a Word file: paragraphs by their element, lines of an exact length, tables with and without borders, pictures."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell

from .profile import profile
from .widths import width as width_of
from .word_styles import ALIGNS

TWIPS = 1440 / 25.4
"""In a millimetre."""
MILLIMETRES = 25.4 / 72
"""In a point."""
DENSE_ROOM = 44
"""Twips at both sides of the cells of a dense table."""
TALL = 16
"""Lines of a cell beyond which its row may be torn."""
BEFORE_BORDERS = ("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc")
"""What must follow the borders of a paragraph in the file's schema."""


class Pen:
    """Writes into a document, a cell or a header by the names of elements."""

    def __init__(self, ids: dict[str, str]) -> None:
        self.ids = ids

    def write(self, where: Any, element: str, *lines: str) -> Any:
        """A paragraph at the end; several lines are broken, not separate paragraphs."""
        return self.fill(where.add_paragraph(), element, *lines)

    def fill(self, paragraph: Any, element: str, *lines: str) -> Any:
        """The same into a paragraph that is there."""
        paragraph._p.get_or_add_pPr().style = self.ids[element]
        for place, line in enumerate(lines):
            run = paragraph.add_run(line)
            if place < len(lines) - 1:
                run.add_break()
        return paragraph

    def first(self, cell: Any, element: str, *lines: str) -> Any:
        """Into the paragraph that every cell has."""
        return self.fill(cell.paragraphs[0], element, *lines)

    def rule(self, where: Any, length: float, room: float) -> Any:
        """A line of `length` points in the middle of `room`: the border of a flat paragraph, which survives editing."""
        paragraph = self.write(where, "rule")
        shape = paragraph.paragraph_format
        shape.left_indent = shape.right_indent = Pt(max(0, (room - length) / 2))
        shape.line_spacing = Pt(2)
        told = paragraph._p.get_or_add_pPr()
        borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
        for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
            bottom.set(qn(f"w:{name}"), value)
        borders.append(bottom)
        following = next(one for tag in BEFORE_BORDERS if (one := told.find(qn(tag))) is not None)
        following.addprevious(borders)
        return paragraph

    def table(self, where: Any, laid: dict[str, Any], room: float) -> None:
        """A table with borders over `room` millimetres; its head stands on every page, rows are not torn unless they are tall."""
        shares, heads = laid["shares"], laid["heads"]
        widths = [share * room / sum(shares) for share in shares]
        table = where.add_table(rows=len(heads), cols=len(widths))
        table.style, table.autofit, table.alignment = "Table Grid", False, WD_TABLE_ALIGNMENT.CENTER
        if laid["dense"]:
            _cell_room(table, DENSE_ROOM)
        _described(table, laid["description"])
        _columns(table, widths)
        _widths(table, widths)
        self._head(table, heads, "cell_dense_head" if laid["dense"] else "cell_head")
        self._rows(table, laid, widths)

    def _head(self, table: Any, heads: Sequence[Sequence[dict[str, Any]]], element: str) -> None:
        """After the widths and before the rows: cells that stand over others are joined, and each is looked for among all."""
        rows = table.rows
        for number, cells in enumerate(heads):
            _row_is(rows[number], "cantSplit", "tblHeader")
            for told in cells:
                cell = table.cell(number, told["at"])
                if told["across"] > 1 or told["down"] > 1:
                    cell = cell.merge(table.cell(number + told["down"] - 1, told["at"] + told["across"] - 1))
                self.first(cell, element, told["text"])
                cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER

    def _rows(self, table: Any, laid: dict[str, Any], widths: Sequence[float]) -> None:
        element = "cell_dense" if laid["dense"] else "cell"
        for place, told in enumerate(laid["rows"], 1):
            row = table.add_row()
            if not _tall(told, widths):
                _row_is(row, "cantSplit")
            last = laid["total"] and place == len(laid["rows"])
            for tc, text, align, width in zip(row._tr.tc_lst, told, laid["aligns"], widths, strict=True):
                cell = _Cell(tc, table)
                tc.width = Mm(width)
                self.first(cell, element, *text.split("\n")).alignment = ALIGNS[align]
                cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
                if last:
                    for run in cell.paragraphs[0].runs:
                        run.bold = True

    def picture(self, where: Any, png: bytes, width: float, description: str, *, first: bool = False) -> Any:
        """A picture `width` millimetres wide, described for whoever cannot see it; `first` in a cell."""
        paragraph = self.first(where, "rule") if first else self.write(where, "rule")
        drawn = paragraph.add_run().add_picture(io.BytesIO(png), width=Mm(width))
        drawn._inline.docPr.set("descr", description)
        return paragraph


def borderless(where: Any, widths: Sequence[float], rows: int, *, lines: int = 0) -> Any:
    """A table that only places things: no borders, no room around cells, rows that are not torn unless so many lines make them tall."""
    table = where.add_table(rows=rows, cols=len(widths))
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    _cell_room(table, 0)
    _columns(table, widths)
    _widths(table, widths)
    for row in table.rows:
        if lines <= TALL:
            _row_is(row, "cantSplit")
    return table


def _cell_room(table: Any, twips: int) -> None:
    """The room at both sides of every cell; before the look, as the schema orders."""
    told = table._tbl.tblPr
    room = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        part = OxmlElement(f"w:{side}")
        part.set(qn("w:w"), str(twips))
        part.set(qn("w:type"), "dxa")
        room.append(part)
    look = told.find(qn("w:tblLook"))
    if look is None:
        told.append(room)
    else:
        look.addprevious(room)


def _columns(table: Any, widths: Sequence[float]) -> None:
    for column, width in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
        column.set(qn("w:w"), str(round(width * TWIPS)))


def _widths(table: Any, widths: Sequence[float]) -> None:
    for row in table._tbl.tr_lst:
        for cell, width in zip(row.tc_lst, widths, strict=True):
            cell.width = Mm(width)


def _tall(texts: Sequence[str], widths: Sequence[float]) -> bool:
    """Some programs lose the end of a row that is higher than a page and may not go on over it."""
    size = profile().styles["cell"].size * MILLIMETRES
    return any(
        sum(1 + int(width_of(line, size) / room) for line in text.split("\n")) > TALL
        for text, room in zip(texts, widths, strict=True)
    )


def _row_is(row: Any, *what: str) -> None:
    told = row._tr.get_or_add_trPr()
    for name in what:
        told.append(OxmlElement(f"w:{name}"))


def _described(table: Any, description: str) -> None:
    """Last among the properties, after the look: the schema's order."""
    part = OxmlElement("w:tblDescription")
    part.set(qn("w:val"), description)
    table._tbl.tblPr.append(part)
