"""Forms, roles and states of inspections and visits, and which state follows which."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kycuong.core.problems import RuleBroken

if TYPE_CHECKING:
    from kycuong.inspections.models import Inspection, Visit


class Form(TextChoices):
    """Forms of inspection. A self-check is not an inspection and is reported apart."""

    PLANNED = "planned", _("Theo kế hoạch")
    SURPRISE = "surprise", _("Đột xuất")
    COMBINED = "combined", _("Kết hợp")
    CROSS_CHECK = "cross_check", _("Kiểm tra chéo")
    RECHECK = "recheck", _("Phúc tra")
    REMOTE = "remote", _("Từ xa")
    SELF_CHECK = "self_check", _("Tự kiểm tra")


COUNTED_FORMS = (Form.PLANNED, Form.SURPRISE, Form.COMBINED, Form.CROSS_CHECK, Form.RECHECK, Form.REMOTE)
"""Forms that figures count as inspections."""


class InspectionState(TextChoices):
    """States of an inspection at the desk; those of remedy come with follow-up."""

    SCHEDULED = "scheduled", _("Đã lên lịch")
    IN_PROGRESS = "in_progress", _("Đang kiểm tra")
    MINUTES_SIGNED = "minutes_signed", _("Đã ký biên bản")
    REPORTED = "reported", _("Đã báo cáo kết quả")
    CONCLUDED = "concluded", _("Đã kết luận")
    CANCELLED = "cancelled", _("Đã hủy")


INSPECTION_TRANSITIONS: dict[InspectionState, frozenset[InspectionState]] = {
    InspectionState.SCHEDULED: frozenset({InspectionState.IN_PROGRESS, InspectionState.CANCELLED}),
    InspectionState.IN_PROGRESS: frozenset({InspectionState.MINUTES_SIGNED, InspectionState.CANCELLED}),
    InspectionState.MINUTES_SIGNED: frozenset(
        {InspectionState.IN_PROGRESS, InspectionState.REPORTED, InspectionState.CONCLUDED}
    ),
    InspectionState.REPORTED: frozenset({InspectionState.IN_PROGRESS, InspectionState.CONCLUDED}),
    InspectionState.CONCLUDED: frozenset({InspectionState.IN_PROGRESS, InspectionState.REPORTED}),
    InspectionState.CANCELLED: frozenset(),
}


class VisitState(TextChoices):
    """A visit is written, then signed; a wrong signed visit is annulled, never edited."""

    DRAFT = "draft", _("Đang ghi")
    SIGNED = "signed", _("Đã ký biên bản")
    ANNULLED = "annulled", _("Đã hủy")


VISIT_TRANSITIONS: dict[VisitState, frozenset[VisitState]] = {
    VisitState.DRAFT: frozenset({VisitState.SIGNED}),
    VisitState.SIGNED: frozenset({VisitState.ANNULLED}),
    VisitState.ANNULLED: frozenset(),
}


class TeamRole(TextChoices):
    """Roles in a team."""

    HEAD = "team_head", _("Trưởng đoàn")
    DEPUTY = "deputy_head", _("Phó trưởng đoàn")
    SECRETARY = "secretary", _("Thư ký")
    MEMBER = "member", _("Thành viên")


class UnitSignature(TextChoices):
    """What the inspected unit did with the minutes."""

    SIGNED = "signed", _("Đã ký")
    REFUSED = "refused", _("Từ chối ký")


class Source(TextChoices):
    """How a visit came into the system."""

    DESK = "desk", _("Nhập tại chỗ")
    IMPORT = "import", _("Nhập từ tệp")
    DEMONSTRATION = "demonstration", _("Dữ liệu minh họa")


def state_of(
    current: str, visits: Collection[str], *, sealed: bool, reported: bool = False, concluded: bool = False
) -> InspectionState:
    """The state of an inspection that was in `current`, by the states of its visits and what followed them.

    `concluded`: every signed visit has an issued conclusion. A sealed one shows nothing of the visits still to come: signed once, it reads as signed (figures.md rule 5).
    """
    if current == InspectionState.CANCELLED:
        return InspectionState.CANCELLED
    if VisitState.SIGNED in visits and (sealed or VisitState.DRAFT not in visits):
        if concluded:
            return InspectionState.CONCLUDED
        return InspectionState.REPORTED if reported else InspectionState.MINUTES_SIGNED
    begun = VisitState.SIGNED in visits or VisitState.ANNULLED in visits or current != InspectionState.SCHEDULED
    return InspectionState.IN_PROGRESS if begun else InspectionState.SCHEDULED


def ensure_draft(visit: Visit) -> None:
    """Only a visit that is not signed yet may be written."""
    if visit.state != VisitState.DRAFT:
        raise RuleBroken(
            "Biên bản đã ký thì không sửa được. Nếu ghi sai, hãy hủy lượt này (nêu lý do) rồi ghi lượt mới.",
            en="Signed minutes cannot be edited. If they are wrong, annul this visit with a reason and record a new one.",
        )


def ensure_signed(visit: Visit) -> None:
    """Only what is signed can be annulled, numbered or followed up."""
    if visit.state == VisitState.DRAFT:
        raise RuleBroken(
            "Lượt kiểm tra này chưa ký biên bản. Hãy ký trước, hoặc xóa bản ghi nháp.",
            en="The minutes of this visit are not signed yet. Sign them first, or remove the draft.",
        )
    if visit.state == VisitState.ANNULLED:
        raise RuleBroken(
            "Lượt kiểm tra này đã hủy nên không còn gì để làm với nó. Hãy ghi lượt mới.",
            en="This visit was annulled; nothing more is done to it. Record a new visit.",
        )


def ensure_reported_when_signed(inspection: Inspection) -> None:
    """A team reports when its minutes are signed, and no more once the conclusion is out."""
    if inspection.state not in (InspectionState.MINUTES_SIGNED, InspectionState.REPORTED):
        raise RuleBroken(
            f"Cuộc kiểm tra đang ở trạng thái «{inspection.get_state_display()}»; báo cáo nộp khi mọi biên bản đã ký "
            "và chưa có kết luận.",
            en=f"The inspection is {inspection.state}; a report is handed in when all minutes are signed, before the conclusion.",
        )


def ensure_open(inspection: Inspection) -> None:
    """A cancelled inspection takes no visits."""
    if inspection.state == InspectionState.CANCELLED:
        raise RuleBroken(
            "Cuộc kiểm tra này đã hủy. Hãy mở cuộc kiểm tra mới.",
            en="This inspection was cancelled. Open a new inspection.",
        )


def ensure_none_signed(visits: Collection[str]) -> None:
    """An inspection with signed minutes took place: its visits may be annulled one by one, it cannot be cancelled."""
    if VisitState.SIGNED in visits:
        raise RuleBroken(
            "Cuộc kiểm tra đã có biên bản ký nên không hủy được. Nếu biên bản sai, hãy hủy từng lượt và nêu lý do.",
            en="This inspection has signed minutes and cannot be cancelled. Annul wrong visits one by one, with a reason.",
        )
