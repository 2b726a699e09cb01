"""Writes a document as a Word file."""

from __future__ import annotations

import base64
import io
from datetime import date, datetime, time
from typing import Any

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from kycuong.core.timeless import timeless

from .layout import POINTS, Laid, laid_out
from .model import Document
from .pictures import png_of
from .profile import Profile, profile
from .square import square_png
from .word_parts import Pen, borderless
from .word_styles import begun, count_from_one, number_pages, set_margins

CODE_WIDTH = 22.0
"""Millimetres of the square code."""
MARK_WIDTH, MARK_ALT = 28.0, "Mã vuông của mốc kiểm chứng"
"""Millimetres of that of a checkpoint, which says more; and what it is to whoever does not see it."""
LONGEST_PROPERTY = 255
"""Letters that a property of a Word file may have."""


def word_file(document: Document) -> bytes:
    """The document as .docx, in the format of the current profile."""
    form = profile()
    return written(laid_out(document, form), document.header.day, form)


def written(laid: Laid, day: date | None, form: Profile) -> bytes:
    """What is laid out, as .docx."""
    file, ids = begun(form)
    pen = Pen(ids)
    _head(file, pen, laid, form)
    _names(file, pen, laid, form)
    write_body(file, pen, laid["blocks"], form.line_width)
    if (
        laid["blocks"] and laid["blocks"][-1]["is"] == "text"
    ):  # its end goes with the signature: no page bears that alone
        file.paragraphs[-1].paragraph_format.keep_with_next = True
    _signed(file, pen, laid, form)
    _witnessed(file, pen, laid, form)
    for annex in laid["annexes"]:
        write_annex(file, pen, annex, form)
    _marked(file, pen, laid)
    write_properties(file, laid, day, form)
    out = io.BytesIO()
    file.save(out)
    return timeless(out.getvalue())


def write_properties(file: Any, laid: Laid, day: date | None, form: Profile) -> None:
    """What the file says of itself. Its day is the document's, not the clock's."""
    told = file.core_properties
    told.title, told.author = laid["title"][:LONGEST_PROPERTY], " ".join(laid["issuer"])[:LONGEST_PROPERTY]
    told.language, told.comments = form.text["language"], ""
    if day:
        told.created = told.modified = datetime.combine(day, time())
    else:  # the library's empty file bears its own
        told._element._remove_created()
        told._element._remove_modified()


def _head(file: Any, pen: Pen, laid: Laid, form: Profile) -> None:
    """Names at the left, nation at the right; the row of number and day below stays on one line whatever their length."""
    left, right = form.header["left"], form.header["right"]
    table = borderless(file, [left, right], rows=2)
    names, nation = table.rows[0].cells
    if laid["superior"]:
        pen.first(names, "superior", *laid["superior"])
        pen.write(names, "issuer", *laid["issuer"])
    else:
        pen.first(names, "issuer", *laid["issuer"])
    pen.rule(names, laid["issuer_rule"], left * POINTS)
    pen.first(nation, "nation", laid["nation"])
    pen.write(nation, "motto", laid["motto"])
    pen.rule(nation, laid["motto_rule"], right * POINTS)
    number, day = table.rows[1].cells
    pen.first(number, "number", laid["number"])
    if laid["letter_about"]:
        pen.write(number, "letter_about", laid["letter_about"])
    pen.first(day, "dated", *([laid["dated"]] if laid["dated"] else []))


def _names(file: Any, pen: Pen, laid: Laid, form: Profile) -> None:
    """The kind with its subject, whom a letter addresses, on which bases."""
    if laid["kind"]:
        pen.write(file, "kind", laid["kind"])
        pen.write(file, "about", *laid["about"])
        pen.rule(file, laid["about_rule"], form.line_width * POINTS).paragraph_format.space_after = Pt(8)
    if laid["authority"]:
        pen.write(file, "authority", laid["authority"])
    if len(laid["to"]) == 1:
        pen.write(file, "to", f"{laid['to_word']} {laid['to'][0]}".strip())
    elif laid["to"]:
        pen.write(file, "to", laid["to_word"])
        for one in laid["to"]:
            shape = pen.write(file, "to", one).paragraph_format
            shape.space_before, shape.alignment, shape.left_indent = Pt(0), 0, Mm(50)
    for basis in laid["bases"]:
        pen.write(file, "basis", basis)
    if laid["enacts"]:
        pen.write(file, "authority", laid["enacts"])


def write_body(file: Any, pen: Pen, blocks: list[Laid], room: float) -> None:
    """Paragraphs, titles, tables, notes and drawings, over `room` millimetres."""
    for block in blocks:
        match block["is"]:
            case "text":
                paragraph = pen.write(file, "text")
                if block["lead"]:
                    paragraph.add_run(f"{block['lead']} ").bold = True
                paragraph.add_run(block["text"])
            case "heading":
                pen.write(file, "heading" if block["level"] == 1 else "clause", block["text"])
            case "table":
                pen.write(file, "rule").paragraph_format.space_before = Pt(6)
                pen.table(file, block, room)
            case "note":
                pen.write(file, "note", block["text"])
            case "figure":
                wide = room * block["width"]
                drawn = base64.b64decode(block["png"]) if "png" in block else png_of(block["svg"])
                pen.picture(file, drawn, wide, block["description"])


