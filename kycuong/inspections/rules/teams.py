"""Teams: what a seat gives, that a team keeps its head, how it is divided, and when its decision may be recorded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from kycuong.core.problems import BadInput, RuleBroken

from .states import InspectionState, TeamRole

SEAT_VERBS: dict[str, frozenset[str]] = {
    TeamRole.HEAD: frozenset({"visit.record", "visit.sign", "report.submit", "team.divide", "conflict.declare"}),
    TeamRole.DEPUTY: frozenset({"visit.record", "conflict.declare"}),
    TeamRole.SECRETARY: frozenset({"visit.record", "conflict.declare"}),
    TeamRole.MEMBER: frozenset({"visit.record", "conflict.declare"}),
}
"""What a seat with an account gives at the visits of its inspection, beside the roles at the lead authority."""

GROUP_LEAD_VERBS = frozenset({"visit.sign"})
"""What leading a group gives at the visits of that group: minutes are signed by the head of the team or of the group."""

WHOLE_TEAM = (TeamRole.HEAD, TeamRole.DEPUTY, TeamRole.SECRETARY)
"""Seats that reach over all groups; a member works in the own group."""

CLOSED = (InspectionState.CONCLUDED, InspectionState.CANCELLED)


def seat_gives(verb: str, *, role: str, group: int | None, leads_group: bool, visit_group: int | None) -> bool:
    """Whether somebody in such a seat may `verb` at a visit of the group (None: a visit of no group, or the inspection)."""
    if leads_group and group == visit_group and verb in GROUP_LEAD_VERBS:
        return True
    near = role in WHOLE_TEAM or group is None or visit_group is None or group == visit_group
    return near and verb in SEAT_VERBS[role]


def ensure_team_may_change(state: str) -> None:
    """A team works until the inspection is concluded or cancelled."""
    if state in CLOSED:
        raise RuleBroken(
            f"Cuộc kiểm tra {InspectionState(state).label.lower()} nên đoàn không sửa được nữa.",
            en=f"The inspection is {InspectionState(state).value}; its team changes no more.",
        )


def ensure_one_head(roles: Iterable[str]) -> None:
    """A team has one head."""
    if sum(role == TeamRole.HEAD for role in roles) > 1:
        raise BadInput(
            "Đoàn chỉ có một trưởng đoàn. Hãy sửa vai trò của những người còn lại.",
            en="A team has one head. Correct the role of the others.",
        )


def ensure_head_stays(before: Iterable[str], after: Iterable[str]) -> None:
    """The head does not vanish without a successor."""
    if TeamRole.HEAD in before and TeamRole.HEAD not in after:
        raise RuleBroken(
            "Đoàn không thể thiếu trưởng đoàn. Hãy giao vai trò «Trưởng đoàn» cho người khác trong cùng lần sửa này.",
            en="A team is not left without its head. Make somebody else the head in the same change.",
        )


def ensure_seated_once(people: Iterable[str]) -> None:
    """Nobody sits on a team twice."""
    twice = [name for name, times in Counter(people).items() if times > 1]
    if twice:
        raise BadInput(
            f"{twice[0]} đã có trong đoàn. Hãy sửa vai trò ở dòng đã có thay vì thêm lần nữa.",
            en=f"{twice[0]} is on the team already. Change the role in the row that is there instead.",
        )


def ensure_somebody(named: Iterable[bool]) -> None:
    """A seat is for somebody: an account, or a position."""
    if not all(named):
        raise BadInput(
            "Hãy chọn người có tài khoản, hoặc ghi chức vụ, đơn vị của người thêm vào đoàn.",
            en="Choose an account, or write the position of whoever joins the team.",
        )


def ensure_group_keeps_its_lead(leaving: Iterable[tuple[str, str]]) -> None:
    """(name, group) of those who leave and lead a group: the group gets another lead first."""
    for name, group in leaving:
        raise RuleBroken(
            f"{name} đang là tổ trưởng {group}. Hãy vào «Chia tổ» chọn tổ trưởng khác rồi mới rút người này.",
            en=f"{name} leads {group}. Choose another lead in «Chia tổ» first, then take this member out.",
        )


def ensure_groups_in_order(
    groups: Sequence[tuple[str, bool, bool]], members: Sequence[str], visits: Sequence[str]
) -> None:
    """Groups as (name, has a lead, has members or visits); and who and what stands in them, once for each time."""
    names = Counter(name.casefold() for name, _, _ in groups)
    if "" in names:
        raise BadInput("Hãy đặt tên cho tổ, ví dụ «Tổ 1».", en="Give the group a name, such as «Tổ 1».")
    if doubled := [name for name, _, _ in groups if names[name.casefold()] > 1]:
        raise BadInput(f"Có hai tổ cùng tên «{doubled[0]}».", en=f"Two groups are called “{doubled[0]}”.")
    for name, led, used in groups:
        if used and not led:
            raise BadInput(
                f"Tổ «{name}» chưa có tổ trưởng. Hãy chọn tổ trưởng.", en=f"“{name}” has no lead. Choose one."
            )
    for what, en in ((members, "sits in"), (visits, "is given to")):
        if twice := [one for one, times in Counter(what).items() if times > 1]:
            raise BadInput(
                f"{twice[0]} đang ở hai tổ. Mỗi người, mỗi lượt chỉ thuộc một tổ.", en=f"{twice[0]} {en} two groups."
            )


def ensure_group_unused(name: str, used: bool) -> None:
    """A group that somebody worked in stays, with its name."""
    if used:
        raise RuleBroken(
            f"Tổ «{name}» đã có người rút khỏi hoặc lượt đã ký nên không bỏ được. Hãy giữ tên tổ này.",
            en=f"Somebody who left, or a signed visit, belongs to “{name}”. Keep its name.",
        )


def ensure_decision_may_be_recorded(*, sealed: bool, signed: bool, already: str) -> None:
    """The number of a sealed inspection's decision comes after a visit, and no number changes under signed minutes."""
    if sealed and not signed:
        raise RuleBroken(
            "Cuộc kiểm tra còn niêm phong: số quyết định chỉ ghi sau khi đã ký ít nhất một biên bản.",
            en="The inspection is sealed: the number of its decision is recorded once a visit is signed.",
        )
    if already and signed:
        raise RuleBroken(
            f"Quyết định đã ghi số {already} và đã có biên bản ký theo số ấy, nên không sửa được.",
            en=f"The decision bears the number {already}, and minutes were signed under it; it stays.",
        )


def ensure_decided(number: str, decision_on: date, *, today: date) -> None:
    """A decision has a number, and is not of tomorrow."""
    faults = []
    if not number.strip():
        faults.append(("number", "Hãy ghi số quyết định.", "Give the number of the decision."))
    if decision_on > today:
        faults.append(
            ("decision_on", "Ngày quyết định chưa tới. Hãy ghi khi quyết định đã ký.", "Record it once it is signed.")
        )
    if faults:
        raise BadInput(
            " ".join(vi for _, vi, _ in faults),
            en=" ".join(en for _, _, en in faults),
            errors=[{"field": field, "vi": vi, "en": en} for field, vi, en in faults],
        )


def ensure_leave_reasons(reasons: Collection[str], least: int) -> None:
    """Whoever is taken out of a team is told why."""
    if any(len(reason.strip()) < least for reason in reasons):
        raise BadInput(
            f"Hãy ghi lý do rút khỏi đoàn, ít nhất {least} ký tự.",
            en=f"Give the reason for leaving the team, at least {least} characters.",
        )
