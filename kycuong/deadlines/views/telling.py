"""After a change: how many running deadlines moved, and those of them that the person may read of."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.utils.translation import gettext as _

from kycuong.core.http import Request
from kycuong.deadlines.actions import Change
from kycuong.deadlines.queries import readable
from kycuong.ui.formats import vn_date

KEY = "daysoff-moved"
MOST_LINES = 50


def tell(request: Request, said: str, change: Change, *, kept: str = "") -> None:
    """The message for the next page, and the lines that it shows once."""
    messages.success(request, said, extra_tags=f"kept:{kept}" if kept else "")
    if change.moved:
        lines = readable(request.user, change.moved)[:MOST_LINES]
        request.session[KEY] = {
            "count": len(change.moved),
            "lines": [[one.about, one.url, vn_date(one.old), vn_date(one.new)] for one in lines],
        }
    elif change.days:
        messages.info(request, _("Không có thời hạn đang chạy nào phải dời."))


def moved_lately(request: Request) -> dict[str, Any] | None:
    """What the last change moved, told once."""
    found = request.session.pop(KEY, None)
    return found if isinstance(found, dict) else None
