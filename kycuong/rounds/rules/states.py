"""States of a round of reports and of each agency's report, and which state follows which."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kycuong.core.problems import BadInput, RuleBroken

LEAST_REASON = 10
"""Characters of a reason that somebody else can understand a year later."""
MOST_DAYS = 120
"""Working days to report; a longer term is a slip of the hand."""


class RoundState(TextChoices):
    """A round is drafted, collects reports, and ends with a signature or without one."""

    DRAFT = "draft", _("Đang soạn")
    OPEN = "open", _("Đang thu")
    SIGNED = "signed", _("Đã ký")
    CANCELLED = "cancelled", _("Đã hủy")


ROUND_TRANSITIONS: dict[RoundState, frozenset[RoundState]] = {
    RoundState.DRAFT: frozenset({RoundState.OPEN}),
    RoundState.OPEN: frozenset({RoundState.SIGNED, RoundState.CANCELLED}),
    RoundState.SIGNED: frozenset(),
    RoundState.CANCELLED: frozenset(),
}


class ReportState(TextChoices):
    """An agency's report is awaited, submitted, and accepted or returned; a returned one is submitted anew."""

    WAITING = "waiting", _("Chưa nộp")
    SUBMITTED = "submitted", _("Chờ xem xét")
    RETURNED = "returned", _("Trả lại")
    ACCEPTED = "accepted", _("Đã nhận")


REPORT_TRANSITIONS: dict[ReportState, frozenset[ReportState]] = {
    ReportState.WAITING: frozenset({ReportState.SUBMITTED}),
    ReportState.SUBMITTED: frozenset({ReportState.ACCEPTED, ReportState.RETURNED}),
    ReportState.RETURNED: frozenset({ReportState.SUBMITTED}),
    ReportState.ACCEPTED: frozenset({ReportState.RETURNED}),
}
OWED = (ReportState.WAITING, ReportState.RETURNED)
"""What the agency has to do next."""
HANDED_IN = (ReportState.SUBMITTED, ReportState.ACCEPTED)

Sentences = tuple[str, str]
ROUND_REFUSALS: Mapping[RoundState, Sentences] = {
    RoundState.DRAFT: (
        "Đợt báo cáo còn đang soạn. Hãy gửi cho các cơ quan trước.",
        "The round is still a draft. Open it for the agencies first.",
    ),
    RoundState.OPEN: (
        "Đợt báo cáo đã gửi cho các cơ quan nên không sửa, không xóa được. Nếu sai, hãy hủy đợt này rồi soạn đợt mới.",
        "The round was opened for the agencies and does not change. Cancel it and draft another one.",
    ),
    RoundState.SIGNED: (
        "Báo cáo của đợt này đã ký nên đợt đã khóa. Thay đổi về sau được nêu ở báo cáo kỳ sau.",
        "The report of this round was signed, so the round is closed. Later changes are told in the next report.",
    ),
    RoundState.CANCELLED: (
        "Đợt báo cáo đã hủy nên không nộp, không ghi được nữa. Nếu cần, hãy liên hệ cơ quan yêu cầu báo cáo.",
        "The round was cancelled; nothing is written any more. Turn to the authority that asked.",
    ),
}
REPORT_REFUSALS: Mapping[ReportState, Sentences] = {
    ReportState.WAITING: ("Cơ quan chưa nộp báo cáo này.", "The agency has not submitted this report yet."),
    ReportState.SUBMITTED: (
        "Báo cáo đã nộp, đang chờ cấp trên xem xét nên không sửa được. Nếu sai, hãy đề nghị cấp trên trả lại.",
        "The report was submitted and waits to be reviewed. If it is wrong, ask for it to be returned.",
    ),
    ReportState.RETURNED: (
        "Báo cáo đang được trả lại để nộp lại.",
        "The report has been returned and will be submitted anew.",
    ),
    ReportState.ACCEPTED: (
        "Báo cáo đã được nhận nên không sửa được. Nếu sai, hãy đề nghị cấp trên trả lại.",
        "The report was accepted and does not change. If it is wrong, ask for it to be returned.",
    ),
}


def ensure_round(state: str, *wanted: RoundState) -> None:
    """The round stands where the act needs it."""
    if RoundState(state) not in wanted:
        vi, en = ROUND_REFUSALS[RoundState(state)]
        raise RuleBroken(vi, en=en)


def ensure_report(state: str, *wanted: ReportState) -> None:
    """The report stands where the act needs it."""
    if ReportState(state) not in wanted:
        vi, en = REPORT_REFUSALS[ReportState(state)]
        raise RuleBroken(vi, en=en)


