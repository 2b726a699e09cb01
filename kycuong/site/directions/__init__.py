"""Help for each page, by the name of its address; tests/site/test_directions.py wants it of every page that people sign in for."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from .counting import REPORTS
from .entry import Help
from .following import FOLLOWUP, SELFCHECKS
from .inspecting import INSPECTIONS
from .keeping import REST
from .own import ORGS, OWN
from .planning import CATALOG, DRAWS, PLANS

__all__ = ["CHAPTERS", "Chapter", "Help", "chapter_of", "help_of"]


@dataclass(frozen=True)
class Chapter:
    """Pages that belong together, and where the guide (docs/guide) tells of them at length."""

    slug: str
    titled: str
    guides: tuple[str, ...]
    pages: dict[str, Help]

    @property
    def title(self) -> str:
        return gettext(self.titled)


CHAPTERS = (
    Chapter("own", _("Trang riêng của mỗi người: việc phải làm, lịch, thông báo, tài khoản"), ("account.md",), OWN),
    Chapter("orgs", _("Đơn vị, con người, vai trò"), ("administrator.md",), ORGS),
    Chapter("plans", _("Chủ đề năm, kế hoạch kiểm tra, chồng chéo"), ("coordinator.md",), PLANS),
    Chapter("catalog", _("Phiếu kiểm tra, tiêu chí, căn cứ pháp lý"), ("aggregator.md",), CATALOG),
    Chapter("draws", _("Bốc thăm kiểm chứng được"), ("coordinator.md",), DRAWS),
    Chapter(
        "inspections",
        _("Cuộc kiểm tra, lượt, biên bản, kết luận"),
        (
            "coordinator.md",
            "team_head.md",
            "inspector-phone.md",
        ),
        INSPECTIONS,
    ),
    Chapter(
        "followup",
        _("Kiến nghị, khắc phục, xử lý trách nhiệm"),
        (
            "unit_head.md",
            "coordinator.md",
        ),
        FOLLOWUP,
    ),
    Chapter(
        "selfchecks",
        _("Tự kiểm tra"),
        (
            "unit_head.md",
            "coordinator.md",
        ),
        SELFCHECKS,
    ),
    Chapter("reports", _("Số liệu, xếp hạng, báo cáo định kỳ, biểu mẫu"), ("aggregator.md",), REPORTS),
    Chapter(
        "rest",
        _("Quy định, giấy tờ, máy đi thực địa, trang công khai, máy chủ"),
        (
            "administrator.md",
            "openness.md",
            "connect.md",
            "operations.md",
        ),
        REST,
    ),
)
"""In the order in which the page of help shows them."""
CHAPTER = {name: chapter for chapter in CHAPTERS for name in chapter.pages}


def chapter_of(request: HttpRequest) -> Chapter | None:
    """Where the page of this address belongs. What has no page has no chapter, neither has an address that leads nowhere."""
    found = request.resolver_match
    return CHAPTER.get(found.view_name) if found else None


def help_of(request: HttpRequest) -> Help | None:
    """What the page says of itself. Nothing is asked of the database."""
    chapter, found = chapter_of(request), request.resolver_match
    return chapter.pages[found.view_name] if chapter and found else None
