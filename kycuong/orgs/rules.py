"""What is true of units and their changes, whoever asks. No database, no HTTP."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kycuong.core.problems import BadInput, RuleBroken

FOREVER = date(9999, 12, 31)
"""End of a validity that has no end yet. Intervals are half-open: [valid_from, valid_to)."""
TEMPORARY = timedelta(days=7)
"""For so long a password that somebody else has seen opens the door, to be replaced at once."""

LONGEST_ABSENCE = 60
"""Days for which somebody may stand in at most: who is away longer hands the role over, by an administrator."""


AHEAD = 366
"""Days ahead of today within which standing in begins: what is further off is named when it comes near."""


def day_after(last: date) -> date:
    """The first day after the last one, as far as there is one: intervals are half-open."""
    return FOREVER if last >= FOREVER else last + timedelta(days=1)


class Kind(TextChoices):
    """What a unit is. The identifiers are the glossary's; figures group by them."""

    NATION = "nation", _("Cả nước")
    PROVINCE = "province", _("Tỉnh")
    PROVINCIAL_DEPARTMENT = "provincial_department", _("Sở, ban, ngành")
    DISTRICT_PC = "district_pc", _("UBND cấp huyện")
    COMMUNE_PC = "commune_pc", _("UBND cấp xã")
    DIVISION = "division", _("Phòng, chi cục")
    PUBLIC_SERVICE_UNIT = "public_service_unit", _("Đơn vị sự nghiệp")


INSPECTABLE = (
    Kind.PROVINCIAL_DEPARTMENT,
    Kind.DISTRICT_PC,
    Kind.COMMUNE_PC,
    Kind.DIVISION,
    Kind.PUBLIC_SERVICE_UNIT,
)
"""Kinds that may be a subject of inspection: everything but provinces and what is above them."""

TOPS = (Kind.NATION, Kind.PROVINCE)
"""Kinds that may stand at the top of the hierarchy."""

GIVEN = [(value, label) for value, label in Kind.choices if value != Kind.NATION]
"""Kinds that people give to units. What stands above provinces is made at the machine."""

PEOPLES_COMMITTEES = (Kind.PROVINCE, Kind.DISTRICT_PC, Kind.COMMUNE_PC)
"""Kinds whose formal name begins with «UBND»."""


class Scheme(TextChoices):
    """Whose code it is. A code is never a key: codes are given to other units later."""

    AREA = "area", _("Mã đơn vị hành chính (Tổng cục Thống kê)")
    EID = "eid", _("Mã định danh điện tử (QĐ 20/2020/QĐ-TTg)")
    LOCAL = "local", _("Mã nội bộ")


class Change(TextChoices):
    """Kinds of reorganisation."""

    CREATE = "create", _("Thành lập")
    MERGE = "merge", _("Hợp nhất thành đơn vị mới")
    ABSORB = "absorb", _("Sáp nhập vào đơn vị còn tồn tại")
    SPLIT = "split", _("Chia tách")
    RENAME = "rename", _("Đổi tên, đổi loại")
    MOVE = "move", _("Chuyển đơn vị quản lý trực tiếp")
    RECODE = "recode", _("Đổi mã")
    DISSOLVE = "dissolve", _("Giải thể")


RESERVED_SLUGS = frozenset({"search", "import", "new", "change", "accounts", "why"})
"""Words of our own addresses, which no unit may take."""


@dataclass(frozen=True)
class Duty:
    """Something open at a unit that somebody must take over when the unit ends. Told by the capabilities above."""

    unit_id: int
    text: str
    count: int
    url: str = ""
    without_heir: str = ""
    """What becomes of it when nobody carries the unit on; empty when people must settle it before."""


def formal_name(name: str, kind: str) -> str:
    """The name as documents write it: «Huyện Cao Lộc» → «UBND huyện Cao Lộc»."""
    if kind in PEOPLES_COMMITTEES:
        return f"UBND {name[:1].lower()}{name[1:]}"
    return name


def checked_username(text: str) -> str:
    """The name to sign in with: lower case, latin, short."""
    name = text.strip().lower()
    if not re.fullmatch(r"[a-z0-9](?:[a-z0-9._-]{1,48})[a-z0-9]", name):
        raise BadInput(
            f"Tên đăng nhập “{text[:50]}” không dùng được; hãy dùng 3 đến 50 chữ a–z không dấu, chữ số, dấu chấm, gạch.",
            en=f"The user name “{text[:50]}” cannot be used; write 3 to 50 of a–z, digits, dot, dash, underscore.",
            errors=[{"field": "username", "vi": "tên đăng nhập không dùng được", "en": "unusable user name"}],
        )
    return name


def ensure_role(role: str, known: Container[str]) -> None:
    if role not in known:
        raise BadInput(
            f"Không có vai trò “{role[:40]}”; hãy chọn trong danh sách vai trò.",
            en=f"There is no role “{role[:40]}”; choose one from the list of roles.",
            errors=[{"field": "role", "vi": "vai trò không có", "en": "unknown role"}],
        )


def ensure_not_over(end: date, day: date) -> None:
    """A role may end from `day`, today, on: what was held before stays as it was."""
    if end < day:
        raise BadInput(
            f"Vai trò chỉ kết thúc được từ hôm nay, {day:%d/%m/%Y}; những ngày đã qua không sửa lại.",
            en=f"A role can end from today, {day}, on; days that are over are not rewritten.",
        )


