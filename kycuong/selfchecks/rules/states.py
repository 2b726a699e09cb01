"""States of a campaign of self-checks and of each self-check, and which state follows which."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kycuong.core.problems import BadInput, RuleBroken

LEAST_REASON = 10
"""Characters of a reason that somebody else can understand a year later."""
MOST_DAYS = 120
"""Working days to answer; a longer term is a slip of the hand."""


class CampaignState(TextChoices):
    """A campaign is drafted, sent to the units, and closed."""

    DRAFT = "draft", _("Đang soạn")
    SENT = "sent", _("Đã gửi")
    CLOSED = "closed", _("Đã kết thúc")


CAMPAIGN_TRANSITIONS: dict[CampaignState, frozenset[CampaignState]] = {
    CampaignState.DRAFT: frozenset({CampaignState.SENT}),
    CampaignState.SENT: frozenset({CampaignState.CLOSED}),
    CampaignState.CLOSED: frozenset(),
}


class CheckState(TextChoices):
    """A self-check waits for its unit, is being written, and is submitted; a correction reopens it."""

    WAITING = "waiting", _("Chưa làm")
    DRAFT = "draft", _("Đang làm")
    SUBMITTED = "submitted", _("Đã nộp")


CHECK_TRANSITIONS: dict[CheckState, frozenset[CheckState]] = {
    CheckState.WAITING: frozenset({CheckState.DRAFT, CheckState.SUBMITTED}),
    CheckState.DRAFT: frozenset({CheckState.SUBMITTED}),
    CheckState.SUBMITTED: frozenset({CheckState.DRAFT}),
}


def ensure_campaign_sound(*, title: str, days: int, kinds: Collection[str], units: int) -> None:
    """A campaign says what it is, how long units have, and whom it asks."""
    faults = []
    if not title.strip():
        faults.append(("title", "Hãy ghi tên đợt tự kiểm tra.", "Give the campaign a title."))
    if not 1 <= days <= MOST_DAYS:
        faults.append(
            ("days", f"Hạn nộp từ 1 đến {MOST_DAYS} ngày làm việc.", f"The term is 1 to {MOST_DAYS} working days.")
        )
    if not kinds and not units:
        faults.append(
            ("kinds", "Hãy chọn loại đơn vị, hoặc ghi từng đơn vị.", "Choose kinds of unit, or single units.")
        )
    if faults:
        raise BadInput(
            " ".join(vi for _, vi, _ in faults),
            en=" ".join(en for _, _, en in faults),
            errors=[{"field": field, "vi": vi, "en": en} for field, vi, en in faults],
        )


def ensure_under_authority(strangers: Collection[str]) -> None:
    """An authority asks its own units only."""
    if strangers:
        names = ", ".join(strangers)
        raise BadInput(
            f"Không thuộc cơ quan gửi, hoặc không phải đơn vị được kiểm tra: {names}. Hãy bỏ những đơn vị này.",
            en=f"Not under the authority that asks, or never inspected: {names}. Leave them out.",
            errors=[{"field": "units", "vi": f"Hãy bỏ: {names}.", "en": f"Leave out: {names}."}],
        )


def ensure_somebody_asked(units: int, *, off: int = 0) -> None:
    """A campaign goes to at least one unit that is there, and where self-checks are not switched off (`off`: how many are left out so)."""
    if not units and off:
        raise RuleBroken(
            f"Cả {off} đơn vị đã chọn đang tắt tính năng tự kiểm tra. Hãy chọn đơn vị khác, hoặc đề nghị bật lại ở trang «Tính năng».",
            en=f"All {off} chosen units have self-checks switched off. Choose others, or have it switched on (page “Features”).",
        )
    if not units:
        raise RuleBroken(
            "Hôm nay không có đơn vị nào như đã chọn. Hãy sửa lại loại đơn vị rồi gửi.",
            en="There is no such unit today. Change the chosen kinds, then send it.",
        )


def ensure_campaign_draft(state: str) -> None:
    """What was sent to units is not rewritten under their hands."""
    if state != CampaignState.DRAFT:
        raise RuleBroken(
            "Đợt tự kiểm tra đã gửi cho các đơn vị nên không sửa được. Hãy kết thúc đợt này rồi soạn đợt mới.",
            en="The campaign was sent to the units and does not change. Close it and draft another one.",
        )


def ensure_campaign_open(state: str) -> None:
    """Units answer, and campaigns are closed, from the sending on until the closing."""
    if state == CampaignState.DRAFT:
        raise RuleBroken(
            "Đợt tự kiểm tra chưa gửi. Hãy gửi cho các đơn vị trước.", en="The campaign is not sent yet. Send it first."
        )
    if state == CampaignState.CLOSED:
        raise RuleBroken(
            "Đợt tự kiểm tra đã kết thúc nên không ghi, không sửa được nữa. Nếu cần, hãy liên hệ cơ quan đã gửi.",
            en="The campaign is closed; nothing is written any more. Turn to the authority that sent it.",
        )


def ensure_unsubmitted(state: str) -> None:
    """What was submitted stays as it is, unless it is reopened with a reason."""
    if state == CheckState.SUBMITTED:
        raise RuleBroken(
            "Bản tự kiểm tra đã nộp nên không sửa được. Nếu ghi sai, hãy chọn «Mở lại để đính chính» và nêu lý do.",
            en="This self-check was submitted and does not change. If it is wrong, reopen it with a reason.",
        )


def ensure_submitted(state: str) -> None:
    """Only what was submitted can be reopened."""
    if state != CheckState.SUBMITTED:
        raise RuleBroken(
            "Bản tự kiểm tra này chưa nộp nên cứ ghi tiếp, không cần mở lại.",
            en="This self-check is not submitted; go on writing, there is nothing to reopen.",
        )


def ensure_reason(reason: str) -> None:
    """A correction says why."""
    if len(reason.strip()) < LEAST_REASON:
        raise BadInput(
            f"Hãy ghi lý do đính chính, ít nhất {LEAST_REASON} ký tự.",
            en=f"Give the reason for the correction, at least {LEAST_REASON} characters.",
            errors=[{"field": "reason", "vi": f"Ít nhất {LEAST_REASON} ký tự.", "en": f"At least {LEAST_REASON}."}],
        )