def _signed(file: Any, pen: Pen, laid: Laid, form: Profile) -> None:
    """A single signature stands beside the receivers; several stand above them, in columns."""
    shape = pen.write(file, "rule").paragraph_format
    shape.space_before, shape.keep_with_next = Pt(10), True
    if laid["beside"]:
        place, signing = (
            borderless(file, [form.line_width / 2] * 2, rows=1, lines=len(laid["recipients"])).rows[0].cells
        )
        _receivers(place, pen, laid, first=True)
        _signature(signing, pen, laid["signatures"][0], name=True)
        if laid["code"]:
            _proved(file, pen, laid, form)
        return
    if laid["signatures"]:
        write_signatures(file, pen, laid["signatures"], form.line_width)
    if laid["code"]:
        _proved(file, pen, laid, form)
    else:
        _receivers(file, pen, laid, first=False)


def write_signatures(file: Any, pen: Pen, signatures: list[Laid], room: float) -> None:
    """Several beside each other over `room` millimetres."""
    table = borderless(file, [room / len(signatures)] * len(signatures), rows=2)
    for place, told in enumerate(signatures):
        _signature(table.rows[0].cells[place], pen, told, name=False)
        pen.first(table.rows[1].cells[place], "signer", told["name"])


def _signature(cell: Any, pen: Pen, told: Laid, *, name: bool) -> None:
    pen.first(cell, "power", *told["power"])
    if told["note"]:
        pen.write(cell, "sign_note", told["note"])
    if name:
        pen.write(cell, "signer", told["name"])


def _receivers(where: Any, pen: Pen, laid: Laid, *, first: bool) -> None:
    if not laid["recipients"]:
        return
    paragraph = where.paragraphs[0] if first else where.add_paragraph()
    pen.fill(paragraph, "recipients_head", laid["recipients_word"])
    if not first:
        paragraph.paragraph_format.space_before = Pt(6)
    for one in laid["recipients"]:
        pen.write(where, "recipient", one)


def _proved(file: Any, pen: Pen, laid: Laid, form: Profile) -> None:
    """The square code beside the receivers, the long one under both; where receivers stand beside the signature, code by code."""
    pen.write(file, "rule").paragraph_format.space_before = Pt(8)
    room, count = CODE_WIDTH + 2, 1 if laid["beside"] else len(laid["recipients"])
    place, square = borderless(file, [form.line_width - room, room], rows=1, lines=count).rows[0].cells
    pen.picture(square, square_png(laid["code"]), CODE_WIDTH, "Mã vuông để kiểm tra nội dung", first=True)
    if laid["beside"]:
        pen.first(place, "proof", laid["proof"])
        return
    _receivers(place, pen, laid, first=True)
    pen.write(file, "proof", laid["proof"]).paragraph_format.space_before = Pt(2)


def _witnessed(file: Any, pen: Pen, laid: Laid, form: Profile) -> None:
    """The checkpoint after everything else: what it is, and its square code."""
    if not laid["mark"]:
        return
    pen.write(file, "rule").paragraph_format.space_before = Pt(8)
    room = MARK_WIDTH + 2
    place, square = borderless(file, [form.line_width - room, room], rows=1, lines=1).rows[0].cells
    pen.first(place, "proof", laid["witness"])
    pen.picture(square, square_png(laid["mark"]), MARK_WIDTH, MARK_ALT, first=True)


def write_annex(file: Any, pen: Pen, annex: Laid, form: Profile) -> None:
    """On a page of its own, numbered from one; wide tables across."""
    section = file.add_section(WD_SECTION.NEW_PAGE)
    # the paragraph that ends the section before is flat: after a full page it would stand alone on one more
    ending = file.element.body.xpath("w:p[w:pPr/w:sectPr]")[-1]
    ending.pPr.style = pen.ids["rule"]
    Paragraph(ending, file).paragraph_format.line_spacing = Pt(1)
    across = annex["landscape"]
    upright = (form.page["width"], form.page["height"])
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = map(Mm, reversed(upright) if across else upright)
    set_margins(section, form)
    number_pages(section, pen.ids["page_number"], first=False)
    count_from_one(section)
    pen.write(file, "annex", annex["number"])
    pen.write(file, "annex", annex["title"])
    pen.write(file, "annex_with", annex["with"]).paragraph_format.space_after = Pt(6)
    room = upright[1] if across else upright[0]
    write_body(file, pen, annex["blocks"], room - form.margins["left"].ours - form.margins["right"].ours)


def _marked(file: Any, pen: Pen, laid: Laid) -> None:
    """Who opened a sealed document stands at the foot of each of its pages."""
    if not laid["reader"]:
        return
    for section in file.sections:
        for foot in (section.footer, section.first_page_footer):
            foot.is_linked_to_previous = False
            pen.fill(foot.paragraphs[0], "reader", laid["reader"])
