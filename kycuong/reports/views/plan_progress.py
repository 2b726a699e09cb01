"""A plan beside what was done: its figure, what its pace comes to, what is left by month, each item with its visits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.core.clock import today
from kycuong.core.http import Request, page
from kycuong.inspections.rules import Form
from kycuong.orgs.authority import authorize
from kycuong.plans.models import InspectionPlan
from kycuong.plans.queries import ItemLine, agency_name, heirs_of, item_lines, units_planned
from kycuong.plans.rules import month_words
from kycuong.reports.figures.question import LEAD
from kycuong.reports.queries import figures_for, list_for
from kycuong.reports.rules.fulfilment import Done, Wanted, fulfilled
from kycuong.reports.rules.pace import forecast
from kycuong.reports.rules.periods import Period, month_end

from .rows import Open


@dataclass(frozen=True)
class MonthLine:
    """One month: how many units should be done by its end, how many were (None while it has not come), what is left."""

    name: str
    planned: int
    done: int | None
    left: int | None


@dataclass(frozen=True)
class Outcome:
    """An item, how many of its units were visited, and the days with a way to the visit for whoever may open it."""

    line: ItemLine
    counts: bool
    wanted: int
    done: int
    visits: Sequence[tuple[date, str, bool]]


@require_safe
def plan_progress(request: Request, uid: UUID) -> HttpResponse:
    """The page. Everything is counted as it stands today, or stood at the end of the plan's year."""
    plan = get_object_or_404(InspectionPlan.objects.visible_to(request.user).select_related("agency"), uid=uid)
    authorize(request.user, "figures.see", at=plan.agency)
    day = min(today(), date(plan.year, 12, 31))
    begun = day >= date(plan.year, 1, 1)
    progress = _figure(plan, day, "plan_progress") if begun else None
    lines = item_lines(request.user, plan, today=today())
    agency = agency_name(plan)
    return page(
        request,
        "reports/plan_progress.html",
        context={
            "title": _("Tiến độ kế hoạch năm %(year)s – %(agency)s") % {"year": plan.year, "agency": agency},
            "crumbs": [(_("Kế hoạch"), reverse("plans:plans")), (agency, plan.get_absolute_url()), (_("Tiến độ"), "")],
            "plan": plan,
            "day": day,
            "begun": begun,
            "progress": progress,
            "forecast": _forecast(plan, progress, day) if progress else None,
            "list_url": _list_url(plan, day),
            "months": _months(plan, lines, day, progress) if begun else [],
            "outcomes": _outcomes(request, plan, lines, day) if begun else [],
        },
    )


def _figure(plan: InspectionPlan, day: date, name: str) -> Any:
    period = Period(date(plan.year, 1, 1), day)
    return figures_for(plan.agency, period, view=LEAD, names=[name])[name]


def _forecast(plan: InspectionPlan, progress: dict[str, Any], day: date) -> Any:
    first, last = plan.window_from or date(plan.year, 1, 1), plan.window_to or date(plan.year, 12, 31)
    return forecast(progress["numerator"], progress["denominator"], first=first, last=last, on=day)


def _list_url(plan: InspectionPlan, day: date) -> str:
    query = f"scope={plan.agency.slug}&from={plan.year}-01-01&to={day.isoformat()}&view={LEAD}"
    return f"{reverse('reports:list', args=['plan_progress'])}?{query}"


def _months(
    plan: InspectionPlan, lines: Sequence[ItemLine], day: date, progress: dict[str, Any] | None
) -> list[MonthLine]:
    """What was done by the end of a month is the figure of that day: the one that progress is made of."""
    items = [line.item for line in lines if line.item.form != Form.SELF_CHECK]
    target = progress["denominator"] if progress else 0
    found = []
    for month in range(1, 13):
        planned = units_planned(item for item in items if (item.month or 12) <= month)
        come = date(plan.year, month, 1) <= day
        done = _figure(plan, min(day, month_end(plan.year, month)), "units_inspected") if come else None
        left = max(0, target - done) if target and done is not None else None
        found.append(MonthLine(month_words(month), planned, done, left))
    return found


def _outcomes(request: Request, plan: InspectionPlan, lines: Sequence[ItemLine], day: date) -> list[Outcome]:
    rows = list_for("visits", plan.agency, Period(date(plan.year, 1, 1), day), view=LEAD).dicts()
    opened = Open(request.user, rows, day).visits
    taken = fulfilled(
        _wanted(plan, lines), [Done(row["visit"], row["unit"], row["form"], row["visited_on"]) for row in rows]
    )
    return [
        Outcome(
            line,
            line.item.form != Form.SELF_CHECK,
            line.item.units_count or 1,
            len(taken[line.item.pk]),
            [
                (
                    visit.on,
                    reverse("inspections:visit", args=[UUID(str(visit.key))]) if visit.key in opened else "",
                    line.item.month in (None, visit.on.month),
                )
                for visit in taken[line.item.pk]
            ],
        )
        for line in lines
    ]


def _wanted(plan: InspectionPlan, lines: Sequence[ItemLine]) -> list[Wanted]:
    heirs = heirs_of({line.item.unit_id for line in lines if line.item.unit_id}, plan.year, today=today())
    return [
        Wanted(
            line.item.pk,
            frozenset(
                {line.item.unit.slug, *(heir.slug for heir in heirs.get(line.item.unit.pk, []))}
                if line.item.unit
                else ()
            ),
            line.item.form,
            line.item.units_count or 1,
            line.item.month,
        )
        for line in lines
    ]
