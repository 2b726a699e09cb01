"""Two plans for the year to come, so that a newcomer sees items, a submission to approve, and two teams that meet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kycuong.orgs.models import Person
from kycuong.plans.actions import Item, add_item, draft_plan, submit_plan

from .structure import Units

FIRST, SECOND = "so-noi-vu", "so-y-te"


def load_plans_of_next_year(units: Units, people: Mapping[str, Person], day: date) -> None:
    """One is submitted, the other still a draft; both go to one commune within a month."""
    by, shared, year = people["tonghop"], units["xa-na-sam"], day.year + 1
    submitted = draft_plan(
        by=by, agency=units[FIRST], year=year, title=f"Kế hoạch năm {year} (minh họa)", target_units=30
    )
    for said in (
        Item(unit=shared, month=3),
        Item(unit=units["xa-bac-son-2025"], month=5),
        Item(unit=units["xa-cao-loc"]),
        Item(form="surprise", units_count=5),
    ):
        add_item(submitted, by=by, said=said)
    submit_plan(submitted, by=by)
    draft = draft_plan(
        by=by, agency=units[SECOND], year=year, title=f"Kế hoạch năm {year} (minh họa)", target_percent=50
    )
    for said in (Item(unit=shared, month=4), Item(form="surprise", units_count=2, month=9)):
        add_item(draft, by=by, said=said)
