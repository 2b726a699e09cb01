"""What a version of a checklist must be before it is published: codes, conditions, thresholds. No database, no HTTP."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from kycuong.core.problems import BadInput, RuleBroken

from .answers import AnswerType, Outcome

if TYPE_CHECKING:
    from kycuong.catalog.models import Criterion, CriterionGroup

VERSION = re.compile(r"\d[0-9A-Za-z.\-]{0,19}")
LOCAL = "I"
"""The group of additions: what stands in it, or in a group whose code begins with it, compares nothing in the province."""
STANDARD_GROUP = re.compile(r"[A-Z]")
LOCAL_GROUP = re.compile(r"I[A-Z]{2,3}")
ANSWERED = frozenset({Outcome.PASS, Outcome.PARTIAL, Outcome.FAIL})


class Fault(NamedTuple):
    """Why a draft cannot be published yet, by the code it concerns."""

    code: str
    vi: str
    en: str


def is_local(group_code: str) -> bool:
    """Whether what stands in this group is an addition, kept out of comparisons."""
    return group_code.startswith(LOCAL)


def ensure_not_published(published: bool) -> None:
    """A published checklist never changes: answers of past years must mean what they meant."""
    if published:
        raise RuleBroken(
            "Phiếu kiểm tra đã công bố thì không sửa được. Hãy lập phiên bản mới rồi sửa ở đó.",
            en="A published checklist does not change. Make a new version and change that one.",
        )


def ensure_version_name(version: str) -> None:
    """Addresses carry it, so it begins with a digit and holds no blanks."""
    if not VERSION.fullmatch(version):
        raise _bad(
            "version",
            "Số phiên bản phải bắt đầu bằng chữ số và chỉ có chữ không dấu, chữ số, dấu chấm, gạch nối, ví dụ 1.1 hoặc 2026.1.",
            "A version begins with a digit and holds letters a–z, digits, dots and dashes only, such as 1.1 or 2026.1.",
        )


def ensure_group_code(code: str, *, local: bool) -> None:
    """One capital letter in the standard checklist; in an authority's own additions «I» and two or three letters of its own."""
    if local and not LOCAL_GROUP.fullmatch(code):
        raise _bad(
            "code",
            "Mã nhóm bổ sung gồm chữ I và hai hoặc ba chữ cái riêng của cơ quan, ví dụ ISNV.",
            "A group of additions is the letter I and two or three letters of the authority, such as ISNV.",
        )
    if not local and not STANDARD_GROUP.fullmatch(code):
        raise _bad(
            "code",
            "Mã nhóm của phiếu toàn tỉnh là một chữ cái in hoa từ A đến Z.",
            "A group of the provincial checklist is one capital letter from A to Z.",
        )


def ensure_criterion_in_order(criterion: Criterion, *, group_code: str) -> None:
    """What can be said of one criterion by itself; every fault at its field."""
    faults = list(_faults_of_criterion(criterion, group_code))
    if faults:
        vi, en = (" ".join(fault[name] for fault in faults) for name in ("vi", "en"))
        raise BadInput(vi, en=en, errors=faults)


def _faults_of_criterion(criterion: Criterion, group_code: str) -> Iterable[dict[str, str]]:
    if not re.fullmatch(rf"{re.escape(group_code)}[1-9]\d?", criterion.code):
        yield _fault(
            "code",
            f"Mã tiêu chí là mã nhóm và số thứ tự từ 1 đến 99, ví dụ {group_code}7.",
            f"A code is that of the group and a number from 1 to 99, such as {group_code}7.",
        )
    if criterion.severity and criterion.severity_to and criterion.severity_to < criterion.severity:
        yield _fault(
            "severity_to",
            "Mức cao nhất phải bằng hoặc nặng hơn mức thấp nhất.",
            "The upper severity is at least the lower one.",
        )
    if is_local(group_code) and criterion.counted:
        yield _fault(
            "counted",
            "Nội dung bổ sung (nhóm I) không được tính vào so sánh toàn tỉnh; hãy bỏ chọn.",
            "Additions (group I) do not enter the comparison of the province; untick this.",
        )
    if criterion.answer_type == AnswerType.RATIO and not criterion.partial_from <= criterion.pass_from <= 100:
        yield _fault(
            "partial_from",
            "Ngưỡng đạt một phần không được cao hơn ngưỡng đạt, và ngưỡng đạt không quá 100 %.",
            "The threshold of a partial pass is at most that of a pass, which is at most 100 %.",
        )


