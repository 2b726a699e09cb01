"""Which lines of a guide are English, so that a reading voice speaks them so."""

from __future__ import annotations

import re

VIETNAMESE = re.compile(r"[à-ỹ]")
"""In small letters."""
LEFT_OUT = re.compile(r"`[^`]*`|«[^»]*»|“[^”]*”|\[[^\]]*\]\([^)]*\)|Kỷ Cương|Lạng Sơn")
"""Code, labels of the screen, links and names tell nothing of the language of the sentence around them."""
LEAST = 3


def is_english(text: str) -> bool:
    """Whether a paragraph or a cell is English: three words or more, and no Vietnamese letter outside code, labels and names."""
    plain = LEFT_OUT.sub(" ", text)
    return not VIETNAMESE.search(plain.lower()) and len(re.findall(r"[A-Za-z]{2,}", plain)) >= LEAST
