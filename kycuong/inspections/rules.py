"""What is true of inspections and visits, whoever asks and however. No database, no HTTP."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import TextChoices

from kycuong.core.problems import RuleBroken

if TYPE_CHECKING:
    from .models import Inspection, Visit


class Form(TextChoices):
    """Forms of inspection. A self-check is not an inspection and is reported apart."""

    PLANNED = "planned", "Theo kế hoạch"
    SURPRISE = "surprise", "Đột xuất"
    COMBINED = "combined", "Kết hợp"
    CROSS_CHECK = "cross_check", "Kiểm tra chéo"
    RECHECK = "recheck", "Phúc tra"
    REMOTE = "remote", "Từ xa"
    SELF_CHECK = "self_check", "Tự kiểm tra"


COUNTED_FORMS = (Form.PLANNED, Form.SURPRISE, Form.COMBINED, Form.CROSS_CHECK, Form.RECHECK, Form.REMOTE)
"""Forms that figures count as inspections."""


class InspectionState(TextChoices):
    """States of an inspection at the desk (process-and-tables §2.1; later states come with follow-up)."""

    SCHEDULED = "scheduled", "Đã lên lịch"
    IN_PROGRESS = "in_progress", "Đang kiểm tra"
    MINUTES_SIGNED = "minutes_signed", "Đã ký biên bản"
    CANCELLED = "cancelled", "Đã hủy"


INSPECTION_TRANSITIONS: dict[InspectionState, frozenset[InspectionState]] = {
    InspectionState.SCHEDULED: frozenset({InspectionState.IN_PROGRESS, InspectionState.CANCELLED}),
    InspectionState.IN_PROGRESS: frozenset({InspectionState.MINUTES_SIGNED, InspectionState.CANCELLED}),
    InspectionState.MINUTES_SIGNED: frozenset({InspectionState.IN_PROGRESS}),
    InspectionState.CANCELLED: frozenset(),
}


class VisitState(TextChoices):
    """A visit is written, then signed; a wrong signed visit is annulled, never edited."""

    DRAFT = "draft", "Đang ghi"
    SIGNED = "signed", "Đã ký biên bản"
    ANNULLED = "annulled", "Đã hủy"


VISIT_TRANSITIONS: dict[VisitState, frozenset[VisitState]] = {
    VisitState.DRAFT: frozenset({VisitState.SIGNED}),
    VisitState.SIGNED: frozenset({VisitState.ANNULLED}),
    VisitState.ANNULLED: frozenset(),
}


class TeamRole(TextChoices):
    """Roles in a team."""

    HEAD = "team_head", "Trưởng đoàn"
    DEPUTY = "deputy_head", "Phó trưởng đoàn"
    SECRETARY = "secretary", "Thư ký"
    MEMBER = "member", "Thành viên"


class UnitSignature(TextChoices):
    """What the inspected unit did with the minutes."""

    SIGNED = "signed", "Đã ký"
    REFUSED = "refused", "Từ chối ký"


class Source(TextChoices):
    """How a visit came into the system."""

    DESK = "desk", "Nhập tại chỗ"
    IMPORT = "import", "Nhập từ tệp"
    DEMONSTRATION = "demonstration", "Dữ liệu minh họa"


def ensure_draft(visit: Visit) -> None:
    """Only a visit that is not signed yet may be written."""
    if visit.state != VisitState.DRAFT:
        raise RuleBroken(
            "Biên bản đã ký thì không sửa được. Nếu ghi sai, hãy hủy lượt này (nêu lý do) rồi ghi lượt mới.",
            en="Signed minutes cannot be edited. If they are wrong, annul this visit with a reason and record a new one.",
        )


def ensure_may_be_sealed(form: str) -> None:
    """Only a surprise inspection may be sealed."""
    if form != Form.SURPRISE:
        raise RuleBroken(
            "Chỉ cuộc kiểm tra đột xuất mới được niêm phong. Hãy chọn hình thức «Đột xuất» hoặc bỏ niêm phong.",
            en="Only a surprise inspection may be sealed. Choose the form «surprise» or do not seal it.",
        )


def ensure_not_in_future(visited_on: date, *, today: date) -> None:
    """A visit is signed on or after the day it took place."""
    if visited_on > today:
        raise RuleBroken(
            f"Ngày kiểm tra {visited_on:%d/%m/%Y} chưa tới. Hãy sửa ngày kiểm tra trước khi ký.",
            en=f"The visit's day {visited_on:%Y-%m-%d} has not come yet. Correct the day before signing.",
        )


def ensure_open(inspection: Inspection) -> None:
    """A cancelled inspection takes no visits."""
    if inspection.state == InspectionState.CANCELLED:
        raise RuleBroken(
            "Cuộc kiểm tra này đã hủy. Hãy mở cuộc kiểm tra mới.",
            en="This inspection was cancelled. Open a new inspection.",
        )
