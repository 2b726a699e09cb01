"""An office's own Word file: its places are filled, what people wrote survives, and whatever is more than a form is refused by name."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from docx import Document as WordFile
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from kycuong.core.problems import BadInput
from kycuong.papers.checking import deviations
from kycuong.papers.filling import filled
from kycuong.papers.layout import laid_out
from kycuong.papers.model import Annex, Document, Paragraph, closed
from kycuong.papers.office import printed
from kycuong.papers.own import examine_own, own_file
from kycuong.papers.places import needed
from kycuong.papers.profile import profile
from kycuong.papers.reading import read
from kycuong.papers.starting import starting_file
from kycuong.papers.vetting import vet
from kycuong.papers.word import word_file
from tests.papers.samples import ALL, drawing, found_in, letter, minutes, plan, words_of_pdf, words_of_word

NASTY = "Sở A & B <c> {{noi_nhan}} {{7*7}} {% if x %} «{{so}}» $x$"


def fill(template: bytes, document: Document) -> bytes:
    """The filling itself, without a process of its own."""
    return filled(template, laid_out(document, profile()), document.header.day, profile())


def changed(template: bytes, change: Callable[[Any], Any]) -> bytes:
    file, out = WordFile(io.BytesIO(template)), io.BytesIO()
    change(file)
    file.save(out)
    return out.getvalue()


def repacked(template: bytes, **parts: str) -> bytes:
    """With parts put in place or added; «__» in a name stands for «/», «_dot_» for a dot."""
    out = io.BytesIO()
    given = {name.replace("__", "/").replace("_dot_", "."): text for name, text in parts.items()}
    with zipfile.ZipFile(io.BytesIO(template)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, given.pop(name).replace("@", text.decode()) if name in given else text)
        for name, text in given.items():
            new.writestr(name, text)
    return out.getvalue()


def with_text(template: bytes, old: str, new: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(template)) as file:
        body = file.read("word/document.xml").decode()
    assert old in body
    return repacked(template, word__document_dot_xml=body.replace(old, new))


def paragraph(inside: str) -> Any:
    return parse_xml(f"<w:p {nsdecls('w')}>{inside}</w:p>")


@pytest.mark.parametrize("name", ALL)
def test_the_standard_form_as_a_file_of_ones_own_says_just_the_same(name: str) -> None:
    document = ALL[name]()
    template = starting_file(document)
    assert vet(template, needed(document)) == []
    made = fill(template, document)
    assert words_of_word(made) == words_of_word(word_file(document))
    assert found_in(made) == []
    assert "{{" not in zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml").decode()


def test_what_people_wrote_is_text_and_no_place() -> None:
    document = replace(
        plan(), about=NASTY, bases=[NASTY], blocks=[*plan().blocks[:4], *closed([Paragraph(NASTY, lead="1.")])],
        recipients=[NASTY, "Lưu: VT"],
    )  # fmt: skip
    made = WordFile(io.BytesIO(own_file(starting_file(plan()), document)))
    texts = [one.text for one in made.paragraphs] + [one.text for one in made.tables[-2].rows[0].cells[0].paragraphs]
    assert NASTY in texts
    assert f"{NASTY}." in texts
    assert f"1. {NASTY}./." in texts
    assert any(f"- {NASTY};" in one.text for table in made.tables for row in table.rows for one in row.cells)


def test_a_place_divided_among_runs_and_written_otherwise_is_filled_in_its_own_look() -> None:
    def divided(file: Any) -> None:
        place = next(one for one in file.paragraphs if one.text == "{{noi_dung}}")
        for run in place.runs:
            run._r.getparent().remove(run._r)
        for text in ("{{ Nội", " du", "ng }", "}"):
            place.add_run(text).font.size = Pt(13)
        place.paragraph_format.left_indent = Pt(20)
        head = file.tables[0].rows[1].cells[0].paragraphs[0]
        head.add_run(" · {{ten_co_quan}} · ").italic = True
        head.add_run("{{SO}}")

    template = changed(starting_file(plan()), divided)
    assert vet(template, needed(plan())) == []
    made = WordFile(io.BytesIO(fill(template, plan())))
    told = next(one for one in made.paragraphs if one.text.startswith("Nâng cao"))
    assert (told.runs[0].font.size, told.paragraph_format.left_indent) == (Pt(13), Pt(20))
    title = next(one for one in made.paragraphs if one.text == "1. Mục đích")
    assert title.runs[0].bold
    number = made.tables[0].rows[1].cells[0].paragraphs[0].text
    assert number == "Số:       /KH-SNV · SỞ NỘI VỤ · Số:       /KH-SNV"


def test_a_plain_file_of_an_office_gets_tables_signatures_annexes_and_the_reader() -> None:
    """Typed by hand in an empty file: none of our styles, places in a header and a text, sections with feet of their own."""
    file, out = WordFile(), io.BytesIO()
    file.sections[0].footer.paragraphs[0].text = "Chân trang của cơ quan"
    file.sections[0].header.paragraphs[0].text = "{{ten_co_quan}}"
    for text in (
        "{{co_quan_chu_quan}}",
        "{{so}}",
        "Về: {{trich_yeu}} .",
        "{{noi_dung}}",
        "{{nguoi_ky}}",
        "{{noi_nhan}}",
    ):
        file.add_paragraph(text)
    file.add_section(WD_SECTION.NEW_PAGE).different_first_page_header_footer = True
    file.save(out)
    document = replace(minutes(), annexes=[Annex("Danh sách", [drawing()], landscape=True)], bases=[])
    assert vet(out.getvalue(), needed(document)) == []
    found = examine_own(out.getvalue(), "mau.docx", document)
    assert not found.faults
    assert any(one.element == "Quốc hiệu" for one in found.deviations), "shown, and left to the office"
    made = WordFile(io.BytesIO(own_file(out.getvalue(), document)))
    assert made.sections[0].header.paragraphs[0].text == document.header.issuer
    assert "Chân trang của cơ quan" in made.sections[0].footer.paragraphs[0].text
    for section in made.sections:
        assert document.reader in [one.text for one in section.footer.paragraphs]
    assert document.reader in [one.text for one in made.sections[1].first_page_footer.paragraphs]
    assert [one.style.name for one in made.tables[:1]] == ["Table Grid"]
    assert {"Người A", "Người B", "Người C"} <= {one.text for one in made.tables[1].rows[1].cells}
    assert any(document.proof.sha256 in one.text for one in made.paragraphs if document.proof)
    assert len(made.inline_shapes) == 3, "two square codes, and the drawing of the annex"


FIELD = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
TOLD = "<w:r><w:instrText>{}</w:instrText></w:r>"
RELS = "word/_rels/document.xml.rels"
LINK = '<Relationship Id="rIdX" Type="http://x/{}" Target="{}" TargetMode="External"/></Relationships>'


def linked(template: bytes, kind: str, target: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(template)) as file:
        rels = file.read(RELS).decode()
    return repacked(template, **{RELS: rels.replace("</Relationships>", LINK.format(kind, target))})


def typed(template: bytes, part: str, kind: str) -> bytes:
    """A part of a kind of its own."""
    with zipfile.ZipFile(io.BytesIO(template)) as file:
        types = file.read("[Content_Types].xml").decode()
    told = f'<Override PartName="/{part}" ContentType="{kind}"/></Types>'
    return repacked(template, **{"[Content_Types].xml": types.replace("</Types>", told), part: "x"})


def body(change: Callable[[Any], Any]) -> Callable[[bytes], bytes]:
    return lambda template: changed(template, lambda file: change(file.element.body))


HARM: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "macros": (lambda t: typed(t, "word/vbaProject.bin", "application/vnd.ms-office.vbaProject"), "phần «word/vbaProject.bin»"),
    "macro file": (
        lambda t: with_types(t, "application/vnd.ms-word.document.macroEnabled.main+xml"), "phần «word/document.xml»",
    ),
    "undeclared part": (lambda t: repacked(t, **{"word/evil.exe": "MZ"}), "phần «word/evil.exe»"),
    "vector picture": (lambda t: typed(t, "word/media/a.emf", "image/x-emf"), "phần «word/media/a.emf»"),
    "link": (lambda t: linked(t, "hyperlink", "https://example.org/a"), "liên kết ra ngoài «https://example.org/a»"),
    "template elsewhere": (lambda t: linked(t, "attachedTemplate", "file://may/mau.dotm"), "liên kết ra ngoài «file://may"),
    "old picture by address": (
        body(lambda b: b.insert(0, paragraph('<w:r><w:pict><v:rect xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata '
                                             'src="http://example.org/a.png"/></v:rect></w:pict></w:r>'))),
        "liên kết ra ngoài «http://example.org/a.png»",
    ),
    "object": (body(lambda b: b.insert(0, paragraph("<w:r><w:object/></w:r>"))), "nhúng bên trong"),
    "another file": (body(lambda b: b.insert(0, parse_xml(f"<w:altChunk {nsdecls('w')}/>"))), "nhúng bên trong"),
    "tracked changes": (
        body(lambda b: b.insert(0, paragraph('<w:ins w:id="1" w:author="A"><w:r><w:t>x</w:t></w:r></w:ins>'))), "Chấp nhận tất cả",
    ),
    "comment": (body(lambda b: b.insert(0, paragraph('<w:commentRangeStart w:id="0"/>'))), "nhận xét"),
    "field in pieces": (
        body(lambda b: b.insert(0, paragraph(FIELD.format(TOLD.format("INCLUDE") + TOLD.format('TEXT "C:\\\\x"'))))),
        "trường tự động «INCLUDETEXT»",
    ),
    "field inside a field": (
        body(lambda b: b.insert(0, paragraph(FIELD.format(TOLD.format(" PAGE ") + FIELD.format(TOLD.format("DDEAUTO c:"))))) ),
        "trường tự động «DDEAUTO»",
    ),
    "simple field": (body(lambda b: b.insert(0, paragraph('<w:fldSimple w:instr="LINK Excel"/>'))), "trường tự động «LINK»"),
    "field never ended": (
        body(lambda b: b.insert(0, paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + TOLD.format("QUOTE x")))),
        "trường tự động «QUOTE»",
    ),
    "unknown place": (lambda t: with_text(t, "{{so}}", "{{so}} {{noi_dungg}}"), "«{{noi_dungg}}» không có trong hệ thống; có lẽ là {{noi_dung}}"),
    "expression": (lambda t: with_text(t, "{{so}}", "{{so}} {{so.__class__}}"), "«{{so.__class__}}» không có trong hệ thống"),
    "command": (lambda t: with_text(t, "{{so}}", "{{so}} {% for x in y %}"), "Có dấu «{%» lẻ"),
    "not closed": (lambda t: with_text(t, "{{ngay}}", "{{ngay}} {{can_cu"), "Có dấu «{{» lẻ"),
    "missing": (lambda t: with_text(t, "{{noi_nhan}}", "Như trên"), "Mẫu thiếu chỗ điền {{noi_nhan}} (danh sách nơi nhận)"),
    "twice": (lambda t: with_text(t, "{{noi_nhan}}", "{{nguoi_ky}}"), "{{nguoi_ky}} có nhiều lần"),
    "not alone": (lambda t: with_text(t, "{{can_cu}}", "Căn cứ: {{can_cu}}"), "«{{can_cu}}» phải đứng một mình"),
    "text in a cell": (lambda t: with_text(with_text(t, "{{noi_dung}}", "…"), "{{noi_nhan}}", "{{noi_dung}}"), "không được nằm trong bảng"),
    "block at the top of pages": (
        lambda t: changed(t, lambda f: f.sections[0].header.paragraphs[0].add_run("{{ma_kiem_tra}}")), "«{{ma_kiem_tra}}» phải đứng một mình",
    ),
}  # fmt: skip


def with_types(template: bytes, kind: str) -> bytes:
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    with zipfile.ZipFile(io.BytesIO(template)) as file:
        types = file.read("[Content_Types].xml").decode()
    return repacked(template, **{"[Content_Types].xml": types.replace(main, kind)})


@pytest.mark.parametrize("harm", HARM)
def test_what_is_more_than_a_form_is_refused_by_name(harm: str) -> None:
    make, wanted = HARM[harm]
    found = vet(make(starting_file(plan())), needed(plan()))
    assert any(wanted in one.vi for one in found), found
    assert len(found) <= 2, found


def test_the_confined_process_tells_faults_and_refuses_what_it_cannot_read() -> None:
    found = examine_own(with_text(starting_file(letter()), "{{kinh_gui}}", "Gửi"), "mau.docx", letter())
    assert [one.vi.split(" (")[0] for one in found.faults] == ["Mẫu thiếu chỗ điền {{kinh_gui}}"]
    bomb = repacked(starting_file(letter()), **{"word/media/x.xml": "0" * 30_000_000})
    for data, said in ((bomb, "giải nén ra quá lớn"), (b"PK\x03\x04", "bị hỏng"), (b"MZ", "không phải văn bản Word")):
        with pytest.raises(BadInput, match=f"mau.docx: .*{said}"):
            examine_own(data, "C:\\tai\\mau.docx", letter())


def test_a_cell_that_is_emptied_keeps_a_paragraph() -> None:
    """Word calls a file damaged in which a cell has none."""
    document = replace(plan(), header=replace(plan().header, superior=""), signatures=minutes().signatures)
    made = WordFile(io.BytesIO(fill(starting_file(plan()), document)))
    for cell in made.element.body.iter(qn("w:tc")):
        assert cell[-1].tag == qn("w:p")
    assert "ỦY BAN" not in made.tables[0].rows[0].cells[0].text
    assert not [one for one in deviations(read(fill(starting_file(plan()), document))) if one.element == "Nội dung"]


def test_a_signature_has_its_room_once() -> None:
    """The standard form leaves room under the place; with that of the name there would be two, and a page more."""
    made = WordFile(io.BytesIO(fill(starting_file(letter()), letter())))
    cell = made.tables[-1].rows[0].cells[1]
    assert [one.text for one in cell.paragraphs] == ["TL. GIÁM ĐỐC\nCHÁNH VĂN PHÒNG", "Người D"]


def test_the_paragraph_that_ends_a_section_is_flat() -> None:
    """After a page that is just full it would stand on one more, empty but for its number."""
    for made in (word_file(plan()), fill(starting_file(plan()), plan())):
        [ending] = WordFile(io.BytesIO(made)).element.body.xpath("w:p[w:pPr/w:sectPr]/w:pPr")
        assert (ending.spacing_line, ending.spacing_lineRule) == (Pt(1), WD_LINE_SPACING.EXACTLY)


@pytest.mark.look
def test_libreoffice_prints_it_with_the_same_words() -> None:
    office = shutil.which("soffice")
    assert office, "LibreOffice is needed: apt-get install libreoffice-writer-nogui"
    made = fill(starting_file(letter()), letter())
    assert words_of_pdf(printed(made, office)) == words_of_word(made)


def test_names_are_broken_and_receivers_stand_as_in_the_standard_form() -> None:
    name = "BAN QUẢN LÝ KHU KINH TẾ CỬA KHẨU ĐỒNG ĐĂNG - LẠNG SƠN"
    document = replace(letter(), header=replace(letter().header, issuer=name))
    ours, own = (WordFile(io.BytesIO(data)) for data in (word_file(document), fill(starting_file(letter()), document)))
    heads = [one.tables[0].rows[0].cells[0].text for one in (ours, own)]
    assert heads[0] == heads[1]
    assert "\n" in heads[0]
    sides = [one.paragraph_format.left_indent for one in own.paragraphs if one.text.startswith("- UBND xã")]
    assert [round(one.mm) for one in sides if one] == [50, 50]
