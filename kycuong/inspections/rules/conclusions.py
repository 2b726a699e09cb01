"""What follows signed minutes: the team's report, and the conclusion that the unit may answer before it is final."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kycuong.core.problems import BadInput, RuleBroken

if TYPE_CHECKING:
    from kycuong.inspections.models import Conclusion, Finding


class ConclusionState(TextChoices):
    """A conclusion is drafted, shown to the unit, approved by the authority that ordered the inspection, issued."""

    DRAFT = "draft", _("Dự thảo")
    SHARED = "shared", _("Lấy ý kiến đơn vị")
    APPROVED = "approved", _("Đã duyệt")
    ISSUED = "issued", _("Đã ban hành")


CONCLUSION_TRANSITIONS: dict[ConclusionState, frozenset[ConclusionState]] = {
    ConclusionState.DRAFT: frozenset({ConclusionState.SHARED}),
    ConclusionState.SHARED: frozenset({ConclusionState.DRAFT, ConclusionState.APPROVED}),
    ConclusionState.APPROVED: frozenset({ConclusionState.DRAFT, ConclusionState.ISSUED}),
    ConclusionState.ISSUED: frozenset(),
}


def before(state: ConclusionState) -> list[ConclusionState]:
    """The states from which one comes to this one."""
    return [one for one, following in CONCLUSION_TRANSITIONS.items() if state in following]


def ensure_in(conclusion: Conclusion, *states: ConclusionState) -> None:
    """What is asked fits the state that the conclusion is in."""
    if conclusion.state not in states:
        wanted = ", ".join(f"«{state.label}»" for state in states)
        raise RuleBroken(
            f"Kết luận đang ở trạng thái «{conclusion.get_state_display()}»; việc này chỉ làm khi {wanted}. Hãy tải lại trang.",
            en=f"The conclusion is {conclusion.state}; this is done only when it is {', '.join(states)}. Reload the page.",
        )


def ensure_says_something(parts: Iterable[str]) -> None:
    """An empty conclusion is none."""
    if not any(part.strip() for part in parts):
        raise BadInput(
            "Kết luận chưa có nội dung. Hãy ghi ít nhất một mục.",
            en="The conclusion says nothing yet. Write at least one part.",
        )


def ensure_reply(text: str) -> None:
    """A reply says something: to agree, too, takes a word."""
    if not text.strip():
        raise BadInput(
            "Hãy ghi ý kiến của đơn vị; nếu nhất trí, ghi «Nhất trí».",
            en="Write what the unit says; if it agrees, write that.",
            errors=[{"field": "reply", "vi": "Hãy ghi ý kiến.", "en": "Write something here."}],
        )


def ensure_heard(*, replied: bool, reply_until: date | None, today: date) -> None:
    """Nobody is concluded upon unheard: the unit answered, or its time to answer has passed."""
    if not replied and (reply_until is None or today <= reply_until):
        last = f" (hết ngày {reply_until:%d/%m/%Y})" if reply_until else ""
        raise RuleBroken(
            f"Đơn vị chưa có ý kiến và chưa hết hạn lấy ý kiến{last}. Hãy đợi ý kiến hoặc đợi hết hạn rồi duyệt.",
            en="The unit has not replied and its term has not passed. Wait for either, then approve.",
        )


def ensure_not_the_drafter(approver: int, drafter: int | None) -> None:
    """Two people stand behind a conclusion."""
    if approver == drafter:
        raise RuleBroken(
            "Người soạn dự thảo không tự duyệt. Hãy để lãnh đạo khác duyệt.",
            en="Who drafted the conclusion does not approve it. Let another leader approve it.",
        )


def ensure_issued_in_order(issued_on: date, *, visited_on: date, today: date) -> None:
    """A conclusion is issued after the visit, and nobody records an issue that has not happened."""
    if not visited_on <= issued_on <= today:
        raise BadInput(
            f"Ngày ban hành phải từ {visited_on:%d/%m/%Y} đến {today:%d/%m/%Y}.",
            en=f"The day of issue lies between {visited_on:%Y-%m-%d} and {today:%Y-%m-%d}.",
            errors=[{"field": "issued_on", "vi": "Ngày chưa đúng.", "en": "Not a possible day."}],
        )


def ensure_reported_in_order(reported_on: date, *, visited_on: date, today: date) -> None:
    """A team reports after its first visit, and not in the future."""
    if not visited_on <= reported_on <= today:
        raise BadInput(
            f"Ngày báo cáo phải từ {visited_on:%d/%m/%Y} đến {today:%d/%m/%Y}.",
            en=f"The day of the report lies between {visited_on:%Y-%m-%d} and {today:%Y-%m-%d}.",
            errors=[{"field": "reported_on", "vi": "Ngày chưa đúng.", "en": "Not a possible day."}],
        )


def shortcomings_drafted(findings: Sequence[Finding]) -> str:
    """The findings, one on a line, as a conclusion begins."""
    if not findings:
        return "Không ghi nhận tồn tại, hạn chế."
    return "\n".join(
        f"{place}. {f'({finding.criterion_code}) ' if finding.criterion_code else ''}{finding.words_now}"
        for place, finding in enumerate(findings, 1)
    )


def requests_drafted(unit: str, findings: Sequence[Finding]) -> str:
    """What the unit is asked to do; what exactly and by when, the recommendations beside it say."""
    if not findings:
        return ""
    return f"{unit} khắc phục các tồn tại nêu trên theo các kiến nghị kèm theo và báo cáo kết quả đúng hạn."


def reworded(text: str, finding: Finding) -> str:
    """A part that somebody rewrote, after a decision: where it tells of the finding in its words, those that hold now."""
    if finding.is_withdrawn:
        return text.replace(finding.description, "đã rút sau khi xem xét ý kiến của đơn vị")
    return text.replace(finding.description, finding.words_now)
