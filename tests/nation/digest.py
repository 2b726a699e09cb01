"""One digest over everything that a load writes, but for what the database or the hour of loading gives."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from django.db.models import Field, Model

from kycuong.audit.models import BulkLoad
from kycuong.followup.models import AccountabilityMeasure, Recommendation, RecommendationTerm
from kycuong.inspections.models import AnswerException, Finding, Inspection, Minutes, Visit
from kycuong.orgs import models as orgs
from kycuong.plans.models import InspectionPlan, PlanStep

TABLES: tuple[type[Model], ...] = (
    orgs.Unit, orgs.UnitVersion, orgs.Edge, orgs.Closure, orgs.Reorganisation, orgs.Succession, InspectionPlan, PlanStep, Inspection,
    Inspection.topics.through, Visit, Minutes, AnswerException, Finding, Recommendation, RecommendationTerm,
    Recommendation.findings.through, AccountabilityMeasure, AccountabilityMeasure.findings.through, BulkLoad,
)  # fmt: skip
OF_THE_HOUR = {
    ("Unit", "uid"), ("Reorganisation", "uid"), ("Reorganisation", "carried_out_at"), ("BulkLoad", "rows"),
    ("AccountabilityMeasure", "erased_on"), ("AccountabilityMeasure", "version"),
}  # fmt: skip
"""Columns of the acts of the desk, of the numbers that were given, and of what the tick had done by the day of loading."""


def digest() -> str:
    """Rows in the order in which they were written; a row that another one names is told by its place."""
    found = hashlib.sha256()
    places: dict[type[Model], dict[Any, int]] = {}
    for model in TABLES:
        fields = [field for field in model._meta.concrete_fields if not _left_out(model, field)]
        for row in model._base_manager.order_by("pk"):
            found.update(json.dumps([_told(row, field, places) for field in fields], sort_keys=True).encode())
    return found.hexdigest()


def _left_out(model: type[Model], field: Field[Any, Any]) -> bool:
    return field.primary_key or (model.__name__, field.name) in OF_THE_HOUR


def _told(row: Model, field: Field[Any, Any], places: dict[type[Model], dict[Any, int]]) -> Any:
    value = getattr(row, field.attname)
    if field.is_relation and value is not None:
        model = field.related_model
        assert isinstance(model, type)
        if model not in places:
            keys = model._base_manager.order_by("pk").values_list("pk", flat=True)
            places[model] = {key: place for place, key in enumerate(keys)}
        return places[model][value]
    if isinstance(row, Minutes) and field.name == "number":
        return value.partition("/")[2]
    if isinstance(value, datetime):
        return value.timestamp()
    return value if isinstance(value, (int, dict, list, type(None))) else str(value)
