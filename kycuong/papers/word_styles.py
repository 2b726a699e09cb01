"""The empty Word file that every document begins with: page, styles of the profile, number of the page in the top margin."""

from __future__ import annotations

import io
from copy import deepcopy
from functools import cache
from typing import Any

from docx import Document as new_file
from docx.document import Document as WordFile
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from .ordering import ORDERS
from .profile import Profile, Style, profile

ALIGNS = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
FACES = ("ascii", "hAnsi", "cs", "eastAsia")
OURS = ("reader", "proof")
"""Elements that look as the decree has them in every file: they say that a paper is a draft, who opened it, what was signed."""
AFTER_COUNT = [qn(f"w:{name}") for name in ORDERS["sectPr"][ORDERS["sectPr"].index("pgNumType") + 1 :]]
"""What follows the count of pages in the end of a section."""


@cache
def _base(name: str) -> tuple[bytes, dict[str, str]]:
    """The empty file and the identifiers of its styles; made once in a process, for finding styles by name is slow."""
    form, file = profile(name), new_file()
    _without_picture(file)
    _page(file, form)
    _normal(file, form)
    ids = {key: _style(file, style, form) for key, style in form.styles.items()}
    out = io.BytesIO()
    file.save(out)
    return out.getvalue(), ids


def begun(form: Profile) -> tuple[WordFile, dict[str, str]]:
    """An empty file of the profile, and the style identifier of each element."""
    data, ids = _base(form.name)
    file = new_file(io.BytesIO(data))
    number_pages(file.sections[0], ids["page_number"], first=False)
    return file, ids


def with_styles(file: WordFile, form: Profile) -> dict[str, str]:
    """The identifiers of the elements' styles in an office's own file: its own where it has one of that name, else the profile's.

    Those of `OURS` are the profile's in any case: what they bear may not be made small or pale.
    """
    own_names = {form.styles[key].name for key in OURS} | {f"KyCuong-{key}" for key in OURS}
    for told in list(file.styles):
        if {told.name, told.style_id} & own_names:
            told.delete()
    there = {style.name: style.style_id for style in file.styles if style.type == WD_STYLE_TYPE.PARAGRAPH}
    names = {style.name for style in file.styles}
    usual = new_file(io.BytesIO(_base(form.name)[0])).styles
    for name in ("Normal", "Table Grid"):
        if name not in names:
            file.styles.element.append(deepcopy(usual[name].element))
    ids = {key: there.get(style.name) or _flush(file, style, form) for key, style in form.styles.items()}
    for key in OURS:
        # an identifier that no other style of the file has
        ids[key] = file.styles[form.styles[key].name].element.styleId = f"KyCuong-{key}"
    return ids


def plainly(paragraph: Any, style: Style, form: Profile) -> None:
    """In the look of the style, said of the letters themselves: nothing else in the file changes it."""
    for run in paragraph.runs:
        look = run.font
        look.size, look.bold, look.italic, look.hidden = Pt(style.size), style.bold, style.italic, False
        look.color.rgb = RGBColor(0, 0, 0)
        one_face(run._r.get_or_add_rPr(), form.text["font"])


def _flush(file: WordFile, style: Style, form: Profile) -> str:
    """A style of the profile that takes no indent from the office's usual paragraph."""
    made = _style(file, style, form)
    if not style.indented:
        shape: Any = file.styles[style.name]
        shape.paragraph_format.first_line_indent = shape.paragraph_format.left_indent = Mm(0)
    return made


def _without_picture(file: WordFile) -> None:
    """The library's own empty file comes with a small picture of itself."""
    links = file.part.package.rels
    for key in [key for key, link in links.items() if link.reltype.endswith("/thumbnail")]:
        del links[key]


def ensure_page(file: WordFile, form: Profile) -> None:
    """A file made by hand may say nothing of its paper: it gets that of the profile."""
    if not len(file.sections):
        file.element.body.get_or_add_sectPr()
        _page(file, form)


def _page(file: WordFile, form: Profile) -> None:
    section = file.sections[0]
    section.page_width, section.page_height = Mm(form.page["width"]), Mm(form.page["height"])
    set_margins(section, form)


def set_margins(section: Any, form: Profile) -> None:
    """Those of the profile."""
    section.top_margin, section.bottom_margin = Mm(form.margins["top"].ours), Mm(form.margins["bottom"].ours)
    section.left_margin, section.right_margin = Mm(form.margins["left"].ours), Mm(form.margins["right"].ours)
    section.header_distance = section.footer_distance = Mm(form.page["header_distance"])


def _normal(file: WordFile, form: Profile) -> None:
    normal: Any = file.styles["Normal"]
    normal.font.size = Pt(form.styles["text"].size)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(0), form.text["line"]
    told = normal.element.get_or_add_rPr()
    one_face(told, form.text["font"])
    language = OxmlElement("w:lang")
    for part in ("val", "eastAsia"):
        language.set(qn(f"w:{part}"), form.text["language"])
    told.append(language)


def one_face(told: Any, face: str) -> None:
    """The same face for every script, and none of the theme's: Word falls back to the theme where one is left."""
    fonts = told.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        told.insert(0, fonts)
    for part in FACES:
        fonts.set(qn(f"w:{part}"), face)
        fonts.attrib.pop(qn(f"w:{'cs' if part == 'cs' else part}{'theme' if part == 'cs' else 'Theme'}"), None)


def _style(file: WordFile, style: Style, form: Profile) -> str:
    made: Any = file.styles.add_style(style.name, WD_STYLE_TYPE.PARAGRAPH)
    made.base_style, made.quick_style = file.styles["Normal"], True
    made.font.size, made.font.bold, made.font.italic = Pt(style.size), style.bold, style.italic
    one_face(made.element.get_or_add_rPr(), form.text["font"])
    shape = made.paragraph_format
    shape.alignment, shape.line_spacing = ALIGNS[style.align], form.text["line"]
    shape.space_before, shape.space_after = Pt(style.above), Pt(style.below)
    shape.keep_with_next = style.keep or None
    if style.indented:
        shape.first_line_indent = Mm(form.text["indent"])
    return str(made.style_id)


def number_pages(section: Any, style: str, *, first: bool) -> None:
    """The number of the page in the top margin; the first page bears none unless `first`."""
    section.different_first_page_header_footer = not first
    section.header.is_linked_to_previous = False
    place = section.header.paragraphs[0]
    place._p.get_or_add_pPr().style = style
    for kind in ("begin", " PAGE ", "separate", "2", "end"):
        place.add_run()._r.append(_field_part(kind))


def count_from_one(section: Any) -> None:
    """Its pages are counted anew; where the schema orders it, whichever of its neighbours the file has."""
    told = section._sectPr
    for there in told.findall(qn("w:pgNumType")):
        told.remove(there)
    count = OxmlElement("w:pgNumType")
    count.set(qn("w:start"), "1")
    following = next((one for one in told if one.tag in AFTER_COUNT), None)
    if following is None:
        told.append(count)
    else:
        following.addprevious(count)


def _field_part(kind: str) -> Any:
    if kind in ("begin", "separate", "end"):
        part = OxmlElement("w:fldChar")
        part.set(qn("w:fldCharType"), kind)
        return part
    part = OxmlElement("w:instrText" if kind == " PAGE " else "w:t")
    part.text = kind
    if kind == " PAGE ":
        part.set(qn("xml:space"), "preserve")
    return part
