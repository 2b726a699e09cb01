"""Writes a document as PDF: tagged (PDF/UA-1) and made to last (PDF/A-2a), set from the same data and profile as the Word file."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from kycuong.core.clock import today
from kycuong.core.problems import RuleBroken

from .apart import LONG, compiled, compiled_apart
from .faces import HOW, Face, face
from .layout import Laid, laid_out, letters_of
from .model import Document
from .profile import HERE, Profile, profile
from .square import square_svg

STANDARDS: Any = ["ua-1", "a-2a"]
SOURCE = HERE / "letter.typ"
UNDRAWN = frozenset("\n\u00a0")


def pdf_file(document: Document, *, folder: str = "") -> bytes:
    """The document as PDF, set in the face that is found in `folder` or the system; RuleBroken says what is missing."""
    form = profile()
    found = face(folder)
    if found is None:
        raise RuleBroken(HOW[0], en=HOW[1])
    laid = laid_out(document, form)
    _ensure_drawn(laid, found)
    laid["code_svg"], laid["mark_svg"] = square_svg(laid["code"]), square_svg(laid["mark"])
    day = document.header.day or document.as_of or today()
    laid["made_on"] = [day.year, day.month, day.day]
    told = {"told": json.dumps(laid), "form": json.dumps(_form(form, found))}
    make = compiled_apart if len(told["told"]) > LONG else compiled
    return make(SOURCE.read_bytes(), str(found.folder), told, STANDARDS)


def _ensure_drawn(laid: Laid, found: Face) -> None:
    """A face that lacks a letter would leave a box in a signed document."""
    missing = sorted(letters_of(laid) - found.letters - UNDRAWN)
    if missing:
        shown = " ".join(f"{letter} (U+{ord(letter):04X})" for letter in missing[:12])
        raise RuleBroken(
            f"Phông chữ {found.family} không có ký tự «{shown}» nên chưa xuất được PDF. Hãy bỏ ký tự ấy trong nội dung, hoặc tải "
            "bản Word.",
            en=f"The face {found.family} lacks “{shown}”, so no PDF can be made. Remove it from the text, or take the Word file.",
        )


def _form(form: Profile, found: Face) -> Laid:
    return {
        "family": found.family,
        "page": {"width": form.page["width"], "height": form.page["height"]},
        "margins": {side: held.ours for side, held in form.margins.items()},
        "indent": form.text["indent"],
        "left": form.header["left"],
        "right": form.header["right"],
        "styles": {key: asdict(style) for key, style in form.styles.items()},
    }
