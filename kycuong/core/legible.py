"""Which words of a request can be read and kept: UTF-8, without NUL and without halves of characters."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable

from .problems import BadInput

READ = {"utf-8", "ascii"}
UNKEPT = re.compile("[\0\ud800-\udfff]")
ESCAPES = re.compile(rb"\\ud[89ab]..\\ud[c-f]..|(\\u0000|\\ud[89a-f]..)|\\.", re.IGNORECASE | re.DOTALL)
"""What JSON escapes, one after another: a whole pair of surrogates; what no database keeps (the group); any other."""


def ensure_legible(charset: str, words: Iterable[str], json: bytes) -> None:
    """Refuse what cannot be read, and characters that no keyboard has and no database keeps."""
    if not _is_read(charset) or not _is_utf8(json):
        raise BadInput(
            "Yêu cầu không dùng bảng mã UTF-8 nên không đọc được. Hãy gửi lại bằng UTF-8.",
            en="The request is not written in UTF-8 and cannot be read. Send it in UTF-8.",
        )
    escaped = b"\0" in json or any(found[1] for found in ESCAPES.finditer(json))
    if escaped or any(UNKEPT.search(text) for text in words):
        raise BadInput(
            "Yêu cầu có ký tự rỗng (NUL) hoặc một nửa ký tự, không lưu được. Hãy bỏ ký tự đó rồi gửi lại.",
            en="The request holds the character NUL or half a character, which cannot be stored. "
            "Leave it out and send it again.",
        )


def _is_read(charset: str) -> bool:
    try:
        return codecs.lookup(charset).name in READ
    except (LookupError, ValueError):  # ValueError: a NUL in the name
        return False


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True