def ensure_interval(start: date, end: date) -> None:
    if start >= end:
        raise BadInput(
            f"Ngày hết hạn {end:%d/%m/%Y} phải sau ngày bắt đầu {start:%d/%m/%Y}.",
            en=f"The end {end} must come after the beginning {start}.",
            errors=[{"field": "valid_to", "vi": "phải sau ngày bắt đầu", "en": "must be after the beginning"}],
        )


def ensure_absence(start: date, end: date, *, day: date) -> None:
    """Standing in begins `day`, today, or later, never before; nor further off than AHEAD days; [start, end) is at most LONGEST_ABSENCE
    days long."""
    if start < day:
        raise BadInput(
            f"Làm thay chỉ bắt đầu từ hôm nay, {day:%d/%m/%Y}, hoặc sau đó; không ghi lùi ngày.",
            en=f"Standing in begins today, {day}, or later; it is never dated back.",
            errors=[{"field": "first", "vi": "từ hôm nay trở đi", "en": "today or later"}],
        )
    if (start - day).days > AHEAD:
        raise BadInput(
            "Làm thay phải bắt đầu trong vòng một năm kể từ hôm nay. Hãy chọn ngày gần hơn; xa hơn thì giao khi sắp đến.",
            en="Standing in begins within a year from today. Choose an earlier day; what is further off is named when it comes near.",
            errors=[{"field": "first", "vi": "trong vòng một năm", "en": "within a year"}],
        )
    ensure_interval(start, end)
    if (end - start).days > LONGEST_ABSENCE:
        raise BadInput(
            f"Làm thay dài nhất {LONGEST_ABSENCE} ngày. Vắng lâu hơn thì đề nghị quản trị hệ thống giao hẳn vai trò cho người khác.",
            en=f"Somebody stands in for at most {LONGEST_ABSENCE} days. For a longer absence ask the administrator to give the role to somebody else.",
            errors=[{"field": "last", "vi": f"quá {LONGEST_ABSENCE} ngày", "en": f"more than {LONGEST_ABSENCE} days"}],
        )


def ensure_lends(title: str, lends: bool) -> None:
    if not lends:
        raise RuleBroken(
            f"Vai trò {title} không giao người làm thay: người giám sát và người giữ tài khoản tự làm, hoặc quản trị cấp vai trò cho người khác.",
            en=f"Nobody stands in for the role {title}: who watches and who keeps accounts do so themselves, or the administrator gives the role to somebody else.",
        )


def ensure_held_through(held: bool, title: str) -> None:
    """What is lent is held from the first day to the last one."""
    if not held:
        raise RuleBroken(
            f"Người vắng mặt không giữ vai trò {title} suốt thời gian ấy. Hãy chọn ngày trong thời hạn của vai trò.",
            en=f"The role {title} is not held through all of these days. Choose days within its term.",
        )


def ensure_carried_through(until: date, end: date, name: str) -> None:
    """The deputy has an own role there through all of the days: `until` is the first day without, `end` the day after the last one."""
    if until < end:
        raise RuleBroken(
            f"{name} chỉ làm thay được trước ngày {until:%d/%m/%Y}: từ ngày ấy không còn vai trò riêng ở đơn vị này hay cấp trên. Hãy chọn "
            "ngày sớm hơn, hoặc người khác.",
            en=f"{name} can stand in only before {until}: from then on without a role of their own at this unit or above it. Choose earlier "
            "days, or somebody else.",
        )


def already_stood_in(name: str, first: date, last: date) -> RuleBroken:
    """One deputy for a role at a time."""
    return RuleBroken(
        f"{name} đã được giao làm thay vai trò này từ {first:%d/%m/%Y} đến hết {last:%d/%m/%Y}. Hãy thu lại trước, hoặc chọn ngày khác.",
        en=f"{name} already stands in for this role from {first} to {last}. Take that back first, or choose other days.",
    )


def ensure_may_stand_in(may: bool, name: str, unit: str) -> None:
    if not may:
        raise RuleBroken(
            f"{name} không làm thay được tại {unit}. Chọn người đang có vai trò riêng ở chính đơn vị ấy; quản trị hệ thống chọn được cả người ở "
            "đơn vị cấp trên trong phạm vi mình.",
            en=f"{name} cannot stand in at {unit}. Choose somebody with a role of their own at that very unit; an administrator may also choose "
            "somebody at a unit above, in the administrator's care.",
            errors=[{"field": "person", "vi": "không làm thay được ở đây", "en": "cannot stand in here"}],
        )


def ensure_said_why(reason: str) -> None:
    """Why somebody stands in is kept: 1 to 300 characters."""
    if not 0 < len(reason) <= 300:
        raise BadInput(
            "Hãy ghi lý do vắng mặt, tối đa 300 ký tự (nghỉ phép, đi công tác, nghỉ ốm…).",
            en="Say why somebody stands in, in at most 300 characters (leave, travel, illness…).",
            errors=[
                {"field": "reason", "vi": "cần lý do, tối đa 300 ký tự", "en": "a reason of at most 300 characters"}
            ],
        )
