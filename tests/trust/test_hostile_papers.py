"""Words that want to be more than words, in every place of a paper: PDF and Word files, our own and an office's, show them as words."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import count

import pytest
from pypdf import PdfReader

from kycuong.papers.model import Annex, Column, Document, Header, Heading, Note, Paragraph, Signature, Table, composed
from kycuong.papers.own import own_file
from kycuong.papers.pdf import pdf_file
from kycuong.papers.starting import starting_file
from kycuong.papers.word import word_file
from tests.budget import few

PAYLOADS = (
    "<script>alert(1)</script>", "</w:t></w:r><w:r><w:t>x", '<w:fldSimple w:instr="DDEAUTO c:\\\\a"/>', "&lt;b&gt;&amp;&#x41;", "]]><!--",
    '{ INCLUDETEXT "c:\\\\a.txt" }', "{ DDEAUTO cmd }", "{MERGEFIELD x}", "{{about}}", "{{ nội dung }}", "{% if x %}", "${7*7}", "%s%n%x",
    '#read("/etc/passwd")', '#include "a.typ"', '#panic("x")', "$x^2$", "*đậm*", "_nghiêng_", "<label>", "@ref", "\\u{41}", "= Đề mục", "// lời bàn", "/* lời */", '"]["', "`mã`",
    "=1+1", "=HYPERLINK(\"http://evil.example\")", "+1", "-1", "@SUM(1)", "http://evil.example/", "javascript:alert(1)",
    "a\0b\x07c\x1bd", "e\u202ef\u200bg\u00adh", "i\x0bk\x0cl", "m\rn\r\np", "\ufffeq\ud800r",
)  # fmt: skip
FIELDS = re.compile(rb"<w:instrText[^>]*>[^<]*|<w:fldSimple\b[^>]*|<w:hyperlink\b[^>]*|<w:object\b|<w:altChunk\b")


class Hostile:
    """A paper in which each text is a payload between two marks, each place another one, so that it is known again."""

    def __init__(self, first: int) -> None:
        self.number, self.said = count(first), dict[str, str]()

    def __call__(self, prefix: str = "") -> str:
        number = next(self.number)
        words = f"{prefix}M{number}X {PAYLOADS[number % len(PAYLOADS)]} Y{number}N"
        self.said[f"M{number}X"] = words
        return words

    def document(self) -> Document:
        columns = [Column(self(), 3), Column(self(), 3)]
        rows = [[self(), self()] for _each in range(4)]
        header = Header(issuer=self(), superior=self(), symbol=self(), number="", place=self(), day=date(2026, 3, 4))
        return Document(
            kind="THÔNG BÁO", about=self(), header=header, bases=[self(), self()], authority=self(), enacts="THÔNG BÁO:",
            blocks=[Heading(self()), Heading(self(), 2), Paragraph(self(), lead=self()), Table("Bảng", columns, rows), Note(self()), Paragraph("Hết")],
            signatures=[Signature([self(), self()], self(), self())], recipients=[self(), self()],
            annexes=[Annex(self(), [Paragraph(self()), Table("Bảng", columns, rows)], landscape=True)],
        )  # fmt: skip


def plain() -> Document:
    """The same paper with harmless words."""
    return Hostile.document(lambda prefix="": "lời")  # type: ignore[arg-type]


def squeezed(text: str) -> str:
    """Without spaces, in small letters: lines break, and some places are written in capitals."""
    return re.sub(r"\s+", "", text).lower()


def missing(hostile: Hostile, words: str) -> list[str]:
    """Which texts are not shown as they were typed, but for what no paper bears: characters that cannot be seen."""
    shown = squeezed(words)
    return [repr(text) for text in hostile.said.values() if squeezed(composed(text)) not in shown]


def text_of_pdf(data: bytes) -> str:
    pages = [re.sub(r"^\d+\n", "", page.extract_text()) for page in PdfReader(io.BytesIO(data)).pages]
    return "".join(pages)


def text_of_word(data: bytes) -> str:
    """The words of the body in their order."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        body = file.read("word/document.xml").decode()
    told = re.findall(r"<w:t(?:\s[^>]*)?>([^<]*)</w:t>|<w:(br|tab)\b", body)
    text = "".join(words or " " for words, _space in told)
    for name, letter in (("lt", "<"), ("gt", ">"), ("quot", '"'), ("apos", "'"), ("amp", "&")):
        text = text.replace(f"&{name};", letter)
    return text


def more_than_words(data: bytes) -> Counter[bytes]:
    """Fields, links and objects of a Word file, and what it says of other files."""
    found: Counter[bytes] = Counter()
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        for name in file.namelist():
            part = file.read(name)
            found.update(FIELDS.findall(part) if name.endswith(".xml") else [])
            found.update(re.findall(rb"TargetMode=\"External\"[^>]*", part) if name.endswith(".rels") else [])
    return found


def actions_of_pdf(data: bytes) -> list[str]:
    """Links, scripts and attachments of a PDF."""
    reader = PdfReader(io.BytesIO(data))
    names = [
        name for name in ("/OpenAction", "/AA", "/JavaScript", "/EmbeddedFiles") if name in str(reader.root_object)
    ]
    return names + [str(one.get_object().get("/Subtype")) for page in reader.pages for one in page.get("/Annots") or ()]


@pytest.mark.look
@pytest.mark.parametrize("first", few(range(0, len(PAYLOADS), 5), 2))
def test_what_people_typed_is_words_on_every_paper(first: int) -> None:
    hostile = Hostile(first)
    document = hostile.document()
    assert len(hostile.said) > 25
    harmless, pdf, word = plain(), pdf_file(document), word_file(document)
    assert missing(hostile, text_of_pdf(pdf)) == []
    assert missing(hostile, text_of_word(word)) == []
    assert actions_of_pdf(pdf) == actions_of_pdf(pdf_file(harmless))
    assert more_than_words(word) == more_than_words(word_file(harmless))
    own = own_file(starting_file(harmless), document)
    assert missing(hostile, text_of_word(own)) == []
    assert more_than_words(own) == more_than_words(own_file(starting_file(harmless), harmless))


def test_the_readers_see_what_is_missing_and_what_is_more() -> None:
    hostile = Hostile(0)
    document = hostile.document()
    without = replace(document, recipients=["Lưu"])
    assert (
        len(missing(hostile, text_of_pdf(pdf_file(without))))
        == len(missing(hostile, text_of_word(word_file(without))))
        == 2
    )
    field = b"<w:p><w:r><w:instrText>DDEAUTO cmd</w:instrText></w:r></w:p>"
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word_file(document))) as file, zipfile.ZipFile(out, "w") as made:
        for name in file.namelist():
            made.writestr(name, file.read(name).replace(b"<w:sectPr", field + b"<w:sectPr", 1))
    assert more_than_words(out.getvalue()) != more_than_words(word_file(document))
