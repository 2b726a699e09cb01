"""Are the cells right? Each set is counted anew, the answer by the plain text and every cell by the text that counts by block."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from random import SystemRandom
from typing import Any

from django.db import connection

from kycuong.core.clock import today
from kycuong.core.moment import one_moment
from kycuong.inspections.models import Visit
from kycuong.orgs.models import Unit, UnitVersion
from kycuong.orgs.rules import Kind
from kycuong.reports import store
from kycuong.reports.figures import FIGURES, cells
from kycuong.reports.figures.figure import Tally
from kycuong.reports.figures.question import Question
from kycuong.reports.figures.runner import rows_of
from kycuong.reports.models import CellSet
from kycuong.reports.rules.periods import Period
from kycuong.reports.walls import astray

ANSWER = "answer"
SHOWN = 200
"""So much of what was kept and of what is right stands in a line."""


LARGE = 10_000
"""From so many visits on a province needs cells, too; twice as many are counted in a quarter of a second, and fewer write without notes."""


MOST_TOPS = 10
"""So many are made ready beforehand: of many provinces without a nation above them not all would stay kept."""


def tops(day: date) -> list[Unit]:
    """What heads a hierarchy on a day: as a rule one unit, which after a merger of provinces is not the one that decides for all."""
    there = Unit.objects.heading().filter(versions__valid_from__lte=day, versions__valid_to__gt=day)
    return list(dict.fromkeys(there))[:MOST_TOPS]


def need_cells(heads: Collection[Unit]) -> bool:
    """Whether triggers should stand: where one of them is or was a nation, or with so many visits."""
    nations = UnitVersion.objects.filter(unit__in=heads, kind=Kind.NATION)
    return bool(heads) and (nations.exists() or Visit.objects.order_by()[LARGE - 1 : LARGE].exists())


@dataclass
class CellsTold:
    """Whether all triggers stand, whether they are needed; how many sets there are, how many agree, one line for each that differs."""

    sound: bool
    needed: bool
    kept: int = 0
    compared: int = 0
    differences: list[str] = field(default_factory=list)


def cells_told(*, few: int | None = None, among: Collection[Mapping[str, Any]] = ()) -> CellsTold:
    """Of every set that this version of the figures still reads; or of a few that nobody can know of before, and as many of some questions."""
    sound = store.sound()
    told = CellsTold(sound, need_cells(tops(today())))
    told.differences += [
        f"{name} ({table}): bẫy bị sửa / the trigger was changed" for name, table in astray(connection)
    ]
    sets = list(CellSet.objects.order_by("pk"))
    told.kept = len(sets)
    if few is not None:
        sets = by_chance([one for one in sets if one.question in among], few) + by_chance(sets, few)
    for kept in sets:
        for tally, asked in tallies_of(kept):
            wrong = wrong_in(asked)
            told.compared += not wrong
            if wrong:
                told.differences.append(f"{kept.question}: {tally.body.splitlines()[0]}: {', '.join(wrong)}")
    return told


def by_chance(sets: list[CellSet], number: int) -> list[CellSet]:
    return SystemRandom().sample(sets, min(number, len(sets)))


def tallies_of(kept: CellSet) -> Iterator[tuple[Tally, cells.Apart]]:
    """The tally that the set is of."""
    asked = kept.question
    period = Period(date.fromisoformat(asked["first"]), date.fromisoformat(asked["last"]))
    question = Question(asked["scope"], period, asked["view"], None, asked["span"], wide=True)
    for tally in {one: None for figure in FIGURES.values() for one in figure.tallies if one.by}:
        apart = tally.apart(question, {**question.parameters(), **dict(tally.values)})
        if apart.key == kept.key:
            yield tally, apart


def wrong_in(asked: cells.Apart) -> list[str]:
    """The answer and the blocks that say something else than the rows do, all of one moment, whoever writes meanwhile.

    Looks at whatever a reader would believe now or, after a write elsewhere, later.
    """
    with one_moment():
        found = store.kept([asked.key])[asked.key]
        held = store.held_of(store.cells_of([found.pk])[found.pk][1]) if found.pk else {}
        moment = cells.Moment({}, {})
        cells.count(asked, moment, None)
        plain = [cells.whole_numbers(asked, list(row)) for row in rows_of(asked.plain, asked.values)]
    answers = [cells.added(asked, moment.held)]
    answers += [store.rows_from(found.rows)] if found.total == found.now else []
    wrong = [instead(ANSWER, one, plain) for one in answers if told(one) != told(plain)]
    return wrong + list(wrong_blocks(found, held, moment))


def wrong_blocks(found: store.Kept, held: store.Held, moment: cells.Moment) -> Iterator[str]:
    """Whose cell has the stamp of this moment and tells something else; or that are missing, though no note would tell a reader."""
    for block in sorted(held.keys() | moment.held.keys()):
        right = moment.held.get(block, (0, []))[1]
        if block in held:
            stamp, rows = held[block]
            if stamp == moment.stamp(block) and told(rows) != told(right):
                yield instead(str(block), rows, right)
        elif right and found.pk and found.base == moment.base and block not in moment.marks:
            yield instead(str(block), [], right)


def instead(what: str, kept: list[store.Row], right: list[store.Row]) -> str:
    """What was kept and is not so, in words that can be held on to when the cells are gone."""
    wrong, missing = ([one for one in told(a) if one not in told(b)] for a, b in ((kept, right), (right, kept)))
    return f"{what}: {' '.join(wrong)[:SHOWN]} ≠ {' '.join(missing)[:SHOWN]}"


def told(rows: list[store.Row]) -> list[str]:
    """In one order."""
    return sorted(map(repr, rows))
