"""Word and PDF from one document: the same words, the decree's format, every Vietnamese letter."""

from __future__ import annotations

import io
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document as WordFile
from docx.text.paragraph import Paragraph as WdParagraph
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from kycuong.core.problems import RuleBroken
from kycuong.papers import apart, faces, pdf
from kycuong.papers.faces import face, vietnamese_letters
from kycuong.papers.model import Document, Paragraph, Table, closed, composed, day_words, number_line
from kycuong.papers.pdf import pdf_file
from kycuong.papers.profile import profile
from kycuong.papers.widths import lines_of, width
from kycuong.papers.word import word_file
from tests.papers.samples import (
    ALL,
    COLUMNS,
    HEADER,
    drawing,
    found_in,
    letter,
    lowest_of_pdf,
    minutes,
    plan,
    words_of_pdf,
    words_of_word,
)

LETTERS = vietnamese_letters()


@pytest.mark.parametrize("name", ALL)
def test_a_document_has_no_deviations_and_the_same_words_in_both_files(name: str) -> None:
    document: Document = ALL[name]()
    word = word_file(document)
    assert found_in(word) == []
    assert words_of_word(word) == words_of_pdf(pdf_file(document), reader=document.reader)


@pytest.mark.parametrize("lines", range(20, 32))
def test_no_page_bears_the_signature_alone(lines: int) -> None:
    """However full the page is: the end of the text goes with it."""
    text = [Paragraph("Đoạn này nói một điều cần nói, và không dài hơn một dòng.")] * lines
    document = replace(letter(), blocks=closed([*text, Paragraph("Đây là đoạn cuối cùng của văn bản")]))
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf_file(document))).pages]
    [signed] = [page for page in pages if "Người D" in page]
    assert "đoạn cuối cùng" in signed
    file = WordFile(io.BytesIO(word_file(document)))
    last = next(one for one in file.paragraphs if "đoạn cuối cùng" in one.text)
    assert (
        last.paragraph_format.keep_with_next,
        WdParagraph(last._p.getnext(), last).paragraph_format.keep_with_next,
    ) == (True, True)


def test_a_long_document_is_set_in_a_process_of_its_own_and_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    made = pdf_file(plan(rows=40))
    started: list[Any] = []
    monkeypatch.setattr(pdf, "compiled_apart", lambda *told: (started.append(told), apart.compiled_apart(*told))[1])
    assert pdf_file(plan(rows=40)) == made
    assert not started, "starting a process costs more than a short one takes"
    monkeypatch.setattr(pdf, "LONG", 1000)
    assert pdf_file(plan(rows=40)) == made
    assert len(started) == 1


def test_a_document_that_takes_too_much_and_one_that_waits_too_long_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "LONG", 1000)
    monkeypatch.setattr(apart, "WAIT_SECONDS", 0.3)
    with apart._turn(), pytest.raises(RuleBroken, match="đang in một văn bản dài khác"):
        pdf_file(plan())
    assert pdf_file(plan()).startswith(b"%PDF"), "the turn was given back"
    monkeypatch.setattr(apart, "WALL_SECONDS", 0.01)
    with pytest.raises(RuleBroken, match="quá dài để in thành PDF"):
        pdf_file(plan())


def test_forty_rows_go_over_pages_with_their_head_on_each() -> None:
    document = plan(rows=40)
    assert found_in(word_file(document)) == []
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf_file(document))).pages]
    assert len(pages) > 4
    assert all("Nội dung" in page for page in pages)
    assert not pages[0].startswith("1")
    assert pages[1].startswith("2\n")
    assert set(words_of_word(word_file(document))) == set(words_of_pdf(pdf_file(document)))


