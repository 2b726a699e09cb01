"""What is true of checklists: answer types, outcomes, and how a ratio becomes an outcome. No database, no HTTP."""

from __future__ import annotations

from django.db.models import IntegerChoices, TextChoices


class AnswerType(TextChoices):
    """How a criterion is answered."""

    YES_NO = "yes_no", "Có / Không / Không áp dụng"
    GRADE = "grade", "Đạt / Đạt một phần / Không đạt / Không áp dụng"
    GRADE_DOCUMENT = "grade_document", "Mức đạt kèm số, ngày văn bản"
    DOCUMENT = "document", "Số, ngày văn bản"
    NUMBER = "number", "Số"
    RATIO = "ratio", "Tỷ lệ x/y"
    HEADCOUNT = "headcount", "Bảng quân số"


class Outcome(TextChoices):
    """What an answer comes to; every answer type ends in one of these."""

    PASS = "pass", "Đạt"
    PARTIAL = "partial", "Đạt một phần"
    FAIL = "fail", "Không đạt"
    NOT_APPLICABLE = "not_applicable", "Không áp dụng"
    NOT_ASKED = "not_asked", "Chưa kiểm tra"


class Setting(TextChoices):
    """When a criterion can be checked."""

    SURPRISE = "surprise", "Phù hợp đột xuất"
    PREPARED = "prepared", "Cần chuẩn bị, theo kế hoạch"


class Severity(IntegerChoices):
    """How grave a finding is."""

    MINOR = 1, "Nhẹ"
    MEDIUM = 2, "Trung bình"
    SERIOUS = 3, "Nghiêm trọng"
    GRAVE = 4, "Rất nghiêm trọng"


class ChecklistForm(TextChoices):
    """Which part of a checklist a visit uses."""

    FULL = "full", "Đầy đủ"
    SHORT = "short", "Rút gọn"


def ratio_outcome(part: int, whole: int, *, pass_from: int, partial_from: int) -> Outcome:
    """The outcome of part/whole against thresholds in percent. Integers only: no rounding decides an official's grade."""
    if whole == 0:
        return Outcome.NOT_APPLICABLE
    if part * 100 >= pass_from * whole:
        return Outcome.PASS
    if part * 100 >= partial_from * whole:
        return Outcome.PARTIAL
    return Outcome.FAIL


def headcount_outcome(*, absent_unexcused: int, late: int) -> Outcome:
    """Nobody absent without leave and nobody late: pass; only lateness: partial; absence without leave: fail."""
    if absent_unexcused:
        return Outcome.FAIL
    return Outcome.PARTIAL if late else Outcome.PASS
