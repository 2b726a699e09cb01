"""What the scheduler does for periodic reports. It may be run twice, or late."""

from __future__ import annotations

from datetime import date

from kycuong.deadlines.queries import term_of
from kycuong.orgs.authority import at_the_machine
from kycuong.rounds.actions import remind
from kycuong.rounds.models import AgencyReport, ReportReminder, RoundRule
from kycuong.rounds.rules import Level


def remind_of_reports(today: date) -> str:
    """Reminders to agencies whose report is near its term or past it."""
    longest = max([RoundRule.on(today).ahead, *RoundRule.objects.values_list("ahead", flat=True)])
    soon = term_of(today, longest).due_on if longest else today
    done = ReportReminder.objects.filter(level=Level.AGAIN).values("report")
    near = AgencyReport.objects.owed().filter(round__due_on__lte=soon, first_submitted_on=None).exclude(pk__in=done)
    owed = near.select_related("round__authority", "agency").order_by("round__due_on", "pk")
    with at_the_machine():
        taken = [step for one in owed if (step := remind(one, by=None, today=today))]
    return f"Nhắc {len(taken)} cơ quan về báo cáo định kỳ." if taken else ""
