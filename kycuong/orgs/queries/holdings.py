"""The roles of a person through time, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kycuong.core.clock import today
from kycuong.orgs.models import Assignment, Person
from kycuong.orgs.roles import ROLES, Role, lends

from .names import full_names, last_day


@dataclass(frozen=True)
class Holding:
    """A role held at a place: whether today, and until which last day."""

    assignment: Assignment
    role: Role
    place: str
    first: date
    last: date | None
    holds: bool
    over: bool
    lends: bool
    """Whether somebody may be named today who stands in."""


def held_by(person: Person) -> list[Holding]:
    """Every role of the person, those that hold first."""
    day = today()
    rows = [row for row in person.assignments.all() if row.role in ROLES]
    places = full_names({row.unit_id for row in rows}, day)
    found = [
        Holding(
            assignment=row,
            role=ROLES[row.role],
            place=places[row.unit_id],
            first=row.valid_from,
            last=last_day(row.valid_to),
            holds=row.valid_from <= day < row.valid_to,
            over=row.valid_to <= day,
            lends=row.valid_from <= day < row.valid_to and lends(row.role),
        )
        for row in rows
    ]
    return sorted(found, key=lambda row: (not row.holds, row.over, row.first, row.assignment.pk))
