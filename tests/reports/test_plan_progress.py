"""A plan beside what was done: the pace, which visit serves which item, and the page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from kycuong.core.clock import today
from kycuong.plans import actions
from kycuong.plans.actions import Item
from kycuong.reports.rules.fulfilment import Done, Wanted, fulfilled
from kycuong.reports.rules.pace import forecast
from tests.desk import YESTERDAY, Desk

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


def test_a_pace_says_what_comes_of_it_and_how_many_are_short() -> None:
    found = forecast(20, 42, first=FIRST, last=LAST, on=date(2026, 7, 29))
    assert found is not None
    assert (found.units, found.short, round(found.share, 2)) == (34, 8, 0.81)


@given(st.integers(0, 500), st.integers(1, 500), st.integers(0, 400))
def test_a_pace_never_forecasts_less_than_was_done_and_is_exact_at_the_end(done: int, target: int, days: int) -> None:
    on = FIRST + timedelta(days)
    found = forecast(done, target, first=FIRST, last=LAST, on=on)
    if days < 13:
        assert found is None
        return
    assert found is not None
    assert found.units >= done
    assert found.short == max(0, target - found.units)
    if on >= LAST:
        assert found.units == done


VISITS = st.lists(
    st.builds(
        Done,
        key=st.uuids(),
        unit=st.sampled_from("abcd"),
        form=st.sampled_from(["planned", "surprise"]),
        on=st.dates(FIRST, LAST),
    ),
    max_size=12,
)
MONTHS = st.none() | st.integers(1, 12)
NAMED = st.builds(Wanted, key=st.uuids(), units=st.sampled_from("abcd").map(lambda one: frozenset({one})),
                  form=st.just("planned"), count=st.just(1), month=MONTHS)  # fmt: skip
COUNTED = st.builds(Wanted, key=st.uuids(), units=st.just(frozenset()), form=st.sampled_from(["planned", "surprise"]),
                    count=st.integers(1, 4), month=MONTHS)  # fmt: skip


@given(st.lists(NAMED | COUNTED, max_size=6), VISITS)
def test_a_visit_serves_one_item_and_an_item_takes_no_more_than_it_foresees(
    items: list[Wanted], visits: list[Done]
) -> None:
    taken = fulfilled(items, visits)
    used = [visit.key for group in taken.values() for visit in group]
    assert len(used) == len(set(used))
    for item in items:
        group = taken[item.key]
        assert len(group) <= item.count
        assert len({visit.unit for visit in group}) == len(group)
        assert all(visit.unit in item.units if item.units else visit.form == item.form for visit in group)
    free = [visit for visit in visits if visit.key not in set(used)]
    open_named = [item for item in items if item.units and not taken[item.key]]
    assert not [visit for visit in free for item in open_named if visit.unit in item.units]


def test_an_item_prefers_the_visit_of_its_month() -> None:
    march, may = (Done(day, "a", "planned", date(2026, day, 10)) for day in (3, 5))
    items = [Wanted(1, frozenset("a"), "planned", 1, 5), Wanted(2, frozenset("a"), "planned", 1, None)]
    assert fulfilled(items, [march, may]) == {1: [may], 2: [march]}


def test_the_page_counts_signed_visits_and_lets_the_figure_speak(
    desk: Desk, as_person: Callable[[Any], Client]
) -> None:
    planner, year = desk.people["aggregator"], YESTERDAY.year
    plan = actions.draft_plan(by=planner, agency=desk.units["department"], year=year, target_units=30)
    for said in (
        Item(unit=desk.units["commune"], month=YESTERDAY.month),
        Item(unit=desk.units["other_commune"]),
        Item(form="surprise", units_count=2),
    ):
        actions.add_item(plan, by=planner, said=said)
    client = as_person(planner)
    draft = desk.visit()
    assert "Kế hoạch chưa ban hành" in client.get(f"/plans/{plan.uid}/progress/").content.decode()
    actions.issue_plan(plan, by=planner, issued_on=YESTERDAY)
    before = client.get(f"/plans/{plan.uid}/progress/")
    assert before.context["progress"]["numerator"] == 0
    desk.sign(desk.answered(draft))
    after = client.get(f"/plans/{plan.uid}/progress/")
    assert (after.context["progress"]["numerator"], after.context["progress"]["denominator"]) == (1, 30)
    outcomes = {one.line.name or one.line.item.form: (one.done, one.wanted) for one in after.context["outcomes"]}
    assert outcomes == {"Xã Hoàng Đồng, Huyện Đông": (1, 1), "Xã Xa, Huyện Tây": (0, 1), "surprise": (0, 2)}
    if today().year == year:
        come = [line for line in after.context["months"] if line.done is not None]
        assert (come[-1].done, come[-1].left, after.context["months"][-1].planned) == (1, 29, 4)
    assert "thiếu" in after.content.decode()
