"""Word files of an office that look harmless and whole, and would lose, hide or replace what a paper says."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

from docx import Document as WordFile

from kycuong.papers.model import Annex
from kycuong.papers.own import examine_own
from kycuong.papers.starting import starting_file
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
