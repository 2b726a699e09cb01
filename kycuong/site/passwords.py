"""No password rests on the words of the office: the product, its host name, who works here and at what (docs/security/README.md)."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from kycuong.core.vietnamese import fold

WORDS = (
    "kycuong kyluat hanhchinh congvu congchuc vienchuc canbo thanhtra kiemtra giamsat kiemtoan noivu ubnd uyban sonoivu vanphong "
    "chinhquyen vietnam langson tonghop lanhdao truongdoan doantruong thanhvien daumoi thutruong vanthu quantri admin"
).split()
"""Without accents and blanks, as fingers type them."""
LEAST = 8
"""Letters and digits that must be left when those words are taken away."""


class OfficeWords:
    """A rule of AUTH_PASSWORD_VALIDATORS."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError when little is left without the words."""
        whole = left = fold(password).replace(" ", "")
        for word in sorted({*WORDS, *words_of_hosts()}, key=len, reverse=True):
            left = left.replace(word, "")
        if len(left) < LEAST and left != whole:
            raise ValidationError(self.get_help_text(), code="password_of_the_office")

    def get_help_text(self) -> str:
        return _(
            "Mật khẩu không được chủ yếu gồm tên hệ thống, tên cơ quan, chức danh hay việc của cơ quan; hãy dùng vài từ không liên quan."
        )


RUNS = ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")
DAY, MONTH, YEAR = r"(?:0[1-9]|[12]\d|3[01])", r"(?:0[1-9]|1[0-2])", r"(?:19|20)\d\d"
DATES, NUMBERS = rf"{DAY}{MONTH}{YEAR}|{YEAR}{MONTH}{DAY}", r"(?:84|0)[35789]\d{8}|\b0\d{11}\b"
AGAIN = r"(?P<one>.)(?P=one){2,}|(?P<two>..)(?P=two){2,}|(?P<three>...)(?P=three){2,}"
GUESSED = re.compile(f"{DATES}|{NUMBERS}|{AGAIN}")
"""A birthday, a telephone number, an identity number, and what only repeats itself."""
BLANKS = re.compile(r"[\s./_-]+")
JUDGED = 256
"""Letters of a password that are looked at."""


class Predictable:
    """Another rule of them. Which kinds of letters a password has is nobody's business (ASVS 6.2.5); that it is a number of one's own life, is."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError when little is left without dates, telephone numbers, runs of the keyboard and repetitions."""
        begun = BLANKS.sub(
            "", password[:JUDGED].lower()
        )  # nobody's birthday is longer, and the rest would only take long
        if len(GUESSED.sub("", _without_runs(begun))) < LEAST:
            raise ValidationError(self.get_help_text(), code="password_predictable")

    def get_help_text(self) -> str:
        return _(
            "Mật khẩu không được chủ yếu là ngày sinh, số điện thoại, số định danh, dãy phím liền nhau hay một đoạn lặp lại."
        )


def _without_runs(text: str) -> str:
    """Without four or more that follow each other on the keyboard or in the alphabet, either way round."""
    left, place = "", 0
    while place < len(text):
        length = max((_run(text[place:], line) for one in RUNS for line in (one, one[::-1])), default=0)
        left, place = (left, place + length) if length >= 4 else (left + text[place], place + 1)
    return left


def _run(text: str, line: str) -> int:
    return next((size for size in range(min(len(text), len(line)), 3, -1) if text[:size] in line), 0)


def words_of_hosts() -> set[str]:
    """Parts of the names by which people reach this server, but for the short ones that every name has."""
    parts = " ".join(settings.ALLOWED_HOSTS).replace(".", " ").split()
    return {word for part in parts if len(word := fold(part).replace(" ", "")) > 3 and not word.isdigit()}
