"""What may be done about a unit or a person after findings, by whom, on which day, and on what ground."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kycuong.core.problems import BadInput, NotAllowed, RuleBroken

if TYPE_CHECKING:
    from kycuong.followup.models import MeasureKind


class About(TextChoices):
    """Whom a measure is about."""

    COLLECTIVE = "collective", _("Tập thể")
    PERSON = "person", _("Cá nhân")


class Rank(TextChoices):
    """Groups of positions. They stay for statistics when name and position are erased."""

    HEAD = "head", _("Người đứng đầu")
    DEPUTY = "deputy", _("Cấp phó của người đứng đầu")
    SECTION_HEAD = "section_head", _("Lãnh đạo phòng, bộ phận")
    STAFF = "staff", _("Người thừa hành")


class MeasureState(TextChoices):
    """A measure is proposed by the side that inspected, and decided or declined by the managing authority."""

    PROPOSED = "proposed", _("Đề nghị, chờ quyết định")
    DECIDED = "decided", _("Đã quyết định")
    DECLINED = "declined", _("Không xử lý")


MEASURE_TRANSITIONS: dict[MeasureState, frozenset[MeasureState]] = {
    MeasureState.PROPOSED: frozenset({MeasureState.DECIDED, MeasureState.DECLINED}),
    MeasureState.DECIDED: frozenset(),
    MeasureState.DECLINED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a measure is about: the unit as a whole, or one person of it by category, group of positions and position."""

    about: str = About.COLLECTIVE
    category: str = ""
    rank: str = ""
    position: str = ""
    name: str = ""

    @property
    def is_person(self) -> bool:
        return self.about == About.PERSON


LONGEST_NAME = 100


def ensure_subject(subject: Subject, categories: Collection[str]) -> None:
    """A person has a category, a group and a position; a unit has none of them, and no name."""
    faults: list[tuple[str, str, str]] = []
    if subject.about not in About.values:
        faults.append(("about", "Hãy chọn tập thể hay cá nhân.", "Choose a unit or a person."))
    if subject.is_person:
        if subject.category not in categories:
            faults.append(("category", "Hãy chọn đối tượng.", "Choose the category."))
        if subject.rank not in Rank.values:
            faults.append(("rank", "Hãy chọn nhóm chức vụ.", "Choose the group of positions."))
        if not subject.position.strip():
            faults.append(("position", "Hãy ghi chức vụ hoặc vị trí việc làm.", "Give the position."))
        if len(subject.name) > LONGEST_NAME or "\0" in subject.name:
            faults.append(("name", f"Tên dài quá {LONGEST_NAME} ký tự hoặc có ký tự lạ.", "The name cannot be kept."))
    elif subject.category or subject.rank or subject.position.strip() or subject.name.strip():
        faults.append(
            ("about", "Tập thể thì không ghi đối tượng, chức vụ, họ tên.", "A unit has no category, position or name.")
        )
    _raise(faults)


def ensure_kind_fits(kind: MeasureKind, subject: Subject, *, on: date) -> None:
    """The measure is one that the law of the day knows for this unit or this person."""
    if on < kind.valid_from:
        _wrong_kind(
            f"Hình thức «{kind.title}» chỉ áp dụng từ ngày {kind.valid_from:%d/%m/%Y}, sau ngày {on:%d/%m/%Y}. "
            "Hãy chọn hình thức khác hoặc xem lại ngày.",
            f"“{kind.code}” applies from {kind.valid_from} on only. Choose another measure, or look at the day again.",
        )
    if on >= kind.valid_to:
        _wrong_kind(
            f"Hình thức «{kind.title}» đã bãi bỏ, chỉ áp dụng đến hết ngày {kind.last_day:%d/%m/%Y}. "
            f"Với ngày {on:%d/%m/%Y} hãy chọn hình thức khác.",
            f"“{kind.code}” ended on {kind.last_day}. Choose another measure for {on}.",
        )
    if not (kind.for_person if subject.is_person else kind.for_collective):
        whom = About(subject.about).label.lower()
        _wrong_kind(
            f"Hình thức «{kind.title}» không áp dụng cho {whom}. Hãy chọn hình thức khác.",
            f"“{kind.code}” does not apply to this subject ({subject.about}). Choose another measure.",
        )
    if subject.is_person and kind.categories and subject.category not in kind.categories:
        _wrong_kind(
            f"Hình thức «{kind.title}» không áp dụng cho đối tượng này. Hãy chọn hình thức khác.",
            f"“{kind.code}” does not apply to this category ({subject.category}). Choose another measure.",
        )


def ensure_ground(*, signed: bool, concluded: bool) -> None:
    """Nobody answers for what is annulled, or not concluded yet."""
    if not signed:
        raise RuleBroken(
            "Lượt kiểm tra chưa ký hoặc đã hủy nên không xử lý trách nhiệm theo lượt này.",
            en="The visit is not signed, or was annulled: nobody is held accountable on it.",
        )
    if not concluded:
        raise RuleBroken(
            "Chỉ xử lý trách nhiệm khi kết luận của lượt kiểm tra đã ban hành. Hãy ban hành kết luận trước.",
            en="The conclusion of the visit is not issued yet. Issue it first.",
        )


