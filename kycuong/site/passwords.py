"""No password rests on the words of the office: the product, its host name, who works here and at what (docs/security/README.md)."""

from __future__ import annotations

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
        left = fold(password).replace(" ", "")
        for word in sorted({*WORDS, *words_of_hosts()}, key=len, reverse=True):
            left = left.replace(word, "")
        if len(left) < LEAST:
            raise ValidationError(self.get_help_text(), code="password_of_the_office")

    def get_help_text(self) -> str:
        return _(
            "Mật khẩu không được chủ yếu gồm tên hệ thống, tên cơ quan, chức danh hay việc của cơ quan; hãy dùng vài từ không liên quan."
        )


def words_of_hosts() -> set[str]:
    """Parts of the names by which people reach this server, but for the short ones that every name has."""
    parts = " ".join(settings.ALLOWED_HOSTS).replace(".", " ").split()
    return {word for part in parts if len(word := fold(part).replace(" ", "")) > 3 and not word.isdigit()}
