"""Reminding agencies of reports that they owe: by the calendar, each step once; by hand, at most once a day."""

from __future__ import annotations

from datetime import date

from kycuong.audit.log import act, record, record_many
from kycuong.core.checks import ensure_clean
from kycuong.core.clock import today as this_day
from kycuong.core.problems import RuleBroken
from kycuong.deadlines.queries import working_days_between
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person
from kycuong.rounds import rules
from kycuong.rounds.models import AgencyReport, ReportingRound, ReportReminder, RoundRule
from kycuong.rounds.rules import Level, RoundState, level_due

from ._telling import OPEN, tell_agency


@act
def remind(report: AgencyReport, *, by: Person | None, today: date) -> ReportReminder | None:
    """Take the step that is due, if one is. Asked again on the same day, or late, nothing doubles."""
    authorize(by, OPEN, at=report.round.authority)
    there = AgencyReport.objects.owed().select_related("round", "agency").filter(pk=report.pk).first()
    level = _level(there, today) if there and there.first_submitted_on is None else None
    if there is None or level is None or there.round.opened_on == today:
        return None
    reminder = _reminded(there, level, today, by)
    record("report.remind", reminder, by=by)
    return reminder


@act
def remind_all(found: ReportingRound, *, by: Person | None) -> list[ReportReminder]:
    """Remind every agency that owes its report now; who was reminded by hand today already is left in peace."""
    authorize(by, OPEN, at=found.authority)
    found.refresh_from_db()
    rules.ensure_round(found.state, RoundState.OPEN)
    day = this_day()
    told = ReportReminder.objects.filter(level=Level.BY_HAND, reminded_on=day).values("report")
    owed = AgencyReport.objects.owed().filter(round=found).exclude(pk__in=told).select_related("round", "agency")
    taken = [_reminded(one, Level.BY_HAND, day, by) for one in owed.order_by("pk")]
    if not taken:
        raise RuleBroken(
            "Không còn cơ quan nào cần nhắc: đã nộp hết, hoặc hôm nay đã nhắc rồi.",
            en="Nobody is left to remind: all have submitted, or were reminded today.",
        )
    record_many("report.remind", taken, by=by)
    return taken


def _reminded(report: AgencyReport, level: Level, day: date, by: Person | None) -> ReportReminder:
    due = report.round.due_on
    over = due is not None and day > due
    subject = f"Báo cáo quá hạn từ {due:%d/%m/%Y}" if over else f"Báo cáo đến hạn {due:%d/%m/%Y}"
    event = f"remind.{level}.{day}" if level == Level.BY_HAND else f"remind.{level}"
    told = tell_agency(report, event, f"{subject}: {report.round.title}", due=True)
    reminder = ReportReminder(report=report, level=level, reminded_on=day, told=told, told_by=by)
    ensure_clean(reminder)
    reminder.save(force_insert=True)
    return reminder


def _level(report: AgencyReport, today: date) -> Level | None:
    found = report.round
    assert found.due_on is not None, "opened with a term, says the database"
    assert found.opened_on is not None, "opened with a term, says the database"
    over = working_days_between(found.due_on, today)
    over = over or int(today > found.due_on)  # a weekend after the term: the first day
    taken = list(report.reminders.values_list("level", flat=True))
    return level_due(RoundRule.on(found.opened_on), days_over=over, taken=taken)
