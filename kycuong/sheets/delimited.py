"""Reads CSV as offices save it: any of four encodings, any of three separators, and the apostrophe of safe exports."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from .legacy import from_tcvn3, from_vni
from .syllables import is_syllable

SEPARATORS = ";,\t"
APOSTROPHE = re.compile(r"^'('*[=+\-@\t\r＝＋－＠])")
SIGNED = re.compile(r"(?:[^\W\d_]|[\u00a1-\u00bf×÷\u0300-\u036f])+")


def decode_bytes(data: bytes) -> str:
    """The text of a CSV file. Without a mark of its own it is UTF-8 when it can be, else what reads most Vietnamese."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(name, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    western = data.decode("cp1252", errors="replace")
    viet = unicodedata.normalize("NFC", data.decode("cp1258", errors="replace"))
    rivals = max(_syllables(western), _syllables(from_tcvn3(western)), _syllables(from_vni(western)))
    return viet if _syllables(viet) > rivals else western


def _syllables(text: str) -> int:
    words = (word for word in SIGNED.findall(text[:200_000]) if not word.isascii())
    return sum(is_syllable(word) for word in words)


def separator_of(text: str) -> str:
    """The separator under which most of the first rows have the same number of fields, more than one."""
    sample = "\n".join(text.splitlines()[:60])
    return max(SEPARATORS, key=lambda separator: _regularity(sample, separator))


def _regularity(sample: str, separator: str) -> tuple[float, int, int]:
    """The share of the rows, their number, their width: a wrong separator cuts through quoted cells, into odd rows."""
    lengths = [len(row) for row in _rows(sample, separator) if row]
    widths = Counter(length for length in lengths if length > 1)
    if not widths:
        return 0, 0, 0
    width, count = widths.most_common(1)[0]
    return count / len(lengths), count, width


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def without_apostrophe(text: str) -> str:
    """Undo what a safe export puts before a formula sign."""
    return APOSTROPHE.sub(r"\1", text)


def read_csv(data: bytes) -> Iterator[list[str]]:
    """The rows of the file as text, an empty line as an empty row, so that row numbers stay those of the file in Excel."""
    text = decode_bytes(data)
    told = re.match(r"sep=(.)\r?\n", text)
    if told:
        text = text[told.end() :]
    separator = told.group(1) if told else separator_of(text)
    for row in _rows(text, separator):
        yield [without_apostrophe(field) for field in row]
