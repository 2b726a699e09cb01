"""What a sealed inspection keeps closed, and what may be done to it: targets, release, opening, breaking the seal."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Self

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kycuong.core.clock import is_within
from kycuong.core.ids import uuid7
from kycuong.core.problems import BadInput, Missing, NotAllowed, RuleBroken, Stale

LEAST_BREAK_REASON = 20
"""Characters of the reason for breaking a seal."""
CONFIRM_WITHIN = timedelta(hours=24)
"""How long the second person has; afterwards the request is void."""


class TargetState(TextChoices):
    """A target waits, is begun (its visit then tells the rest), or is struck."""

    WAITING = "waiting", _("Chưa đi")
    BEGUN = "begun", _("Đã bắt đầu")
    STRUCK = "struck", _("Đã gạch")


@dataclass(frozen=True, slots=True)
class Target:
    """One unit to be visited. Written in plain nowhere before somebody begins the visit at its door."""

    unit: str
    name: str
    day: str
    checklist_form: str = ""
    key: str = field(default_factory=lambda: str(uuid7()))
    state: str = TargetState.WAITING
    reason: str = ""
    visit: str = ""

    @property
    def planned_on(self) -> date:
        return date.fromisoformat(self.day)

    @property
    def waits(self) -> bool:
        return self.state == TargetState.WAITING

    @property
    def state_label(self) -> str:
        return str(TargetState(self.state).label)


@dataclass(frozen=True, slots=True)
class SealedPlan:
    """Everything about a sealed inspection that would tell where it goes. The order of targets is the order of the day."""

    title: str = ""
    notes: str = ""
    topics: tuple[str, ...] = ()
    plan: str = ""
    targets: tuple[Target, ...] = ()

    @classmethod
    def read(cls, text: str) -> Self:
        return cls.of(json.loads(text))

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        targets = tuple(Target(**one) for one in kept["targets"])
        return cls(**{**kept, "targets": targets, "topics": tuple(kept["topics"])})

    def written(self) -> str:
        return json.dumps(self.told(), ensure_ascii=False)

    def told(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def waiting(self) -> list[Target]:
        return [one for one in self.targets if one.waits]

    @property
    def struck(self) -> list[Target]:
        return [one for one in self.targets if one.state == TargetState.STRUCK]

    def find(self, key: str) -> Target:
        """The target that still waits under the key."""
        found = next((one for one in self.targets if one.key == key), None)
        if found is None:
            raise Missing(
                "Không tìm thấy đơn vị này trong phần niêm phong. Hãy mở lại phần niêm phong để xem.",
                en="There is no such target in the sealed part; open it again to see what is there.",
            )
        if not found.waits:
            raise Stale(
                f"Đơn vị này không còn chờ kiểm tra ({found.state_label.lower()}). Hãy mở lại phần niêm phong để xem.",
                en=f"This target does not wait any more ({found.state}); open the sealed part again.",
            )
        return found

    def changed(self, key: str, **values: str) -> SealedPlan:
        return self._with(lambda one: one.key == key, values)

    def put_back(self, visit: str) -> SealedPlan:
        """The target of a visit that was taken away waits again."""
        return self._with(lambda one: one.visit == visit, {"state": TargetState.WAITING.value, "visit": ""})

    def _with(self, chosen: Callable[[Target], bool], values: dict[str, str]) -> SealedPlan:
        return replace(self, targets=tuple(replace(one, **values) if chosen(one) else one for one in self.targets))


def ensure_no_number_yet(decision_number: str, decision_on: date | None) -> None:
    """The number of a surprise visit's document is recorded after it: a register of numbers tells that something is coming."""
    if decision_number or decision_on:
        raise RuleBroken(
            "Cuộc niêm phong chỉ ghi số, ngày quyết định sau khi đã ký biên bản. Hãy để trống hai ô này.",
            en="A sealed inspection takes the number and day of its decision after the visit is signed. Leave both empty.",
            errors=[
                {"field": name, "vi": "Để trống khi niêm phong.", "en": "Leave it empty while sealed."}
                for name, given in (("decision_number", decision_number), ("decision_on", decision_on))
                if given
            ],
        )


def ensure_not_twice(targets: Iterable[Target], unit: str, day: str, *, but: str = "") -> None:
    """One unit on one day is one target."""
    if any(one.waits and (one.unit, one.day) == (unit, day) and one.key != but for one in targets):
        raise RuleBroken(
            "Phần niêm phong đã có đơn vị này vào ngày này. Hãy chọn ngày hoặc đơn vị khác.",
            en="The sealed part holds this unit on this day already. Choose another day or unit.",
        )


