"""Items of a plan: added, changed and removed in a draft; after the issue only under a document that amends it."""

from __future__ import annotations

from uuid import UUID

from kycuong.audit.log import act, record, record_many
from kycuong.core.checks import ensure_clean
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person
from kycuong.plans import rules
from kycuong.plans.models import InspectionPlan, PlanItem, PlanStep

from ._items import Item, claim_item, ensure_unit_exists, say, verb_for, write_item, write_topics
from ._plans import claim


@act
def add_item(
    plan: InspectionPlan, *, by: Person, said: Item, amendment: PlanStep | None = None, uid: UUID | None = None
) -> PlanItem:
    """Write one more item. Repeating the call with the same uid returns the first one."""
    authorize(by, verb_for(plan), at=plan.agency)
    if uid and (already := PlanItem.objects.filter(uid=uid, plan=plan).first()):
        return already
    claim(plan, None)
    rules.ensure_items_open(plan, amendment)
    rows = write_item(plan, said, by=by, amendment=amendment)
    record_many("plan.add_item", [plan, *rows], by=by)
    item = rows[0]
    assert isinstance(item, PlanItem)
    return item


@act
def change_item(item: PlanItem, *, by: Person, version: int, said: Item, amendment: PlanStep | None = None) -> PlanItem:
    """Rewrite an item of a draft. After the issue the old one is taken out and a new one follows it, both on record."""
    authorize(by, verb_for(item.plan), at=item.plan.agency)
    claim_item(item, version)
    claim(item.plan, None)
    rules.ensure_items_open(item.plan, amendment)
    if item.plan.has_been_issued:
        return _replace(item, said, by, amendment)
    rules.ensure_item(said.form, has_unit=said.unit is not None, units_count=said.units_count, month=said.month)
    say(item, said)
    ensure_unit_exists(item)
    ensure_clean(item)
    item.save()
    _drop_topics(item, by)
    record_many("plan.change_item", [item.plan, item, *write_topics(item, said.topics)], by=by)
    return item


@act
def remove_item(item: PlanItem, *, by: Person, version: int | None = None, amendment: PlanStep | None = None) -> None:
    """Take an item out: of a draft it is deleted, of an issued plan it stays on record with the document."""
    authorize(by, verb_for(item.plan), at=item.plan.agency)
    claim_item(item, version)
    claim(item.plan, None)
    rules.ensure_items_open(item.plan, amendment)
    if item.plan.has_been_issued:
        item.dropped_under = amendment
        item.save()
        record_many("plan.remove_item", [item.plan, item], by=by)
        return
    _drop_topics(item, by)
    record("plan.remove_item", item, by=by, op="delete")
    item.delete()
    record("plan.remove_item", item.plan, by=by)


def _replace(item: PlanItem, said: Item, by: Person, amendment: PlanStep | None) -> PlanItem:
    item.dropped_under = amendment
    item.save()
    rows = write_item(item.plan, said, by=by, amendment=amendment, follows=item)
    record_many("plan.change_item", [item.plan, item, *rows], by=by)
    new = rows[0]
    assert isinstance(new, PlanItem)
    return new


def _drop_topics(item: PlanItem, by: Person) -> None:
    links = PlanItem.topics.through.objects.filter(planitem_id=item.pk)
    for link in links:
        record("plan.change_item", link, by=by, op="delete")
    links.delete()