def test_what_is_longer_than_a_page_goes_on_over_the_page() -> None:
    """A cell as long as the minutes allow, and a hundred and thirty receivers, beside one signature and below three."""
    cell = "\n".join(" ".join(f"{part}{place}" for place in range(400)) for part in ("nêu", "giải"))
    receivers = [f"UBND xã số {place}" for place in range(130)]
    told = closed([Table("Vi phạm", COLUMNS, [["1", cell, "30/10/2026"], ["2", "ngắn", ""]]), Paragraph("Hết")])
    for document in (replace(minutes(), blocks=told, recipients=receivers), replace(letter(), recipients=receivers)):
        data = pdf_file(document)
        assert set(words_of_word(word_file(document))) == set(words_of_pdf(data, reader=document.reader))
        assert lowest_of_pdf(data) > 0
        place = next(
            one
            for one in WordFile(io.BytesIO(word_file(document))).tables
            if "UBND xã số 9" in one.rows[0].cells[0].text
        )
        assert not place.rows[0]._tr.xpath("w:trPr/w:cantSplit"), (
            "Word cuts off a row that is higher than a page and may not be torn"
        )
    rows = WordFile(io.BytesIO(word_file(replace(minutes(), blocks=told)))).tables[1].rows
    assert [bool(row._tr.xpath("w:trPr/w:cantSplit")) for row in rows] == [True, False, True]


def test_an_annex_begins_its_own_numbers_and_lies_across() -> None:
    pages = PdfReader(io.BytesIO(pdf_file(plan(rows=40)))).pages
    across = [page for page in pages if page.mediabox.width > page.mediabox.height]
    assert across[0].extract_text().startswith("Phụ lục")
    assert across[1].extract_text().startswith("2\n")
    section = WordFile(io.BytesIO(word_file(plan()))).sections[-1]
    assert section.page_width > section.page_height
    assert section._sectPr.xpath("w:pgNumType/@w:start") == ["1"]


def test_every_vietnamese_letter_is_in_both_files() -> None:
    document = replace(letter(), blocks=closed([Paragraph(" ".join(LETTERS) + " ₫")]))
    assert len(LETTERS) == 146
    for words in (words_of_word(word_file(document)), words_of_pdf(pdf_file(document))):
        assert set(LETTERS) <= set(words)


def test_the_pdf_is_tagged_in_vietnamese_and_bears_one_family() -> None:
    reader = PdfReader(io.BytesIO(pdf_file(minutes())))
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "vi-VN"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert {"/H1", "/Table", "/TH", "/Figure"} <= set(_tags(root["/StructTreeRoot"]))
    found = face()
    assert found
    family = found.family.replace(" ", "")
    fonts = {
        one.get_object()["/BaseFont"].split("+")[-1]
        for page in reader.pages
        for one in page["/Resources"]["/Font"].values()
    }
    assert fonts
    assert all(font.startswith(family) for font in fonts)
    told = root["/Metadata"].get_object().get_data().decode()
    assert "pdfaid:part>2<" in told
    assert "pdfuaid:part>1<" in told


def _tags(part: Any) -> list[str]:
    part = part.get_object() if hasattr(part, "get_object") else part
    if isinstance(part, list):
        return [tag for one in part for tag in _tags(one)]
    if not isinstance(part, dict):
        return []
    return [*([part["/S"]] if "/S" in part else []), *(_tags(part["/K"]) if "/K" in part else [])]


def test_a_letter_that_the_face_lacks_is_named() -> None:
    document = replace(letter(), blocks=closed([Paragraph("Đạt 😀 yêu cầu")]))
    with pytest.raises(RuleBroken, match=r"«😀 \(U\+1F600\)»"):
        pdf_file(document)
    assert "😀" in words_of_word(word_file(document))


def test_spaces_and_line_ends_of_every_kind_part_words_in_both_files() -> None:
    pasted = "một\thai\u2003ba\u3000bốn\u2028năm\u2029sáu\vbảy\r\ntám\rchín\u00a0mười"
    document = replace(letter(), blocks=[Table("Dán", COLUMNS, [["1", pasted, ""]]), *closed([Paragraph(pasted)])])
    for words in (words_of_word(word_file(document)), words_of_pdf(pdf_file(document))):
        assert {"một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"} <= set(words)
    assert composed("chín\u00a0mười") == "chín\u00a0mười"


def test_without_a_face_the_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(faces, "SYSTEM", (str(tmp_path),))
    faces._found.cache_clear()
    try:
        with pytest.raises(RuleBroken, match="fonts-liberation2"):
            pdf_file(letter(), folder=str(tmp_path / "nowhere"))
        assert faces.main(str(tmp_path)) == 1
        here = tmp_path / "ours"
        here.mkdir()
        monkeypatch.undo()
        good = face()
        assert good
        for file in faces.FAMILIES[good.family]:
            shutil.copy(good.folder / file, here / file)
        found = face(str(here))
        assert found
        assert found.folder == here
    finally:
        faces._found.cache_clear()


