"""The places in an office's own Word file where the system writes: their names, what each bears, which a kind cannot do without. Pure."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation.trans_null import gettext_noop as _

from .model import Document

MARK = re.compile(r"\{\{([^{}]{0,80})\}\}")
LOOSE = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
"""What is left of a place that was not closed, and commands of other programs, which are never obeyed."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place. A `block` has a paragraph of its own and may become several; others stand inside a line."""

    key: str
    title: str
    example: str
    block: bool = False

    @property
    def label(self) -> str:
        """In the language of the page."""
        return gettext(self.title)

    @property
    def mark(self) -> str:
        """As it is typed into the Word file."""
        return f"{{{{{self.key}}}}}"


PLACES = {
    one.key: one
    for one in (
        Place("co_quan_chu_quan", _("Cơ quan chủ quản"), "ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN"),
        Place("ten_co_quan", _("Cơ quan ban hành"), "SỞ NỘI VỤ"),
        Place("so", _("Số, ký hiệu"), "Số: 07/KH-SNV"),
        Place("ngay", _("Địa danh, ngày tháng năm"), "Lạng Sơn, ngày 08 tháng 9 năm 2026"),
        Place("ten_loai", _("Tên loại văn bản"), "KẾ HOẠCH"),
        Place("trich_yeu", _("Trích yếu nội dung"), "Kiểm tra kỷ luật, kỷ cương hành chính năm 2026"),
        Place("tham_quyen", _("Thẩm quyền ban hành"), "GIÁM ĐỐC SỞ NỘI VỤ"),
        Place("can_cu", _("Căn cứ, mỗi căn cứ một đoạn"), "Căn cứ chức năng, nhiệm vụ của Sở Nội vụ;", block=True),
        Place("kinh_gui", _("Kính gửi"), "Kính gửi: Ủy ban nhân dân xã Cao Lộc", block=True),
        Place("noi_dung", _("Nội dung: các đoạn, mục, bảng"), "Sở Nội vụ ban hành kế hoạch …", block=True),
        Place("nguoi_ky", _("Quyền hạn, chức vụ, họ tên người ký"), "KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC", block=True),
        Place("noi_nhan", _("Danh sách nơi nhận, mỗi nơi một dòng"), "- Như trên;", block=True),
        Place(
            "ma_kiem_tra", _("Mã vuông và mã kiểm tra của biên bản"), "Mã kiểm tra nội dung (SHA-256): …", block=True
        ),
    )
}
ALWAYS = frozenset({"so", "trich_yeu", "noi_dung", "nguoi_ky", "noi_nhan"})
"""Without these a paper would lose what was decided, or who answers for it."""


def needed(document: Document) -> frozenset[str]:
    """What a file must have so that nothing of a paper like this one is left out. Names of the office may be typed into it."""
    also = {"ngay": document.header.dated, "can_cu": bool(document.bases), "kinh_gui": bool(document.to)}
    return ALWAYS | {key for key, wanted in also.items() if wanted}


def named(inside: str) -> str:
    """What was typed between the braces, as a key: Word makes capitals, spaces and accents of one's own."""
    plain = unicodedata.normalize("NFD", inside.strip().lower().replace("đ", "d"))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[\s_-]+", "_", plain)


def nearest(key: str) -> str:
    """The place that was probably meant, or nothing."""
    found = difflib.get_close_matches(key, PLACES, n=1, cutoff=0.6)
    return PLACES[found[0]].mark if found else ""


def listed(keys: Collection[str]) -> str:
    """In the order in which they stand on a paper, each with what it bears."""
    return ", ".join(
        f"{one.mark} ({one.title.split(',')[0].split(':')[0].lower()})" for one in PLACES.values() if one.key in keys
    )
