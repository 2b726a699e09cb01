"""The measures that the program knows at first: a proposal, from memory of the law, for review by a practitioner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kycuong.core.problems import BadInput
from kycuong.inspections.rules.concerned import Category
from kycuong.orgs.rules import FOREVER

LONG_AGO = date(1900, 1, 1)
DROPPED = date(2025, 7, 1)
"""The Law on Cadres and Civil Servants of 2025 (80/2025/QH15) knows neither «giáng chức» nor «hạ bậc lương» any more."""
DAYS, COMPLEX_DAYS = 90, 150


@dataclass(frozen=True, slots=True)
class Kind:
    """What one measure is. `categories`: none means every one."""

    code: str
    title: str
    for_collective: bool = False
    for_person: bool = True
    categories: tuple[str, ...] = ()
    disciplinary: bool = False
    days: int | None = None
    complex_days: int | None = None
    legal_basis: str = ""
    valid_from: date = LONG_AGO
    valid_to: date = FOREVER
    position: int = 0


def _reminder(code: str, title: str) -> Kind:
    return Kind(code, title, for_collective=True)


def _discipline(code: str, title: str, *categories: Category, valid_to: date = FOREVER) -> Kind:
    names = tuple(str(one) for one in categories)
    basis = "NĐ 172/2025/NĐ-CP (cán bộ, công chức)" if valid_to == FOREVER else "NĐ 112/2020/NĐ-CP"
    return Kind(
        code, title, categories=names, disciplinary=True, days=DAYS, complex_days=COMPLEX_DAYS, legal_basis=basis,
        valid_to=valid_to,
    )  # fmt: skip


SERVE = (Category.OFFICIAL, Category.CIVIL_SERVANT, Category.PUBLIC_EMPLOYEE)
KINDS = (
    _reminder("reminder", "Nhắc nhở"),
    _reminder("lesson", "Nghiêm túc rút kinh nghiệm"),
    _reminder("criticism", "Phê bình"),
    _reminder("self_review", "Kiểm điểm"),
    _discipline("reprimand", "Khiển trách", *SERVE),
    _discipline("warning", "Cảnh cáo", *SERVE),
    _discipline("salary_reduction", "Hạ bậc lương", Category.CIVIL_SERVANT, valid_to=DROPPED),
    _discipline("demotion", "Giáng chức", Category.CIVIL_SERVANT, valid_to=DROPPED),
    _discipline("removal_from_office", "Cách chức", *SERVE),
    _discipline("removal_by_vote", "Bãi nhiệm", Category.OFFICIAL),
    _discipline("forced_resignation", "Buộc thôi việc", Category.CIVIL_SERVANT, Category.PUBLIC_EMPLOYEE),
    Kind(
        "dismissal",
        "Sa thải",
        categories=(str(Category.CONTRACT),),
        disciplinary=True,
        legal_basis="Bộ luật Lao động 2019",
    ),
)


def ensure_kind(kind: Kind) -> None:
    """It applies to somebody, for some time, with terms that mean something."""
    faults: list[tuple[str, str, str]] = []
    if not kind.title.strip():
        faults.append(("title", "Hãy ghi tên hình thức.", "Give its title."))
    if not kind.for_collective and not kind.for_person:
        faults.append(("for_person", "Hãy chọn tập thể, cá nhân, hoặc cả hai.", "Choose units, people, or both."))
    if set(kind.categories) - set(Category.values):
        faults.append(("categories", "Hãy chọn đối tượng trong danh sách.", "Choose categories from the list."))
    if kind.valid_to <= kind.valid_from:
        faults.append(("last_day", "Ngày cuối phải từ ngày bắt đầu trở đi.", "It ends after it begins."))
    if kind.days is not None and kind.complex_days is not None and kind.complex_days < kind.days:
        faults.append(("complex_days", "Vụ phức tạp không ngắn hơn vụ thường.", "Not shorter than the usual term."))
    if faults:
        raise BadInput(
            " ".join(vi for _, vi, _ in faults),
            en=" ".join(en for _, _, en in faults),
            errors=[{"field": field, "vi": vi, "en": en} for field, vi, en in faults],
        )
