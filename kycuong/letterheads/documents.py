"""The one door to documents: whoever knows what a kind of paper says builds it, here it becomes a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import NamedTuple, TypeVar
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from kycuong.core.problems import Missing
from kycuong.core.vietnamese import slug
from kycuong.letterheads.queries import header_of, receivers_of, signature_of, worded
from kycuong.letterheads.rules import FORMS, NAMED, WORDINGS, ensure_form, label_of, lines
from kycuong.orgs.models import Person, Unit
from kycuong.papers.model import Block, Document, Heading, Paragraph, closed
from kycuong.papers.pdf import pdf_file
from kycuong.papers.word import word_file

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


class Written(NamedTuple):
    """A file to be sent."""

    data: bytes
    type: str
    name: str


def written(paper: str, uid: UUID, form: str, *, by: Person) -> Written:
    """The document as a file."""
    ensure_form(form)
    builder = settings.PAPERS.get(paper)
    if builder is None:
        raise Missing("Không có loại văn bản này.", en="There is no such kind of paper.")
    build: Builder = import_string(builder)
    name = f"{slug(label_of(paper))}-{uid.hex[-6:]}"
    return as_file(build(by, uid), form, name)


def as_file(document: Document, form: str, name: str) -> Written:
    """The document in one of its forms."""
    ensure_form(form)
    data = word_file(document) if form == "docx" else pdf_file(document, folder=settings.FONTS_FOLDER)
    return Written(data, FORMS[form], f"{name}.{form}")


def sample(unit: Unit, paper: str, *, today: date) -> Document:
    """What a unit's papers of a kind look like by its settings, with nothing of any inspection in it."""
    names = {"cơ quan": str(unit), "đơn vị": "đơn vị được kiểm tra"}
    pieces = {key: worded(unit, paper, key, today, names) for key in WORDINGS.get(paper, {})}
    bases = pieces.pop("bases", [])
    blocks: list[Block] = []
    for place, (key, text) in enumerate(pieces.items(), 1):
        blocks += [Heading(f"{place}. {WORDINGS[paper][key].label}", 2), *map(Paragraph, text)]
    letter = not NAMED[paper].name
    return Document(
        kind=NAMED[paper].name,
        about="xem thử thể thức văn bản của cơ quan" if letter else "Xem thử thể thức văn bản của cơ quan",
        header=header_of(unit, paper, today=today),
        to=["Nơi nhận công văn"] if letter else [],
        bases=bases,
        blocks=closed(blocks or [Paragraph("Nội dung văn bản.")]),
        signatures=[signature_of(unit, paper, today)],
        recipients=receivers_of(unit, paper, today, *lines("Như trên")),
    )