def ensure_basis(findings: int, recommendations: int) -> None:
    if not findings and not recommendations:
        raise BadInput(
            "Hãy chọn ít nhất một tồn tại hoặc kiến nghị làm căn cứ.",
            en="Choose at least one finding or recommendation as the ground.",
            errors=[{"field": "findings", "vi": "Hãy chọn căn cứ.", "en": "Choose a ground."}],
        )


def ensure_standing(unsound: int) -> None:
    """None of the findings was withdrawn, or waits for a decision on the unit's objection."""
    if unsound:
        raise RuleBroken(
            "Có tồn tại đã rút, hoặc đơn vị không nhất trí và chưa ai quyết định; không xử lý trách nhiệm theo tồn tại đó. "
            "Hãy bỏ chọn tồn tại ấy, hoặc chờ quyết định.",
            en="A finding was withdrawn, or the unit objects and nobody has decided: nobody answers for it. Leave it out, or wait.",
        )


def ensure_manages(manages: bool) -> None:
    if not manages:
        raise BadInput(
            "Thẩm quyền xử lý thuộc chính đơn vị hoặc cơ quan quản lý cấp trên của đơn vị. Hãy chọn lại cơ quan.",
            en="The authority is the unit itself or one above it. Choose another one.",
            errors=[{"field": "authority", "vi": "Không phải cơ quan quản lý.", "en": "Not above the unit."}],
        )


def ensure_from_above(subject: Subject, *, itself: bool) -> None:
    """A unit as a whole, and its head, are judged from above."""
    if itself and (not subject.is_person or subject.rank == Rank.HEAD):
        raise BadInput(
            "Tập thể và người đứng đầu do cơ quan quản lý cấp trên xử lý. Hãy chọn cơ quan cấp trên.",
            en="A unit as a whole and its head are judged by an authority above. Choose that one.",
            errors=[{"field": "authority", "vi": "Hãy chọn cơ quan cấp trên.", "en": "Choose one above."}],
        )


def ensure_independent(*, on_team: bool, proposer: bool) -> None:
    """Whoever inspected, or proposed, records no decision."""
    if on_team:
        raise NotAllowed(
            "Người trong đoàn kiểm tra không ghi quyết định xử lý của cuộc kiểm tra ấy. Hãy để người khác của cơ quan quản lý ghi.",
            en="Somebody who sat on the team records no decision about what it found. Let somebody else of the authority do it.",
        )
    if proposer:
        raise NotAllowed(
            "Người đề nghị không tự ghi quyết định. Hãy để người khác của cơ quan quản lý ghi.",
            en="Who proposed the measure does not record the decision. Let somebody else of the authority do it.",
        )


def ensure_seen(seen: bool) -> None:
    """Whoever may read names reads them of what they may see."""
    if not seen:
        raise NotAllowed(
            "Tài khoản của bạn không được xem việc xử lý này.", en="Your account may not see this measure."
        )


def ensure_named(sealed_name: str) -> None:
    if not sealed_name:
        raise RuleBroken(
            "Hồ sơ này không ghi họ tên, hoặc họ tên đã xóa.", en="There is no name here, or it was erased."
        )


def ensure_decision(*, number: str, decided_on: date | None, visited_on: date, today: date) -> None:
    """A decision has a number and a day that is possible."""
    faults: list[tuple[str, str, str]] = []
    if not number.strip():
        faults.append(("number", "Hãy ghi số, ký hiệu quyết định hoặc văn bản.", "Give the number of the decision."))
    if decided_on is None:
        faults.append(("decided_on", "Hãy ghi ngày quyết định.", "Give the day of the decision."))
    elif not visited_on <= decided_on <= today:
        faults.append(
            (
                "decided_on",
                f"Ngày quyết định phải từ ngày kiểm tra {visited_on:%d/%m/%Y} đến hôm nay.",
                "The decision lies between the visit and today.",
            )
        )
    _raise(faults)


def ensure_proposed(state: str) -> None:
    if state != MeasureState.PROPOSED:
        raise RuleBroken(
            f"Việc này đã có kết quả: «{MeasureState(state).label}». Hãy tải lại trang.",
            en=f"This has an outcome already: {state}. Reload the page.",
        )


@dataclass(frozen=True, slots=True)
class Limit:
    """Until when discipline may be decided, and how that was computed. Information: the authority judges it."""

    last_day: date
    words: str
    over: bool


def limit_of(days: int | None, start: date, *, on: date) -> Limit | None:
    """So many calendar days from the day on which the fault was found; none for what is no discipline."""
    if days is None:
        return None
    last = start + timedelta(days=days)
    words = gettext("%(days)s ngày kể từ ngày phát hiện %(start)s: đến hết ngày %(last)s")
    said = words % {"days": days, "start": f"{start:%d/%m/%Y}", "last": f"{last:%d/%m/%Y}"}
    return Limit(last, said, on > last)


def _wrong_kind(vi: str, en: str) -> None:
    raise BadInput(
        vi, en=en, errors=[{"field": "kind", "vi": "Hãy chọn hình thức khác.", "en": "Choose another measure."}]
    )


def _raise(faults: list[tuple[str, str, str]]) -> None:
    if faults:
        raise BadInput(
            " ".join(vi for _, vi, _ in faults),
            en=" ".join(en for _, _, en in faults),
            errors=[{"field": field, "vi": vi, "en": en} for field, vi, en in faults],
        )
