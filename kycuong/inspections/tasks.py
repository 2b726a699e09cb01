"""What happens without a page: withdrawing what nobody decided in time, and moving terms when days off change."""

from __future__ import annotations

from datetime import date

from kycuong.core.clock import today
from kycuong.deadlines.rules import Moved
from kycuong.inspections import actions
from kycuong.inspections.queries.silence import lapsed
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.models import Person


def withdraw_unread(day: date | None = None) -> str:
    """A step of the tick. Safe to run twice or late: what was withdrawn waits no more."""
    with at_the_machine():
        count = sum(actions.withdraw_unread(one, by=None) for one in lapsed(day or today()))
    return f"rút {count} tồn tại quá hạn xem xét ý kiến của đơn vị" if count else ""


def move_terms(by: Person | None) -> list[Moved]:
    """Asked when days off change: running terms of units and of lead authorities, moved later where they must be."""
    return actions.move_running_terms(by=by)
