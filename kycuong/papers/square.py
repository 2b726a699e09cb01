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


def square_png(text: str) -> bytes:
    """As a picture."""
    code = io.BytesIO()
    segno.make(text, error="m", encoding="utf-8").save(code, kind="png", scale=8, border=2)
    return code.getvalue()
