"""Items of a plan: what they may say, who writes them when, what an amendment leaves on record, and last year's copy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from kycuong.catalog.models import Topic
from kycuong.core.clock import today
from kycuong.core.problems import BadInput, NotAllowed, RuleBroken, Stale
from kycuong.inspections.rules import Form
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.history import Draft, absorb_units, create_unit
from kycuong.plans import actions, rules
from kycuong.plans.actions import Item
from kycuong.plans.forms import UnitField
from kycuong.plans.models import InspectionPlan, PlanItem
from kycuong.plans.queries import dropped_lines, item_lines, needs_units
from kycuong.plans.rules import ItemForm
from tests.desk import BEGIN, Desk

YEAR = today().year
Sign = Callable[[Any], Client]


def drafted(desk: Desk, **given: Any) -> InspectionPlan:
    options = {"by": desk.people["coordinator"], "agency": desk.units["district"], "year": YEAR, **given}
    return actions.draft_plan(**options)


def add(desk: Desk, plan: InspectionPlan, unit: str | None = "commune", **given: Any) -> PlanItem:
    under = given.pop("amendment", None)
    said = Item(unit=desk.units[unit] if unit else None, **given)
    return actions.add_item(plan, by=desk.people["coordinator"], said=said, amendment=under)


def amended(desk: Desk, plan: InspectionPlan) -> Any:
    planner = desk.people["coordinator"]
    actions.issue_plan(plan, by=planner, issued_on=today())
    actions.amend_plan(plan, by=planner, version=plan.version, document_number="7/QĐ", document_on=today())
    return plan.steps.get(kind="amend")


def names(desk: Desk, plan: InspectionPlan) -> list[tuple[str, str]]:
    return [(line.name, line.item.when) for line in item_lines(desk.people["coordinator"], plan, today=today())]


def test_forms_of_items_are_forms_of_inspections() -> None:
    assert [(form.value, form.label) for form in ItemForm] == [(form.value, form.label) for form in Form]


@given(
    st.sampled_from(list(ItemForm)), st.booleans(), st.none() | st.integers(-1, 1_001), st.none() | st.integers(-1, 14)
)
def test_an_item_names_a_unit_or_a_number_and_a_surprise_never_a_unit(
    form: ItemForm, has_unit: bool, count: int | None, month: int | None
) -> None:
    good = (
        (has_unit != (count is not None))
        and (month is None or 1 <= month <= 12)
        and (count is None or 1 <= count <= 1000)
    )
    if good and not (form == ItemForm.SURPRISE and has_unit):
        rules.ensure_item(form, has_unit=has_unit, units_count=count, month=month)
    else:
        with pytest.raises(BadInput):
            rules.ensure_item(form, has_unit=has_unit, units_count=count, month=month)


def test_the_database_holds_no_surprise_with_a_name(desk: Desk) -> None:
    item = add(desk, drafted(desk), month=3)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanItem.objects.filter(pk=item.pk).update(form="surprise")


def test_items_are_listed_by_month_with_those_of_the_whole_year_last(desk: Desk) -> None:
    plan, topic = drafted(desk), Topic.objects.first()
    add(desk, plan)
    add(desk, plan, "second_commune", month=9, topics=[topic])
    add(desk, plan, None, form="surprise", units_count=4, month=2)
    assert names(desk, plan) == [
        ("", "Tháng 2"), ("Xã Bình Minh, Huyện Đông", "Tháng 9"), ("Xã Hoàng Đồng, Huyện Đông", "Xuyên suốt trong năm"),
    ]  # fmt: skip
    assert [line.topics for line in item_lines(desk.people["coordinator"], plan, today=today())][1] == [str(topic)]


def test_the_same_item_is_not_written_twice(desk: Desk) -> None:
    plan = drafted(desk)
    for month in (4, None):
        add(desk, plan, month=month)
        with pytest.raises(BadInput, match="đã có mục này"), transaction.atomic():
            add(desk, plan, month=month)
        plan.refresh_from_db()
    assert plan.items.count() == 2


def test_an_item_of_a_draft_is_changed_and_removed_and_a_stale_one_is_told(desk: Desk) -> None:
    planner, plan = desk.people["coordinator"], drafted(desk)
    item = add(desk, plan, month=3, topics=list(Topic.objects.all()[:2]))
    old = PlanItem.objects.get(pk=item.pk)
    actions.change_item(item, by=planner, version=1, said=Item(form="surprise", units_count=2, month=5))
    with pytest.raises(Stale), transaction.atomic():
        actions.change_item(old, by=planner, version=1, said=Item(units_count=9))
    item.refresh_from_db()
    assert (item.form, item.unit, item.units_count, item.month, item.topics.count()) == ("surprise", None, 2, 5, 0)
    actions.remove_item(item, by=planner)
    assert not PlanItem.objects.exists()


def test_others_write_no_items(desk: Desk) -> None:
    plan = drafted(desk)
    for who in ("leader", "outsider", "team_member", "records_clerk", "auditor"):
        with pytest.raises(NotAllowed):
            actions.add_item(plan, by=desk.people[who], said=Item(unit=desk.units["commune"]))
    assert not PlanItem.objects.exists()


def test_after_the_issue_an_item_changes_only_under_a_document_and_the_old_one_stays_on_record(desk: Desk) -> None:
    planner, plan = desk.people["coordinator"], drafted(desk)
    kept, moved = add(desk, plan, month=3), add(desk, plan, "second_commune", month=4)
    paper = amended(desk, plan)
    other = amended(desk, drafted(desk, year=YEAR - 1))
    for wrong in (None, other):
        with pytest.raises(RuleBroken, match="văn bản điều chỉnh"), transaction.atomic():
            add(desk, plan, None, units_count=2, amendment=wrong)
        plan.refresh_from_db()
    new = actions.change_item(moved, by=planner, version=moved.version, amendment=paper,
                              said=Item(unit=desk.units["second_commune"], month=10))  # fmt: skip
    actions.remove_item(kept, by=planner, amendment=paper)
    assert names(desk, plan) == [("Xã Bình Minh, Huyện Đông", "Tháng 10")]
    assert (new.follows, new.added_under) == (moved, paper)
    assert {line.item.month for line in dropped_lines(planner, plan, today=today())} == {3, 4}
    with pytest.raises(RuleBroken, match="đã bỏ"):
        actions.remove_item(PlanItem.objects.get(pk=kept.pk), by=planner, amendment=paper)


def test_submitted_and_closed_plans_take_no_items(desk: Desk) -> None:
    planner, plan = desk.people["coordinator"], drafted(desk)
    actions.submit_plan(plan, by=planner)
    with pytest.raises(RuleBroken, match="rút lại"), transaction.atomic():
        add(desk, plan)
    old = drafted(desk, year=YEAR - 1)
    paper = amended(desk, old)
    actions.close_plan(old, by=planner)
    with pytest.raises(RuleBroken, match="kết thúc"):
        add(desk, old, amendment=paper)


@pytest.fixture
def merged(desk: Desk) -> Desk:
    """The commune went into its neighbour at the beginning of this year; the plan of last year named both."""
    plan = drafted(desk, year=YEAR - 1, title=f"Kế hoạch năm {YEAR - 1}", target_percent=50,
                   window_from=date(YEAR - 1, 2, 1), window_to=date(YEAR - 1, 11, 30))  # fmt: skip
    add(desk, plan, "commune", month=3, topics=list(Topic.objects.all()[:1]))
    add(desk, plan, "second_commune")
    add(desk, plan, None, form="surprise", units_count=3)
    with at_the_machine():
        absorb_units([desk.units["commune"]], into=desk.units["second_commune"], by=None, on=date(YEAR, 1, 1))
    return desk


def test_a_copy_drops_nothing_and_marks_the_units_that_ended_with_their_heirs(merged: Desk) -> None:
    source = InspectionPlan.objects.get()
    plan = actions.copy_plan(source, by=merged.people["coordinator"])
    assert (plan.year, plan.state, plan.title, plan.target_percent) == (YEAR, "draft", f"Kế hoạch năm {YEAR}", 50)
    assert (plan.window_from, plan.window_to) == (date(YEAR, 2, 1), date(YEAR, 11, 30))
    lines = item_lines(merged.people["coordinator"], plan, today=today())
    assert len(lines) == source.items.count()
    assert [(line.item.unit_id, [heir.slug for heir in line.heirs]) for line in lines if line.ceased] == [
        (merged.units["commune"].pk, ["xa-binh-minh"])
    ]
    assert {line.item.follows_id for line in lines} == set(source.items.values_list("pk", flat=True))
    assert [topic for line in lines for topic in line.topics] == [Topic.objects.all()[0].title]


def test_a_copy_is_neither_submitted_nor_issued_before_each_ended_unit_is_decided(merged: Desk) -> None:
    planner = merged.people["coordinator"]
    plan = actions.copy_plan(InspectionPlan.objects.get(), by=planner)
    for act in (
        lambda: actions.submit_plan(plan, by=planner),
        lambda: actions.issue_plan(plan, by=planner, issued_on=today()),
    ):
        with pytest.raises(RuleBroken, match="Xã Hoàng Đồng"), transaction.atomic():
            act()
    item = plan.items.get(unit=merged.units["commune"])
    with pytest.raises(BadInput, match="kế thừa: Xã Bình Minh"), transaction.atomic():
        actions.change_item(item, by=planner, version=1, said=Item(unit=merged.units["commune"], month=8))
    item.refresh_from_db()
    actions.change_item(item, by=planner, version=1, said=Item(unit=merged.units["second_commune"], month=3))
    plan.refresh_from_db()
    assert needs_units(plan.items.all(), today=today()) == []
    assert actions.submit_plan(plan, by=planner).state == "submitted"


def test_a_copy_is_refused_where_there_is_a_plan_or_no_agency_any_more(merged: Desk) -> None:
    planner, source = merged.people["aggregator"], InspectionPlan.objects.get()
    actions.copy_plan(source, by=planner)
    with pytest.raises(RuleBroken, match="đã có kế hoạch"), transaction.atomic():
        actions.copy_plan(source, by=planner)
    gone = actions.draft_plan(by=planner, agency=merged.units["commune"], year=YEAR - 1)
    with pytest.raises(RuleBroken, match="Xã Bình Minh"):
        actions.copy_plan(gone, by=planner)


def test_the_pages_of_items_keep_what_was_typed_and_offer_the_heir(merged: Desk, as_person: Sign) -> None:
    client = as_person(merged.people["coordinator"])
    source = InspectionPlan.objects.get()
    assert client.post(f"/plans/{source.uid}/copy/", {"year": YEAR}).status_code == 302
    plan = InspectionPlan.objects.get(year=YEAR)
    shown = client.get(plan.get_absolute_url()).content.decode()
    item = plan.items.get(unit=merged.units["commune"])
    assert f"/plans/items/{item.uid}/?unit=xa-binh-minh" in shown
    assert "cần quyết định" in shown
    typed = {"form": "surprise", "unit": "xa-binh-minh", "note": "sau Tết"}
    refused = client.post(f"/plans/{plan.uid}/items/", typed)
    assert (refused.status_code, "sau Tết" in refused.content.decode()) == (422, True)
    assert "Mục đột xuất không ghi tên đơn vị" in refused.content.decode()
    more = client.post(f"/plans/{plan.uid}/items/", {"form": "surprise", "units_count": "2", "again": "1"})
    assert more.url.endswith("/items/")
    assert client.post(f"/plans/items/{item.uid}/removal/", {"version": 1}).status_code == 302
    assert plan.items.count() == 3


def test_a_name_written_out_is_that_unit_even_where_others_match(desk: Desk) -> None:
    commune = desk.units["commune"]
    with at_the_machine():
        create_unit(Draft("Trạm Y tế Hoàng Đồng", "public_service_unit", commune), by=None, on=BEGIN)
    with pytest.raises(ValidationError, match="Có nhiều đơn vị"):
        UnitField().clean("hoang dong")
    assert UnitField().clean("xã hoàng đồng") == commune
