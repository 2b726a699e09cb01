"""How wide a text in bold Times is, so that lines under names get their length and long names are broken evenly.

Every face with Times' metrics agrees on these numbers (a test compares them with the face that it finds), so that Word files
need no font on the server.
"""

from __future__ import annotations

import unicodedata

HORN = "\u031b"
_BY_WIDTH = {
    250: " .,",
    278: "il/:;",
    333: "fjt-()“”",
    389: "sI",
    444: "cerz",
    500: "agovxyJ0123456789",
    556: "bdđhknpquS",
    611: "FP",
    667: "BELTZ",
    722: "wACDĐNRUVXY",
    778: "GHKOQ",
    833: "m&",
    944: "M",
    1000: "W",
}
BOLD = {letter: width for width, letters in _BY_WIDTH.items() for letter in letters}
HORNED = {"o": 554, "u": 600, "O": 778, "U": 796}
OTHER = 556


def width(text: str, size: float) -> float:
    """Points that the text takes in bold letters of that size."""
    return sum(_letter(letter) for letter in unicodedata.normalize("NFC", text)) * size / 1000


def _letter(letter: str) -> int:
    parts = unicodedata.normalize("NFD", letter)
    if HORN in parts:
        return HORNED.get(parts[0], OTHER)
    return BOLD.get(parts[0], OTHER)


def lines_of(text: str, size: float, most: float) -> list[str]:
    """The text in as few lines as it needs within `most` points, of lengths as even as may be. Line breaks that are typed stay."""
    broken: list[str] = []
    for part in text.splitlines() or [""]:
        broken += _even(part.split(), size, most)
    return broken or [""]


def _even(words: list[str], size: float, most: float) -> list[str]:
    greedy = _greedy(words, size, most)
    if len(greedy) < 2:
        return greedy
    narrow = most
    while narrow > most / 2:  # squeeze while the number of lines stays
        narrow -= size / 2
        tried = _greedy(words, size, narrow)
        if len(tried) > len(greedy) or any(width(line, size) > narrow for line in tried):
            break
        greedy = tried
    return greedy


def _greedy(words: list[str], size: float, most: float) -> list[str]:
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size) <= most:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
