"""A history of a dozen lines whose figures can be counted by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from kycuong.orgs.models import Assignment, Person, Unit
from tests.desk import desk

from .happened import (
    FOREVER,
    PROVINCE,
    Edge,
    Finding,
    History,
    Inspection,
    Plan,
    Recommendation,
    Slip,
    Succession,
    Version,
    Visit,
)
from .store import stored

__all__ = ["desk", "leader", "small", "small_history"]

DEPARTMENT, DISTRICT, OLD, NEW, ROOM = 2, 3, 4, 5, 6
SINCE, MERGED = date(2010, 1, 1), date(2019, 7, 1)


def small_history() -> History:
    """A province, a department, a district with a room, and a commune that another one replaces on 1 July 2019."""
    lives = [(1, "province"), (2, "provincial_department"), (3, "district_pc"), (6, "division")]
    return History(
        versions=[
            *(Version(unit, kind, SINCE, FOREVER) for unit, kind in lives),
            Version(OLD, "commune_pc", SINCE, MERGED),
            Version(NEW, "commune_pc", MERGED, FOREVER),
        ],
        edges=[
            *(Edge(unit, PROVINCE, SINCE, FOREVER) for unit in (DEPARTMENT, DISTRICT)),
            Edge(ROOM, DISTRICT, SINCE, FOREVER),
            Edge(OLD, DISTRICT, SINCE, MERGED),
            Edge(NEW, DISTRICT, MERGED, FOREVER),
        ],
        successions=[Succession(MERGED, OLD, NEW, whole=True)],
        inspections=[
            Inspection(1, DISTRICT, "surprise", (), sealed=True),
            Inspection(2, DEPARTMENT, "combined", (1, 2), sealed=False),
            Inspection(3, DISTRICT, "self_check", (), sealed=False),
        ],
        visits=[
            Visit(1, 1, OLD, date(2019, 2, 1), "signed", 1, short=True),
            Visit(2, 2, OLD, date(2019, 3, 1), "signed", None, short=True),
            Visit(3, 2, DISTRICT, date(2019, 3, 2), "signed", None, short=True),
            Visit(4, 1, ROOM, date(2019, 3, 3), "draft", None, short=True),
            Visit(5, 3, ROOM, date(2019, 3, 4), "signed", None, short=True),
        ],
        slips=[Slip(1, "A1", "fail")],
        findings=[Finding(1, 1, "A1", 2, date(2019, 3, 1), date(2019, 5, 1))],
        recommendations=[asked_for()],
        plans=[Plan(1, DISTRICT, 2019, date(2019, 1, 20), None, 100)],
    )


def asked_for() -> Recommendation:
    """Asked of the old commune by the department, due on 14 March; it asked for more time, and was granted it in April, until May."""
    issued, granted = date(2019, 3, 5), date(2019, 4, 2)
    terms = (("issued", issued, date(2019, 3, 14)), ("extended", granted, date(2019, 5, 15)))
    return Recommendation(1, 2, OLD, issued, terms, extensions=((date(2019, 3, 12), granted, date(2019, 5, 15)),))


@pytest.fixture
def small(db: None) -> Iterator[Callable[[int], Unit]]:
    """The small history is stored; `small(DISTRICT)` is one of its units."""
    with stored(small_history()):
        yield lambda number: Unit.objects.get(pk=number)


@pytest.fixture
def leader(small: Any) -> Person:
    """Somebody who may see the figures of the district and of what is under it."""
    person = Person.objects.create(username="leader", full_name="Lãnh đạo")
    Assignment.objects.create(person=person, role="leader", unit_id=DISTRICT, valid_from=SINCE)
    return person
