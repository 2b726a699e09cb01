"""What plans put into a calendar: the items that a plan in force foresees in a month, one line a plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from kycuong.orgs.authority import units_where
from kycuong.orgs.models import Person
from kycuong.orgs.queries import full_names
from kycuong.plans.models import InspectionPlan, PlanItem
from kycuong.plans.rules import IN_FORCE
from kycuong.ui.todo import Dated


def dated(person: Person, first: date, last: date, *, today: date, mine: bool) -> Iterator[Dated]:
    """The months between two days of one year; an item has no day."""
    plans = InspectionPlan.objects.visible_to(person).filter(year=first.year, state__in=IN_FORCE)
    if mine:
        plans = plans.filter(agency__in=units_where(person, "plan.see"))
    items = PlanItem.objects.standing().filter(plan__in=plans, month__range=(first.month, last.month))
    counted = items.values("plan_id", "month").annotate(
        named=Count("pk", filter=Q(unit__isnull=False)), chosen_later=Sum("units_count")
    )
    found = plans.in_bulk({one["plan_id"] for one in counted})
    names = full_names({plan.agency_id for plan in found.values()}, today)
    for one in counted.order_by("plan_id", "month"):
        plan, parts = found[one["plan_id"]], []
        if one["named"]:
            parts.append(_("%d đơn vị") % one["named"])
        if one["chosen_later"]:
            parts.append(_("%d đơn vị chọn sau") % one["chosen_later"])
        what = _("Kế hoạch: %s") % ", ".join(parts)
        yield Dated(what, names[plan.agency_id], plan.get_absolute_url(), None)