def ensure_condition_in_order(criterion: Criterion, above: Sequence[Criterion]) -> None:
    """A conditional criterion follows one that stands above it: so no two can wait for each other."""
    if bool(criterion.asked_after) != bool(criterion.asked_on):
        raise _bad(
            "asked_on",
            "Hãy chọn cả tiêu chí đi trước lẫn kết quả của nó, hoặc bỏ trống cả hai.",
            "Choose both the other criterion and what it must come to, or neither.",
        )
    if criterion.asked_after and criterion.asked_after not in {one.code for one in above}:
        raise _bad(
            "asked_after",
            f"Tiêu chí {criterion.asked_after} phải đứng trước {criterion.code} trong phiếu. Hãy đổi thứ tự hoặc chọn tiêu chí khác.",
            f"Criterion {criterion.asked_after} must stand above {criterion.code}. Move one of them or choose another.",
        )


def ensure_not_needed_by(code: str, criteria: Iterable[Criterion]) -> None:
    """What others wait for is not taken away."""
    waiting = ", ".join(one.code for one in criteria if one.asked_after == code)
    if waiting:
        raise RuleBroken(
            f"Chưa bỏ được {code}: {waiting} chỉ hỏi theo kết quả của tiêu chí này. Hãy sửa điều kiện của {waiting} trước.",
            en=f"{code} cannot be removed: {waiting} is asked after it. Change the condition of {waiting} first.",
        )


def faults_of_draft(groups: Sequence[CriterionGroup], criteria: Sequence[Criterion]) -> list[Fault]:
    """Everything that stands between a draft and its publication, in the order of the form."""
    faults = []
    if not criteria:
        faults.append(Fault("", "Phiếu chưa có tiêu chí nào.", "The checklist has no criterion."))
    filled = {one.group_id for one in criteria}
    for group in groups:
        if group.pk not in filled:
            faults.append(Fault(group.code, "Nhóm chưa có tiêu chí nào; hãy thêm hoặc bỏ nhóm.", "The group is empty."))
    by_code = {one.code: one for one in criteria}
    for one in criteria:
        faults += _faults_of_condition(one, by_code)
    return faults


def _faults_of_condition(one: Criterion, by_code: dict[str, Criterion]) -> Iterable[Fault]:
    if not one.asked_after:
        return
    other = by_code.get(one.asked_after)
    if other is None or other.position >= one.position:
        yield Fault(
            one.code,
            f"Tiêu chí {one.asked_after} mà {one.code} phụ thuộc phải đứng trước nó.",
            f"{one.asked_after}, on which {one.code} depends, must stand above it.",
        )
    elif one.in_short_form and not other.in_short_form:
        yield Fault(
            one.code,
            f"{one.code} có trong phiếu rút gọn nhưng {other.code} thì không, nên sẽ không bao giờ được hỏi.",
            f"{one.code} is in the short form but {other.code} is not, so it would never be asked.",
        )
    elif other.for_kinds and not set(one.for_kinds or other.for_kinds) & set(other.for_kinds):
        yield Fault(
            one.code,
            f"{one.code} và {other.code} không cùng hỏi ở loại đơn vị nào.",
            f"{one.code} and {other.code} are asked at no kind of unit together.",
        )


def ensure_publishable(faults: Sequence[Fault], *, valid_from: date, today: date) -> None:
    """A version in order, that begins to apply today or later: visits already under way keep theirs."""
    if faults:
        told = [_fault("", f"{one.code}: {one.vi}" if one.code else one.vi, one.en) for one in faults]
        raise RuleBroken(" ".join(one["vi"] for one in told), en=" ".join(one.en for one in faults), errors=told)
    if valid_from < today:
        raise _bad(
            "valid_from",
            f"Phiên bản mới áp dụng từ hôm nay ({today:%d/%m/%Y}) trở đi, không áp dụng lùi ngày.",
            f"A new version applies from today ({today}) on, not from an earlier day.",
        )


def ensure_basis_in_order(valid_from: date, valid_to: date) -> None:
    """A legal document applies for at least a day."""
    if valid_to <= valid_from:
        raise _bad(
            "valid_to",
            f"Ngày hết hiệu lực phải sau ngày có hiệu lực {valid_from:%d/%m/%Y}.",
            f"The document must end after it begins, {valid_from}.",
        )


def _fault(field: str, vi: str, en: str) -> dict[str, str]:
    return {"field": field, "vi": vi, "en": en}


def _bad(field: str, vi: str, en: str) -> BadInput:
    return BadInput(vi, en=en, errors=[_fault(field, vi, en)])
