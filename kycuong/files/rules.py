"""Which files are taken, by what is in them and never by their name; and what is said of those that are not."""

from __future__ import annotations

import re

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kycuong.core.problems import BadInput

HEAD, TAIL = 1024, 65_557
"""Where a file says what it is: at the start; and for an archive at the end, before a comment of up to 64 KiB."""
MB = 1024 * 1024
NAME = 120
"""Characters of a name that are kept; it is shown, and never joined to a path."""
UNSHOWN = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069/\\]+")
"""What a name must not bring along: control characters, changes of direction, parts of a path."""


class Kind(TextChoices):
    """What is taken."""

    JPEG = "jpeg", _("ảnh JPEG")
    PNG = "png", _("ảnh PNG")
    WEBP = "webp", _("ảnh WebP")
    PDF = "pdf", _("PDF")


PHOTOS = (Kind.JPEG, Kind.PNG, Kind.WEBP)
ASIDE = (b"<!doctype", b"<html", b"<script", b"<?php", b"<svg")
"""What makes a page of a file for a browser that guesses."""

REFUSALS: dict[str, tuple[str, str]] = {
    "empty": ("Tệp rỗng (0 byte). Hãy chọn lại tệp.", "The file is empty. Choose it again."),
    "heic": (
        "Ảnh HEIC chưa nhận được. Trên iPhone: Cài đặt › Camera › Định dạng › «Tương thích nhất», hoặc gửi ảnh JPEG.",
        "HEIC photos are not taken. Choose «Most Compatible» in the camera's settings, or send a JPEG.",
    ),
    "kind": (
        "Tệp không phải ảnh JPEG, PNG, WebP hay PDF (xét theo nội dung, không theo tên). Hãy chụp hoặc lưu lại đúng loại.",
        "The content is no JPEG, PNG or WebP photo and no PDF. Save it as one of these.",
    ),
    "two_kinds": (
        "Tệp chứa thêm một loại tệp khác bên trong nên không nhận. Hãy mở ảnh hoặc văn bản rồi lưu lại thành tệp mới.",
        "The file holds a second kind of file inside. Open it and save it as a new one.",
    ),
    "truncated": (
        "Tệp bị cắt ngang hoặc hỏng, không đọc được hết. Hãy gửi lại từ máy đã chụp hoặc đã quét.",
        "The file is cut off or damaged. Send it again from where it was made.",
    ),
    "moving": ("Ảnh động không nhận; hãy gửi ảnh chụp tĩnh.", "Moving pictures are not taken; send a still one."),
    "hash": (
        "Nội dung nhận được không khớp mã SHA-256 đã báo. Hãy gửi lại tệp từ đầu.",
        "What arrived does not match the announced SHA-256. Send the file again.",
    ),
}


def refusal(reason: str) -> BadInput:
    """The sentence for a reason."""
    vi, en = REFUSALS[reason]
    return BadInput(vi, en=en, errors=[{"field": "file", "vi": vi, "en": en}])


def too_many_pixels(most: int) -> BadInput:
    vi = f"Ảnh lớn hơn {most // 10**6} triệu điểm ảnh. Hãy chụp ở độ phân giải thấp hơn."
    en = f"The photo has more than {most // 10**6} megapixels. Take it at a lower resolution."
    return BadInput(vi, en=en, errors=[{"field": "file", "vi": vi, "en": en}])


def ensure_size(size: int, *, most: int) -> None:
    """Neither empty nor too large."""
    if size <= 0:
        raise refusal("empty")
    if size > most:
        vi = f"Tệp {size / MB:.1f} MB, quá {most // MB} MB. Hãy giảm độ phân giải hoặc tách tệp.".replace(".", ",", 1)
        en = f"The file has {size / MB:.1f} MB, more than {most // MB} MB. Lower the resolution or split it."
        raise BadInput(vi, en=en, errors=[{"field": "file", "vi": vi, "en": en}])


def kind_of(data: bytes) -> Kind:
    """What the content is, or a refusal with the reason."""
    head, tail = data[:HEAD], data[-TAIL:]
    found = _kind(head)
    low = head.lower()
    if b"PK\x05\x06" in tail or any(sign in low for sign in ASIDE) or (found in PHOTOS and b"%PDF-" in head):
        raise refusal("two_kinds" if found else "kind")
    if found is None:
        raise refusal("heic" if head[4:8] == b"ftyp" and head[8:12] in {b"heic", b"heix", b"mif1"} else "kind")
    if found == Kind.PDF and b"%%EOF" not in data[-HEAD:]:
        raise refusal("truncated")
    return found


def _kind(head: bytes) -> Kind | None:
    if head.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return Kind.WEBP
    return Kind.PDF if head.startswith(b"%PDF-") else None


def shown_name(name: str) -> str:
    """The name that a person gave, as it may be shown: one line, no path, not endless."""
    plain = UNSHOWN.sub(" ", name.encode("utf-8", "replace").decode()).strip(". ")
    return plain[-NAME:].strip() or "tệp"
