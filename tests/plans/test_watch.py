"""What is watched over all plans: overlaps and burdens without revealing drafts, limits as data, reminders, the theme spread."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from kycuong.core.clock import today
from kycuong.core.ids import uuid7
from kycuong.core.problems import BadInput, Missing, NotAllowed, RuleBroken
from kycuong.orgs.models import Person, Unit
from kycuong.papers.model import Paragraph
from kycuong.plans import actions, rules
from kycuong.plans.actions import Item
from kycuong.plans.documents import plan_urge
from kycuong.plans.models import BurdenLimit, Dissemination, InspectionPlan, PlanReminder
from kycuong.plans.queries import Limits, limits_on, meetings, plan_lines, spread_lines
from tests.desk import BEGIN, Desk

YEAR = today().year
Sign = Callable[[Any], Client]
WHEN = st.tuples(st.integers(2024, 2026), st.none() | st.integers(1, 12))


@given(WHEN, WHEN, st.integers(1, 200))
def test_nearness_is_mutual_and_grows_with_the_span(one: Any, other: Any, span: int) -> None:
    assert rules.least_days_between(one, other) == rules.least_days_between(other, one)
    assert rules.is_near(one, other, span_days=span) == rules.is_near(other, one, span_days=span)
    assert not rules.is_near(one, other, span_days=span) or rules.is_near(one, other, span_days=span + 1)
    assert not (rules.is_near(one, other, span_days=span) and rules.is_possible(one, other))


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [((2026, 3), (2026, 3), True), ((2026, 1), (2026, 3), True), ((2026, 1), (2026, 4), False),
     ((2025, 12), (2026, 1), True), ((2026, 7), (2026, 9), True), ((2026, 6), (2026, 9), False)],
)  # fmt: skip
def test_sixty_days_are_two_months_and_less(one: Any, other: Any, near: bool) -> None:
    assert rules.is_near(one, other, span_days=60) is near


def planned(desk: Desk, who: str, agency: str, *said: Item, year: int = YEAR) -> InspectionPlan:
    plan = actions.draft_plan(by=desk.people[who], agency=desk.units[agency], year=year)
    for item in said:
        actions.add_item(plan, by=desk.people[who], said=item)
    plan.refresh_from_db()
    return plan


def test_two_planners_learn_that_they_meet_once_the_other_has_submitted(desk: Desk) -> None:
    unit, planner, aggregator = desk.units["commune"], desk.people["coordinator"], desk.people["aggregator"]
    mine = planned(desk, "coordinator", "district", Item(unit=unit, month=3), Item(form="surprise", units_count=5))
    theirs = planned(desk, "aggregator", "department", Item(unit=unit, month=5), Item(unit=unit),
                     Item(unit=desk.units["other_commune"], month=3))  # fmt: skip
    assert not meetings(planner, YEAR, today=today(), plan=mine)
    assert meetings(aggregator, YEAR, today=today()).near
    actions.submit_plan(theirs, by=aggregator)
    found = meetings(planner, YEAR, today=today(), plan=mine)
    [near], [possible], [burden] = found.near, found.possible, found.burdens
    assert (near.unit, near.days) == ("Xã Hoàng Đồng, Huyện Đông", 31)
    assert [(side.agency, bool(side.url)) for side in near.sides] == [("Huyện Đông", True), ("Sở Nội vụ", False)]
    assert possible.possible
    assert (burden.planned, burden.agencies) == (3, ["Huyện Đông", "Sở Nội vụ"])
    assert not meetings(desk.people["outsider"], YEAR, today=today())
    assert meetings(aggregator, YEAR, today=today(), plan=theirs).near


def test_limits_are_data_and_hold_from_a_day_on(desk: Desk) -> None:
    aggregator = desk.people["aggregator"]
    assert limits_on(today()) == Limits(60, 2)
    tomorrow = today() + timedelta(days=1)
    actions.set_limits(by=aggregator, valid_from=tomorrow, span_days=20, visits_a_year=1)
    assert (limits_on(today()), limits_on(tomorrow)) == (Limits(60, 2), Limits(20, 1))
    actions.set_limits(by=aggregator, valid_from=tomorrow, span_days=25, visits_a_year=1)
    assert (BurdenLimit.objects.count(), limits_on(tomorrow).span_days) == (1, 25)
    with pytest.raises(BadInput):
        actions.set_limits(by=aggregator, valid_from=today() - timedelta(days=1), span_days=20, visits_a_year=1)
    with pytest.raises(NotAllowed):
        actions.set_limits(by=desk.people["coordinator"], valid_from=tomorrow, span_days=20, visits_a_year=1)


def test_limits_decide_what_is_shown(desk: Desk) -> None:
    unit, aggregator = desk.units["commune"], desk.people["aggregator"]
    planned(desk, "coordinator", "district", Item(unit=unit, month=3))
    planned(desk, "aggregator", "department", Item(unit=unit, month=5))
    assert meetings(aggregator, YEAR, today=today()).near
    actions.set_limits(by=aggregator, valid_from=today(), span_days=30, visits_a_year=1)
    found = meetings(aggregator, YEAR, today=today())
    assert (found.near, [one.planned for one in found.burdens]) == ([], [2])


def test_agencies_that_were_reminded_are_written_to_until_they_issue(desk: Desk) -> None:
    """One letter to all that were reminded together; who has issued since is left out; only the side that reminds takes it."""
    by, agencies = desk.people["aggregator"], [desk.units["department"], desk.units["commune"]]
    words = "Đề nghị ban hành kế hoạch trước ngày 15/01."
    first, second = actions.remind_agencies(agencies, by=by, year=YEAR, words=words)
    letter = plan_urge(by, first.uid)
    assert [name.casefold() for name in letter.to] == ["sở nội vụ", "ủy ban nhân dân xã hoàng đồng"]
    assert words in [block.text for block in letter.blocks if isinstance(block, Paragraph)]
    assert plan_urge(by, second.uid).to == letter.to
    for who in ("coordinator", "outsider", "unit_head"):
        with pytest.raises(Missing):
            plan_urge(desk.people[who], first.uid)
    issued(desk, agencies[0], by)
    assert plan_urge(by, first.uid).to == letter.to[1:]
    issued(desk, agencies[1], by)
    with pytest.raises(RuleBroken, match="đều đã ban hành"):
        plan_urge(by, first.uid)


def issued(desk: Desk, agency: Unit, by: Person) -> None:
    plan = actions.draft_plan(by=by, agency=agency, year=YEAR)
    actions.issue_plan(plan, by=by, issued_on=today())


def test_a_reminder_says_who_was_reminded_when_and_with_which_words(desk: Desk) -> None:
    aggregator, agency = desk.people["aggregator"], desk.units["department"]
    words = "Đề nghị ban hành kế hoạch trước ngày 15."
    actions.remind_agencies([agency], by=aggregator, year=YEAR, words=words)
    [line] = [line for line in plan_lines(aggregator, YEAR, today=today()) if line.unit_id == agency.pk]
    assert line.reminder is not None
    assert (line.reminder.words, line.reminder.reminded_by, line.reminder.reminded_on) == (words, aggregator, today())
    with pytest.raises(BadInput, match="hôm nay đã nhắc"), transaction.atomic():
        actions.remind_agencies([agency], by=aggregator, year=YEAR, words=words)
    with pytest.raises(RuleBroken, match="không thuộc diện"), transaction.atomic():
        actions.remind_agencies([desk.units["division"]], by=aggregator, year=YEAR, words=words)
    for who in ("coordinator", "leader", "records_clerk"):
        with pytest.raises(NotAllowed):
            actions.remind_agencies([agency], by=desk.people[who], year=YEAR, words=words)
    plan = actions.draft_plan(by=aggregator, agency=agency, year=YEAR)
    actions.issue_plan(plan, by=aggregator, issued_on=today())
    with pytest.raises(RuleBroken, match="đã ban hành"), transaction.atomic():
        actions.remind_agencies([agency], by=aggregator, year=YEAR, words=words)
    assert PlanReminder.objects.count() == 1
    assert [line.reminder for line in plan_lines(aggregator, YEAR, today=today()) if line.is_issued] == [None]


def entry(desk: Desk, **changed: Any) -> Dissemination:
    said = {"by": desk.people["aggregator"], "agency": desk.units["department"], "year": YEAR, "kind": "briefing",
            "held_on": today(), "title": "Hội nghị quán triệt", "people": 40, **changed}  # fmt: skip
    return actions.record_dissemination(**said)


def test_the_spreading_of_a_theme_is_counted_by_agency_and_a_withdrawn_entry_is_not(desk: Desk) -> None:
    aggregator, uid = desk.people["aggregator"], uuid7()
    assert {len(line.entries) for line in spread_lines(aggregator, YEAR, today=today())} == {0}
    wrong = entry(desk, uid=uid)
    assert entry(desk, uid=uid) == wrong
    entry(desk, kind="document", people=None, document_number="3/KH")
    entry(desk, kind="promotion", people=5, held_on=today() - timedelta(days=1))
    [line] = spread_lines(aggregator, YEAR, today=today(), text="so noi vu")
    assert (line.documents, line.briefings, line.promotions, line.people, line.latest) == (1, 1, 1, 45, today())
    actions.withdraw_dissemination(wrong, by=aggregator, reason="Ghi nhầm cơ quan tổ chức.")
    [line] = spread_lines(aggregator, YEAR, today=today(), text="so noi vu")
    assert (line.briefings, line.people) == (0, 5)
    with pytest.raises(RuleBroken):
        actions.withdraw_dissemination(wrong, by=aggregator, reason="Ghi nhầm cơ quan tổ chức.")


def test_what_did_not_happen_or_says_too_little_is_not_recorded(desk: Desk) -> None:
    for wrong in (
        {"held_on": today() + timedelta(days=1)}, {"held_on": BEGIN}, {"people": None}, {"people": 0},
        {"kind": "document", "people": None}, {"kind": "party"}, {"title": " "},
    ):  # fmt: skip
        with pytest.raises(BadInput), transaction.atomic():
            entry(desk, **wrong)
    for who in ("coordinator", "leader", "team_head"):
        with pytest.raises(NotAllowed):
            entry(desk, by=desk.people[who])
    assert not Dissemination.objects.exists()


def test_the_pages_show_who_has_not_and_export_the_same(desk: Desk, as_person: Sign) -> None:
    client = as_person(desk.people["aggregator"])
    actions.announce_theme(by=desk.people["aggregator"], authority=desk.units["province"], year=YEAR, title="Kỷ cương",
                           document_number="1/CT", document_on=today())  # fmt: skip
    page = client.get("/plans/theme/spreading/").content.decode()
    assert "0/4 cơ quan" in page
    assert "1/CT" in page
    typed = {
        "agency": "so-noi-vu",
        "year": YEAR,
        "kind": "briefing",
        "held_on": f"{today():%d/%m/%Y}",
        "title": "=HYPERLINK",
    }
    refused = client.post("/plans/theme/spreading/new/", typed)
    assert (refused.status_code, "Bắt buộc" in refused.content.decode()) == (422, True)
    assert client.post("/plans/theme/spreading/new/", {**typed, "people": "12"}).status_code == 302
    assert "Sở Nội vụ" in client.get("/lists/spreading.csv").getvalue().decode("utf-8-sig")
    reminded = client.post("/plans/reminders/", {"agencies": ["so-noi-vu"], "words": "Đề nghị ban hành kế hoạch."})
    assert reminded.status_code == 302
    assert "Đề nghị ban hành" in client.get(reminded.url).content.decode()
    assert "chưa gửi thư điện tử" in client.get("/plans/reminders/").content.decode()


def test_the_plan_page_tells_of_the_other_plan_and_nothing_of_its_draft(desk: Desk, as_person: Sign) -> None:
    unit = desk.units["commune"]
    mine = planned(desk, "coordinator", "district", Item(unit=unit, month=3))
    theirs = planned(desk, "aggregator", "department", Item(unit=unit, month=4))
    client = as_person(desk.people["coordinator"])
    assert "Sở Nội vụ" not in client.get(mine.get_absolute_url()).content.decode()
    actions.submit_plan(theirs, by=desk.people["aggregator"])
    shown = client.get(mine.get_absolute_url()).content.decode()
    assert "Sở Nội vụ" in shown
    assert str(theirs.uid) not in shown
    assert "Sở Nội vụ" in client.get(f"/plans/overlaps/?year={YEAR}").content.decode()
    assert "Tháng 4" in client.get(f"/lists/overlaps.csv?year={YEAR}").getvalue().decode("utf-8-sig")
