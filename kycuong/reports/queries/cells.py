"""Are the cells right? Each set is counted anew by the plain text and compared, as the next reader would put it together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db import connection

from kycuong.reports import store
from kycuong.reports.figures import FIGURES, cells
from kycuong.reports.figures.figure import Tally
from kycuong.reports.figures.question import Question
from kycuong.reports.figures.runner import rows_of
from kycuong.reports.models import CellSet
from kycuong.reports.rules.periods import Period
from kycuong.reports.walls import expected

TRIES = 3


@dataclass
class CellsTold:
    """How many sets agree, how many were written to meanwhile each time, and one line for each that differs."""

    sound: bool
    compared: int = 0
    unsettled: int = 0
    differences: list[str] = field(default_factory=list)


def cells_told() -> CellsTold:
    """Of every set that this version of the figures still reads."""
    told = CellsTold(store.marks_now()[store.STANDING] == expected(connection.vendor))
    for kept in CellSet.objects.order_by("pk"):
        for tally, asked in tallies_of(kept):
            agree = agrees(asked)
            told.compared += agree is True
            told.unsettled += agree is None
            if agree is False:
                told.differences.append(f"{kept.question}: {tally.body.splitlines()[0]}")
    return told


def tallies_of(kept: CellSet) -> Iterator[tuple[Tally, cells.Apart]]:
    """The tally that the set is of."""
    asked = kept.question
    period = Period(date.fromisoformat(asked["first"]), date.fromisoformat(asked["last"]))
    question = Question(asked["scope"], period, asked["view"], None, asked["span"], wide=True)
    for tally in {one: None for figure in FIGURES.values() for one in figure.tallies if one.by}:
        apart = tally.apart(question, {**question.parameters(), **dict(tally.values)})
        if apart.key == kept.key:
            yield tally, apart


def agrees(asked: cells.Apart) -> bool | None:
    """None where somebody wrote in between each time."""
    for _ in range(TRIES):
        before = store.marks_now()
        found = cells.rows_of_cells(asked)
        plain = [cells.whole_numbers(asked, list(row)) for row in rows_of(asked.plain, asked.values)]
        if sorted(found, key=repr) == sorted(plain, key=repr):
            return True
        if store.marks_now() == before:
            return False
    return None
