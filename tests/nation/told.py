"""What the database holds as the plain lists of the oracle: read column by column, with nothing of the figures in it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from kycuong.catalog import models as catalog
from kycuong.followup import models as followup
from kycuong.inspections import models as inspections
from kycuong.orgs import models as orgs
from kycuong.plans import models as plans
from tests.reports import happened as plain
from tests.reports.oracle import Oracle


class NationOracle(Oracle):
    """The naive oracle, which in its own histories knows documents by odd numbers, and here by what was written."""

    def __init__(self, history: plain.History, documented: dict[int, list[date]]) -> None:
        super().__init__(history)
        self.documented = documented

    def concluded(self, visit: plain.Visit, on: date) -> bool:
        return any(day <= on for day in self.documented.get(visit.id, ()))


def criteria() -> tuple[plain.Criterion, ...]:
    rows = catalog.Criterion.objects.values_list("checklist_id", "code", "in_short_form", "counted")
    return tuple(plain.Criterion(*row) for row in rows)


def duties() -> tuple[tuple[str, date, date], ...]:
    return tuple(plans.PlanDuty.objects.values_list("kind", "valid_from", "valid_to"))


def told() -> NationOracle:
    """An oracle over everything that is in the database."""
    rows = followup.Recommendation.objects.exclude(document="").values_list("visit_id", "issued_on")
    documented: dict[int, list[date]] = defaultdict(list)
    for visit, day in rows:
        documented[visit].append(day)
    return NationOracle(
        plain.History(
            versions=[
                plain.Version(*row) for row in _rows(orgs.UnitVersion, "unit_id", "kind", "valid_from", "valid_to")
            ],
            edges=[plain.Edge(*row) for row in _rows(orgs.Edge, "child_id", "parent_id", "valid_from", "valid_to")],
            successions=_successions(),
            inspections=_inspections(),
            visits=_visits(),
            slips=[
                plain.Slip(*row) for row in _rows(inspections.AnswerException, "visit_id", "criterion_code", "outcome")
            ],
            findings=_findings(),
            recommendations=_recommendations(),
            plans=[
                plain.Plan(*row)
                for row in _rows(
                    plans.InspectionPlan, "pk", "agency_id", "year", "issued_on", "target_units", "target_percent"
                )
            ],
        ),
        documented,
    )


def _rows(model: Any, *columns: str) -> Any:
    return model.objects.order_by("pk").values_list(*columns)


def _successions() -> list[plain.Succession]:
    rows = _rows(orgs.Succession, "reorganisation__effective_on", "predecessor_id", "successor_id", "whole")
    return [plain.Succession(*row) for row in rows if row[1] is not None and row[1] != row[2]]


def _inspections() -> list[plain.Inspection]:
    return [plain.Inspection(*row, (), False) for row in _rows(inspections.Inspection, "pk", "lead_id", "form")]


def _visits() -> list[plain.Visit]:
    columns = ("pk", "inspection_id", "unit_id", "visited_on", "state", "checklist_id", "checklist_form")
    return [plain.Visit(*row[:-1], row[-1] == "short") for row in _rows(inspections.Visit, *columns)]


def _findings() -> list[plain.Finding]:
    columns = ("pk", "visit_id", "criterion_code", "severity", "due_on", "remedied_on")
    return [plain.Finding(*row) for row in _rows(inspections.Finding, *columns)]


def _recommendations() -> list[plain.Recommendation]:
    link = followup.Recommendation.findings.through
    answered: dict[int, list[int]] = defaultdict(list)
    for one, finding in link.objects.values_list("recommendation_id", "finding_id"):
        answered[one].append(finding)
    terms: dict[int, list[tuple[str, date, date]]] = defaultdict(list)
    for one, *term in _rows(followup.RecommendationTerm, "recommendation_id", "kind", "set_on", "due_on"):
        terms[one].append(tuple(term))
    moved: dict[int, list[date]] = defaultdict(list)
    for one, day in _rows(followup.RecommendationTransfer, "recommendation_id", "transferred_on"):
        moved[one].append(day)
    return [
        plain.Recommendation(
            id=row.pk,
            visit=row.visit_id,
            unit=row.issued_to_id or row.unit_id,
            issued=row.issued_on,
            terms=tuple(terms[row.pk]),
            settled=(row.state, row.settled_on, row.decided_on) if row.settled_on else None,
            late=row.days_late,
            findings=tuple(answered[row.pk]),
            moved=tuple(moved[row.pk]),
        )
        for row in followup.Recommendation.objects.order_by("pk")
    ]
