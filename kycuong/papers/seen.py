"""What of a Word file somebody sees who prints it: which tops and feet stand on a page for certain, which letters are hidden or passed over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

from .faint import faint_in
from .layout import Laid
from .marks import PARAGRAPH, TEXT, Mark, pieces_of, texts_of
from .parts import BODY, Package, opened

HIDING = frozenset(qn(f"w:{name}") for name in ("vanish", "specVanish", "webHidden"))
OFFICE = "http://schemas.microsoft.com/office/word/"
BOUND = frozenset({qn("w:dataBinding"), f"{{{OFFICE}2012/wordml}}dataBinding"})
"""Word writes the value that is kept elsewhere in the file over what stands there."""
SHOWN = frozenset(
    f"{OFFICE}{name}"
    for name in (
        "2010/wordml",
        "2010/wordprocessingShape",
        "2010/wordprocessingGroup",
        "2010/wordprocessingCanvas",
        "2010/wordprocessingDrawing",
        "2012/wordml",
    )
)
"""What a program must know for the first of several choices; every one of today does."""
FIELD = qn("w:fldChar")


class Unseen(Exception):
    """Something that the paper says would not be seen in the file."""


def hides(one: Any) -> bool:
    """Whether the element hides letters or a row of a table."""
    is_row = one.tag == qn("w:hidden") and one.getparent().tag == qn("w:trPr")
    return (one.tag in HIDING or is_row) and _is_on(one)


def trees_seen(package: Package) -> list[Any]:
    """The body, and the tops and feet that stand on the first page of a section, however short it is."""
    body = package.trees[BODY]
    links = {key: package.trees.get(there) for key, _kind, there in package.targets(BODY)}
    settings = next((there for _key, kind, there in package.targets(BODY) if kind == "settings"), "")
    even = settings in package.trees and _is_on(package.trees[settings].find(qn("w:evenAndOddHeaders")))
    found = dict.fromkeys(_first_edges(body, even=even))
    return [body, *(links[key] for key in found if links.get(key) is not None)]


def _first_edges(body: Any, *, even: bool) -> Iterator[str]:
    """Their identifiers. A section that names none has those of the one before."""
    known: dict[tuple[str, str], str] = {}
    sections = [one for one in body.iter(qn("w:sectPr")) if one.getparent().tag != qn("w:sectPrChange")]
    for place, told in enumerate(sections):
        for tag in ("w:headerReference", "w:footerReference"):
            for one in told.findall(qn(tag)):
                known[tag, one.get(qn("w:type"), "default")] = one.get(qn("r:id"), "")
        kind, count = (told.find(qn(f"w:{name}")) for name in ("type", "pgNumType"))
        begins = kind.get(qn("w:val")) if kind is not None else "nextPage"
        if place and begins == "continuous":
            continue
        start = count.get(qn("w:start"), "1") if count is not None else "1"
        turned = even and (begins == "evenPage" or start[-1:] in tuple("02468"))
        wanted = "first" if _is_on(told.find(qn("w:titlePg"))) else "even" if turned else "default"
        yield from (there for (_tag, which), there in known.items() if which == wanted)


def passed_over(tree: Any) -> set[Any]:
    """The pieces of text that programs write anew or leave out: of fields, and of what is only for other programs."""
    found, depth = set(), 0
    for one in tree.iter(FIELD, TEXT):
        if one.tag == FIELD:
            depth += {"begin": 1, "end": -1 if depth else 0}.get(one.get(qn("w:fldCharType")), 0)
        elif depth or any(_is_elsewhere(above) for above in one.iterancestors()):
            found.add(one)
    return found


def _is_elsewhere(above: Any) -> bool:
    name = str(above.tag).rpartition("}")[2]
    if name == "Choice":
        asked = above.get("Requires", "").split()
        is_first = next(iter(above.getparent().iterchildren("{*}Choice"))) is above
        return not (is_first and asked and {above.nsmap.get(one) for one in asked} <= SHOWN)
    return name in ("Fallback", "fldSimple")


def is_seen(mark: Mark, over: set[Any]) -> bool:
    """Whether a place stands where what is written into it will be read."""
    return over.isdisjoint(pieces_of(mark))


def ensure_seen(data: bytes, laid: Laid) -> None:
    """Every text of the paper can be read in the file that was made from it; else Unseen."""
    package = opened(data)
    if any(hides(one) or one.tag in BOUND for tree in package.trees.values() for one in tree.iter("*")):
        raise Unseen
    if any(True for _faint in faint_in(package)):
        raise Unseen
    lines: list[str] = []
    for tree in trees_seen(package):
        over = passed_over(tree)
        for paragraph in tree.iter(PARAGRAPH):
            lines.append(_plain("".join(one.text or "" for one in texts_of(paragraph) if one not in over)))
    known, whole = set(lines), "\n".join(lines)
    if not all(text in known or text in whole for text in map(_plain, _texts(laid)) if text):
        raise Unseen


def _plain(text: str) -> str:
    return "".join(text.split())


def _texts(laid: Laid) -> Iterator[str]:
    """What the paper must say: names of the office may be typed into its own file."""
    yield from (laid[key] for key in ("number", "dated", "subject", "reader"))
    yield laid["proof"] if laid["code"] else ""
    yield laid["witness"]
    yield from (line for key in ("to", "bases", "recipients") for line in laid[key])
    for told in laid["signatures"]:
        yield from (*told["power"], told["note"], told["name"])
    yield from _of_blocks(laid["blocks"])
    for annex in laid["annexes"]:
        yield from (annex[key] for key in ("number", "title", "with"))
        yield from _of_blocks(annex["blocks"])


def _of_blocks(blocks: list[Laid]) -> Iterator[str]:
    for block in blocks:
        yield f"{block.get('lead', '')}{block.get('text', '')}"
        yield from (cell["text"] for row in block.get("heads", ()) for cell in row)
        yield from (cell for row in block.get("rows", ()) for cell in row)


def _is_on(told: Any) -> bool:
    return told is not None and told.get(qn("w:val"), "1") not in ("0", "false", "off")
