"""How many tickets a line holds: a table that whoever reviews it can read. Every part is told beside the weight."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

BASE = 1
"""Everybody can be drawn: a unit without anything against it still holds one ticket."""

NEVER_VISITED = 4
"""Who was never visited is drawn before who was visited long ago."""

SINCE_LAST_VISIT: tuple[tuple[int, int], ...] = ((24, 3), (12, 2), (6, 1))
"""(whole months since the last signed visit, tickets): the longer nobody came, the more tickets."""

PER_OPEN_FINDING = 1
"""A finding that is not remedied yet asks for a look."""

MOST_FOR_OPEN = 3
"""More open findings than this say nothing more: follow-up, not a draw, is the answer to them."""

PER_REPEATED_FINDING = 2
"""A finding that came back within REPEAT_MONTHS weighs twice an open one: the remedy did not hold."""

MOST_FOR_REPEATED = 4
"""So that one bad unit does not crowd out the others."""

PER_COMPLAINT = 1
"""A complaint or a citizen's report about the unit asks for a look."""

MOST_FOR_COMPLAINTS = 3
"""So that whoever writes many letters does not send the inspectors."""

REPEAT_MONTHS = 24
"""The span of a repeat, as in the figure of repeated findings."""

INSPECTOR = 1
"""Inspectors are drawn with equal chances."""


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of a unit on the day of the frame; months is None when it was never visited."""

    months: int | None
    open_findings: int = 0
    repeated_findings: int = 0
    complaints: int = 0


def parts_of(record: Record) -> dict[str, int]:
    """The parts of a unit's weight, by name; parts of nothing are left out."""
    parts = {
        "base": BASE,
        "since": NEVER_VISITED if record.months is None else _for_months(record.months),
        "open": min(MOST_FOR_OPEN, PER_OPEN_FINDING * record.open_findings),
        "repeated": min(MOST_FOR_REPEATED, PER_REPEATED_FINDING * record.repeated_findings),
        "complaints": min(MOST_FOR_COMPLAINTS, PER_COMPLAINT * record.complaints),
    }
    return {name: tickets for name, tickets in parts.items() if tickets}


PART_TITLES = {
    "base": _lazy("cơ bản"),
    "since": _lazy("lâu chưa kiểm tra"),
    "open": _lazy("tồn tại chưa khắc phục"),
    "repeated": _lazy("tồn tại lặp lại"),
    "complaints": _lazy("đơn thư, phản ánh"),
}
"""What the parts are called on a page."""


def table() -> list[str]:
    """The table as people read it."""
    steps = [
        _("%(months)s tháng trở lên: %(tickets)s vé") % {"months": months, "tickets": tickets}
        for months, tickets in SINCE_LAST_VISIT
    ]
    return [
        _("Cơ bản: %s vé, nên đơn vị nào cũng có thể trúng.") % BASE,
        _("Lần kiểm tra gần nhất cách đây %(steps)s; chưa kiểm tra lần nào: %(never)s vé.")
        % {"steps": "; ".join(steps), "never": NEVER_VISITED},
        _("Mỗi tồn tại chưa khắc phục: %(each)s vé, nhiều nhất %(most)s.")
        % {"each": PER_OPEN_FINDING, "most": MOST_FOR_OPEN},
        _("Mỗi tồn tại lặp lại trong vòng %(months)s tháng: %(each)s vé, nhiều nhất %(most)s.")
        % {"months": REPEAT_MONTHS, "each": PER_REPEATED_FINDING, "most": MOST_FOR_REPEATED},
        _("Mỗi đơn thư, phản ánh ghi khi cam kết, có nguồn: %(each)s vé, nhiều nhất %(most)s.")
        % {"each": PER_COMPLAINT, "most": MOST_FOR_COMPLAINTS},
        _("Người tham gia đoàn: mỗi người %s vé.") % INSPECTOR,
    ]


def _for_months(months: int) -> int:
    return next((tickets for least, tickets in SINCE_LAST_VISIT if months >= least), 0)
