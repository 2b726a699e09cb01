"""In which order the parts of a Word file follow each other (ECMA-376, Part 1): programs may call a file damaged in which they do not.

A table of our own, of the elements that documents are made of; the schema's own files are a third party's and stand not here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from docx.oxml.ns import qn

BORDERS = "top left start bottom right end insideH insideV tl2br tr2bl"
ORDERS: dict[str, Sequence[str]] = {
    element: told.split()
    for element, told in {
        "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens "
        "kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing "
        "mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr pPrChange",
        "rPr": "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof "
        "snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang "
        "eastAsianLayout specVanish oMath rPrChange",
        "tbl": "bookmarkStart bookmarkEnd tblPr tblGrid tr",
        "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders "
        "shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange",
        "tblBorders": BORDERS,
        "tblCellMar": BORDERS,
        "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark headers cellIns "
        "cellDel cellMerge tcPrChange",
        "tcBorders": BORDERS,
        "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols formProt "
        "vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange",
        "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal "
        "personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    }.items()
}
"""Element → its children, in their order. What is not listed may stand anywhere (as the end of a section in `pPr`, which LibreOffice
puts first and every program takes), and so may the one beside the other in `SAME`."""
SAME = {"footerReference": "headerReference"}
FIRST = {"p": "pPr", "r": "rPr", "tc": "tcPr", "tr": "trPr"}
"""Element → what stands before all else in it, if it is there."""


def disordered(root: Any) -> Iterator[tuple[str, str]]:
    """(element, its child that comes too late) of everything under the root."""
    for element, order in ORDERS.items():
        ranks = {qn(f"w:{name}"): place for place, name in enumerate(order)}
        ranks |= {qn(f"w:{one}"): ranks[qn(f"w:{other}")] for one, other in SAME.items() if qn(f"w:{other}") in ranks}
        for one in root.iter(qn(f"w:{element}")):
            yield from ((element, late) for late in _late(one, ranks))
    for element, first in FIRST.items():
        for one in root.iter(qn(f"w:{element}")):
            if one.find(qn(f"w:{first}")) not in (None, one[0] if len(one) else None):
                yield element, first
    for cell in root.iter(qn("w:tc")):
        if not len(cell) or cell[-1].tag != qn("w:p"):
            yield "tc", "p"


def _late(one: Any, ranks: dict[str, int]) -> Iterator[str]:
    highest = -1
    for child in one:
        rank = ranks.get(child.tag, highest)
        if rank < highest:
            yield str(child.tag).rpartition("}")[2]
        highest = max(highest, rank)