def test_text_of_a_person_is_never_code() -> None:
    nasty = '#panic("x") $a$ *b* _c_ <label> @ref \\u{41} "]["'
    document = replace(letter(), blocks=closed([Paragraph(nasty)]))
    assert words_of_pdf(pdf_file(document)) == words_of_word(word_file(document))


def test_a_drawing_stands_in_both_with_its_description() -> None:
    document = replace(letter(), blocks=[drawing(), *letter().blocks])
    with zipfile.ZipFile(io.BytesIO(word_file(document))) as file:
        assert any(name.startswith("word/media/") for name in file.namelist())
        assert 'descr="Một nửa"' in file.read("word/document.xml").decode()
    assert "/Figure" in _tags(PdfReader(io.BytesIO(pdf_file(document))).trailer["/Root"]["/StructTreeRoot"])


def test_widths_are_those_of_the_face_that_is_found() -> None:
    found = face()
    assert found
    with TTFont(found.folder / faces.FAMILIES[found.family][1]) as font:
        letters, metrics, unit = font.getBestCmap(), font["hmtx"].metrics, font["head"].unitsPerEm
        wrong = {
            letter: (width(letter, 1000), wide)
            for letter in LETTERS + "ABCDFGHJKLMNPQRSTVWXZbcdfghjklmnpqrstvwxz0123456789 -.,/()&"
            if abs(width(letter, 1000) - (wide := metrics[letters[ord(letter)]][0] * 1000 / unit)) > 1
        }
    assert wrong == {}


def test_a_long_subject_and_a_long_issuer_fit_the_properties_of_the_file() -> None:
    document = replace(plan(), about="Kiểm tra " * 60, header=replace(HEADER, issuer="ĐOÀN KIỂM TRA " * 20))
    told = WordFile(io.BytesIO(word_file(document))).core_properties
    assert told.title.startswith("KẾ HOẠCH Kiểm tra")
    assert len(told.title) == len(told.author) == 255


def test_the_file_is_as_old_as_the_document_and_without_a_day_says_nothing_of_it() -> None:
    dated, blank = (WordFile(io.BytesIO(word_file(one))).core_properties for one in (letter(), plan()))
    assert [told and told.date() for told in (dated.created, dated.modified)] == [letter().header.day] * 2
    assert (blank.created, blank.modified) == (None, None)


def test_a_long_name_is_broken_evenly() -> None:
    name = "BAN QUẢN LÝ KHU KINH TẾ CỬA KHẨU ĐỒNG ĐĂNG - LẠNG SƠN"
    lines = lines_of(name, 13, 187)
    assert " ".join(lines) == name
    assert len(lines) >= 2
    assert all(width(line, 13) <= 187 for line in lines)
    assert max(width(line, 13) for line in lines) - min(width(line, 13) for line in lines) < 80


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("", "Số:       /KH-SNV"),
        ("7/KH-SNV", "Số: 07/KH-SNV"),
        ("07/KH-SNV", "Số: 07/KH-SNV"),
        ("215", "Số: 215/KH-SNV"),
    ],
)
def test_the_number_is_what_the_clerk_entered(typed: str, shown: str) -> None:
    assert number_line(replace(HEADER, number=typed)) == shown


def test_only_january_and_february_bear_a_zero() -> None:
    assert day_words(profile().day) == "ngày 05 tháng 3 năm 2020"
    assert day_words(profile().day.replace(month=1)) == "ngày 05 tháng 01 năm 2020"


def test_marks_that_a_person_typed_behind_a_receiver_are_not_doubled() -> None:
    typed = ["Trưởng đoàn;\u200b", "UBND xã ;", "Sở Nội vụ;\u00a0", "Lưu: VT."]
    words = WordFile(io.BytesIO(word_file(replace(letter(), recipients=typed))))
    told = [one.text for one in words.tables[-1].rows[0].cells[0].paragraphs[1:]]
    assert told == ["- Trưởng đoàn;", "- UBND xã;", "- Sở Nội vụ;", "- Lưu: VT."]
