"""Purposes and states of a draw, and what must hold before each step."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Protocol

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kycuong.core.problems import BadInput, RuleBroken


class Purpose(TextChoices):
    """What is drawn."""

    TARGETS = "targets", _("Đơn vị kiểm tra đột xuất")
    INSPECTORS = "inspectors", _("Người tham gia đoàn")


INSPECTORS_STRATUM = "inspectors"
"""Inspectors are drawn from one list."""


class DrawState(TextChoices):
    """States of a draw. An abandoned one stays in every list."""

    COMMITTED = "committed", _("Đã cam kết")
    DRAWN = "drawn", _("Đã bốc, niêm phong")
    REVEALED = "revealed", _("Đã công bố")
    ABANDONED = "abandoned", _("Đã bỏ")


DRAW_TRANSITIONS: dict[DrawState, frozenset[DrawState]] = {
    DrawState.COMMITTED: frozenset({DrawState.DRAWN, DrawState.ABANDONED}),
    DrawState.DRAWN: frozenset({DrawState.REVEALED, DrawState.ABANDONED}),
    DrawState.REVEALED: frozenset(),
    DrawState.ABANDONED: frozenset(),
}

UNREVEALED = (DrawState.COMMITTED, DrawState.DRAWN)
MOST_DRAWN = 1000
LEAST_REASON = 10
BEACON = re.compile(r"[0-9A-Za-z][0-9A-Za-z ,.;:-]{0,199}")


def ensure_state(state: str, wanted: DrawState) -> None:
    """Each step has one state that it starts from."""
    if state != wanted:
        raise RuleBroken(
            f"Lần bốc thăm này đang ở trạng thái «{DrawState(state).label}», không phải «{wanted.label}», nên chưa làm được "
            "việc này. Hãy mở lại trang để xem bước tiếp theo.",
            en=f"This draw is {state}, not {wanted.value}; open its page again to see the next step.",
        )


def ensure_source(source: str, on: date, *, today: date) -> None:
    """The source is named while nobody can know what it will say: its day is still to come."""
    if len(source.strip()) < LEAST_REASON:
        raise BadInput(
            "Hãy ghi rõ nguồn công khai, ví dụ «giải đặc biệt xổ số miền Bắc».",
            en="Name the public source, such as the special prize of a named lottery.",
            errors=[{"field": "source", "vi": "Ghi rõ nguồn công khai.", "en": "Name the public source."}],
        )
    if on <= today:
        raise RuleBroken(
            f"Ngày của nguồn công khai ({on:%d/%m/%Y}) phải sau hôm nay: cam kết có trước, kết quả của nguồn có sau. "
            "Hãy chọn từ ngày mai.",
            en=f"The day of the public source ({on}) must come after today; choose tomorrow or later.",
            errors=[{"field": "source_on", "vi": "Phải sau hôm nay.", "en": "Must come after today."}],
        )


def ensure_deadline(reveal_by: date, *, source_on: date) -> None:
    """Nothing stays sealed for ever, and nothing is revealed before it is drawn."""
    if not source_on < reveal_by or (reveal_by - source_on).days > 366:
        raise RuleBroken(
            f"Hạn công bố {reveal_by:%d/%m/%Y} phải sau ngày của nguồn công khai {source_on:%d/%m/%Y}, trong vòng một năm.",
            en=f"The deadline {reveal_by} must come after the day of the source {source_on}, within a year.",
            errors=[
                {"field": "reveal_by", "vi": "Sau ngày của nguồn, trong một năm.", "en": "After the source's day."}
            ],
        )


def ensure_sizes(sizes: Mapping[str, int], strata: Collection[str]) -> None:
    """Somebody is drawn, from kinds that there are, and no more than a thousand."""
    if (
        any(stratum not in strata or size < 1 for stratum, size in sizes.items())
        or not 0 < sum(sizes.values()) <= MOST_DRAWN
    ):
        raise BadInput(
            f"Hãy ghi cần bốc bao nhiêu ở ít nhất một loại (tổng cộng từ 1 đến {MOST_DRAWN}).",
            en=f"Say how many to draw of at least one kind (1 to {MOST_DRAWN} in all).",
        )


def ensure_enough(sizes: Mapping[str, int], available: Mapping[str, int], names: Mapping[str, str]) -> None:
    """A quota that the list cannot fill is a mistake, told before anything is published."""
    for stratum, size in sizes.items():
        if size > available.get(stratum, 0):
            name, there = names.get(stratum, stratum), available.get(stratum, 0)
            raise RuleBroken(
                f"Cần bốc {size} «{name}» nhưng danh sách chỉ còn {there}. Hãy giảm số cần bốc hoặc bớt loại trừ.",
                en=f"{size} of {stratum} are to be drawn, but the list holds only {there}; draw fewer or exclude fewer.",
            )


def checked_beacon(text: str, again: str) -> str:
    """What the source said, as anybody would type it; typed twice, because it cannot be taken back."""
    value = " ".join(text.split())
    if not BEACON.fullmatch(value):
        raise BadInput(
            "Kết quả của nguồn chỉ gồm chữ số, chữ không dấu và dấu cách, ví dụ 48213.",
            en="What the source said is digits, plain letters and spaces, such as 48213.",
            errors=[{"field": "beacon", "vi": "Chữ số, chữ không dấu, dấu cách.", "en": "Digits and plain letters."}],
        )
    if value != " ".join(again.split()):
        raise BadInput(
            "Hai lần gõ kết quả không giống nhau. Hãy đối chiếu với nguồn rồi gõ lại.",
            en="The two entries differ. Compare them with the source and type again.",
            errors=[{"field": "again", "vi": "Không giống lần gõ trên.", "en": "Not the same as above."}],
        )
    return value


def ensure_source_has_spoken(source_on: date, *, today: date) -> None:
    if today < source_on:
        raise RuleBroken(
            f"Nguồn công khai chỉ có kết quả từ ngày {source_on:%d/%m/%Y}. Hãy quay lại khi đó.",
            en=f"The public source speaks on {source_on}; come back then.",
        )


def ensure_reason(reason: str, field: str = "reason") -> None:
    """Whatever is done by hand says why, in words that somebody else understands a year later."""
    if len(reason.strip()) < LEAST_REASON:
        raise BadInput(
            f"Hãy ghi lý do đủ rõ (ít nhất {LEAST_REASON} chữ): lý do này sẽ được công bố.",
            en=f"Give a clear reason of at least {LEAST_REASON} letters; it will be published.",
            errors=[{"field": field, "vi": "Ghi lý do đủ rõ.", "en": "Give a clear reason."}],
        )


class Heard(Protocol):
    """Complaints about a unit, and where they are recorded."""

    @property
    def number(self) -> int: ...
    @property
    def source(self) -> str: ...


def ensure_complaints(given: Iterable[Heard]) -> None:
    """What adds tickets can be looked up by somebody else."""
    for one in given:
        if one.number < 1 or len(one.source.strip()) < LEAST_REASON:
            raise BadInput(
                f"Mỗi dòng đơn thư cần số đơn từ 1 và nguồn đủ rõ (ít nhất {LEAST_REASON} chữ), ví dụ: 2, sổ tiếp dân quý III.",
                en=f"Each line needs a number of at least 1 and its source ({LEAST_REASON} letters or more).",
                errors=[{"field": "complaints", "vi": "Ghi số đơn và nguồn.", "en": "Give the number and the source."}],
            )


def ensure_in_frame(outside: Collection[str]) -> None:
    """A complaint about a unit that cannot be drawn changes nothing, so it is a mistake."""
    if outside:
        raise RuleBroken(
            f"Không thuộc danh sách bốc thăm: {', '.join(outside)}. Hãy bỏ dòng đơn thư này, hoặc sửa phạm vi, loại đơn vị.",
            en=f"Not in the list that is drawn from: {', '.join(outside)}. Remove the line, or change area or kinds.",
            errors=[
                {
                    "field": "complaints",
                    "vi": f"Không thuộc danh sách bốc thăm: {', '.join(outside)}.",
                    "en": f"Not in the list: {', '.join(outside)}.",
                }
            ],
        )


def ensure_nobody_warned(sealed_left: bool) -> None:
    """No deadline opens a sealed visit that is still to come: it is made and signed, or called off, first."""
    if sealed_left:
        raise RuleBroken(
            "Chưa công bố được: còn lượt kiểm tra niêm phong chưa ký biên bản. Công bố lúc này là báo trước cho đơn vị, kể cả khi đã "
            "quá hạn. Hãy kiểm tra và ký, hoặc hủy cuộc kiểm tra ấy (nêu lý do), rồi công bố.",
            en="A sealed visit is still to be signed; to reveal now would warn the unit, deadline or not. "
            "Make and sign the visit, or cancel that inspection with a reason, then reveal.",
        )


def ensure_may_reveal(*, all_signed: bool, reveal_by: date, today: date) -> None:
    """Published when every drawn visit has signed minutes; or, where none was ever opened, when the deadline has passed."""
    if not all_signed and today <= reveal_by:
        raise RuleBroken(
            "Chưa công bố được: còn lượt kiểm tra chưa ký biên bản. Công bố lúc này là báo trước cho đơn vị. Hãy đợi ký xong, "
            f"hoặc qua hạn {reveal_by:%d/%m/%Y}.",
            en=f"Some drawn visits are not signed yet; to reveal now would warn them. Wait for that, or until after {reveal_by}.",
        )


def is_overdue(state: str, reveal_by: date, *, today: date) -> bool:
    """A commitment that was not revealed by its deadline: shown to everybody who sees the draw."""
    return state in UNREVEALED and today > reveal_by


def ensure_of_people(purpose: str) -> None:
    """Only people are put on a team."""
    if purpose != Purpose.INSPECTORS:
        raise RuleBroken(
            "Lần bốc thăm này bốc đơn vị, không bốc người, nên không đưa vào đoàn được. Hãy chọn lần bốc người.",
            en="This draw is of units, not of people; choose a draw of inspectors.",
        )


def ensure_team_may_know(state: str, *, sealed: bool) -> None:
    """Whoever was drawn is a secret until the draw is revealed: until then only the team of a sealed inspection takes them."""
    if state not in (DrawState.DRAWN, DrawState.REVEALED):
        ensure_state(state, DrawState.DRAWN)
    if state != DrawState.REVEALED and not sealed:
        raise RuleBroken(
            "Kết quả bốc thăm chưa công bố nên chỉ đưa được vào đoàn của cuộc kiểm tra niêm phong. Hãy công bố lần bốc thăm trước.",
            en="The draw is not revealed yet, so its people join the team of a sealed inspection only. Reveal it first.",
        )


def ensure_somebody_left(left: int) -> None:
    """Whoever was drawn joins a team once."""
    if not left:
        raise RuleBroken(
            "Mọi người trúng thăm đã ở trong đoàn của cuộc này. Hãy mở trang của cuộc để xem.",
            en="Everybody who was drawn is on that team already.",
        )


def ensure_led_by_the_drawer(lead: int, inspection_lead: int) -> None:
    """A draw serves the inspections of its own authority."""
    if lead != inspection_lead:
        raise RuleBroken(
            "Cuộc kiểm tra này do cơ quan khác chủ trì. Hãy chọn cuộc của cơ quan đã bốc thăm.",
            en="That inspection is led by another authority. Choose one of the authority that drew.",
        )
