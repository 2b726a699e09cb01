"""A campaign of self-checks from its draft to its end: whom it asks, what units may write, who is reminded and when."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from kycuong.audit.models import AuditEntry
from kycuong.core.clock import today
from kycuong.core.problems import BadInput, NotAllowed, RuleBroken, Stale
from kycuong.deadlines.queries import term_of
from kycuong.inspections.models import Inspection, Visit
from kycuong.notices.models import Notice
from kycuong.orgs.authority import at_the_machine
from kycuong.reports.queries import figures_for
from kycuong.reports.rules.periods import Period
from kycuong.selfchecks import actions
from kycuong.selfchecks.actions import Wish
from kycuong.selfchecks.models import SelfCheck, SelfCheckCampaign, SelfCheckReminder
from kycuong.selfchecks.queries import progress_of, todos
from kycuong.selfchecks.rules import SelfCheckTerms, last_day_of_window, level_due
from kycuong.selfchecks.tasks import remind_of_self_checks
from tests.desk import Desk

from .declared import declared

SHORT = {"D3": {"outcome": "fail", "finding": "Chưa có biển tên"}}


def sent(desk: Desk, *, days: int = 10, **given: object) -> SelfCheckCampaign:
    wish = Wish(title="Tự kiểm tra 2026", days=days, **(given or {"kinds": ["commune_pc"]}))  # type: ignore[arg-type]
    campaign = actions.draft_campaign(by=desk.people["coordinator"], authority=desk.units["district"], wish=wish)
    return actions.send_campaign(campaign, by=desk.people["coordinator"])


def of_commune(desk: Desk, campaign: SelfCheckCampaign) -> SelfCheck:
    return campaign.checks.get(unit=desk.units["commune"])


def submitted(desk: Desk, campaign: SelfCheckCampaign, **changed: dict[str, str]) -> SelfCheck:
    check, head = of_commune(desk, campaign), desk.people["unit_head"]
    actions.record_self_check(check, by=head, answers=declared(check, **changed))
    return actions.submit_self_check(check, by=head)


def test_a_campaign_asks_the_units_of_a_kind_under_its_authority_and_tells_their_heads(desk: Desk) -> None:
    campaign = sent(desk)
    assert set(campaign.checks.values_list("unit", flat=True)) == {
        desk.units["commune"].pk,
        desk.units["second_commune"].pk,
    }
    assert (campaign.due_on, campaign.due_words) == (term_of(today(), 10).due_on, term_of(today(), 10).words)
    assert Counter(Notice.objects.values_list("person__username", flat=True)) == {"unit_head": 1}
    [todo] = todos(desk.people["unit_head"], today=today())
    assert (todo.due, todo.url) == (campaign.due_on, of_commune(desk, campaign).get_absolute_url())
    assert progress_of(campaign, today=today()).unread == 1  # nobody answers for the second commune


def test_an_authority_asks_its_own_units_only(desk: Desk) -> None:
    for wish in (
        Wish(title="Tự kiểm tra", days=10, units=[desk.units["other_commune"]]),
        Wish(title="Tự kiểm tra", days=10),
        Wish(title="Tự kiểm tra", days=0, kinds=["commune_pc"]),
    ):
        with pytest.raises(BadInput):
            actions.draft_campaign(by=desk.people["coordinator"], authority=desk.units["district"], wish=wish)
    with pytest.raises(RuleBroken, match="không có đơn vị nào"):
        sent(desk, kinds=["division"])
    for who, place in (("coordinator", "province"), ("team_head", "department"), ("unit_head", "commune")):
        with pytest.raises(NotAllowed):
            actions.draft_campaign(
                by=desk.people[who], authority=desk.units[place], wish=Wish(title="Tự", days=5, kinds=["division"])
            )


def test_a_draft_changes_and_goes_and_what_was_sent_does_not(desk: Desk) -> None:
    by, wish = desk.people["coordinator"], Wish(title="Nháp", days=5, units=[desk.units["commune"]])
    draft = actions.draft_campaign(by=by, authority=desk.units["district"], wish=wish)
    read = draft.version
    actions.change_campaign(draft, by=by, wish=Wish(title="Khác", days=6, kinds=["commune_pc"]), version=read)
    assert (draft.title, draft.units.count()) == ("Khác", 0)
    with pytest.raises(Stale):
        actions.change_campaign(draft, by=by, wish=wish, version=read)
    actions.remove_campaign(draft, by=by)
    assert not SelfCheckCampaign.objects.exists()
    campaign = sent(desk)
    for act in (actions.send_campaign, actions.remove_campaign):
        with pytest.raises(RuleBroken, match="đã gửi"):
            act(campaign, by=by)


def test_the_unit_answers_by_the_rules_of_a_visit_and_what_is_submitted_stays(desk: Desk) -> None:
    campaign, head = sent(desk), desk.people["unit_head"]
    check = of_commune(desk, campaign)
    with pytest.raises(RuleBroken, match="mô tả tồn tại"):
        actions.record_self_check(check, by=head, answers={"D3": {"outcome": "fail"}})
    actions.record_self_check(check, by=head, answers=SHORT)
    assert (check.state, check.answers["D3"]["outcome"]) == ("draft", "fail")
    assert check.shortfalls == {"D3": "Chưa có biển tên"}
    assert check.exceptions["D3"][0] == "fail"
    with pytest.raises(RuleBroken, match="Còn tiêu chí chưa trả lời"):
        actions.submit_self_check(check, by=head)
    with pytest.raises(Stale):
        actions.record_self_check(check, by=head, answers={}, version=1)
    submitted(desk, campaign, **SHORT)
    check.refresh_from_db()
    assert (check.state, check.submitted_on, check.submitted_by) == ("submitted", today(), head)
    for act in (actions.submit_self_check, lambda one, by: actions.record_self_check(one, by=by, answers={})):
        with pytest.raises(RuleBroken, match="đã nộp"):
            act(check, by=head)
    for who in ("coordinator", "aggregator", "leader", "outsider"):
        with pytest.raises(NotAllowed):
            actions.reopen_self_check(check, by=desk.people[who], reason="Ghi nhầm số phòng làm việc.")


def test_a_correction_keeps_what_was_said_before(desk: Desk) -> None:
    campaign, head = sent(desk), desk.people["unit_head"]
    check = submitted(desk, campaign)
    with pytest.raises(BadInput):
        actions.reopen_self_check(check, by=head, reason="Nhầm")
    actions.reopen_self_check(check, by=head, reason="Ghi nhầm tiêu chí biển tên.")
    assert (check.state, check.reopenings.get().answers["D3"]["outcome"]) == ("draft", "pass")
    submitted(desk, campaign, **SHORT)
    verbs = [bytes(row.meta) for row in AuditEntry.objects.filter(model="selfchecks.SelfCheck")]
    assert sum(b'"selfcheck.submit"' in meta for meta in verbs) == 2
    actions.close_campaign(campaign, by=desk.people["coordinator"])
    check.refresh_from_db()
    with pytest.raises(RuleBroken, match="đã kết thúc"):
        actions.reopen_self_check(check, by=head, reason="Ghi nhầm tiêu chí biển tên.")
    other = campaign.checks.get(unit=desk.units["second_commune"])
    with at_the_machine(), pytest.raises(RuleBroken, match="đã kết thúc"):
        actions.record_self_check(other, by=None, answers={})  # type: ignore[arg-type]


def test_a_self_check_is_no_inspection_and_counts_as_a_self_check(desk: Desk) -> None:
    def told() -> dict[str, object]:
        return figures_for(desk.units["province"], Period(today(), today()))

    before = told()
    submitted(desk, sent(desk))
    after = told()
    assert (before["self_checks"], after["self_checks"]) == (0, 1)
    changed = {name for name in after if after[name] != before[name]} - {"same_period_last_year"}
    assert changed == {"self_checks"}
    assert not Visit.objects.exists()
    assert not Inspection.objects.exists()


def test_reminders_come_step_by_step_at_most_once_a_week_and_end_with_the_submission(desk: Desk) -> None:
    first, second = sent(desk), sent(desk, days=11)
    due = first.due_on
    assert due is not None
    Notice.objects.all().delete()
    days = [today() + timedelta(days=n) for n in range((due - today()).days + 40)]
    for day in days:
        remind_of_self_checks(day)
        remind_of_self_checks(day)
    mine = SelfCheckReminder.objects.filter(self_check__unit=desk.units["commune"]).order_by("reminded_on")
    told = [(row.reminded_on, row.level) for row in mine]
    assert all(later[0] - earlier[0] >= timedelta(days=7) for earlier, later in zip(told, told[1:], strict=False))
    assert told[0][1] == "ahead"
    assert Counter(level for _, level in told)["again"] == 2
    assert Notice.objects.filter(person=desk.people["unit_head"]).count() == len(told)
    SelfCheckReminder.objects.all().delete()
    submitted(desk, first)
    submitted(desk, second)
    for day in days:
        remind_of_self_checks(day)
    assert not SelfCheckReminder.objects.filter(self_check__unit=desk.units["commune"]).exists()


@pytest.mark.parametrize(
    ("over", "taken", "level"),
    [(-4, (), None), (-3, (), "ahead"), (0, ("ahead",), None), (1, ("ahead",), "over"), (5, ("over",), None),
     (6, ("over",), "again"), (6, (), "again"), (40, ("again",), None)],
)  # fmt: skip
def test_the_step_that_is_due(over: int, taken: tuple[str, ...], level: str | None) -> None:
    assert level_due(SelfCheckTerms(), days_over=over, taken=taken) == level


def test_the_window_ends_on_the_same_day_of_the_month() -> None:
    assert last_day_of_window(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert last_day_of_window(date(2025, 11, 30), 3) == date(2026, 2, 28)
