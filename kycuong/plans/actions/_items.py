"""What several acts on items share: the row written and checked, its topics, the next version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Model

from kycuong.catalog.models import Topic
from kycuong.core.checks import ensure_clean
from kycuong.core.clock import today
from kycuong.core.problems import Stale
from kycuong.orgs.models import Person, Unit
from kycuong.orgs.queries import full_names
from kycuong.plans import rules
from kycuong.plans.models import InspectionPlan, PlanItem, PlanStep
from kycuong.plans.queries import heirs_of, needs_units


@dataclass(frozen=True, slots=True)
class Item:
    """What an item says."""

    form: str = rules.ItemForm.PLANNED
    unit: Unit | None = None
    units_count: int | None = None
    month: int | None = None
    topics: Sequence[Topic] = ()
    note: str = ""


def verb_for(plan: InspectionPlan) -> str:
    """Items of a draft are drafted; those of an issued plan are amended."""
    return "plan.amend" if plan.has_been_issued else "plan.draft"


def write_item(
    plan: InspectionPlan,
    said: Item,
    *,
    by: Person | None,
    amendment: PlanStep | None,
    follows: PlanItem | None = None,
    even_if_ceased: bool = False,
) -> list[Model]:
    """A new item with its topics; the rows that were written, the item first."""
    rules.ensure_item(said.form, has_unit=said.unit is not None, units_count=said.units_count, month=said.month)
    item = PlanItem(plan=plan, created_by=by, follows=follows, added_under=amendment if plan.has_been_issued else None)
    say(item, said)
    if not even_if_ceased:
        ensure_unit_exists(item)
    ensure_clean(item)
    item.save(force_insert=True)
    return [item, *write_topics(item, said.topics)]


def say(item: PlanItem, said: Item) -> None:
    item.form, item.unit, item.units_count = said.form, said.unit, said.units_count
    item.month, item.note = said.month, said.note.strip()


def ensure_unit_exists(item: PlanItem) -> None:
    if item.unit is not None:
        gone, unit = needs_units([item], today=today()), item.unit.pk
        heirs = heirs_of([unit], item.plan.year, today=today()).get(unit, []) if gone else []
        name = full_names([unit], rules.span_of(item.plan.year, item.month)[1])[unit]
        rules.ensure_unit_in_year(name, not gone, year=item.plan.year, heirs=[heir.name for heir in heirs])


def write_topics(item: PlanItem, topics: Sequence[Topic]) -> list[Model]:
    link = PlanItem.topics.through
    chosen = sorted({topic.pk for topic in topics})
    return list(link.objects.bulk_create(link(planitem_id=item.pk, topic_id=pk) for pk in chosen))


def claim_item(item: PlanItem, version: int | None) -> None:
    """Take the item's next version; whoever comes second is told so."""
    read = item.version if version is None else version
    if not PlanItem.objects.filter(pk=item.pk, version=read).update(version=F("version") + 1):
        raise Stale(
            "Mục này vừa được người khác sửa. Hãy xem bản mới rồi thực hiện lại.",
            en="Somebody else has just changed this item. Look at it again, then repeat.",
        )
    item.refresh_from_db()
    rules.ensure_item_stands(item.dropped_under_id is not None)
