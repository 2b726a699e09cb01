"""A visit before anything is written at it: made by opening an inspection, and by adding to one."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from kycuong.catalog.models import Checklist
from kycuong.catalog.queries import checklist_for, local_checklist_for
from kycuong.core.checks import ensure_clean
from kycuong.core.clock import today
from kycuong.core.ids import uuid7
from kycuong.inspections import rules
from kycuong.inspections.models import Inspection, Visit, VisitAddition
from kycuong.orgs.models import Person, Unit

from ._steps import name_on


class PlannedVisit(Protocol):
    """Where, when, and with which form of the checklist."""

    @property
    def unit(self) -> Unit: ...
    @property
    def visited_on(self) -> date: ...
    @property
    def checklist_form(self) -> str: ...


def draft_visit(inspection: Inspection, *, by: Person | None, planned: PlannedVisit) -> Visit:
    """The first visits of an inspection that is being opened; the act of opening records them."""
    visit = drafted(inspection, by, planned.unit, planned.visited_on, planned.checklist_form, None)
    ensure_clean(visit, exclude=["inspection", "recorded_by"])
    visit.save(force_insert=True)
    return visit


def add_local(visit: Visit) -> list[VisitAddition]:
    """Keep with a saved visit what the lead authority asks in addition on its day; returns the row, if one was written."""
    if visit.checklist is None or VisitAddition.objects.filter(visit=visit).exists():
        return []
    local = local_checklist_for(visit.inspection.lead, visit.visited_on)
    return [VisitAddition.objects.create(visit=visit, checklist=local)] if local else []


def drafted(
    inspection: Inspection, by: Person | None, unit: Unit, day: date, checklist_form: str, checklist: Checklist | None
) -> Visit:
    """A visit in order for the day, not yet saved."""
    rules.ensure_subject_is_not_the_lead(inspection.form, lead=inspection.lead_id, unit=unit.pk)
    rules.ensure_planned_soon(day, today=today())
    rules.ensure_inspectable(*name_on(unit, day))
    name_on(inspection.lead, day)
    used = (checklist or checklist_for(day)) if checklist_form else None
    return Visit(
        inspection=inspection,
        unit=unit,
        visited_on=day,
        checklist=used,
        checklist_form=checklist_form if used else "",
        recorded_by=by,
        uid=uuid7(),
    )
