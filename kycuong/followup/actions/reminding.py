"""The ladder of reminders: who answers for the unit, then its superior, then the leader; it stops when nothing is owed."""

from __future__ import annotations

from datetime import date

from kycuong.audit.log import act, record
from kycuong.core.checks import ensure_clean
from kycuong.deadlines.queries import working_days_between
from kycuong.followup.models import FollowupRule, Recommendation, Reminder
from kycuong.followup.rules import Level, RecommendationState, levels_reached
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Edge, Person, Unit
from kycuong.orgs.queries import holders

from ._steps import lead_of
from ._telling import REPORT, name_of, tell_about

URGE, CLOSE = "remedy.urge", "recommendation.close"


@act
def remind(recommendation: Recommendation, *, by: Person | None, today: date) -> list[Reminder]:
    """Take the steps that are due and were not taken for this term. Asked again on the same day, or late, nothing doubles."""
    authorize(by, REPORT, at=recommendation.unit)
    recommendation.refresh_from_db()
    if recommendation.state not in (RecommendationState.ISSUED, RecommendationState.ACKNOWLEDGED):
        return []
    if not _is_owed(recommendation) or recommendation.due_on is None:
        return []
    over = working_days_between(recommendation.due_on, today)
    over = over or int(today > recommendation.due_on)  # a weekend after the term: the first day of the ladder
    taken = set(recommendation.reminders.filter(due_on=recommendation.due_on).values_list("level", flat=True))
    terms = FollowupRule.on(recommendation.issued_on or today)
    steps = [level for level in levels_reached(terms, days_over=over) if level not in taken]
    return [_step(recommendation, level, by=by, today=today) for level in steps]


def _is_owed(recommendation: Recommendation) -> bool:
    """Nobody waits for an answer of the side that inspected, and the visit still counts."""
    return (
        Recommendation.objects.open()
        .exclude(pk__in=Recommendation.objects.waiting())
        .filter(pk=recommendation.pk)
        .exists()
    )


def _step(recommendation: Recommendation, level: Level, *, by: Person | None, today: date) -> Reminder:
    assert recommendation.due_on is not None, "issued with a term, says the database"
    due = f"{recommendation.due_on:%d/%m/%Y}"
    ahead = level == Level.AHEAD
    subject = f"Kiến nghị đến hạn {due}" if ahead else f"Kiến nghị quá hạn từ {due}: {name_of(recommendation)}"
    people = _people(recommendation, level, today)
    told = tell_about(recommendation, people, f"remind.{level}.{recommendation.due_on}", subject, due=True)
    reminder = Reminder(recommendation=recommendation, level=level, due_on=recommendation.due_on, reminded_on=today)
    reminder.told = told
    ensure_clean(reminder)
    reminder.save(force_insert=True)
    record("remedy.remind", reminder, by=by)
    return reminder


def _people(recommendation: Recommendation, level: Level, today: date) -> list[Person]:
    if level in (Level.AHEAD, Level.HEAD):
        return holders(recommendation.unit, REPORT, on=today)
    if level == Level.LEADER:
        return holders(lead_of(recommendation), CLOSE, on=today, or_above=True)
    edges = Edge.objects.filter(child=recommendation.unit, valid_from__lte=today, valid_to__gt=today)
    superior = Unit.objects.filter(pk__in=edges.values("parent")).first()
    return holders(superior, URGE, on=today, or_above=True) if superior else []
