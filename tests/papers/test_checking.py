"""The checker: what is planted in a good file is found, and what people send is answered in a sentence."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from docx import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from kycuong.core.problems import BadInput
from kycuong.papers.ordering import FIRST, ORDERS
from kycuong.papers.upload import MAX_BYTES, check_word_file, read_word_file
from kycuong.papers.word import word_file
from tests.papers.samples import found_in, letter, minutes, plan

Damage = Callable[[Any], Any]


def line(file: Any, start: str) -> Any:
    """The paragraph that begins so, in a table or outside."""
    cells = (cell for table in file.tables for row in table.rows for cell in row.cells)
    every = [*file.paragraphs, *(one for cell in cells for one in cell.paragraphs)]
    return next(one for one in every if one.text.startswith(start))


def said(file: Any, start: str, text: str) -> None:
    runs = line(file, start).runs
    runs[0].text = text
    for run in runs[1:]:
        run.text = ""


FAULTS: dict[str, tuple[Damage, str]] = {
    "paper": (lambda f: setattr(f.sections[0], "page_width", Mm(216)), "Khổ giấy: phần 1: 216"),
    "margin": (lambda f: setattr(f.sections[0], "left_margin", Mm(20)), "Lề trang: phần 1: lề trái 20 mm, phải 30–35 mm"),
    "first page numbered": (
        lambda f: setattr(f.sections[0], "different_first_page_header_footer", False),
        "Số trang: trang đầu",
    ),
    "nation misspelt": (lambda f: said(f, "CỘNG HÒA", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM."), "Quốc hiệu: thiếu"),
    "motto with long dashes": (lambda f: said(f, "Độc lập", "Độc lập – Tự do – Hạnh phúc"), "Tiêu ngữ: thiếu hoặc sai"),
    "nation too small": (lambda f: setattr(line(f, "CỘNG HÒA").runs[0].font, "size", Pt(11)), "Quốc hiệu: cỡ chữ 11"),
    "sizes apart": (lambda f: setattr(line(f, "CỘNG HÒA").runs[0].font, "size", Pt(12)), "Cỡ chữ phần đầu:"),
    "number without zero": (lambda f: said(f, "Số:", "Số: 7/KH-SNV"), "Số, ký hiệu: số nhỏ hơn 10"),
    "number with spaces": (lambda f: said(f, "Số:", "Số: 07 / KH - SNV"), "Số, ký hiệu: sai dạng"),
    "symbol of another kind": (lambda f: said(f, "Số:", "Số: 07/BC-SNV"), "ký hiệu «BC», của kế hoạch phải là «KH»"),
    "day without zero": (
        lambda f: said(f, "Lạng Sơn,", "Lạng Sơn, ngày 8 tháng 9 năm 2026"),
        "Địa danh, ngày tháng: ngày nhỏ hơn 10",
    ),
    "day upright": (lambda f: setattr(line(f, "Lạng Sơn,").runs[0], "italic", False), "Địa danh, ngày tháng: phải in nghiêng"),
    "kind not bold": (lambda f: setattr(line(f, "KẾ HOẠCH").runs[0], "bold", False), "Tên loại: phải in đậm"),
    "basis without semicolon": (lambda f: said(f, "Căn cứ", "Căn cứ Nghị định."), "Căn cứ: căn cứ thứ 1"),
    "paragraph at the left": (
        lambda f: setattr(line(f, "Nâng cao"), "alignment", WD_ALIGN_PARAGRAPH.LEFT),
        "Nội dung: đoạn «Nâng cao",
    ),
    "paragraph without indent": (
        lambda f: setattr(line(f, "Nâng cao").paragraph_format, "first_line_indent", Mm(0)),
        "lùi đầu dòng 0 cm, phải 1 hoặc 1,27 cm",
    ),
    "paragraphs without space": (
        lambda f: setattr(line(f, "Nâng cao").paragraph_format, "space_before", Pt(0)),
        "cách đoạn trước dưới 6 pt",
    ),
    "lines too far apart": (
        lambda f: setattr(line(f, "Nâng cao").paragraph_format, "line_spacing", 2.0),
        "giãn dòng 2, phải từ 1 đến 1,5",
    ),
    "no end": (lambda f: said(f, "II.", "Giám đốc Sở yêu cầu."), "Nội dung: hết nội dung phải có dấu «./.»"),
    "power without stop": (lambda f: said(f, "KT.", "KT GIÁM ĐỐC"), "sau «KT» phải có dấu chấm"),
    "receivers upright": (lambda f: setattr(line(f, "Nơi nhận").runs[0], "italic", False), "Nơi nhận: phải in nghiêng"),
    "nothing kept": (lambda f: said(f, "- Lưu", "- Hồ sơ."), "thiếu dòng «- Lưu: VT, …»"),
    "strange face": (lambda f: setattr(line(f, "Nâng cao").runs[0].font, "name", "Arial"), "Phông chữ: có chữ dùng phông «Arial»"),
    "loose letters": (lambda f: said(f, "Nâng cao", "Na\u0302ng cao"), "Mã ký tự: có chữ Unicode tổ hợp"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found_and_nothing_is_made_up(fault: str) -> None:
    damage, wanted = FAULTS[fault]
    file = WordFile(io.BytesIO(word_file(plan())))
    damage(file)
    out = io.BytesIO()
    file.save(out)
    found = found_in(out.getvalue())
    assert any(wanted in one for one in found), found
    assert len(found) <= 2, found


def test_a_bare_word_file_is_told_what_it_lacks() -> None:
    file, out = WordFile(), io.BytesIO()
    file.add_paragraph("Vài dòng")
    file.save(out)
    elements = {one.split(":")[0] for one in found_in(out.getvalue())}
    assert {"Quốc hiệu", "Tiêu ngữ", "Số, ký hiệu", "Tên loại", "Nơi nhận", "Phông chữ", "Nội dung"} <= elements


def test_a_file_without_a_page_setup_is_told_so() -> None:
    file, out = WordFile(io.BytesIO(word_file(letter()))), io.BytesIO()
    for section in file.element.xpath("//w:sectPr"):
        section.getparent().remove(section)
    file.save(out)
    assert [one for one in found_in(out.getvalue()) if "không có thiết lập trang" in one]


def test_many_of_one_kind_are_counted_not_listed() -> None:
    file = WordFile(io.BytesIO(word_file(letter())))
    for place in range(40):
        file.paragraphs[-1].insert_paragraph_before(f"Đoạn thứ {place} không canh đều", style="Normal")
    out = io.BytesIO()
    file.save(out)
    found = found_in(out.getvalue())
    assert len(found) < 30
    assert any("chỗ nữa như vậy" in one for one in found)


def packed(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return out.getvalue()


def retyped(kind: str) -> bytes:
    """A sound file that says it is of another kind of Word's."""
    out, usual = io.BytesIO(), "vnd.openxmlformats-officedocument.wordprocessingml.document.main"
    with zipfile.ZipFile(io.BytesIO(word_file(letter()))) as sound, zipfile.ZipFile(out, "w") as file:
        for name in sound.namelist():
            file.writestr(name, sound.read(name).replace(usual.encode(), kind.encode()))
    return out.getvalue()


