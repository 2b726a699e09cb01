"""Letters that are there and that nobody reads on paper: white or nearly so, of the colour of their ground, tiny, or squeezed.

What a letter looks like is asked of its run, its styles with those they are based on, and the file's usual look, in this order, as Word does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from docx.oxml.ns import qn

from .marks import PARAGRAPH, TEXT
from .parts import BODY, EDGES, WORD, Package

LEAST_SIZE = 12
"""Half points: letters below six points."""
LEAST_WIDTH = 50
"""Percent of their usual width."""
LEAST_LINE = 120
"""Twentieths of a point that a line must have where it has an exact height: less cuts the letters off."""
LEAST_CONTRAST = 2.0
"""Between letters and ground, as WCAG 2.2 counts it (black on white has 21): light grey has 1.6."""
HEX = re.compile(r"[0-9A-Fa-f]{6}")
READ = (*EDGES, f"{WORD}document.main+xml", f"{WORD}footnotes+xml", f"{WORD}endnotes+xml")
THEME = {"background1": "lt1", "light1": "lt1", "text1": "dk1", "dark1": "dk1", "background2": "lt2", "light2": "lt2",
         "text2": "dk2", "dark2": "dk2", "hyperlink": "hlink", "followedHyperlink": "folHlink"}  # fmt: skip
WHITE, BLACK = "FFFFFF", "000000"
HIGHLIGHTS = {"black": BLACK, "white": WHITE, "darkBlue": "00008B", "darkGray": "A9A9A9", "lightGray": "D3D3D3"}


class Faint(NamedTuple):
    """What stands in such letters, and what they are."""

    text: str
    vi: str
    en: str


PALE = ("màu trắng, quá nhạt hoặc trùng màu nền", "white, too pale or of the colour of its ground")
TINY = ("cỡ dưới 6 hoặc bị nén", "below 6 points or squeezed")


def faint_in(package: Package, names: Iterable[str] = ()) -> Iterator[Faint]:
    """Every text that stands so; of the styles of these names, too, in which nothing stands yet."""
    looks = _Looks(package)
    trees = {
        **{name: one for name, one in package.trees.items() if package.kinds.get(name) in READ},
        BODY: package.trees[BODY],
    }
    for tree in trees.values():
        for piece in tree.iter(TEXT):
            if (piece.text or "").strip() and (said := _of_run(piece.getparent(), looks)):
                yield Faint(piece.text.strip()[:60], *said)
    for name in names:
        if (key := looks.named.get(name)) and (said := _said(looks, [*looks.chain(key), *looks.usual], WHITE)):
            yield Faint(f"kiểu {name}", *said)


def _of_run(run: Any, looks: _Looks) -> tuple[str, str] | None:
    own = run.find(qn("w:rPr"))
    if own is not None and any(str(one.tag).endswith("}textFill") and not _is_plain(one) for one in own):
        return PALE
    paragraph = next(run.iterancestors(PARAGRAPH), None)
    shape = paragraph.find(qn("w:pPr")) if paragraph is not None else None
    of_run = looks.chain(_styled(own, "w:rStyle")) if _styled(own, "w:rStyle") else []
    of_paragraph = looks.chain(_styled(shape, "w:pStyle") or looks.first)
    chain = [*([own] if own is not None else []), *of_run, *of_paragraph, *looks.usual]
    if _is_cut(shape, of_paragraph):
        return TINY
    return _said(looks, chain, _ground(run, shape, chain))


def _said(looks: _Looks, chain: list[Any], ground: str) -> tuple[str, str] | None:
    if _number(_first(chain, "w:sz"), 20) < LEAST_SIZE or _number(_first(chain, "w:w"), 100) < LEAST_WIDTH:
        return TINY
    told = _first(chain, "w:color")
    colour = looks.colour(told) if told is not None else ""
    # without a colour of their own letters are black, and white on what is dark
    return PALE if colour and _contrast(colour, ground) < LEAST_CONTRAST else None


class _Looks:
    """What the file's styles and colours are."""

    def __init__(self, package: Package) -> None:
        by_kind = {
            kind.rsplit(".", 1)[-1]: package.trees[name]
            for name, kind in package.kinds.items()
            if name in package.trees
        }
        styles, self.theme = by_kind.get("styles+xml"), by_kind.get("theme+xml")
        found = styles.findall(qn("w:style")) if styles is not None else []
        self.styles = {one.get(qn("w:styleId"), ""): one for one in found}
        self.named = {
            one.find(qn("w:name")).get(qn("w:val"), ""): key
            for key, one in self.styles.items()
            if one.find(qn("w:name")) is not None
        }
        usual = [
            key
            for key, one in self.styles.items()
            if one.get(qn("w:default")) in ("1", "true", "on") and one.get(qn("w:type")) == "paragraph"
        ]
        self.first = usual[0] if usual else ""
        looks = (
            styles.findall(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}") if styles is not None else []
        )
        self.usual: list[Any] = list(looks)

    def chain(self, key: str) -> list[Any]:
        """The looks of a style and of those that it is based on."""
        found: list[Any] = []
        seen: set[str] = set()
        while key in self.styles and key not in seen:
            seen.add(key)
            style = self.styles[key]
            found += [one for one in (style.find(qn("w:rPr")), style.find(qn("w:pPr"))) if one is not None]
            base = style.find(qn("w:basedOn"))
            key = base.get(qn("w:val"), "") if base is not None else ""
        return found

    def colour(self, told: Any) -> str:
        """Six digits; nothing for what the program chooses itself. A colour of the theme goes before the digits beside it."""
        said = told.get(qn("w:themeColor"), "")
        if not said or said == "none" or self.theme is None:
            value = told.get(qn("w:val"), "")
            return value if HEX.fullmatch(value) else ""
        place = next(iter(self.theme.iter(f"{{*}}{THEME.get(said, said)}")), None)
        inner = next(iter(place), None) if place is not None else None
        value = (inner.get("lastClr") or inner.get("val") or "") if inner is not None else ""
        value = value if HEX.fullmatch(value) else BLACK
        return _mixed(
            _mixed(value, WHITE, told.get(qn("w:themeTint"), "FF")), BLACK, told.get(qn("w:themeShade"), "FF")
        )


