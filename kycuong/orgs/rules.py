"""What is true of units and their changes, whoever asks. No database, no HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices

FOREVER = date(9999, 12, 31)
"""End of a validity that has no end yet. Intervals are half-open: [valid_from, valid_to)."""


class Kind(TextChoices):
    """What a unit is. The identifiers are the glossary's; figures group by them."""

    PROVINCE = "province", "Tỉnh"
    PROVINCIAL_DEPARTMENT = "provincial_department", "Sở, ban, ngành"
    DISTRICT_PC = "district_pc", "UBND cấp huyện"
    COMMUNE_PC = "commune_pc", "UBND cấp xã"
    DIVISION = "division", "Phòng, chi cục"
    PUBLIC_SERVICE_UNIT = "public_service_unit", "Đơn vị sự nghiệp"


INSPECTABLE = (
    Kind.PROVINCIAL_DEPARTMENT,
    Kind.DISTRICT_PC,
    Kind.COMMUNE_PC,
    Kind.DIVISION,
    Kind.PUBLIC_SERVICE_UNIT,
)
"""Kinds that may be a subject of inspection: everything but the province itself."""

PEOPLES_COMMITTEES = (Kind.PROVINCE, Kind.DISTRICT_PC, Kind.COMMUNE_PC)
"""Kinds whose formal name begins with «UBND»."""


class Scheme(TextChoices):
    """Whose code it is. A code is never a key: codes are given to other units later."""

    AREA = "area", "Mã đơn vị hành chính (Tổng cục Thống kê)"
    EID = "eid", "Mã định danh điện tử (QĐ 20/2020/QĐ-TTg)"
    LOCAL = "local", "Mã nội bộ"


class Change(TextChoices):
    """Kinds of reorganisation."""

    CREATE = "create", "Thành lập"
    MERGE = "merge", "Hợp nhất thành đơn vị mới"
    ABSORB = "absorb", "Sáp nhập vào đơn vị còn tồn tại"
    SPLIT = "split", "Chia tách"
    RENAME = "rename", "Đổi tên, đổi loại"
    MOVE = "move", "Chuyển đơn vị quản lý trực tiếp"
    RECODE = "recode", "Đổi mã"
    DISSOLVE = "dissolve", "Giải thể"


RESERVED_SLUGS = frozenset({"search", "import", "new", "change", "accounts", "why"})
"""Words of our own addresses, which no unit may take."""


@dataclass(frozen=True)
class Duty:
    """Something open at a unit that somebody must take over when the unit ends. Told by the capabilities above."""

    unit_id: int
    text: str
    count: int
    url: str = ""


def formal_name(name: str, kind: str) -> str:
    """The name as documents write it: «Huyện Cao Lộc» → «UBND huyện Cao Lộc»."""
    if kind in PEOPLES_COMMITTEES:
        return f"UBND {name[:1].lower()}{name[1:]}"
    return name
