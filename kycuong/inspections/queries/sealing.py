"""Opening sealed plans. Whoever asks has been found to know of the inspection; and who has looked, when."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from kycuong.audit.history import entries_for
from kycuong.core.sealing import keyring
from kycuong.inspections.models import Inspection, SealBreak, Sealing, Visit
from kycuong.inspections.rules import InspectionState, VisitState
from kycuong.inspections.rules.sealing import SealedPlan
from kycuong.orgs.models import Unit

if TYPE_CHECKING:
    from kycuong.orgs.authority import Someone

LOOK = "sealing.look"


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody opened the sealed part, or a page of a visit that is not signed yet. `first`: for the first time."""

    when: datetime
    who: str
    first: bool


def sealing_of(inspection: Inspection) -> Sealing | None:
    """The sealing of an inspection, read anew; None for a plain one."""
    return Sealing.objects.filter(inspection=inspection).first() if inspection.sealed_at else None


def plan_of(sealing: Sealing) -> SealedPlan:
    """What is sealed."""
    return SealedPlan.read(keyring().unseal(sealing.sealed_plan, about=about_sealing(sealing.inspection)))


def sealed_plan(inspection: Inspection) -> SealedPlan:
    """The same of an inspection; empty for a plain one. What is told of it needs its look noted."""
    sealing = sealing_of(inspection)
    return plan_of(sealing) if sealing else SealedPlan()


def closed(plan: SealedPlan, inspection: Inspection) -> str:
    """The plan as the column holds it."""
    return keyring().seal(plan.written(), about=about_sealing(inspection))


def about_sealing(inspection: Inspection) -> str:
    return f"inspections.Sealing.{inspection.uid}.sealed_plan"


def in_plain(plan: SealedPlan) -> dict[str, Any]:
    """The plan in plain, for the record of an inspection of which nothing waits any more."""
    return dict(json.loads(plan.written()))


def is_known(inspection: Inspection, person: Someone) -> bool:
    """Whether the person may open the sealed part now."""
    return Inspection.objects.known_to(person).filter(pk=inspection.pk).exists()


def slugs_of(plan: SealedPlan) -> dict[str, str]:
    """uid of each target's unit → its address."""
    units = Unit.objects.filter(uid__in=[one.unit for one in plan.targets])
    return {str(uid): slug for uid, slug in units.values_list("uid", "slug")}


def looks_of(sealing: Sealing) -> list[Look]:
    """Every look, the newest first."""
    seen: set[object] = set()
    found = []
    for one in reversed(entries_for(sealing)):
        if one.op == "read":
            found.append(Look(one.when, str(one.who or ""), one.who not in seen))
            seen.add(one.who)
    return found[::-1]


def unopened(inspections: Collection[Inspection] | None = None, *, lead: Unit | None = None) -> Iterator[Sealing]:
    """Sealings that may still hide something: not opened, and not of a cancelled inspection."""
    found = Sealing.objects.filter(unsealed_at=None).exclude(inspection__state=InspectionState.CANCELLED)
    if inspections is not None:
        found = found.filter(inspection__in=inspections)
    if lead is not None:
        found = found.filter(inspection__lead=lead)
    yield from found.select_related("inspection").order_by("pk")


def targets_to_come(*, lead: Unit | None = None, inspection: Inspection | None = None) -> set[str]:
    """uids of units that a sealed inspection is still to visit, or has not signed yet. For acts; never for a page."""
    chosen = [inspection] if inspection else None
    waiting = {one.unit for sealing in unopened(chosen, lead=lead) for one in plan_of(sealing).waiting}
    drafts = Visit.objects.filter(state=VisitState.DRAFT, inspection__sealed_at__isnull=False)
    drafts = drafts.exclude(inspection__state=InspectionState.CANCELLED)
    drafts = drafts.filter(inspection__lead=lead) if lead else drafts
    drafts = drafts.filter(inspection=inspection) if inspection else drafts
    return waiting | {str(uid) for uid in drafts.values_list("unit__uid", flat=True)}


def breaks_of(inspection: Inspection) -> list[SealBreak]:
    """The broken seals by which somebody came onto the short list."""
    found = SealBreak.objects.filter(entries__inspection=inspection).select_related("asked_by", "confirmed_by")
    return list(found.distinct())