def ensure_day_of_visit(day: date, *, planned: date, today: date) -> None:
    """A visit begins at the door: today, or on the planned day if that is being recorded afterwards."""
    if day not in (planned, today):
        raise BadInput(
            f"Ngày kiểm tra là hôm nay hoặc ngày đã định ({planned:%d/%m/%Y}). Hãy chọn lại.",
            en=f"The visit is today or on its planned day, {planned:%Y-%m-%d}; choose again.",
            errors=[
                {"field": "visited_on", "vi": "Chọn hôm nay hoặc ngày đã định.", "en": "Today or the planned day."}
            ],
        )


def ensure_still_sealed(unsealed_at: datetime | None) -> None:
    """After everything was opened nothing is sealed again."""
    if unsealed_at is not None:
        raise RuleBroken(
            "Phần niêm phong của cuộc này đã mở toàn bộ. Cần đi thêm đơn vị thì mở cuộc kiểm tra mới.",
            en="Everything sealed about this inspection has been opened. For further units open a new inspection.",
        )


def ensure_nothing_waits(waiting: Collection[object], drafts: int) -> None:
    """What is still to come is opened for nobody."""
    if waiting or drafts:
        raise RuleBroken(
            "Còn đơn vị chưa đi hoặc biên bản chưa ký nên chưa mở toàn bộ được. Hãy đi, ký, hoặc gạch tên (nêu lý do) trước.",
            en="A target still waits or minutes are unsigned. Visit, sign, or strike them with a reason first.",
        )


def ensure_plain(sealed_at: datetime | None) -> None:
    """A sealed inspection takes its units into the sealed part, never as rows of a table."""
    if sealed_at is not None:
        raise RuleBroken(
            "Cuộc này niêm phong: hãy mở phần niêm phong và thêm đơn vị ở đó; khi tới nơi thì bấm «Bắt đầu lượt này».",
            en="This inspection is sealed: add the unit to its sealed part, and begin the visit when you are there.",
        )


def ensure_known(known: bool) -> None:
    """Off the list there is no such inspection: the answer is that of one that never was."""
    if not known:
        raise Missing(
            "Không tìm thấy trang này, hoặc bạn không được xem.",
            en="There is no such page, or it is not for you to see.",
        )


def ensure_break_reason(reason: str) -> None:
    """Why a seal must be broken, so that others can judge it."""
    if len(reason.strip()) < LEAST_BREAK_REASON:
        raise BadInput(
            f"Hãy nêu lý do mở khẩn cấp, ít nhất {LEAST_BREAK_REASON} ký tự.",
            en=f"Say why the seals must be broken, in at least {LEAST_BREAK_REASON} characters.",
            errors=[
                {
                    "field": "reason",
                    "vi": f"Ít nhất {LEAST_BREAK_REASON} ký tự.",
                    "en": f"At least {LEAST_BREAK_REASON} characters.",
                }
            ],
        )


def ensure_second_person(asked_by: int, by: int) -> None:
    """Two people break a seal, never one."""
    if asked_by == by:
        raise NotAllowed(
            "Người đề nghị không tự xác nhận. Hãy nhờ một người khác có quyền xác nhận.",
            en="Whoever asked does not confirm. Ask another person who may.",
        )


def ensure_still_may_break(still: bool) -> None:
    """Both come onto the short lists, so both must hold the right on the day of the confirmation."""
    if not still:
        raise RuleBroken(
            "Người đề nghị không còn quyền mở khẩn cấp tại cơ quan này. Nếu vẫn cần, hãy đề nghị lại và nhờ người khác xác nhận.",
            en="Whoever asked may break no seals of this authority any more. Ask anew and let another person confirm.",
        )


def ensure_asked_lately(asked_at: datetime, *, now: datetime) -> None:
    """A request that nobody confirmed in a day is void; one from further ahead was dated by a clock that was wrong."""
    if not is_within(now - asked_at, CONFIRM_WITHIN):
        raise RuleBroken(
            "Đề nghị này đã quá 24 giờ nên không còn hiệu lực. Nếu vẫn cần, hãy đề nghị lại.",
            en="This request is more than 24 hours old and void. Ask again if it is still needed.",
        )
