"""Reads what a Word file looks like: page, and each line with the size, face and spacing that hold in the end.

Runs in the limited process (child.py): the file may come from anybody.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

from docx.opc.constants import CONTENT_TYPE
from docx.oxml.ns import qn
from docx.package import Package
from docx.table import Table
from docx.text.paragraph import Paragraph

from .ordering import disordered

EMU = 36000
"""In a millimetre."""
MOST_LINES = 20_000
ALIGNS = {0: "left", 1: "center", 2: "right", 3: "justify"}
Plain = dict[str, Any]


class TooLong(Exception):
    """More lines than a document that people sign has."""


class Stranger(Exception):
    """A sound file of Word's that is no .docx: a template, or one with macros."""


def read(data: bytes) -> Plain:
    """The file in plain values, for checking.py."""
    part: Any = Package.open(io.BytesIO(data)).main_document_part
    if part.content_type != CONTENT_TYPE.WML_DOCUMENT_MAIN:
        raise Stranger
    file = part.document
    for root in (file.element, file.styles.element):
        _plain_sides(root)
    looks = _Looks(file)
    lines: list[Plain] = []
    loose = False
    for paragraph, place in _paragraphs(file):
        loose = loose or not unicodedata.is_normalized("NFC", paragraph.text)
        if paragraph.text.strip():
            lines.append(looks.line(paragraph) | {"cell": place})
        if len(lines) > MOST_LINES:
            raise TooLong
    edges = [link.target_part.element for link in part.rels.values() if link.reltype.endswith(("/header", "/footer"))]
    late = sorted({late for root in (file.element, file.styles.element, *edges) for late in disordered(root)})
    return {"sections": [_section(one) for one in file.sections], "lines": lines, "loose": loose, "disordered": late}


def _plain_sides(root: Any) -> None:
    """LibreOffice, and Word in its strict form, name the sides by the direction of reading; the library knows left and right alone."""
    for one in root.iter(qn("w:jc")):
        said = one.get(qn("w:val"))
        one.set(qn("w:val"), {"start": "left", "end": "right"}.get(said, said))


def _section(section: Any) -> Plain:
    told = {
        side: round((getattr(section, f"{side}_margin") or 0) / EMU, 1) for side in ("top", "bottom", "left", "right")
    }
    told |= {"width": round((section.page_width or 0) / EMU, 1), "height": round((section.page_height or 0) / EMU, 1)}
    top, foot = section.header._element.xml, section.footer._element.xml
    return told | {
        "numbered": "PAGE" in top,
        "numbered_below": "PAGE" in foot,
        "first_bare": bool(section.different_first_page_header_footer),
    }


def _paragraphs(file: Any) -> Iterator[tuple[Paragraph, str]]:
    """Each paragraph in the order of the file, and the cell that holds it («0.1.2»: table, row, column)."""
    tables = 0
    for part in file.element.body.iterchildren():
        if part.tag == qn("w:p"):
            yield Paragraph(part, file._body), ""
        elif part.tag == qn("w:tbl"):
            yield from _cells(Table(part, file._body), str(tables))
            tables += 1


def _cells(table: Table, place: str) -> Iterator[tuple[Paragraph, str]]:
    for row, line in enumerate(table._tbl.tr_lst):
        for column, cell in enumerate(line.tc_lst):
            for part in cell.iter(qn("w:p")):
                yield Paragraph(part, table), f"{place}.{row}.{column}"


class _Looks:
    """What holds for a run or a paragraph: its own word, else its style's, else that style's base, else the file's."""

    def __init__(self, file: Any) -> None:
        self.styles: dict[tuple[str, str], Any] = {}
        self.defaults = file.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")

    def line(self, paragraph: Paragraph) -> Plain:
        runs = [run for run in paragraph.runs if run.text.strip()]
        return {
            "text": unicodedata.normalize("NFC", paragraph.text).strip(),
            "sizes": sorted({size for run in runs if (size := self._size(run, paragraph))}),
            "fonts": sorted({self._font(run, paragraph) for run in runs}),
            "bold": _share([bool(self._run(run, paragraph, "bold", lambda font: font.bold)) for run in runs]),
            "italic": _share([bool(self._run(run, paragraph, "italic", lambda font: font.italic)) for run in runs]),
            **self._shape(paragraph),
        }

    def _shape(self, paragraph: Paragraph) -> Plain:
        align = self._format(paragraph, "alignment")
        spacing = self._format(paragraph, "line_spacing")
        return {
            "align": ALIGNS.get(int(align), "other") if align is not None else "left",
            "indent": round((self._format(paragraph, "first_line_indent") or 0) / EMU, 1),
            "above": _points(self._format(paragraph, "space_before")),
            "below": _points(self._format(paragraph, "space_after")),
            "spacing": spacing if isinstance(spacing, float) else None,
        }

    def _size(self, run: Any, paragraph: Paragraph) -> float:
        size = self._run(run, paragraph, "size", lambda font: font.size)
        if size is None and self.defaults is not None and (told := self.defaults.find(qn("w:sz"))) is not None:
            return float(told.get(qn("w:val"), 0)) / 2
        return _points(size) or 10.0  # what Word takes where nobody says anything

    def _font(self, run: Any, paragraph: Paragraph) -> str:
        name = self._run(run, paragraph, "name", lambda font: font.name)
        if name is None and self.defaults is not None and (told := self.defaults.find(qn("w:rFonts"))) is not None:
            name = told.get(qn("w:ascii"))
        return str(name or "")

    def _run(self, run: Any, paragraph: Paragraph, key: str, get: Callable[[Any], Any]) -> Any:
        value = get(run.font)
        if value is None and run.style is not None and run.style.style_id != "DefaultParagraphFont":
            value = self._chain(run.style, key, lambda style: get(style.font))
        if value is None:
            value = self._chain(paragraph.style, key, lambda style: get(style.font))
        return value

    def _format(self, paragraph: Paragraph, key: str) -> Any:
        value = getattr(paragraph.paragraph_format, key)
        if value is None:
            value = self._chain(paragraph.style, key, lambda style: getattr(style.paragraph_format, key, None))
        return value

    def _chain(self, style: Any, key: str, get: Callable[[Any], Any]) -> Any:
        if style is None:
            return None
        held = (style.style_id, key)
        if held not in self.styles:
            value, seen = None, set()
            while value is None and style is not None and style.style_id not in seen:
                seen.add(style.style_id)  # styles that are based on each other in a ring
                value, style = get(style), style.base_style
            self.styles[held] = value
        return self.styles[held]


def _share(all_of: list[bool]) -> str:
    return "all" if all_of and all(all_of) else "some" if any(all_of) else "none"


def _points(value: Any) -> float:
    return round(float(value.pt), 1) if value is not None and hasattr(value, "pt") else 0.0
