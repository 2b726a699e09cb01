"""A visit to come, in plain or sealed: what is said of it, and the checks that both share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kycuong.catalog.models import Topic
from kycuong.core.checks import ensure_clean
from kycuong.inspections.models import Inspection, Sealing
from kycuong.inspections.queries import lives_of
from kycuong.inspections.queries.sealing import closed
from kycuong.inspections.rules.sealing import SealedPlan, Target
from kycuong.orgs.models import Person, Unit
from kycuong.plans.models import InspectionPlan

from ._drafts import drafted


@dataclass(frozen=True, slots=True)
class Planned:
    """A visit to come: where, when, and with which form of the checklist ("" for none)."""

    unit: Unit
    visited_on: date
    checklist_form: str = ""


def target_of(inspection: Inspection, planned: Planned, by: Person | None) -> Target:
    """The visit as a sealed target, after every check that a plain one has to pass."""
    visit = drafted(inspection, by, planned.unit, planned.visited_on, planned.checklist_form, None)
    ensure_clean(visit, exclude=["inspection", "recorded_by"])
    name = lives_of([planned.unit.pk])[planned.unit.pk].full_name_on(planned.visited_on)
    return Target(str(planned.unit.uid), name, planned.visited_on.isoformat(), visit.checklist_form)


def sealing_for(
    inspection: Inspection,
    visits: Sequence[Planned],
    *,
    title: str,
    notes: str,
    topics: Sequence[Topic],
    plan: InspectionPlan | None,
    members_from: datetime | None,
    by: Person,
) -> Sealing:
    """The sealing of an inspection that is being opened; the act of opening records it."""
    kept = SealedPlan(
        title=title.strip(),
        notes=notes.strip(),
        topics=tuple(sorted({topic.code for topic in topics})),
        plan=str(plan.uid) if plan else "",
        targets=tuple(target_of(inspection, one, by) for one in visits),
    )
    return Sealing.objects.create(
        inspection=inspection, sealed_plan=closed(kept, inspection), members_from=members_from
    )