def _styled(look: Any, tag: str) -> str:
    told = look.find(qn(tag)) if look is not None else None
    return told.get(qn("w:val"), "") if told is not None else ""


def _first(chain: list[Any], tag: str) -> Any:
    return next((found for look in chain if (found := look.find(qn(tag))) is not None), None)


def _number(told: Any, usual: int) -> int:
    value = told.get(qn("w:val"), "").rstrip("%") if told is not None else ""
    return int(value) if value.isdecimal() else usual


def _is_plain(fill: Any) -> bool:
    """A filling of letters of one dark colour; Word draws it instead of their colour."""
    colours = [
        one.get(key, "")
        for one in fill.iter()
        for key in one.attrib
        if str(key).endswith("}val") and HEX.fullmatch(one.get(key, ""))
    ]
    kinds = {str(one.tag).rpartition("}")[2] for one in fill.iter()}
    is_one = "solidFill" in kinds and not kinds & {"alpha", "noFill", "lumMod", "lumOff", "tint"}
    dark = {"tx1", "text1", "dk1", "tx2", "text2", "dk2"}
    themed = [one.get(key, "") for one in fill.iter("{*}schemeClr") for key in one.attrib]
    return (
        is_one
        and all(_contrast(one, WHITE) >= LEAST_CONTRAST for one in colours)
        and all(one in dark for one in themed)
    )


def _ground(run: Any, shape: Any, chain: list[Any]) -> str:
    """The colour behind the letters, as far as the run, its paragraph or its cell says so."""
    marked = HIGHLIGHTS.get(_styled(chain[0], "w:highlight") if chain else "", "")
    cell = next(run.iterancestors(qn("w:tc")), None)
    looks = [*chain, shape, cell.find(qn("w:tcPr")) if cell is not None else None]
    fills = (
        look.find(qn("w:shd")).get(qn("w:fill"), "")
        for look in looks
        if look is not None and look.find(qn("w:shd")) is not None
    )
    return marked or next((one for one in fills if HEX.fullmatch(one)), WHITE)


def _is_cut(shape: Any, chain: list[Any]) -> bool:
    told = _first([*([shape] if shape is not None else []), *chain], "w:spacing")
    is_exact = told is not None and told.get(qn("w:lineRule")) == "exact"
    line = told.get(qn("w:line"), "") if is_exact else ""
    return line.isdecimal() and int(line) < LEAST_LINE


def _mixed(colour: str, other: str, share: str) -> str:
    part = int(share, 16) / 255 if re.fullmatch("[0-9A-Fa-f]{1,2}", share) else 1.0
    pairs = zip(_parts(colour), _parts(other), strict=True)
    return "".join(f"{round(mine * part + its * (1 - part)):02X}" for mine, its in pairs)


def _parts(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (0, 2, 4)]


def _contrast(one: str, other: str) -> float:
    lights = sorted(map(_light, (one, other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _light(colour: str) -> float:
    """The relative luminance of WCAG 2.2."""
    shares = [part / 255 for part in _parts(colour)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return float(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
