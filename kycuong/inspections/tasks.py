"""What happens without a page: what nobody decided in time is withdrawn."""

from __future__ import annotations

from datetime import date

from kycuong.core.clock import today
from kycuong.inspections import actions
from kycuong.inspections.queries.silence import lapsed
from kycuong.orgs.authority import at_the_machine


def withdraw_unread(day: date | None = None) -> str:
    """A step of the tick. Safe to run twice or late: what was withdrawn waits no more."""
    with at_the_machine():
        count = sum(actions.withdraw_unread(one, by=None) for one in lapsed(day or today()))
    return f"Rút {count} tồn tại đã hết hạn xem xét ý kiến của đơn vị." if count else ""
