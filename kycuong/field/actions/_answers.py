"""Answers, headcount and texts go to the record together, one act for each author; what is unsound is found and left out."""

from __future__ import annotations

from typing import Any

from kycuong.catalog.models import Criterion
from kycuong.core.problems import Problem
from kycuong.field.models import FieldOp
from kycuong.field.queries.log import said_of
from kycuong.field.queries.record import Values, values_of
from kycuong.field.rules.ops import key_of, kind_of
from kycuong.field.rules.values import headcount_of_value, text_of
from kycuong.inspections import actions as desk
from kycuong.inspections.models import Visit
from kycuong.orgs.models import Person

from ._trying import attempt

TEXTS = {"t/strengths": "strengths", "t/explanation": "explanation"}
TRIES = 3


def record_fields(visit: Visit, ops: dict[str, FieldOp], *, by: Person, there: Values) -> dict[str, Problem]:
    """Bring fields of one author to the record, which holds `there`. Returns what was refused, by field."""
    left, refused = dict(ops), dict[str, Problem]()
    for _try in range(TRIES):
        problem = attempt(visit, lambda: _write(visit, left, by, there)) if left else None
        if problem is None:
            return refused
        culprits = _culprits(problem, left)
        if not culprits:
            break
        for field in culprits:
            refused[field] = _alone(problem, field)
            del left[field]
    for field, op in left.items():
        alone = lambda field=field, op=op: _write(visit, {field: op}, by, values_of(visit))  # noqa: E731
        if problem := attempt(visit, alone):
            refused[field] = problem
    return refused


def answers_with(there: Values, said: dict[str, Any]) -> dict[str, Any]:
    """The answers of the record with these put in their places; None takes one away."""
    answers = {key_of(field): value for field, value in there.items() if kind_of(field) == "a"}
    answers |= said
    return {code: value for code, value in answers.items() if value is not None}


def is_of_the_form(field: str, criteria: dict[str, Criterion]) -> bool:
    """Whether what is unfinished in this field may still become sound."""
    return kind_of(field) == "h" or key_of(field) in criteria


def _write(visit: Visit, ops: dict[str, FieldOp], by: Person, there: Values) -> None:
    said = {field: None if (one := said_of(op)).deleted else one.value for field, op in ops.items()}
    answers = {key_of(field): value for field, value in said.items() if kind_of(field) == "a"}
    more: dict[str, Any] = {name: text_of(said[field]) for field, name in TEXTS.items() if field in said}
    if "h" in said:
        more["headcount"] = headcount_of_value(said["h"])
    desk.record_answers(visit, by=by, answers=answers_with(there, answers), **more)


def _culprits(problem: Problem, ops: dict[str, FieldOp]) -> list[str]:
    """Which of the fields the problem names."""
    named = [f"a/{fault.get('field')}" for fault in problem.errors]
    return [field for field in ops if field in named]


def _alone(problem: Problem, field: str) -> Problem:
    """The part of a problem that is about one field."""
    faults = [one for one in problem.errors if f"a/{one.get('field')}" == field]
    vi, en = (" ".join(one[name] for one in faults) for name in ("vi", "en"))
    return type(problem)(vi, en=en, errors=faults)
