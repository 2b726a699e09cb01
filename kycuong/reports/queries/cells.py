"""Are the cells right? Each set is counted anew, the answer by the plain text and every cell by the text that counts by block."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from random import SystemRandom

from django.db import connection

from kycuong.reports import store
from kycuong.reports.figures import FIGURES, cells
from kycuong.reports.figures.figure import Tally
from kycuong.reports.figures.question import Question
from kycuong.reports.figures.runner import rows_of
from kycuong.reports.models import CellSet
from kycuong.reports.rules.periods import Period
from kycuong.reports.walls import astray, expected

TRIES = 3
ANSWER = "answer"


@dataclass
class CellsTold:
    """How many sets agree, how many were written to meanwhile each time, and one line for each that differs."""

    sound: bool
    compared: int = 0
    unsettled: int = 0
    differences: list[str] = field(default_factory=list)


def cells_told(*, few: int | None = None) -> CellsTold:
    """Of every set that this version of the figures still reads, or of a few that nobody can know of before."""
    told = CellsTold(store.marks_now()[store.STANDING] == expected(connection.vendor))
    told.differences += [
        f"{name} ({table}): bẫy bị sửa / the trigger was changed" for name, table in astray(connection)
    ]
    sets = list(CellSet.objects.order_by("pk"))
    for kept in sets if few is None else SystemRandom().sample(sets, min(few, len(sets))):
        for tally, asked in tallies_of(kept):
            wrong = wrong_in(asked)
            told.compared += wrong == []
            told.unsettled += wrong is None
            if wrong:
                told.differences.append(f"{kept.question}: {tally.body.splitlines()[0]}: {', '.join(wrong)}")
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


def wrong_in(asked: cells.Apart) -> list[str] | None:
    """The answer and the blocks that say something else than the rows do; None where somebody wrote in between each time.

    Looks at whatever a reader would believe now or, after a write elsewhere, later.
    """
    for _ in range(TRIES):
        found = store.kept(asked.key)
        held = store.cells_of(found.pk) if found.pk else {}
        moment = cells.Moment({}, {})
        cells.count(asked, moment, None)
        plain = [cells.whole_numbers(asked, list(row)) for row in rows_of(asked.plain, asked.values)]
        if store.marks_now() != moment.marks:
            continue
        answers = [cells.added(asked, moment.held)]
        answers += [store.rows_from(found.rows)] if found.total == moment.total else []
        wrong = [ANSWER] if any(told(one) != told(plain) for one in answers) else []
        return wrong + [str(block) for block in wrong_blocks(found, held, moment)]
    return None


def wrong_blocks(found: store.Kept, held: store.Held, moment: cells.Moment) -> Iterator[int]:
    """Whose cell has the stamp of this moment and tells something else; or that are missing, though no note would tell a reader."""
    for block in sorted(held.keys() | moment.held.keys()):
        right = moment.held.get(block, (0, []))[1]
        if block in held:
            stamp, rows = held[block]
            if stamp == moment.stamp(block) and told(rows) != told(right):
                yield block
        elif right and found.pk and found.base == moment.base and block not in moment.marks:
            yield block


def told(rows: list[store.Row]) -> list[str]:
    """In one order."""
    return sorted(map(repr, rows))
