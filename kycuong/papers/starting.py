"""The standard form with places instead of texts: the Word file from which an office makes its own."""

from __future__ import annotations

from .layout import Laid, laid_out
from .model import Document
from .places import PLACES
from .profile import profile
from .word import written


def starting_file(document: Document) -> bytes:
    """The form of a paper like this one, as .docx."""
    form = profile()
    laid = laid_out(document, form)
    return written(laid | _places(laid, alone=len(document.signatures) == 1), None, form)


def _places(laid: Laid, *, alone: bool) -> Laid:
    """What stands instead of each text; lines under names keep the length that the office's own names give them."""
    signing: Laid = {"power": [_at("nguoi_ky")], "note": "", "name": ""}
    keys = ["noi_dung"] if alone else ["noi_dung", "nguoi_ky"]
    return {
        "title": laid["kind"] or "CÔNG VĂN",
        "superior": [_at("co_quan_chu_quan")] if laid["superior"] else [],
        "issuer": [_at("ten_co_quan")],
        "number": _at("so"),
        "dated": _at("ngay") if laid["dated"] else "",
        "kind": _at("ten_loai") if laid["kind"] else "",
        "letter_about": f"V/v {_at('trich_yeu')}" if laid["letter_about"] else "",
        "about": [_at("trich_yeu")] if laid["about"] else [],
        "authority": _at("tham_quyen") if laid["authority"] else "",
        "to_word": "",
        "to": [_at("kinh_gui")] if laid["to"] else [],
        "bases": [_at("can_cu")] if laid["bases"] else [],
        "blocks": [{"is": "text", "text": _at(key), "lead": ""} for key in keys],
        "signatures": [signing] if alone else [],
        "beside": alone,
        "recipients": [_at("noi_nhan")],
        "annexes": [],
        "proof": "",
        "code": "",
        "witness": "",
        "mark": "",
        "reader": "",
    }


def _at(key: str) -> str:
    return PLACES[key].mark
