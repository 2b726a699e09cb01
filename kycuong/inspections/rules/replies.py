"""The two-sided clock: how long the unit has to answer, how long the lead side to decide, and what silence means."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kycuong.core.problems import BadInput, RuleBroken

if TYPE_CHECKING:
    from kycuong.inspections.models import Conclusion, Finding

REPLY_DAYS, DECIDE_DAYS, CONCLUDE_DAYS, MOST_DAYS = 5, 10, 15, 60
"""Working days. The first three are a proposal, until an office sets its own; the last is a slip of the hand."""

UNANSWERED = "Hết hạn xem xét mà không trả lời."
"""The reason that stands beside a finding withdrawn because nobody decided in time."""


class UnitSilence(TextChoices):
    """What it means that the unit says nothing by the end of its term."""

    STANDS = "stands", _("tồn tại giữ nguyên như dự thảo")


class LeadSilence(TextChoices):
    """What it means that nobody decides in time on a finding to which the unit objects."""

    WITHDRAWN = "withdrawn", _("tồn tại được rút")
    WAITS = "waits", _("kết luận chưa được duyệt cho tới khi có quyết định")


class DecisionOutcome(TextChoices):
    """What becomes of a finding to which the unit objected."""

    KEPT = "kept", _("Giữ nguyên")
    CHANGED = "changed", _("Sửa")
    WITHDRAWN = "withdrawn", _("Rút")


def ensure_rule(*, reply_days: int, decide_days: int, conclude_days: int, valid_from: date, today: date) -> None:
    """Both terms leave time to read and write; a rule begins today or later, for what was told to units stands."""
    if not all(1 <= days <= MOST_DAYS for days in (reply_days, decide_days, conclude_days)):
        raise BadInput(
            f"Mỗi thời hạn từ 1 đến {MOST_DAYS} ngày làm việc.",
            en=f"Each term is 1 to {MOST_DAYS} working days.",
        )
    if valid_from < today:
        raise BadInput(
            f"Quy tắc mới chỉ áp dụng từ hôm nay ({today:%d/%m/%Y}) trở đi.",
            en=f"A new rule holds from today ({today:%Y-%m-%d}) on.",
            errors=[{"field": "valid_from", "vi": "Hãy chọn từ hôm nay trở đi.", "en": "Choose today or later."}],
        )


def ensure_days_to_reply(days: int, *, least: int) -> None:
    """The unit may be given more time than the rule, never less."""
    if not least <= days <= MOST_DAYS:
        raise BadInput(
            f"Thời hạn lấy ý kiến từ {least} (theo quy tắc) đến {MOST_DAYS} ngày làm việc; có thể cho thêm, không được bớt.",
            en=f"The unit has {least} (by the rule) to {MOST_DAYS} working days; more may be given, not less.",
            errors=[{"field": "days", "vi": f"Từ {least} đến {MOST_DAYS}.", "en": f"From {least} to {MOST_DAYS}."}],
        )


def ensure_in_time(conclusion: Conclusion, *, today: date) -> None:
    """The unit answers until the last day of its term."""
    if conclusion.reply_until is not None and today > conclusion.reply_until:
        raise RuleBroken(
            f"Đã hết hạn có ý kiến ({conclusion.reply_until:%d/%m/%Y}). Nếu cần, hãy đề nghị cơ quan chủ trì gửi lại dự thảo.",
            en=f"The term for the reply ended on {conclusion.reply_until:%Y-%m-%d}. Ask the lead authority to share it anew.",
        )


def ensure_answer(*, accepts: bool, text: str) -> None:
    """Who objects says why."""
    if not accepts and not text.strip():
        raise BadInput(
            "Hãy ghi ý kiến: vì sao đơn vị không đồng ý với tồn tại này.",
            en="Say why the unit does not agree with this finding.",
            errors=[{"field": "text", "vi": "Hãy ghi ý kiến.", "en": "Write something here."}],
        )


def ensure_undecided(finding: Finding) -> None:
    """What was decided stands; the unit's answer to it, too."""
    if decision := finding.decided:
        raise RuleBroken(
            f"Cơ quan chủ trì đã xem xét tồn tại này ({decision.get_outcome_display().lower()}, "
            f"{decision.decided_on:%d/%m/%Y}); việc ấy không đổi được nữa.",
            en=f"The lead authority has decided on this finding ({decision.outcome}); that is not changed any more.",
        )


def ensure_disputed(finding: Finding) -> None:
    """There is something to decide only where the unit objected."""
    reply = finding.answered
    if reply is None or reply.accepts:
        raise RuleBroken(
            "Đơn vị không có ý kiến khác về tồn tại này nên không có gì phải quyết định.",
            en="The unit does not object to this finding, so there is nothing to decide.",
        )


def ensure_decision(outcome: str, *, reason: str, description: str, severity: int | None) -> None:
    """A decision has a reason; one that changes the finding says into what."""
    if not reason.strip():
        raise BadInput(
            "Hãy ghi lý do để đơn vị hiểu quyết định.",
            en="Give the reason, so that the unit understands the decision.",
            errors=[{"field": "reason", "vi": "Hãy ghi lý do.", "en": "Give the reason."}],
        )
    if outcome == DecisionOutcome.CHANGED and (not description.strip() or severity is None):
        raise BadInput(
            "Hãy ghi nội dung và mức độ mới của tồn tại.",
            en="Write the new words and the new severity of the finding.",
            errors=[{"field": "description", "vi": "Hãy ghi nội dung mới.", "en": "Write the new words."}],
        )


def ensure_not_of_the_unit(*, replier: int | None, decider: int, is_unit: bool) -> None:
    """Nobody judges his own objection."""
    if is_unit or replier == decider:
        raise RuleBroken(
            "Người của đơn vị được kiểm tra không quyết định về ý kiến của chính đơn vị. Hãy để người khác của cơ quan chủ trì.",
            en="Whoever speaks for the unit does not decide on what the unit said. Let somebody else of the lead authority do it.",
        )


def ensure_all_decided(waiting: int, *, decide_until: date | None, lead_silence: str) -> None:
    """No conclusion is approved over an answer that nobody has read."""
    if waiting:
        until = f", chậm nhất {decide_until:%d/%m/%Y}" if decide_until else ""
        after = "" if lead_silence == LeadSilence.WAITS else " Quá hạn ấy, tồn tại được rút."
        raise RuleBroken(
            f"Còn {waiting} tồn tại đơn vị có ý kiến mà chưa xem xét{until}. Hãy quyết định từng tồn tại rồi duyệt.{after}",
            en=f"{waiting} findings to which the unit objects are undecided. Decide on each, then approve.",
        )
