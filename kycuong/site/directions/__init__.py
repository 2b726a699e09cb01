"""Help for each page, by the name of its address; tests/site/test_directions.py wants it of every page that people sign in for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from kycuong.site.guide import Guide, Section, guide

from .counting import REPORTS
from .entry import Help
from .following import FOLLOWUP, SELFCHECKS
from .inspecting import INSPECTIONS
from .keeping import REST
from .own import ORGS, OWN
from .planning import CATALOG, DRAWS, PLANS
from .sections import section_of

__all__ = ["CHAPTERS", "FOR_ROLES", "Chapter", "Further", "Help", "chapter_of", "further_of", "guides_for", "help_of"]


@dataclass(frozen=True)
class Chapter:
    """Pages that belong together, and the guides that tell of them at length."""

    slug: str
    titled: str
    guides: tuple[str, ...]
    pages: dict[str, Help]

    @property
    def title(self) -> str:
        return gettext(self.titled)

    @property
    def told_in(self) -> list[Guide]:
        return [guide(name) for name in self.guides]


class Further(NamedTuple):
    """Where the guide tells more: a guide, and a section of it or the whole."""

    guide: Guide
    section: Section
    anchor: str


CHAPTERS = (
    Chapter("own", _("Trang riêng của mỗi người: việc phải làm, lịch, thông báo, tài khoản"), ("account",), OWN),
    Chapter("orgs", _("Đơn vị, con người, vai trò"), ("administrator", "auditor"), ORGS),
    Chapter("plans", _("Chủ đề năm, kế hoạch kiểm tra, chồng chéo"), ("coordinator", "leader"), PLANS),
    Chapter("catalog", _("Phiếu kiểm tra, tiêu chí, căn cứ pháp lý"), ("aggregator",), CATALOG),
    Chapter("draws", _("Bốc thăm kiểm chứng được"), ("coordinator",), DRAWS),
    Chapter(
        "inspections",
        _("Cuộc kiểm tra, lượt, biên bản, kết luận"),
        (
            "coordinator",
            "team_head",
            "team_member",
            "inspector-phone",
            "leader",
        ),
        INSPECTIONS,
    ),
    Chapter(
        "followup",
        _("Kiến nghị, khắc phục, xử lý trách nhiệm"),
        (
            "unit_head",
            "coordinator",
            "leader",
        ),
        FOLLOWUP,
    ),
    Chapter(
        "selfchecks",
        _("Tự kiểm tra"),
        (
            "unit_head",
            "coordinator",
        ),
        SELFCHECKS,
    ),
    Chapter("reports", _("Số liệu, xếp hạng, báo cáo định kỳ, biểu mẫu"), ("aggregator", "leader", "auditor"), REPORTS),
    Chapter(
        "rest",
        _("Quy định, giấy tờ, máy đi thực địa, trang công khai, máy chủ"),
        (
            "administrator",
            "records_clerk",
            "auditor",
            "openness",
            "connect",
            "operations",
        ),
        REST,
    ),
)
"""In the order in which the page of help shows them."""
FOR_ROLES: dict[str, tuple[str, ...]] = {
    "aggregator": ("aggregator",),
    "coordinator": ("coordinator",),
    "team_head": ("team_head", "inspector-phone"),
    "team_member": ("team_member", "inspector-phone"),
    "unit_head": ("unit_head",),
    "leader": ("leader",),
    "records_clerk": ("records_clerk",),
    "auditor": ("auditor",),
    "system_admin": ("administrator", "operations"),
}
"""Role → the guides that are written for it, first the one to begin with."""
CHAPTER = {name: chapter for chapter in CHAPTERS for name in chapter.pages}


def guides_for(roles: Iterable[str]) -> list[Guide]:
    """Those of the roles, each once, in the order in which guides are listed by role."""
    held = set(roles)
    return [guide(name) for name in dict.fromkeys(one for role in FOR_ROLES if role in held for one in FOR_ROLES[role])]


def chapter_of(request: HttpRequest) -> Chapter | None:
    """Where the page of this address belongs. What has no page has no chapter, neither has an address that leads nowhere."""
    found = request.resolver_match
    return CHAPTER.get(found.view_name) if found else None


def help_of(request: HttpRequest) -> Help | None:
    """What the page says of itself. Nothing is asked of the database."""
    chapter, found = chapter_of(request), request.resolver_match
    return chapter.pages[found.view_name] if chapter and found else None


def further_of(request: HttpRequest) -> Further | None:
    """Where the guide tells of the page at length."""
    found = request.resolver_match
    return _further(found.view_name) if found and found.view_name in CHAPTER else None


@cache
def _further(name: str) -> Further:
    found, anchor = section_of(name)
    whole = guide(found or CHAPTER[name].guides[0])
    return Further(whole, whole.section(anchor) if anchor else whole.heading, anchor)
