"""The parts of a Word file that came from outside, each by what the file itself says it is: only those of a form are taken."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any, NamedTuple

from docx.oxml.parser import parse_xml

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
MAIN, BODY = f"{WORD}document.main+xml", "word/document.xml"
EDGES = (f"{WORD}header+xml", f"{WORD}footer+xml")
KINDS = {f"{WORD}{one}+xml" for one in (
    "document.main", "styles", "settings", "webSettings", "fontTable", "numbering", "header", "footer", "footnotes", "endnotes",
)} | {
    "application/vnd.openxmlformats-package.relationships+xml",
    "application/vnd.openxmlformats-package.core-properties+xml",
    "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
    "application/vnd.openxmlformats-officedocument.theme+xml",
    "application/vnd.ms-word.stylesWithEffects+xml",
    "application/vnd.ms-office.classificationlabels+xml",
    "application/xml", "image/png", "image/jpeg",
}  # fmt: skip
"""All that a part of the file may be. What is not here (macros, ActiveX, other files inside) is refused by name."""
TYPES = "[Content_Types].xml"
PICTURES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
"""How pictures begin: programs look at that, and draw a drawing that is called a picture."""
STRICT = "http://purl.oclc.org/ooxml/"
"""The other dialect of Word files, in which nothing here would be found."""


class Fault(NamedTuple):
    """One thing that is wrong with the file."""

    vi: str
    en: str


class Package(NamedTuple):
    """What a file is made of: its parts, what each is said to be, and the tree of whatever is XML by its kind or its name."""

    parts: dict[str, bytes]
    kinds: dict[str, str]
    trees: dict[str, Any]

    def edges(self) -> dict[str, Any]:
        """The tops and feet of pages, whatever they are called."""
        return {name: tree for name, tree in self.trees.items() if self.kinds.get(name) in EDGES}

    def targets(self, part: str) -> Iterator[tuple[str, str, str]]:
        """(identifier, last word of the type, part) of each relationship of a part; of the whole for «»."""
        folder, name = posixpath.split(part)
        rels = self.trees.get(posixpath.join(folder, "_rels", f"{name}.rels"))
        for link in rels.iter("{*}Relationship") if rels is not None else ():
            there = posixpath.normpath(posixpath.join("/", folder, link.get("Target", "")))
            yield link.get("Id", ""), link.get("Type", "").rsplit("/", 1)[-1], there.lstrip("/")


def opened(data: bytes) -> Package:
    """The file, taken apart. Everything that a program might read as XML is read here."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    types = parse_xml(parts[TYPES])
    by_ending = {one.get("Extension", "").lower(): one.get("ContentType", "") for one in types.iter("{*}Default")}
    by_name = {
        one.get("PartName", "").lstrip("/").lower(): one.get("ContentType", "") for one in types.iter("{*}Override")
    }
    kinds = {
        name: by_name.get(name.lower()) or by_ending.get(name.rsplit(".", 1)[-1].lower(), "")
        for name in parts
        if name != TYPES
    }
    is_tree = {name for name, kind in kinds.items() if kind.endswith(("+xml", "/xml"))}
    is_tree |= {name for name in parts if name.endswith((".xml", ".rels", ".vml"))}
    return Package(parts, kinds, {name: parse_xml(parts[name]) for name in parts if name in is_tree})


def strange_parts(package: Package) -> Iterator[Fault]:
    """What a form has no use for; a part of which the file says nothing is no part of a Word file."""
    for name, kind in package.kinds.items():
        as_told = package.parts[name].startswith(PICTURES.get(kind, b""))
        if kind not in KINDS or "%" in name or not as_told or (name.lower() == BODY and kind != MAIN):
            yield Fault(
                f"Tệp có phần «{name[:80]}» không dùng trong mẫu văn bản (chỉ nhận chữ, bảng, ảnh PNG hoặc JPEG). Hãy xóa phần ấy, lưu "
                "lại dạng .docx.",
                f"The part {name[:80]} is not taken: only text, tables, PNG and JPEG pictures are.",
            )
    if any(_is_twice(package)):
        yield Fault(
            "Tệp không phải một văn bản Word duy nhất: phần chính đặt ở chỗ khác, hoặc một phần khai hai lần. Hãy mở bằng Word, lưu lại dạng .docx.",
            "The main part of the file is elsewhere, or a part is declared twice.",
        )
    if any(str(one.tag).startswith(f"{{{STRICT}") for tree in package.trees.values() for one in tree.iter("*")):
        yield Fault(
            "Tệp lưu ở dạng «Strict Open XML». Hãy chọn Lưu dưới dạng → Tài liệu Word (.docx), không chọn Strict.",
            "The file is a Strict Open XML document. Save it as a plain Word document.",
        )


def _is_twice(package: Package) -> Iterator[bool]:
    """Programs must all find the same main part, and the same kind for each."""
    yield [name for name, kind in package.kinds.items() if kind == MAIN] != [BODY]
    yield [there for _id, kind, there in package.targets("") if kind == "officeDocument"] != [BODY]
    told = [one.get("PartName", "").lower() for one in package.trees[TYPES].iter("{*}Override")]
    yield len(told) != len(set(told))
    yield len({name.lower() for name in package.parts}) != len(package.parts)