def bomb() -> bytes:
    return packed(word__document_xml="a" * 60_000_000)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: b"", "Tệp rỗng"),
        (lambda: b"PK" + b"0" * MAX_BYTES, "quá 10 MB"),
        (lambda: b"%PDF-1.7", "không phải văn bản Word"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "dạng cũ"),
        (lambda: b"PK\x03\x04 gone", "bị hỏng"),
        (lambda: packed(xl__workbook_xml="<a/>"), "không phải văn bản Word"),
        (lambda: packed(word__document_xml="<a/>"), "bị hỏng"),
        (lambda: retyped("vnd.ms-word.document.macroEnabled.main"), "không phải văn bản Word dạng .docx"),
        (
            lambda: retyped("vnd.openxmlformats-officedocument.wordprocessingml.template.main"),
            "không phải văn bản Word dạng .docx",
        ),
        (lambda: packed(word__document_xml="<!DOCTYPE a><a/>"), "DOCTYPE"),
        (bomb, "giải nén ra quá lớn"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_in_a_sentence(make: Callable[[], bytes], words: str) -> None:
    with pytest.raises(BadInput, match=words) as refused:
        read_word_file(make(), "C:\\thu muc\\ban-nhap.docx")
    assert refused.value.vi.startswith("ban-nhap.docx: ")


def test_a_sound_file_goes_through_the_limited_process() -> None:
    told = read_word_file(word_file(replace(letter(), about="đôn đốc")), "cv.docx")
    assert any(one["text"] == "V/v đôn đốc" for one in told["lines"])


@pytest.mark.parametrize("text", ["Số:" + " " * 100_000 + "a b", "ngày" * 100_000], ids=["number", "day"])
def test_a_line_made_to_keep_a_pattern_busy_is_checked_at_once(text: str) -> None:
    file, out = WordFile(), io.BytesIO()
    file.add_paragraph(text)
    file.save(out)
    elements = {one.element for one in check_word_file(out.getvalue(), "cv.docx")}
    assert {"Số, ký hiệu", "Địa danh, ngày tháng"} <= elements


def test_the_limited_process_does_the_comparing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kycuong.papers.elements.Elements", None)
    monkeypatch.setattr("kycuong.papers.checking.Elements", None)
    file = WordFile(io.BytesIO(word_file(letter())))
    said(file, "Số:", "Số: 7/SNV")
    out = io.BytesIO()
    file.save(out)
    assert [one.vi for one in check_word_file(out.getvalue(), "cv.docx")] == ["số nhỏ hơn 10 phải có số 0 phía trước."]


def mixed(element: str, file: Any) -> bool:
    """The first of an element's children is put last, where they are told apart by more than one name."""
    roots = (file.element, file.styles.element, file.sections[0].header._element)
    for one in (one for root in roots for one in root.iter(qn(f"w:{element}"))):
        begins = element not in FIRST or one[:1] and one[0].tag == qn(f"w:{FIRST[element]}")
        if begins and len({child.tag for child in one}) > 1:
            one.append(one[0])
            return True
    return False


@pytest.mark.parametrize("element", [*ORDERS, *FIRST])
def test_parts_of_a_file_that_stand_in_a_wrong_order_are_found(element: str) -> None:
    document = replace(plan(), signatures=minutes().signatures)
    file, out = WordFile(io.BytesIO(word_file(document))), io.BytesIO()
    if element == "tcBorders":  # none of ours has any
        file.tables[0].rows[0].cells[0]._tc.get_or_add_tcPr().insert(
            1, parse_xml(f"<w:tcBorders {nsdecls('w')}><w:top/><w:left/></w:tcBorders>")
        )
    assert mixed(element, file)
    file.save(out)
    found = found_in(out.getvalue())
    assert any(one.startswith("Cấu trúc tệp: ") and f"trong «{element}»" in one for one in found), found


def test_a_file_that_libreoffice_saved_is_read() -> None:
    """It writes «start» where Word writes «left»."""
    file, out = WordFile(io.BytesIO(word_file(plan()))), io.BytesIO()
    one = line(file, "Nâng cao")
    one.alignment = WD_ALIGN_PARAGRAPH.LEFT
    one._p.pPr.find(qn("w:jc")).set(qn("w:val"), "start")
    file.save(out)
    found = found_in(out.getvalue())
    assert len(found) == 1
    assert "chưa canh đều" in found[0]
