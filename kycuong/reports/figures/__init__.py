"""Every figure: one file each, with its definition and its one portable SQL text. Nothing else in the product counts rows."""

from __future__ import annotations

from . import (
    accountability,
    agencies_with_plan,
    agencies_without_plan,
    answers_by_criterion,
    by_month,
    coverage,
    double_counted,
    findings,
    findings_by_group,
    findings_by_severity,
    findings_by_state,
    inspections,
    inspections_by_form,
    plan_progress,
    repeat_findings,
    restated_flagged,
    self_checks,
    sum_of_leads,
    surprise_share,
    surprise_share_visits,
    topics,
    units,
    units_by_kind,
    units_inspected,
    units_inspected_ceased,
    units_inspected_existing,
    units_inspected_outside,
    visits,
    visits_by_form,
)
from .figure import Figure

IN_ORDER = (
    units,
    units_inspected,
    units_inspected_existing,
    units_inspected_outside,
    units_inspected_ceased,
    coverage,
    units_by_kind,
    inspections,
    visits,
    surprise_share,
    surprise_share_visits,
    inspections_by_form,
    visits_by_form,
    topics,
    by_month,
    sum_of_leads,
    double_counted,
    agencies_with_plan,
    agencies_without_plan,
    plan_progress,
    findings,
    findings_by_state,
    findings_by_group,
    findings_by_severity,
    repeat_findings,
    answers_by_criterion,
    self_checks,
    restated_flagged,
)
FIGURES: dict[str, Figure] = {module.FIGURE.name: module.FIGURE for module in IN_ORDER}
"""name → figure, in the order in which people read them."""
RESTRICTED: dict[str, Figure] = {accountability.FIGURE.name: accountability.FIGURE}
"""Figures that have surfaces of their own: they are no part of the others, so nothing that tells of those tells of these."""
