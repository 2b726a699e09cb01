"""Themes, plans and what belongs to them."""

from __future__ import annotations

from .items import PlanItem, PlanItemQuerySet
from .plans import InspectionPlan, InspectionPlanQuerySet, PlanDuty, PlanStep
from .themes import AnnualTheme

__all__ = [
    "AnnualTheme",
    "InspectionPlan",
    "InspectionPlanQuerySet",
    "PlanDuty",
    "PlanItem",
    "PlanItemQuerySet",
    "PlanStep",
]
