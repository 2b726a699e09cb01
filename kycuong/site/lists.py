"""What stands together from several capabilities, as files: the calendar of a month, what waits for a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from kycuong.core.clock import today
from kycuong.orgs.models import Person
from kycuong.sheets.listing import Column, Listed, of_lines
from kycuong.ui.formats import vn_date
from kycuong.ui.todo import Dated, Todo

from .calendar import falling, month_asked
from .mine import waiting

CALENDAR: tuple[Column[Dated], ...] = (
    Column(_lazy("Ngày"), lambda line: line.day, 13),
    Column(_lazy("Việc"), lambda line: str(line.what), 40),
    Column(_lazy("Về"), lambda line: str(line.about), 60),
)
MINE: tuple[Column[Todo], ...] = (
    Column(_lazy("Việc"), lambda line: str(line.what), 44),
    Column(_lazy("Về"), lambda line: str(line.about), 60),
    Column(_lazy("Đến hạn"), lambda line: line.due, 13),
)


def calendar(person: Person, asked: Mapping[str, str]) -> Listed[Any]:
    """A month of what is planned, done and due; what has no day stands last."""
    first = month_asked(asked)
    mine_only = asked.get("whose") != "all"
    lines = sorted(falling(person, first, mine=mine_only), key=lambda line: (line.day is None, line.day or first))
    said = [(_("Của"), _("đơn vị tôi") if mine_only else _("mọi đơn vị được xem"))]
    return of_lines(_("Lịch tháng %(month)s") % {"month": f"{first:%m/%Y}"}, CALENDAR, lines, asked=said, at_once=True)


def mine(person: Person, asked: Mapping[str, str]) -> Listed[Any]:
    """What waits for the person today."""
    return of_lines(_("Việc của tôi, ngày %s") % vn_date(today()), MINE, waiting(person, today()), at_once=True)
