"""Lists of this capability as files: one's own notices, what ran by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from kycuong.orgs.authority import authorize_somewhere
from kycuong.orgs.models import Person
from kycuong.sheets.listing import Column, Listed, of_rows

from . import queries
from .models import Notice, TickRun
from .views import TITLES, shown_of

NOTICES: tuple[Column[Notice], ...] = (
    Column(_lazy("Lúc"), lambda row: row.told_at, 18),
    Column(_lazy("Nội dung"), lambda row: row.subject, 50),
    Column(_lazy("Chi tiết"), lambda row: row.text, 60),
    Column(_lazy("Đến hạn, quá hạn"), lambda row: _("có") if row.due else "", 12),
    Column(_lazy("Đọc lúc"), lambda row: row.read_at, 18),
)
TICKS: tuple[Column[TickRun], ...] = (
    Column(_lazy("Bắt đầu"), lambda row: row.begun_at, 18),
    Column(_lazy("Kết thúc"), lambda row: row.ended_at, 18),
    Column(_lazy("Bước"), lambda row: row.step, 40),
    Column(_lazy("Đã làm"), lambda row: row.said, 50),
    Column(_lazy("Không xong"), lambda row: row.fault, 40),
    Column(_lazy("Số lần"), lambda row: row.times, 10),
)


def inbox(person: Person, asked: Mapping[str, str]) -> Listed[Any]:
    """One's own, as the inbox shows them."""
    show = shown_of(asked.get("show", ""))
    said = [] if show == "all" else [(_("Lọc"), str(TITLES[show]))]
    seen = Notice.objects.visible_to(person)
    return of_rows(
        queries.inbox(person, show), seen, title=_("Thông báo"), columns=NOTICES, lines=lambda rows: rows, asked=said
    )


def ticks(person: Person, asked: Mapping[str, str]) -> Listed[Any]:
    """For whoever looks after the machine."""
    authorize_somewhere(person, "tick.see")
    seen = TickRun.objects.visible_to(person)
    return of_rows(seen, seen, title=_("Việc chạy nền"), columns=TICKS, lines=lambda rows: rows)
