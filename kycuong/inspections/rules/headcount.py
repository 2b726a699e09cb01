"""The roll-call sheet: who was there at what hour, who was away and why; what the numbers say of the criterion on presence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from kycuong.catalog.rules import MOST, Outcome, headcount_outcome
from kycuong.core.problems import BadInput

REASONS = {
    "excused_leave": "nghỉ phép",
    "excused_mission": "đi công tác",
    "excused_meeting": "đi họp, học",
    "excused_sick": "ốm",
    "excused_maternity": "thai sản",
    "excused_other": "lý do khác",
}
"""Column → why somebody was away with leave, as people say it."""
TOTALS = ("quota", "present", "absent_excused", "absent_unexcused", "late")
SHEET = (*TOTALS, *REASONS, "roll_call_at")
"""The columns of the sheet, in its order."""


@dataclass(frozen=True, slots=True)
class Headcount:
    """Who was there when the roll was called. Sheets from before reasons were asked have none."""

    quota: int | None = None
    present: int | None = None
    absent_excused: int | None = None
    absent_unexcused: int | None = None
    late: int | None = None
    excused_leave: int | None = None
    excused_mission: int | None = None
    excused_meeting: int | None = None
    excused_sick: int | None = None
    excused_maternity: int | None = None
    excused_other: int | None = None
    roll_call_at: time | None = None

    @property
    def is_complete(self) -> bool:
        return None not in (self.present, self.absent_unexcused)

    @property
    def outcome(self) -> Outcome | None:
        """What the sheet says of the criterion on presence; None until it is filled in."""
        if self.present is None or self.absent_unexcused is None:
            return None
        return headcount_outcome(absent_unexcused=self.absent_unexcused, late=self.late or 0)

    @property
    def excused_by_reason(self) -> int | None:
        """How many the reasons add up to; None when none was given."""
        given = [number for name in REASONS if (number := getattr(self, name)) is not None]
        return sum(given) if given else None

    @property
    def reasons_in_words(self) -> str:
        """«nghỉ phép 1, đi công tác 2»."""
        given = ((label, getattr(self, name)) for name, label in REASONS.items())
        return ", ".join(f"{label} {number}" for label, number in given if number)


def headcount_of(sheet: object) -> Headcount:
    """The sheet of a visit, or of a form's values by attribute."""
    return Headcount(**{name: getattr(sheet, name) for name in SHEET})


def ensure_headcount(people: Headcount) -> None:
    """Whole numbers that fit together."""
    numbers = [getattr(people, name) for name in (*TOTALS, *REASONS)]
    if any(number is not None and not 0 <= number <= MOST for number in numbers):
        raise BadInput(
            "Quân số phải là số nguyên từ 0 trở lên.", en="Numbers of people are whole numbers, 0 or more.",
            errors=[{"field": "present", "vi": "Số nguyên từ 0 trở lên.", "en": "A whole number, 0 or more."}],
        )  # fmt: skip
    _ensure_reasons_add_up(people)
    counted = sum(number or 0 for number in (people.present, people.absent_excused, people.absent_unexcused))
    if people.quota is not None and counted > people.quota:
        raise BadInput(
            f"Có mặt và vắng cộng lại là {counted}, nhiều hơn biên chế {people.quota}. Hãy kiểm tra lại các con số.",
            en=f"Present and absent add up to {counted}, more than the quota of {people.quota}. Check the numbers.",
            errors=[
                {
                    "field": "quota",
                    "vi": f"Ít hơn tổng số đã đếm ({counted}).",
                    "en": f"Less than the {counted} counted.",
                }
            ],
        )
    if people.late and people.late > (people.present or 0):
        raise BadInput(
            f"Số đi muộn, về sớm ({people.late}) nhiều hơn số có mặt ({people.present or 0}).",
            en=f"More people late ({people.late}) than present ({people.present or 0}).",
            errors=[{"field": "late", "vi": "Nhiều hơn số có mặt.", "en": "More than were present."}],
        )


def _ensure_reasons_add_up(people: Headcount) -> None:
    """Reasons are all given, or none is: a part of them would read as the whole."""
    told = people.excused_by_reason
    if told is not None and told != people.absent_excused:
        total = "chưa ghi" if people.absent_excused is None else str(people.absent_excused)
        raise BadInput(
            f"Vắng có lý do là {total}, nhưng cộng theo từng lý do được {told}. Hãy sửa cho khớp, hoặc để trống các lý do.",
            en=f"Absent with leave is {total if people.absent_excused is not None else 'not given'}, but the reasons add up "
            f"to {told}. Make them agree, or leave the reasons empty.",
            errors=[
                {
                    "field": "absent_excused",
                    "vi": f"Cộng theo từng lý do được {told}.",
                    "en": f"The reasons add up to {told}.",
                }
            ],
        )


def absence_described(people: Headcount) -> str:
    """The finding that a headcount amounts to, in words."""
    parts = [
        f"vắng không lý do {people.absent_unexcused} người" if people.absent_unexcused else "",
        f"đi muộn, về sớm {people.late} người" if people.late else "",
    ]
    text = "; ".join(part for part in parts if part)
    return f"{text[:1].upper()}{text[1:]}." if text else ""
