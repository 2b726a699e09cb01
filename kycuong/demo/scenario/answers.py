"""Invented answers, headcounts and findings for a sketched visit: plausible, from the seed, naming nobody."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol


class CriterionLike(Protocol):
    """What is needed of a criterion."""

    code: str
    answer_type: str
    counted: bool
    only_with_procedures: bool
    severity: int


@dataclass(frozen=True)
class FindingSketch:
    """A shortcoming to come, with its term and, when it was mended, the day."""

    criterion_code: str
    description: str
    severity: int
    due_on: date
    remedied_on: date | None


@dataclass(frozen=True)
class HeadcountSketch:
    """People present and absent at the hour of the visit."""

    quota: int
    present: int
    absent_excused: int
    absent_unexcused: int
    late: int


WEAK = {"D1": 2.2, "C1": 1.8, "E1": 1.6, "B6": 1.3, "D3": 1.4, "C2": 1.2, "E4": 1.3}
"""Criteria that fail more often than others, by factor: badges, presence, posting, task assignment."""

WORDING = {
    "C1": "Có người vắng mặt không lý do tại thời điểm kiểm tra",
    "C2": "Sổ theo dõi ra vào chưa khớp thực tế",
    "D1": "Có công chức không đeo thẻ khi làm nhiệm vụ",
    "D3": "Thiếu biển phòng, biển chức danh",
    "E1": "Thủ tục hành chính niêm yết thiếu hoặc đã hết hiệu lực",
    "E4": "Hồ sơ chưa được nhập đầy đủ vào hệ thống",
    "B6": "Phân công nhiệm vụ chưa cập nhật khi thay đổi nhân sự",
}


def headcount(rng: random.Random, quality: float) -> HeadcountSketch:
    """A small office at the start of working hours."""
    quota = rng.randint(4, 24)
    unexcused = 1 if rng.random() > quality + 0.06 else 0
    excused = rng.choice([0, 0, 1, 1, 2])
    late = 1 if rng.random() > quality + 0.04 else 0
    return HeadcountSketch(quota, quota - unexcused - excused, excused, unexcused, late)


def answers(
    criteria: Iterable[CriterionLike], people: HeadcountSketch, rng: random.Random, *, quality: float, procedures: bool
) -> dict[str, dict[str, Any]]:
    """One answer for each counted criterion; those on procedures do not apply to a unit without any."""
    given: dict[str, dict[str, Any]] = {}
    for criterion in criteria:
        if not criterion.counted or criterion.answer_type == "headcount":
            continue
        if criterion.only_with_procedures and not procedures:
            given[criterion.code] = {"outcome": "not_applicable", "note": "Đơn vị không tiếp nhận thủ tục hành chính"}
            continue
        good = rng.random() < 1 - (1 - quality) * WEAK.get(criterion.code, 0.45)
        given[criterion.code] = _answer(criterion, good, people, rng)
    return given


def _answer(criterion: CriterionLike, good: bool, people: HeadcountSketch, rng: random.Random) -> dict[str, Any]:
    kind = criterion.answer_type
    if kind == "ratio":
        whole = people.present if criterion.code.startswith("D") else rng.randint(5, 20)
        return {"part": whole if good else max(0, whole - rng.randint(1, max(1, whole // 3))), "whole": whole}
    if kind == "document":
        day = date(2018, 1, 15) + timedelta(rng.randint(0, 60))
        return {"number": f"{rng.randint(3, 99)}/KH", "dated": day.isoformat()} if good else {"outcome": "fail"}
    if kind == "number":
        return {"count": 0 if good else rng.randint(1, 3)}
    if kind == "yes_no":
        return {"outcome": "pass" if good else "fail"}
    return {"outcome": "pass" if good else rng.choice(["partial", "partial", "fail"])}


def finding(criterion: CriterionLike, visited_on: date, rng: random.Random, *, until: date) -> FindingSketch:
    """A finding for an answer that is not a pass: thirty days to mend it, mostly kept, sometimes late or never.

    `until` is the day of loading: nothing is mended in the future.
    """
    due = visited_on + timedelta(15 if criterion.severity >= 3 else 30)
    luck = rng.random()
    mended: date | None = due - timedelta(rng.randint(1, 12)) if luck < 0.8 else None
    if 0.8 <= luck < 0.96:
        mended = due + timedelta(rng.randint(3, 90))
    if mended is not None and mended > until:
        mended = None
    wording = WORDING.get(criterion.code, "Thực hiện chưa đầy đủ nội dung của tiêu chí")
    return FindingSketch(criterion.code, f"{wording} (tiêu chí {criterion.code})", criterion.severity, due, mended)
