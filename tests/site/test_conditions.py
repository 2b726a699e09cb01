"""A condition that is said to hold without the database holds in it, for whatever a row of any table may carry."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db.models import CheckConstraint, Field, Model, Q

from kycuong.core.clock import now, today
from kycuong.core.conditions import surely_holds
from tests.budget import long_run

TRIES = 300 if long_run() else 16
CONDITIONS = [
    (model, constraint)
    for model in apps.get_models()
    for constraint in model._meta.constraints
    if isinstance(constraint, CheckConstraint)
]


@pytest.mark.django_db
def test_what_holds_here_holds_in_the_database() -> None:
    chance, held, failed = random.Random(2019), set(), set()
    for model, constraint in CONDITIONS:
        for _ in range(TRIES):
            row = model(**{field.attname: made(field, constraint, chance) for field in model._meta.concrete_fields})
            says = Q(constraint.condition).check(row._get_field_expression_map(meta=model._meta))
            quick = surely_holds(constraint.condition, row)
            assert says or not quick, f"{constraint.name}: {row.__dict__}"
            (held if quick else failed).add(constraint.name)
    names = {constraint.name for _model, constraint in CONDITIONS}
    assert len(held) > len(names) * 0.9, "most are understood"
    assert len(failed) > len(names) * 0.7, "most can fail"


def made(field: Field[Any, Any], constraint: CheckConstraint, chance: random.Random) -> Any:
    """Something of the field's kind, or nothing: often what the condition speaks of, so that both sides are met."""
    kind = field.get_internal_type()
    if kind in ("DateField", "DateTimeField"):
        start: date | datetime = today() if kind == "DateField" else now()
        return chance.choice([None, start, start + timedelta(days=1), start - timedelta(days=3)])
    if kind in ("CharField", "TextField", "SlugField"):
        choices = [key for key, _label in field.flatchoices]
        return chance.choice([None, "", "x", *choices, *values(constraint.condition)])
    if kind == "BooleanField":
        return chance.choice([None, True, False])
    if "Integer" in kind or kind in ("ForeignKey", "OneToOneField", "BigAutoField"):
        return chance.choice([None, 0, 1, 2, 5, -1, 100])
    return None


def values(condition: Q) -> list[Any]:
    found: list[Any] = []
    for one in condition.children:
        if isinstance(one, Q):
            found += values(one)
        elif isinstance(one, tuple):
            found += list(one[1]) if isinstance(one[1], list | tuple) else [one[1]]
    return [one for one in found if isinstance(one, str)]


def test_what_is_not_understood_is_left_to_the_database() -> None:
    model = apps.get_model("inspections.Visit")
    row: Model = model(visited_on=today())
    for condition in (Q(no_such_field=1), Q(visited_on__year=2019), Q(state__startswith="x")):
        assert not surely_holds(condition, row)
