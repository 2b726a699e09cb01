"""Themes, plans and what belongs to them."""

from __future__ import annotations

from .plans import InspectionPlan, InspectionPlanQuerySet, PlanDuty, PlanStep
from .themes import AnnualTheme

__all__ = ["AnnualTheme", "InspectionPlan", "InspectionPlanQuerySet", "PlanDuty", "PlanStep"]
