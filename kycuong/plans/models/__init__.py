"""Themes, plans and what belongs to them."""

from __future__ import annotations

from .items import PlanItem, PlanItemQuerySet
from .plans import InspectionPlan, InspectionPlanQuerySet, PlanDuty, PlanStep
from .themes import AnnualTheme, Dissemination
from .watch import BurdenLimit, PlanReminder

__all__ = [
    "AnnualTheme",
    "BurdenLimit",
    "Dissemination",
    "InspectionPlan",
    "InspectionPlanQuerySet",
    "PlanDuty",
    "PlanItem",
    "PlanItemQuerySet",
    "PlanReminder",
    "PlanStep",
]
