"""The ladder of reminders: who is told, when, and that it stops when nothing is owed, whatever the code does."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from kycuong.core.clock import today
from kycuong.deadlines.queries import term_of
from kycuong.followup import actions
from kycuong.followup.models import Recommendation, Reminder
from kycuong.followup.rules import FollowupTerms, Level, levels_reached
from kycuong.followup.tasks import accept_unread_reports, remind_of_terms, tell_of_unread_reports
from kycuong.notices.models import Notice
from kycuong.orgs.actions import grant_role
from kycuong.orgs.authority import at_the_machine
from tests.desk import Desk
from tests.followup.issued import DONE, WHY, recommended


@pytest.fixture
def one(desk: Desk) -> Recommendation:
    """A recommendation with a term of ten working days; the other one of its visit is settled."""
    first, second = recommended(desk)
    report = actions.report_remedy(second, by=desk.people["unit_head"], text=DONE)
    actions.accept_remedy(report, by=desk.people["team_head"])
    Notice.objects.all().delete()
    return first


def after(one: Recommendation, days: int) -> date:
    """So many working days after the term."""
    assert one.due_on
    return term_of(one.due_on, days).due_on if days else one.due_on


def told() -> Counter[str]:
    return Counter(Notice.objects.values_list("person__username", flat=True))


def levels() -> list[str]:
    return list(Reminder.objects.order_by("pk").values_list("level", flat=True))


def test_each_step_of_the_ladder_is_taken_once(desk: Desk, one: Recommendation) -> None:
    assert remind_of_terms(today()) == ""
    remind_of_terms(after(one, 0))
    assert levels() == [Level.AHEAD]
    for days, wanted in ((1, 2), (3, 2), (4, 3), (4, 3), (7, 3), (8, 4), (30, 4)):
        remind_of_terms(after(one, days))
        assert len(levels()) == wanted, days
    assert levels() == [Level.AHEAD, Level.HEAD, Level.SUPERIOR, Level.LEADER]
    assert told() == {"unit_head": 2, "coordinator": 1, "leader": 1}


def test_a_tick_that_comes_late_catches_up_in_one_run(desk: Desk, one: Recommendation) -> None:
    remind_of_terms(after(one, 60))
    assert levels() == [Level.HEAD, Level.SUPERIOR, Level.LEADER]


def test_what_is_at_the_top_of_its_ladder_is_not_looked_at_again_until_its_term_moves(
    desk: Desk, one: Recommendation
) -> None:
    def asked(day: date) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert remind_of_terms(day) == ""
        return len(seen)

    nothing, top, first = asked(today()), after(one, 30), one.due_on
    remind_of_terms(top)
    assert asked(top) == nothing, "as many questions as where nothing is near its term"
    more = actions.ask_extension(one, by=desk.people["unit_head"], until=after(one, 90), reason=WHY)
    actions.answer_extension(more, by=desk.people["leader"], grant=True)
    one.refresh_from_db()
    remind_of_terms(after(one, 1))
    assert levels()[-1] == Level.HEAD
    assert len(levels()) == 4, "a term that was moved begins a ladder of its own"
    Recommendation.objects.filter(pk=one.pk).update(due_on=first)
    assert asked(top) == nothing, "and one that is moved back goes on where it was"


def test_nobody_is_reminded_while_an_answer_is_awaited_or_more_time_was_given(desk: Desk, one: Recommendation) -> None:
    head, leader, far = desk.people["unit_head"], desk.people["leader"], after(one, 60)
    asked = actions.ask_extension(one, by=head, until=far, reason=WHY)
    assert remind_of_terms(far) == ""
    actions.answer_extension(asked, by=leader, grant=True)
    assert remind_of_terms(far - timedelta(days=40)) == ""
    one.refresh_from_db()
    actions.report_remedy(one, by=head, text=DONE)
    assert remind_of_terms(far + timedelta(days=40)) == ""
    assert levels() == []


def test_the_database_refuses_a_reminder_of_what_is_not_owed(desk: Desk, one: Recommendation) -> None:
    settled = Recommendation.objects.exclude(pk=one.pk).get()
    answered = Reminder(recommendation=one, level=Level.HEAD, due_on=one.due_on, reminded_on=after(one, 1))
    actions.report_remedy(one, by=desk.people["unit_head"], text=DONE)
    cleared = Reminder(recommendation=settled, level=Level.HEAD, due_on=settled.due_on, reminded_on=after(settled, 1))
    for reminder in (answered, cleared):
        with pytest.raises(DatabaseError, match="not owed"), transaction.atomic():
            reminder.save()
    assert not Reminder.objects.exists()


def test_a_report_that_nobody_verifies_is_told_to_the_leader(desk: Desk, one: Recommendation) -> None:
    report = actions.report_remedy(one, by=desk.people["unit_head"], text=DONE)
    Notice.objects.all().delete()
    assert tell_of_unread_reports(report.check_until) == ""
    late = report.check_until + timedelta(days=1)
    assert tell_of_unread_reports(late) and not tell_of_unread_reports(late)  # noqa: PT018
    assert told() == {"leader": 1}
    assert accept_unread_reports(late) == "", "the usual setting lets it wait"


def test_a_notice_goes_only_to_who_may_see_it(desk: Desk, one: Recommendation) -> None:
    with at_the_machine():
        grant_role(desk.people["nobody"], by=None, role="unit_head", unit=desk.units["other_commune"])
    remind_of_terms(after(one, 60))
    assert "nobody" not in told()
    assert "outsider" not in told()


def test_what_happens_is_told_to_the_other_side(desk: Desk) -> None:
    first, _ = recommended(desk)
    assert told()["unit_head"] == 2
    Notice.objects.all().delete()
    report = actions.report_remedy(first, by=desk.people["unit_head"], text=DONE)
    assert told() == {"team_head": 1}
    Notice.objects.all().delete()
    actions.return_remedy(report, by=desk.people["team_head"], reason="Ảnh chụp không thấy rõ biển tên.")
    assert told() == {"unit_head": 1}


@pytest.mark.parametrize("over", range(-5, 12))
def test_the_ladder_never_goes_down(over: int) -> None:
    terms = FollowupTerms()
    reached, next_day = (set(levels_reached(terms, days_over=days)) for days in (over, over + 1))
    if over > 0:
        assert reached <= next_day
    else:
        assert reached in (set(), {Level.AHEAD})
