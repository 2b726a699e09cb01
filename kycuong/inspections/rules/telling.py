"""What documents of an inspection may say, and whom they name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from kycuong.core.problems import RuleBroken

from .states import Form, InspectionState, VisitState

MOST_NAMED = 12
"""Units that an article names one by one."""


def reader_words(person: Any, when: datetime) -> str:
    """What stands at the foot of a sealed document."""
    moment = timezone.localtime(when)
    return f"Tài liệu niêm phong; người mở: {person} ({person.username}), {moment:%d/%m/%Y %H:%M}"


def ensure_announced(form: str, *, sealed: bool) -> None:
    """Nobody announces a surprise."""
    if sealed or form == Form.SURPRISE:
        raise RuleBroken(
            "Cuộc kiểm tra đột xuất không có thông báo, lịch gửi trước.", en="A surprise inspection is not announced."
        )


def ensure_signed(state: str) -> None:
    """Minutes are a document once they are signed, and no more once they are annulled."""
    if state == VisitState.DRAFT:
        raise RuleBroken(
            "Biên bản chưa ký nên chưa có văn bản để tải. Hãy ký biên bản trước.",
            en="The minutes are not signed yet, so there is no document.",
        )
    if state == VisitState.ANNULLED:
        raise RuleBroken(
            "Lượt này đã hủy nên không còn biên bản để tải.", en="The visit was annulled: it has no minutes."
        )


def ensure_stands(state: str) -> None:
    """Nothing that follows from an annulled visit is given out as if it were in force."""
    if state == VisitState.ANNULLED:
        raise RuleBroken(
            "Lượt kiểm tra đã hủy nên văn bản này không còn hiệu lực, không tải được.",
            en="The visit was annulled: this document is not in force any more.",
        )


def ensure_sent(form: str, state: str) -> None:
    """A team is sent, and units are told of it, when another body inspects and has not called it off."""
    if state == InspectionState.CANCELLED:
        raise RuleBroken("Cuộc kiểm tra đã hủy nên không có văn bản này.", en="The inspection was cancelled.")
    if form == Form.SELF_CHECK:
        raise RuleBroken(
            "Đơn vị tự kiểm tra thì không có quyết định thành lập đoàn, không có thông báo lịch kiểm tra.",
            en="A unit that checks itself gets neither a decision on a team nor a schedule.",
        )


def ensure_intact(told: str, now: str) -> None:
    """What was changed behind the log's back is not given out as what was signed."""
    if told and told != now:
        raise RuleBroken(
            "Nội dung không còn như lúc ký nên không xuất thành văn bản. Hãy báo quản trị hệ thống đối chiếu nhật ký.",
            en="The content is no longer what was signed. Ask the administrator to compare it with the log.",
        )


def ensure_reported(reported: bool) -> None:
    if not reported:
        raise RuleBroken(
            "Chưa có báo cáo kết quả của cuộc kiểm tra này. Trưởng đoàn nộp báo cáo trước.",
            en="The team has not handed in its report yet.",
        )


def whom_words(units: Sequence[str]) -> str:
    """Whom the team goes to, as the decision says it."""
    if not units:
        return "Đơn vị được kiểm tra: theo phương án của Đoàn kiểm tra."
    names = list(dict.fromkeys(units))
    if len(names) > MOST_NAMED:
        return f"Đơn vị được kiểm tra: {len(names)} đơn vị, theo lịch kiểm tra."
    return f"Đơn vị được kiểm tra: {'; '.join(names)}."
