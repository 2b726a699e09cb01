"""What the scheduler does for follow-up. Each step may be run twice, or late."""

from __future__ import annotations

from datetime import date

from kycuong.followup.actions import accept_unread
from kycuong.followup.models import RemedyReport
from kycuong.inspections.rules import VisitState
from kycuong.orgs.authority import at_the_machine


def accept_unread_reports(today: date) -> str:
    """Reports that nobody verified in time, where the setting says that silence accepts them."""
    late = RemedyReport.objects.waiting().filter(
        check_until__lt=today, recheck=None, recommendation__visit__state=VisitState.SIGNED
    )
    with at_the_machine():
        accepted = sum(accept_unread(one, by=None, today=today) for one in late.order_by("pk"))
    return f"Chấp nhận {accepted} báo cáo khắc phục đã hết hạn kiểm chứng." if accepted else ""
