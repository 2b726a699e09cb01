"""Who a finding concerns: a category and a position first; a name only where somebody must answer, and for few eyes."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kycuong.core.problems import BadInput, RuleBroken

MOST_PEOPLE, LONGEST_NAME = 50, 100
MASK = "●●●"
"""What everybody else sees of a name."""


class Category(TextChoices):
    """By which law somebody serves (Luật Cán bộ, công chức; Luật Viên chức; NĐ 33/2023/NĐ-CP; NĐ 111/2022/NĐ-CP)."""

    OFFICIAL = "official", _("Cán bộ")
    CIVIL_SERVANT = "civil_servant", _("Công chức")
    PUBLIC_EMPLOYEE = "public_employee", _("Viên chức")
    PART_TIME = "part_time", _("Người hoạt động không chuyên trách")
    CONTRACT = "contract", _("Hợp đồng lao động")


def ensure_concerned(*, there: int, category: str, position: str, name: str) -> None:
    """A known category, a position, a name of some length, and not a whole office one by one."""
    faults: list[tuple[str, str, str]] = []
    if category not in Category.values:
        faults.append(("category", "Hãy chọn đối tượng.", "Choose the category."))
    if not position.strip():
        faults.append(("position", "Hãy ghi chức vụ hoặc vị trí việc làm.", "Give the position."))
    if len(name) > LONGEST_NAME or "\0" in name:
        faults.append(("name", f"Tên dài quá {LONGEST_NAME} ký tự hoặc có ký tự lạ.", "The name cannot be kept."))
    if faults:
        raise BadInput(
            " ".join(vi for _, vi, _ in faults),
            en=" ".join(en for _, _, en in faults),
            errors=[{"field": field, "vi": vi, "en": en} for field, vi, en in faults],
        )
    if there >= MOST_PEOPLE:
        raise RuleBroken(
            f"Tồn tại này đã ghi {there} người. Hãy mô tả chung trong nội dung tồn tại.",
            en=f"This finding already names {there} people. Describe them in its text instead.",
        )
