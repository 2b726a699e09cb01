"""Word files of an office that look harmless and whole, and would lose, hide or replace what a paper says."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from docx import Document as WordFile
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from kycuong.core.problems import BadInput
from kycuong.papers.model import Annex
from kycuong.papers.own import examine_own, own_file
from kycuong.papers.places import needed
from kycuong.papers.starting import starting_file
from kycuong.papers.vetting import vet
from tests.papers.samples import drawing, found_in, minutes, plan
from tests.papers.test_own import changed, fill, repacked

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


NUMBER = r"<w:r><w:t>\{\{so\}\}</w:t></w:r>"
INSIDE = "<w:txbxContent><w:p><w:r><w:t>{{so}}</w:t></w:r></w:p></w:txbxContent>"
BOX = f'<w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>{INSIDE}</v:textbox></v:shape></w:pict>'
MC = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
CHAR = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


def moved(template: bytes, which: str, *, titled: bool = True) -> bytes:
    """With the number in the top of some pages; of none for «»."""

    def change(file: Any) -> None:
        section = file.sections[0]
        section.different_first_page_header_footer = titled
        edge = {"first": section.first_page_header, "even": section.even_page_header}.get(which, section.header)
        edge.is_linked_to_previous = False
        edge.add_paragraph("{{so}}")
        if not which:
            for told in section._sectPr.findall(qn("w:headerReference")):
                section._sectPr.remove(told)

    return changed(put(template, NUMBER, "<w:r><w:t>Số</w:t></w:r>"), change)


W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'


def look(said: str) -> str:
    """The number, in letters that look so."""
    return f"<w:r><w:rPr>{said}</w:rPr><w:t>{{{{so}}}}</w:t></w:r>"


def styled(template: bytes, name: str, said: str) -> bytes:
    """One of our styles, as the office changed it: through a style of its own on which ours is based."""
    based = rf'<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Own"/><w:rPr>{said}</w:rPr></w:style>'
    inner = rf'(<w:style [^>]*>\s*<w:name w:val="{name}"/>)\s*(?:<w:basedOn [^>]*/>)?(.*?)<w:rPr>.*?</w:rPr>'
    return put(template, f"(?s){inner}", rf'{based}\g<1><w:basedOn w:val="Own"/>\g<2>', "word/styles.xml")


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
    "an old value": (
        lambda t: put(t, NUMBER, r'<w:sdt><w:sdtPr><w:dataBinding w:xpath="/a" w:storeItemID="{{1}}"/></w:sdtPr><w:sdtContent>\g<0></w:sdtContent></w:sdt>'),
        "gắn với dữ liệu",
    ),
    "hidden letters": (lambda t: put(t, NUMBER, "<w:r><w:rPr><w:vanish/></w:rPr><w:t>{{so}}</w:t></w:r>"), "chữ ẩn"),
    "hidden by style": (lambda t: put(t, "<w:rPrDefault><w:rPr>", r"\g<0><w:webHidden/>", "word/styles.xml"), "chữ ẩn"),
    "white letters": (lambda t: put(t, NUMBER, look('<w:color w:val="FFFFFF"/>')), "«{{so}}» màu trắng"),
    "pale letters": (lambda t: put(t, NUMBER, look('<w:color w:val="E0E0E0"/>')), "«{{so}}» màu trắng"),
    "white by theme": (lambda t: put(t, NUMBER, look('<w:color w:val="000000" w:themeColor="background1"/>')), "«{{so}}» màu trắng"),
    "pale by theme": (lambda t: put(t, NUMBER, look('<w:color w:val="000000" w:themeColor="text1" w:themeTint="20"/>')), "«{{so}}» màu trắng"),
    "of the colour of its ground": (
        lambda t: put(t, NUMBER, look('<w:color w:val="101010"/><w:shd w:val="clear" w:fill="000000"/>')), "«{{so}}» màu trắng",
    ),
    "on black": (lambda t: put(t, NUMBER, look('<w:color w:val="000000"/><w:highlight w:val="black"/>')), "«{{so}}» màu trắng"),
    "drawn with no colour": (lambda t: put(t, NUMBER, look(f"<w14:textFill {W14}><w14:noFill/></w14:textFill>")), "«{{so}}» màu trắng"),
    "drawn white": (
        lambda t: put(t, NUMBER, look(f'<w14:textFill {W14}><w14:solidFill><w14:srgbClr w14:val="FFFFFF"/></w14:solidFill></w14:textFill>')),
        "«{{so}}» màu trắng",
    ),
    "tiny letters": (lambda t: put(t, NUMBER, look('<w:sz w:val="4"/>')), "«{{so}}» cỡ dưới 6"),
    "squeezed letters": (lambda t: put(t, NUMBER, look('<w:w w:val="1"/>')), "«{{so}}» cỡ dưới 6"),
    "cut letters": (
        lambda t: put(t, r"(?s)<w:pPr>(?=(?:(?!<w:pPr>).)*\{\{so\}\})", r'\g<0><w:spacing w:line="20" w:lineRule="exact"/>'), "cỡ dưới 6",
    ),
    "white by a style that only tables use": (lambda t: styled(t, "VB Bảng", '<w:color w:val="FFFFFF"/>'), "«kiểu VB Bảng» màu trắng"),
    "tiny by a style of styles": (lambda t: styled(t, "VB Phụ lục", '<w:sz w:val="3"/>'), "«kiểu VB Phụ lục» cỡ dưới 6"),
    "hidden row": (lambda t: put(t, "<w:trPr>", "<w:trPr><w:hidden/>"), "chữ ẩn"),
    "place on even pages": (lambda t: moved(t, "even"), "thiếu chỗ điền {{so}}"),
    "place on first pages": (lambda t: moved(t, "first", titled=False), "thiếu chỗ điền {{so}}"),
    "place on later pages": (lambda t: moved(t, "default"), "thiếu chỗ điền {{so}}"),
    "place where no section has it": (lambda t: moved(t, ""), "thiếu chỗ điền {{so}}"),
    "place for old programs": (
        lambda t: put(t, NUMBER, rf'<w:r><mc:AlternateContent {MC}><mc:Choice Requires="wps"/><mc:Fallback>{BOX}</mc:Fallback></mc:AlternateContent></w:r>'),
        "thiếu chỗ điền {{so}}",
    ),
    "place for unknown programs": (
        lambda t: put(t, NUMBER, rf'<w:r><mc:AlternateContent {MC}><mc:Choice xmlns:q="urn:q" Requires="q">{BOX}</mc:Choice></mc:AlternateContent></w:r>'),
        "thiếu chỗ điền {{so}}",
    ),
    "place in a field": (
        lambda t: put(t, NUMBER, f'{CHAR.format("begin")}<w:r><w:instrText>PAGE</w:instrText></w:r>{CHAR.format("separate")}'
                                 rf'\g<0>{CHAR.format("end")}'),
        "thiếu chỗ điền {{so}}",
    ),
    "box in a place": (lambda t: put(t, r"<w:r>(?=<w:t>\{\{noi_dung)", rf"<w:r>{BOX}</w:r>\g<0>".replace("so}", "ngay}")), "neo vào đoạn"),
    "note in a place": (lambda t: put(t, r"<w:r>(?=<w:t>\{\{noi_dung)", r'<w:r><w:footnoteReference w:id="1"/></w:r>\g<0>'), "neo vào đoạn"),
}  # fmt: skip


def test_a_place_is_seen_on_first_pages_and_in_a_box() -> None:
    """What is not refused: Word writes a box for new and for old programs."""
    both = (
        rf'<w:r><mc:AlternateContent {MC}><mc:Choice Requires="wps"><wps:txbx>{INSIDE}</wps:txbx></mc:Choice><mc:Fallback>{BOX}'
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )
    for template in (moved(starting_file(plan()), "first"), put(starting_file(plan()), NUMBER, both)):
        assert vet(template, needed(plan())) == []
        assert found_in(fill(template, plan())) is not None


@pytest.mark.parametrize("trap", TRAPS)
def test_what_would_mislead_is_refused_by_name(trap: str) -> None:
    make, wanted = TRAPS[trap]
    found = vet(make(starting_file(plan())), needed(plan()))
    assert any(wanted in one.vi for one in found), found
    assert len(found) <= 2, found


def test_a_paper_that_its_file_would_not_show_whole_is_not_made_from_it() -> None:
    """The file was taken for papers without bases, or before hidden letters were looked for."""
    hidden = put(starting_file(plan()), NUMBER, "<w:r><w:rPr><w:vanish/></w:rPr><w:t>{{so}}</w:t></w:r>")
    bound = TRAPS["an old value"][0](starting_file(plan()))
    for template in (starting_file(replace(plan(), bases=[])), hidden, bound):
        with pytest.raises(BadInput, match="không cho thấy hết nội dung"):
            own_file(template, plan())


def test_letters_that_can_be_read_are_taken() -> None:
    """White on black, dark grey, red; and what is tiny where nothing stands, as offices keep distances."""
    spacer = '<w:p><w:pPr><w:rPr><w:sz w:val="2"/></w:rPr></w:pPr><w:r><w:rPr><w:sz w:val="2"/></w:rPr><w:t> </w:t></w:r></w:p>'
    good = (
        put(starting_file(plan()), NUMBER, look('<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="000000"/>')),
        put(starting_file(plan()), NUMBER, look('<w:color w:val="595959"/>')),
        put(starting_file(plan()), NUMBER, look('<w:color w:val="C00000" w:themeColor="text1"/>')),
        put(starting_file(plan()), NUMBER, look('<w:color w:val="auto"/><w:sz w:val="12"/>')),
        put(starting_file(plan()), "(?s)<w:body>", rf"\g<0>{spacer}"),
    )
    for template in good:
        assert vet(template, needed(plan())) == []
        assert own_file(template, plan()).startswith(b"PK")


def test_a_kept_file_is_looked_at_again_by_the_rules_of_today() -> None:
    """It was taken before such letters, or such parts, were looked for."""
    for trap in ("white letters", "tiny letters", "white by a style that only tables use"):
        with pytest.raises(BadInput, match="không cho thấy hết nội dung"):
            own_file(TRAPS[trap][0](starting_file(plan())), plan())
    tracked = put(starting_file(plan()), NUMBER, r'<w:ins w:id="1" w:author="a">\g<0></w:ins>')
    with pytest.raises(BadInput, match="không nhận nữa"):
        own_file(tracked, plan())


def test_the_offices_styles_do_not_hide_the_reader_and_the_proof() -> None:
    """«DỰ THẢO», who opened a sealed paper and the digest stand in the look of the decree, whatever the file calls by that name."""

    def whiten(file: Any) -> None:
        for name in ("VB Người đọc", "VB Mã kiểm tra"):
            file.styles[name].font.size, file.styles[name].font.color.rgb = Pt(1), RGBColor(255, 255, 255)
            file.styles[name].paragraph_format.line_spacing = Pt(1)

    document = minutes()
    made = WordFile(io.BytesIO(fill(changed(starting_file(document), whiten), document)))
    foot = made.sections[0].first_page_footer.paragraphs
    told = [
        next(one for one in foot if one.text == document.reader),
        next(one for one in made.paragraphs if one.text.startswith("Mã kiểm tra nội dung")),
    ]
    for one in told:
        look = one.runs[0].font
        assert (look.size, look.color.rgb, look.hidden) == (Pt(10), RGBColor(0, 0, 0), False)
        assert one.style is not None
        assert (one.style.font.size, one.style.paragraph_format.line_spacing) == (Pt(10), 1.0)
