"""Square codes: what a phone's camera reads as plain text."""

from __future__ import annotations

import io

import segno


def square_svg(text: str) -> str:
    """As a drawing on white, whatever stands behind it; nothing for no text."""
    if not text:
        return ""
    out = io.BytesIO()
    segno.make(text, error="m", encoding="utf-8").save(out, kind="svg", border=2, xmldecl=False, light="white")
    return out.getvalue().decode()


def square_of_any_size(text: str) -> str:
    """As a drawing that fills the place it is put into."""
    return str(segno.make(text, error="m").svg_inline(border=4, omitsize=True, dark="#000", light="#fff"))


def square_png(text: str) -> bytes:
    """As a picture."""
    code = io.BytesIO()
    segno.make(text, error="m", encoding="utf-8").save(code, kind="png", scale=8, border=2)
    return code.getvalue()
