"""The one door to documents: whoever knows what a kind of paper says builds it, here it becomes a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import NamedTuple, TypeVar
from uuid import UUID

from django.conf import settings
from django.db.models import Model
from django.utils.module_loading import import_string

from kycuong.audit.receipts import first_checkpoint
from kycuong.core.problems import Missing, Problem
from kycuong.core.vietnamese import slug
from kycuong.files.store.vault import contents
from kycuong.letterheads.models import PaperTemplate
from kycuong.letterheads.queries import header_of, receivers_of, signature_of, team_header, worded
from kycuong.letterheads.rules import (
    FORMS,
    NAMED,
    OF_THE_TEAM,
    WORDINGS,
    Paper,
    ensure_form,
    ensure_own_form,
    label_of,
    lines,
)
from kycuong.orgs.models import Person, Unit
from kycuong.papers.model import Block, Column, Document, Heading, Paragraph, Signature, Table, Witness, closed
from kycuong.papers.office import printed
from kycuong.papers.own import Examined, examine_own, own_file
from kycuong.papers.pdf import pdf_file
from kycuong.papers.starting import starting_file
from kycuong.papers.word import word_file

ADDRESSED = (Paper.REPORT, Paper.REMEDY)
"""Reports that say whom they are for, as letters do."""
LIST = Table(
    "Bảng minh họa",
    [Column("TT", 1, "center"), Column("Nội dung", 8, "justify"), Column("Thời hạn", 3, "center")],
    [
        ["1", "Dòng thứ nhất của một bảng, dài hơn một dòng để thấy chữ xuống dòng như thế nào.", "30/10/2026"],
        ["2", "Dòng thứ hai.", ""],
    ],
)
INSTEAD = "_the-thuc-chuan"
"""Ends the name of a file in the standard form where the office has one of its own that did not take the paper."""
Row = TypeVar("Row")
Builder = Callable[[Person, UUID], Document]
"""The document of a thing as far as the person may see it; Missing or Http404 for what is not theirs. Notes a look at what is sealed."""


def seen(row: Row | None) -> Row:
    """The row, or the same answer for what is not there and what is not for this person to see."""
    if row is None:
        raise Missing(
            "Không tìm thấy trang này, hoặc bạn không được xem.",
            en="There is no such page, or it is not for you to see.",
        )
    return row


def as_draft(document: Document) -> Document:
    """What is not approved yet says so under its title and at the foot of each page."""
    return replace(document, about=f"{document.about} (Dự thảo)", reader="DỰ THẢO, chưa ban hành")


def witnessed(document: Document, row: Model, verb: str) -> Document:
    """With the checkpoint that first covers an act on a row, once there is one: not the latest, so that copies stay the same as long
    as no restoration loses it."""
    found = first_checkpoint(row, verb)
    return replace(document, witness=Witness(found.size, found.note.strip())) if found else document


class Written(NamedTuple):
    """A file to be sent."""

    data: bytes
    type: str
    name: str


def written(paper: str, uid: UUID, form: str, *, by: Person, standard: bool = False) -> Written:
    """The document as a file; in the standard form where that is asked for."""
    ensure_form(form)
    return as_file(built(paper, uid, by=by), form, named(paper, uid), standard=standard)


def built(paper: str, uid: UUID, *, by: Person) -> Document:
    """The document of a record."""
    builder = settings.PAPERS.get(paper)
    if builder is None:
        raise Missing("Không có loại văn bản này.", en="There is no such kind of paper.")
    build: Builder = import_string(builder)
    return build(by, uid)


def named(paper: str, uid: UUID) -> str:
    """What its file is called."""
    return f"{slug(label_of(paper))}-{uid.hex[-6:]}"


def as_file(document: Document, form: str, name: str, *, standard: bool = False) -> Written:
    """The document in one of its forms: in the office's own Word file where one holds and takes it, else in the standard form.

    Nobody goes without a paper for a fault of the office's file; the name of the file says that it was not made from that.
    """
    ensure_form(form)
    if not standard:
        try:
            own = as_own_file(document, form, name)
        except Problem:
            own, name = None, f"{name}{INSTEAD}"
        if own:
            return own
    data = word_file(document) if form == "docx" else pdf_file(document, folder=settings.FONTS_FOLDER)
    return Written(data, FORMS[form], f"{name}.{form}")


def as_own_file(document: Document, form: str, name: str) -> Written | None:
    """The document in the office's own Word file, nothing where none holds; a Problem where that does not take it."""
    ensure_form(form)
    own = contents(document.header.own) if document.header.own else b""
    if not own or not (form == "docx" or settings.SOFFICE):
        return None
    word = own_file(own, document)
    data = word if form == "docx" else printed(word, settings.SOFFICE)
    return Written(data, FORMS[form], f"{name}.{form}")


def is_otherwise(document: Document, form: str) -> bool:
    """Whether the PDF will not look like the office's own Word file, because no office program is there to print that."""
    return bool(form == "pdf" and document.header.own and not settings.SOFFICE)


def examined(unit: Unit, paper: str, data: bytes, name: str, *, today: date) -> Examined:
    """What the confined process says of a Word file from which papers of a kind are to be made."""
    ensure_own_form(paper)
    return examine_own(data, name, sample(unit, paper, today=today))


def starting(unit: Unit, paper: str, *, today: date) -> Written:
    """The standard form with places instead of texts, to be changed in Word."""
    ensure_own_form(paper)
    return Written(
        starting_file(sample(unit, paper, today=today)), FORMS["docx"], f"mau-{slug(str(Paper(paper).label))}.docx"
    )


def tried(template: PaperTemplate, form: str, *, today: date) -> Written:
    """The sample in a file that nobody has taken into use yet."""
    made = sample(template.unit, template.paper, today=today)
    made = replace(made, header=replace(made.header, own=template.sha256))
    name = f"ban-thu-{slug(str(Paper(template.paper).label))}"
    return as_own_file(made, form, name) or as_file(made, form, name, standard=True)


def sample(unit: Unit, paper: str, *, today: date) -> Document:
    """What a unit's papers of a kind look like by its settings, with nothing of any inspection in it."""
    names = {"cơ quan": str(unit), "đơn vị": "đơn vị được kiểm tra"}
    pieces = {key: worded(unit, paper, key, today, names) for key in WORDINGS.get(paper, {})}
    bases = pieces.pop("bases", [])
    blocks: list[Block] = []
    for place, (key, text) in enumerate(pieces.items(), 1):
        blocks += [Heading(f"{place}. {WORDINGS[paper][key].title}", 2), *map(Paragraph, text)]
    letter = not NAMED[paper].name
    several = [Signature(["ĐẠI DIỆN ĐƠN VỊ"]), Signature(["TRƯỞNG ĐOÀN"])]
    team = paper in OF_THE_TEAM
    return Document(
        kind=NAMED[paper].name,
        about="xem thử thể thức văn bản của cơ quan" if letter else "Xem thử thể thức văn bản của cơ quan",
        header=(team_header if team else header_of)(unit, paper, today=today),
        authority="NGƯỜI ĐỨNG ĐẦU CƠ QUAN" if paper == Paper.DECISION else "",
        enacts="QUYẾT ĐỊNH:" if paper == Paper.DECISION else "",
        to=["Nơi nhận công văn"] if letter or paper in ADDRESSED else [],
        bases=bases,
        blocks=closed([*blocks, LIST, Paragraph("Nội dung văn bản")]),
        signatures=several if team else [signature_of(unit, paper, today)],
        recipients=receivers_of(unit, paper, today, *lines("Như trên")),
    )
