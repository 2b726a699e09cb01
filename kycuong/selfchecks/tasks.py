"""What the scheduler does for self-checks. It may be run twice, or late."""

from __future__ import annotations

from datetime import date

from kycuong.deadlines.queries import term_of
from kycuong.orgs.authority import at_the_machine
from kycuong.selfchecks.actions import remind
from kycuong.selfchecks.models import SelfCheck, SelfCheckReminder, SelfCheckRule
from kycuong.selfchecks.rules import Level


def remind_of_self_checks(today: date) -> str:
    """Reminders to units whose self-check is near its term or past it."""
    longest = max([SelfCheckRule.on(today).ahead, *SelfCheckRule.objects.values_list("ahead", flat=True)])
    soon = term_of(today, longest).due_on if longest else today
    done = SelfCheckReminder.objects.filter(level=Level.AGAIN).values("self_check")
    near = SelfCheck.objects.open().filter(campaign__due_on__lte=soon, reopenings=None).exclude(pk__in=done)
    owed = near.select_related("campaign", "unit").order_by("campaign__due_on", "pk")
    with at_the_machine():
        taken = [step for one in owed if (step := remind(one, by=None, today=today))]
    return f"Nhắc {len(taken)} đơn vị về phiếu tự kiểm tra." if taken else ""
