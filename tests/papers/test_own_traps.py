"""Word files of an office that look harmless and whole, and would lose, hide or replace what a paper says."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest
from docx import Document as WordFile

from kycuong.papers.model import Annex
from kycuong.papers.own import examine_own
from kycuong.papers.places import needed
from kycuong.papers.starting import starting_file
from kycuong.papers.vetting import vet
from tests.papers.samples import drawing, found_in, minutes, plan
from tests.papers.test_own import fill, repacked

BODY = "word/document.xml"


def parts_of(template: bytes) -> dict[str, str]:
    """Its parts of text, by name."""
    with zipfile.ZipFile(io.BytesIO(template)) as file:
        return {name: file.read(name).decode() for name in file.namelist() if name.endswith((".xml", ".rels"))}


def put(template: bytes, pattern: str, new: str, part: str = BODY) -> bytes:
    """With the first match of a pattern replaced; «@» would stand for what was there."""
    told, count = re.subn(pattern, new, parts_of(template)[part], count=1, flags=re.DOTALL)
    assert count, pattern
    return repacked(template, **{part: told})


def test_a_file_without_columns_or_page_takes_an_annex() -> None:
    """LibreOffice writes no columns; a file made by hand may have no page setup at all."""
    document = replace(minutes(), annexes=[Annex("Danh sách", [drawing()], landscape=True)])
    made = fill(put(starting_file(minutes()), "<w:cols[^>]*/>", ""), document)
    assert found_in(made) == []
    assert parts_of(made)[BODY].count('<w:pgNumType w:start="1"/>') == 1
    bare = fill(put(starting_file(minutes()), "<w:sectPr.*</w:sectPr>", ""), document)
    assert len(WordFile(io.BytesIO(bare)).sections) == 2


def test_a_file_must_take_all_that_a_paper_may_have() -> None:
    """The confined process tries it with an annex, a drawing, a code and a reader before anybody may use it."""
    crooked = put(starting_file(plan()), "<w:pgSz ", '<w:footerReference w:type="first" r:id="rId999"/><w:pgSz ')
    assert [one.vi[:20] for one in examine_own(crooked, "mau.docx", plan()).faults] == ["Không lập thử được v"]


KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml."
ASKED = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDEAUTO c:/x.exe</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)
Change = Callable[[bytes], bytes]


def renamed(template: bytes, old: str, new: str) -> bytes:
    """With a part under another name wherever it is named."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template)) as there, zipfile.ZipFile(out, "w") as made:
        for name in there.namelist():
            text = there.read(name)
            if name.endswith(".rels") or name == "[Content_Types].xml":
                text = text.replace(old.rsplit("/")[-1].encode(), new.rsplit("/")[-1].encode())
            made.writestr(new if name == old else name, text)
    return out.getvalue()


def decoy(template: bytes) -> bytes:
    """A second main part, to which the file really leads."""
    there = parts_of(template)
    types = there["[Content_Types].xml"].replace(
        "</Types>", f'<Override PartName="/word/real.bin" ContentType="{KIND}document.main+xml"/></Types>'
    )
    return repacked(template, **{
        "word/real.bin": re.sub("<w:body>", f"<w:body>{ASKED}", there[BODY]),
        "word/_rels/real.bin.rels": there["word/_rels/document.xml.rels"],
        "_rels/.rels": there["_rels/.rels"].replace("word/document.xml", "word/real.bin"),
        "[Content_Types].xml": types,
    })  # fmt: skip


def headed(template: bytes, inside: str) -> bytes:
    """With something in the top of its pages, in a part that is not called one."""
    name = next(name for name in parts_of(template) if name.startswith("word/header"))
    return renamed(put(template, "</w:hdr>", f"{inside}</w:hdr>", name), name, "word/h.bin")


def drawn(template: bytes) -> bytes:
    """A drawing that fetches things, called a picture."""
    types = parts_of(template)["[Content_Types].xml"].replace(
        "</Types>", '<Override PartName="/word/media/a.png" ContentType="image/png"/></Types>'
    )
    return repacked(template, **{"[Content_Types].xml": types, "word/media/a.png": "<svg/>"})


TRAPS: dict[str, tuple[Change, str]] = {
    "a second main part": (decoy, "không phải một văn bản Word duy nhất"),
    "a field in a part of another name": (lambda t: headed(t, ASKED), "trường tự động «DDEAUTO»"),
    "a place in a part of another name": (lambda t: headed(t, "<w:p><w:r><w:t>{{la}}</w:t></w:r></w:p>"), "«{{la}}» không có"),
    "a drawing called a picture": (drawn, "phần «word/media/a.png»"),
    "strict": (
        lambda t: put(t, "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main",
                "word/fontTable.xml"),
        "Strict",
    ),
}  # fmt: skip


@pytest.mark.parametrize("trap", TRAPS)
def test_what_would_mislead_is_refused_by_name(trap: str) -> None:
    make, wanted = TRAPS[trap]
    found = vet(make(starting_file(plan())), needed(plan()))
    assert any(wanted in one.vi for one in found), found
    assert len(found) <= 2, found
