"""An office's own Word file for a kind of paper: looked at and filled in by the confined process, never parsed by the server itself."""

from __future__ import annotations

import base64
from dataclasses import dataclass, replace
from typing import Any

from .deviation import Deviation
from .layout import Laid, laid_out
from .model import Annex, Document, Figure, Proof, Witness
from .parts import Fault
from .pictures import png_of
from .places import needed
from .profile import profile
from .upload import asked, ensure_word, in_words

DRAWING = Figure(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><rect width="20" height="10"/></svg>', "Hình thử", 0.5
)


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found: with a fault it may not be used; deviations from the decree are for the office to judge."""

    faults: list[Fault]
    deviations: list[Deviation]


def examine_own(data: bytes, filename: str, sample: Document) -> Examined:
    """Whether papers like the sample can be made from the file. BadInput, naming the file, when it cannot be read at all."""
    with in_words(filename):
        ensure_word(data)
        found = asked("own", data, {**_told(sample), "needs": sorted(needed(sample)), "full": _told(_full(sample))})
    return Examined([Fault(**one) for one in found["faults"]], [Deviation(**one) for one in found["deviations"]])


def own_file(template: bytes, document: Document) -> bytes:
    """The document in the office's own file, as .docx."""
    return base64.b64decode(asked("fill", template, _told(document))["file"])


def _full(sample: Document) -> Document:
    """With all that only some papers have: a file has to take these as well."""
    annex = Annex("Phụ lục thử", [DRAWING, *sample.blocks], landscape=True)
    return replace(
        sample,
        blocks=[DRAWING, *sample.blocks],
        annexes=[annex],
        proof=Proof("0" * 64, "SHA-256"),
        witness=Witness(1, "mốc"),
        reader="Người đọc thử",
    )


def _told(document: Document) -> dict[str, Any]:
    """What the confined process has to know, in plain values; drawings are pictures already."""
    laid, day = laid_out(document, profile()), document.header.day
    for blocks in (laid["blocks"], *(annex["blocks"] for annex in laid["annexes"])):
        blocks[:] = [_drawn(block) for block in blocks]
    return {"laid": laid, "day": day.isoformat() if day else ""}


def _drawn(block: Laid) -> Laid:
    if block["is"] != "figure":
        return block
    return {**block, "svg": "", "png": base64.b64encode(png_of(block["svg"])).decode()}
