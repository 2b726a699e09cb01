"""What is true of answers: their types, outcomes, how an answer becomes an outcome. No database, no HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

from kycuong.core.problems import BadInput

if TYPE_CHECKING:
    from kycuong.catalog.models import Criterion

Answer = Mapping[str, Any]
"""One answer as a person, a sheet or a phone gives it; what each type takes stands at `weigh`."""

MOST = 1_000_000
"""No count of people, dossiers or documents of one unit is larger; what is, was mistyped."""


class AnswerType(TextChoices):
    """How a criterion is answered."""

    YES_NO = "yes_no", _("Có / Không / Không áp dụng")
    GRADE = "grade", _("Đạt / Đạt một phần / Không đạt / Không áp dụng")
    GRADE_DOCUMENT = "grade_document", _("Mức đạt kèm số, ngày văn bản")
    DOCUMENT = "document", _("Số, ngày văn bản")
    NUMBER = "number", _("Số")
    RATIO = "ratio", _("Tỷ lệ x/y")
    HEADCOUNT = "headcount", _("Bảng quân số")


class Outcome(TextChoices):
    """What an answer comes to; every answer type ends in one of these."""

    PASS = "pass", _("Đạt")
    PARTIAL = "partial", _("Đạt một phần")
    FAIL = "fail", _("Không đạt")
    NOT_APPLICABLE = "not_applicable", _("Không áp dụng")
    NOT_ASKED = "not_asked", _("Chưa kiểm tra")


class AskedOn(TextChoices):
    """What the answer to another criterion must have come to for a conditional one to be asked."""

    PASS = "pass", _("Đạt (Có)")
    MET = "met", _("Đạt hoặc đạt một phần")
    SHORT = "short", _("Đạt một phần hoặc không đạt")
    FAIL = "fail", _("Không đạt (Không)")


ASKED_ON: dict[str, tuple[Outcome, ...]] = {
    AskedOn.PASS: (Outcome.PASS,),
    AskedOn.MET: (Outcome.PASS, Outcome.PARTIAL),
    AskedOn.SHORT: (Outcome.PARTIAL, Outcome.FAIL),
    AskedOn.FAIL: (Outcome.FAIL,),
}


class Setting(TextChoices):
    """When a criterion can be checked."""

    SURPRISE = "surprise", _("Phù hợp đột xuất")
    PREPARED = "prepared", _("Cần chuẩn bị, theo kế hoạch")


class Severity(IntegerChoices):
    """How grave a finding is."""

    MINOR = 1, _("Nhẹ")
    MEDIUM = 2, _("Trung bình")
    SERIOUS = 3, _("Nghiêm trọng")
    GRAVE = 4, _("Rất nghiêm trọng")


class ChecklistForm(TextChoices):
    """Which part of a checklist a visit uses."""

    FULL = "full", _("Đầy đủ")
    SHORT = "short", _("Rút gọn")


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


@dataclass(frozen=True, slots=True)
class Weighed:
    """An answer that has been understood: its outcome, what is stored, and the description of the shortcoming."""

    outcome: Outcome
    stored: dict[str, Any]
    finding: str


def weigh(criterion: Criterion, answer: Answer) -> Weighed:
    """Understand one answer, or raise BadInput with the sentence for its field.

    yes_no, grade: `outcome`. grade_document: `outcome` and, if any, `number`, `dated`. document: `number` or `dated`, or
    `outcome` fail. number: `count` of cases. ratio: `part`, `whole`. Every type: `note`; `finding` describes what is
    short of a pass; `outcome` not_applicable or not_asked, with the reason in `note`.
    """
    if not isinstance(answer, Mapping):
        raise bad_answer(criterion, "câu trả lời không đọc được", "the answer cannot be read")
    outcome, stored = _outcome(criterion, answer)
    note, finding = _text(criterion, answer, "note", 500), _text(criterion, answer, "finding", 1000)
    if stored.get("whole") == 0:
        note = note or "Không có gì để đếm (0/0)."
    if outcome in (Outcome.NOT_APPLICABLE, Outcome.NOT_ASKED) and not note:
        raise bad_answer(
            criterion, "hãy ghi lý do không áp dụng hoặc chưa kiểm tra", "say why it does not apply or was not asked"
        )
    stored = {"outcome": str(outcome), **stored}
    return Weighed(outcome, stored | ({"note": note} if note else {}), finding)


@dataclass(frozen=True, slots=True)
class Judged:
    """All answers of one visit, understood: what is stored, what is not a pass, what was described."""

    stored: dict[str, dict[str, Any]]
    exceptions: dict[str, tuple[Outcome, str]]
    findings: dict[str, str]

    @property
    def short_of_pass(self) -> list[str]:
        """Codes whose shortcoming must be described."""
        return [code for code, (outcome, _) in self.exceptions.items() if outcome in (Outcome.PARTIAL, Outcome.FAIL)]


def weigh_all(
    criteria: Mapping[str, Criterion], answers: Mapping[str, Answer], *, headcount: Outcome | None = None
) -> Judged:
    """Understand the answers of a form, or raise one BadInput with every fault. Empty answers are not answers yet.

    What is not asked, because of how another criterion was answered, is passed over with whatever was typed there.
    `headcount` is what the visit's headcount sheet came to: it answers the criterion on presence.
    """
    judged, faults = Judged({}, {}, {}), []
    for code in answers:
        if code not in criteria:
            vi, en = f"Phiếu không có tiêu chí {code[:20]}.", f"The form has no criterion {code[:20]}."
            faults.append({"field": code[:20], "vi": vi, "en": en})
    for code, criterion in criteria.items():
        answer = answers.get(code) or {}
        if criterion.answer_type == AnswerType.HEADCOUNT and headcount is not None:
            answer = {**answer, "outcome": headcount}
        try:
            if answer and is_asked(criterion, judged.stored):
                _judge(judged, criterion, weigh(criterion, answer))
        except BadInput as problem:
            faults += problem.errors
    if faults:
        raise BadInput(
            " ".join(fault["vi"] for fault in faults), en=" ".join(fault["en"] for fault in faults), errors=faults
        )
    return judged


def is_asked(criterion: Criterion, stored: Mapping[str, Answer]) -> bool:
    """Whether a conditional criterion is asked, after what stands above it was answered. What depends on a criterion that
    was itself not asked is not asked either."""
    if not criterion.asked_after:
        return True
    return (stored.get(criterion.asked_after) or {}).get("outcome") in ASKED_ON[criterion.asked_on]


def exceptions_of_unasked(
    criteria: Mapping[str, Criterion], kind: str, stored: Mapping[str, Answer]
) -> dict[str, tuple[Outcome, str]]:
    """What a form holds but this visit did not ask: kept as exceptions, so that no figure takes it for a pass."""
    found: dict[str, tuple[Outcome, str]] = {}
    for code, criterion in criteria.items():
        if not criterion.applies_to(kind):
            found[code] = (Outcome.NOT_ASKED, "Không hỏi: tiêu chí không dành cho loại đơn vị này.")
        elif not is_asked(criterion, stored):
            when = AskedOn(criterion.asked_on).label.lower()
            found[code] = (Outcome.NOT_ASKED, f"Không hỏi: chỉ hỏi khi {criterion.asked_after} {when}.")
    return found


def _judge(judged: Judged, criterion: Criterion, weighed: Weighed) -> None:
    judged.stored[criterion.code] = weighed.stored
    if weighed.outcome != Outcome.PASS:
        judged.exceptions[criterion.code] = (weighed.outcome, weighed.stored.get("note", ""))
    if weighed.finding and weighed.outcome in (Outcome.PARTIAL, Outcome.FAIL):
        judged.findings[criterion.code] = weighed.finding


def bad_answer(criterion: Criterion, vi: str, en: str) -> BadInput:
    """A fault of one answer, told by the criterion's code."""
    vi, en = f"Tiêu chí {criterion.code}: {vi}.", f"Criterion {criterion.code}: {en}."
    return BadInput(vi, en=en, errors=[{"field": criterion.code, "vi": vi, "en": en}])


