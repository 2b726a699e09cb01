"""What the tables must keep so that figures could be spread over machines (docs/reference/growth.md, Citus).

A distributed table carries the unit of its facts in a column of its own, never empty: by it rows are placed, and by it joins stay on one machine.
"""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db.models import Field, ForeignKey, Model

from kycuong.facts.rules import TABLES

BY_UNIT = {
    "inspections_visit",
    "inspections_answerexception",
    "inspections_finding",
    "followup_recommendation",
    "selfchecks_selfcheck",
}
"""As many rows as there are visits, or more."""
ON_EACH = {
    "orgs_unit", "orgs_unitversion", "orgs_closure", "orgs_lineage",
    "catalog_topic", "catalog_checklist", "catalog_criteriongroup", "catalog_criterion",
    "plans_planduty", "plans_inspectionplan",
    "inspections_inspection", "inspections_inspection_topics",
    "selfchecks_selfcheckcampaign",
}  # fmt: skip
"""Few, or about more than one unit: whole on each machine."""
FOUND_BY = {
    "inspections_conclusion": "inspections_visit",
    "inspections_findingdecision": "inspections_finding",
    "inspections_findingreply": "inspections_finding",
    "followup_recommendation_findings": "followup_recommendation",
    "followup_recommendationterm": "followup_recommendation",
    "followup_recommendationtransfer": "followup_recommendation",
    "followup_remedyreport": "followup_recommendation",
    "followup_extension": "followup_recommendation",
    "selfchecks_selfcheckreopening": "selfchecks_selfcheck",
}
"""Hang on one row of a distributed table, which tells their unit."""
MODELS = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}


def test_every_table_that_a_figure_reads_has_its_place() -> None:
    """The tables of the texts are those of the export (test_exporting.py)."""
    placed = BY_UNIT | ON_EACH | FOUND_BY.keys()
    assert {table.name for table in TABLES} == placed
    assert not BY_UNIT & ON_EACH
    assert not FOUND_BY.keys() & (BY_UNIT | ON_EACH)


@pytest.mark.parametrize("name", sorted(BY_UNIT))
def test_a_table_of_facts_carries_its_unit(name: str) -> None:
    unit = field_of(MODELS[name], "unit_id")
    assert unit.remote_field
    assert MODELS["orgs_unit"] is unit.related_model
    assert not unit.null


@pytest.mark.parametrize(("name", "owner"), sorted(FOUND_BY.items()))
def test_what_carries_no_unit_hangs_on_one_row_that_does(name: str, owner: str) -> None:
    assert owner in BY_UNIT
    keys = [
        one for one in MODELS[name]._meta.concrete_fields
        if isinstance(one, ForeignKey) and one.related_model is MODELS[owner] and not one.null
    ]  # fmt: skip
    assert keys, f"{name} does not say of which row of {owner} it is"


@pytest.mark.parametrize("name", sorted(BY_UNIT))
def test_what_is_unique_among_facts_is_so_within_a_unit_or_by_chance(name: str) -> None:
    """On many machines only keys that hold the unit are enforced: any other must be a number, a random uid, or of one visit."""
    model = MODELS[name]
    alone = {one.column for one in model._meta.concrete_fields if one.unique}
    assert alone <= {"id", "uid"}
    for constraint in model._meta.total_unique_constraints:
        columns = {field_of(model, one).column for one in constraint.fields}
        assert columns & {"unit_id", "visit_id"}, f"{name}: {constraint.name}"


def field_of(model: type[Model], name: str) -> Field:  # type: ignore[type-arg]
    return next(one for one in model._meta.concrete_fields if name in (one.name, one.column))