def ensure_round_sound(*, title: str, days: int, agencies: int) -> None:
    """A round says what it is, how long agencies have, and whom it asks."""
    faults = []
    if not title.strip():
        faults.append(("title", "Hãy ghi tên đợt báo cáo.", "Give the round a title."))
    if not 1 <= days <= MOST_DAYS:
        faults.append(
            ("days", f"Hạn nộp từ 1 đến {MOST_DAYS} ngày làm việc.", f"The term is 1 to {MOST_DAYS} working days.")
        )
    if not agencies:
        faults.append(("agencies", "Hãy ghi ít nhất một cơ quan.", "Name at least one agency."))
    if faults:
        raise BadInput(
            " ".join(vi for _, vi, _ in faults),
            en=" ".join(en for _, _, en in faults),
            errors=[{"field": field, "vi": vi, "en": en} for field, vi, en in faults],
        )


def ensure_under_authority(strangers: Collection[str]) -> None:
    """An authority asks agencies below itself only."""
    if strangers:
        names = ", ".join(strangers)
        raise BadInput(
            f"Không thuộc cơ quan yêu cầu báo cáo vào ngày chốt: {names}. Hãy bỏ những cơ quan này.",
            en=f"Not under the authority at the cut-off: {names}. Leave them out.",
            errors=[{"field": "agencies", "vi": f"Hãy bỏ: {names}.", "en": f"Leave out: {names}."}],
        )


def ensure_reporting(off: Collection[str]) -> None:
    """Nobody asks an agency at which periodic reports are switched off."""
    if off:
        names = ", ".join(off)
        raise BadInput(
            f"Báo cáo định kỳ đang tắt tại: {names}. Hãy bỏ những cơ quan này khỏi đợt, hoặc đề nghị bật lại ở trang «Tính năng».",
            en=f"Periodic reports are switched off at: {names}. Leave them out, or have them switched on (page “Features”).",
            errors=[{"field": "agencies", "vi": f"Hãy bỏ: {names}.", "en": f"Leave out: {names}."}],
        )


def ensure_usual(left: int, *, off: Callable[[], int]) -> None:
    """Of the agencies that are asked when none is named some are left (`off`: how many are not, because reports are switched off there)."""
    if left or not (number := off()):
        return
    said = (
        f"Cả {number} cơ quan thường phải báo cáo đang tắt tính năng báo cáo định kỳ. Hãy ghi cơ quan khác, hoặc đề nghị bật lại ở trang «Tính năng».",
        f"All {number} usual agencies have periodic reports switched off. Name others, or have them switched on (page “Features”).",
    )
    raise BadInput(said[0], en=said[1], errors=[{"field": "agencies", "vi": said[0], "en": said[1]}])


def ensure_reason(reason: str) -> None:
    """Whoever gets a report back, or waits in vain for a round, reads why."""
    if len(reason.strip()) < LEAST_REASON:
        raise BadInput(
            f"Hãy nêu lý do, ít nhất {LEAST_REASON} ký tự.",
            en=f"Give the reason, in {LEAST_REASON} characters or more.",
            errors=[{"field": "reason", "vi": f"Ít nhất {LEAST_REASON} ký tự.", "en": f"At least {LEAST_REASON}."}],
        )


def ensure_accepted_by_another(reviewer: int | None, submitter: int | None) -> None:
    """Who submits a report does not accept it."""
    if reviewer is not None and reviewer == submitter:
        raise RuleBroken(
            "Người nộp báo cáo không tự nhận báo cáo ấy. Hãy để người khác của cơ quan yêu cầu báo cáo xem xét.",
            en="Whoever submitted the report does not accept it. Let somebody else of the authority do so.",
        )


def ensure_over(days_left: int, last: str) -> None:
    """What is signed speaks of a period that is over: the figures of its last day are whole."""
    if days_left > 0:
        raise RuleBroken(
            f"Kỳ báo cáo chưa hết: ngày chốt là {last}. Hãy làm việc này từ ngày hôm sau.",
            en=f"The period is not over: its cut-off is {last}. Do this from the next day on.",
        )


def ensure_number(number: str) -> None:
    """The number that the records clerk gave."""
    if not number.strip():
        raise BadInput(
            "Hãy ghi số, ký hiệu do văn thư cấp.",
            en="Give the number of the document.",
            errors=[{"field": "number", "vi": "Hãy ghi số, ký hiệu.", "en": "missing"}],
        )