def _outcome(criterion: Criterion, answer: Answer) -> tuple[Outcome, dict[str, Any]]:
    said = answer.get("outcome")
    if said in (Outcome.NOT_APPLICABLE, Outcome.NOT_ASKED):
        return Outcome(said), {}
    match criterion.answer_type:
        case AnswerType.RATIO:
            part, whole = _count(criterion, answer, "part"), _count(criterion, answer, "whole")
            if part > whole:
                raise bad_answer(
                    criterion, f"{part} lớn hơn tổng số {whole}", f"{part} is more than the whole, {whole}"
                )
            found = ratio_outcome(part, whole, pass_from=criterion.pass_from, partial_from=criterion.partial_from)
            return found, {"part": part, "whole": whole}
        case AnswerType.NUMBER:
            count = _count(criterion, answer, "count")
            return Outcome.FAIL if count else Outcome.PASS, {"count": count}
        case AnswerType.DOCUMENT:
            document = _document(criterion, answer)
            if not document and said != Outcome.FAIL:
                raise bad_answer(
                    criterion,
                    "hãy ghi số hoặc ngày văn bản, hoặc chọn «Không có»",
                    "give the document's number or date, or fail",
                )
            return Outcome.PASS if document and said != Outcome.FAIL else Outcome.FAIL, document
        case _:
            return _graded(criterion, said), _document(criterion, answer)


def _graded(criterion: Criterion, said: object) -> Outcome:
    grades = [Outcome.PASS, Outcome.FAIL]
    if criterion.answer_type != AnswerType.YES_NO:
        grades.append(Outcome.PARTIAL)
    if said not in grades:
        raise bad_answer(criterion, "hãy chọn một mức trả lời", f"choose one of {', '.join(grades)}")
    return Outcome(str(said))


def _count(criterion: Criterion, answer: Answer, key: str) -> int:
    value = answer.get(key)
    text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) <= MOST):
        raise bad_answer(criterion, "hãy ghi đủ các số nguyên từ 0 trở lên", f"{key} must be a whole number, 0 or more")
    return int(text)


def _document(criterion: Criterion, answer: Answer) -> dict[str, str]:
    """Number and date of a document, as far as they were given."""
    number, dated = _text(criterion, answer, "number", 80), _text(criterion, answer, "dated", 10)
    try:
        day = date.fromisoformat(dated).isoformat() if dated else ""
    except ValueError:
        raise bad_answer(
            criterion,
            f"«{dated}» không phải ngày; hãy viết như 31/12/2019",
            f"{dated!r} is not a day; write 2019-12-31",
        ) from None
    return ({"number": number} if number else {}) | ({"dated": day} if day else {})


def _text(criterion: Criterion, answer: Answer, key: str, longest: int) -> str:
    value = answer.get(key) or ""
    if not isinstance(value, str) or len(value) > longest or "\x00" in value:
        raise bad_answer(
            criterion, f"phần ghi chú dài quá {longest} ký tự", f"{key} is text of at most {longest} characters"
        )
    return value.strip()
