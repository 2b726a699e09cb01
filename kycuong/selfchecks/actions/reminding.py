"""Reminding units of self-checks that they owe: at most once a week, and never of what was submitted."""

from __future__ import annotations

from datetime import date, timedelta

from kycuong.audit.log import act, record
from kycuong.core.checks import ensure_clean
from kycuong.deadlines.queries import working_days_between
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person
from kycuong.selfchecks.models import SelfCheck, SelfCheckReminder, SelfCheckRule
from kycuong.selfchecks.rules import Level, level_due
from kycuong.selfchecks.rules.reminding import QUIET_DAYS

from ._telling import ANSWER, tell_unit


@act
def remind(check: SelfCheck, *, by: Person | None, today: date) -> SelfCheckReminder | None:
    """Take the step that is due, if one is. Asked again on the same day, or late, nothing doubles."""
    authorize(by, ANSWER, at=check.unit)
    there = SelfCheck.objects.open().select_related("campaign").filter(pk=check.pk).first()
    if there is None or _told_lately(there, today):
        return None
    level = _level(there, today)
    if level is None:
        return None
    due = there.campaign.due_on
    ahead = level == Level.AHEAD
    subject = f"Tự kiểm tra đến hạn {due:%d/%m/%Y}" if ahead else f"Tự kiểm tra quá hạn từ {due:%d/%m/%Y}"
    told = tell_unit(there, f"remind.{level}", f"{subject}: {there.campaign.title}", due=True)
    reminder = SelfCheckReminder(self_check=there, level=level, reminded_on=today, told=told)
    ensure_clean(reminder)
    reminder.save(force_insert=True)
    record("selfcheck.remind", reminder, by=by)
    return reminder


def _level(check: SelfCheck, today: date) -> Level | None:
    campaign = check.campaign
    assert campaign.due_on is not None, "sent with a term, says the database"
    assert campaign.opened_on is not None, "sent with a term, says the database"
    over = working_days_between(campaign.due_on, today)
    over = over or int(today > campaign.due_on)  # a weekend after the term: the first day
    taken = list(check.reminders.values_list("level", flat=True))
    return level_due(SelfCheckRule.on(campaign.opened_on), days_over=over, taken=taken)


def _told_lately(check: SelfCheck, today: date) -> bool:
    """Whether the unit heard of a self-check within the week, of this campaign or of another."""
    since = today - timedelta(days=QUIET_DAYS)
    reminded = SelfCheckReminder.objects.filter(self_check__unit=check.unit_id, reminded_on__gt=since)
    sent = SelfCheck.objects.filter(unit=check.unit_id, campaign__opened_on__gt=since)
    return reminded.exists() or sent.exists()
