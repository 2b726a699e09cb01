"""An export of what a test has in its own transaction, which no other connection sees; and every text that counts, asked of both."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import connection

from kycuong.facts.queries import Engine, opened
from kycuong.facts.store import Batches, Counts, Folder, Source, export_facts
from kycuong.orgs.models import Closure
from kycuong.reports.figures import FIGURES, by_group, by_lead, by_unit, glance
from kycuong.reports.figures.question import LEAD, Question
from kycuong.reports.figures.runner import counted_by, rows_of

BY_LEAD = tuple(name for name in by_lead.TEXTS if name != "measures")
"""Measures, and the list of authorities that tells of them, are counted in the database only."""
Tell = Callable[[int, int], None]


@contextlib.contextmanager
def within() -> Iterator[Source]:
    """In place of a snapshot: the transaction of the test."""

    def rows(sql: str) -> Batches:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            while found := cursor.fetchmany(1000):
                yield found

    yield rows


def exported(place: Path, tell: Tell = lambda done, total: None) -> Counts:
    return export_facts(Folder(place), tell, moment=within)


@contextlib.contextmanager
def engine(place: Path, name: str = "duckdb") -> Iterator[Engine]:
    """What is in the database now, as an engine reads it."""
    exported(place)
    with opened(name, str(place)) as found:
        yield found


def texts(question: Question) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every text by which a figure counts for a question: (figure, text, its values)."""
    parameters, seen = question.parameters(), set()
    for figure in FIGURES.values():
        for tally in figure.tallies if figure.asked(question) else ():
            if tally not in seen:  # many figures read one tally
                seen.add(tally)
                yield figure.name, tally.text(question), {**parameters, **dict(tally.values)}


def differing(question: Question, other: Engine) -> list[str]:
    """Figures of which a text gives other rows over the export than in the database."""
    found = []
    for name, text, values in texts(question):
        ours = alike(rows_of(text, values))
        with counted_by(other):
            theirs = alike(rows_of(text, values))
        if ours != theirs:
            found.append(f"{name}: {ours} / {theirs}")
    return found


def told(question: Question) -> dict[str, Any]:
    """What is counted beside the figures: the ranking, groups, the summary by authority, the first page."""
    each = question.view == LEAD and not question.restated_on
    below = Closure.objects.filter(ancestor=question.scope, depth=1).values_list("descendant", flat=True)
    many = [question.scope, *sorted(set(below))] if each else []
    by_authority = by_lead.counted(question, many, BY_LEAD) if each else {}
    return {
        "by_unit": by_unit.measured(question),
        "titles": by_group.titles(question),
        "groups": by_group.units_asked(question),
        "glance": glance.at_a_glance(question),
        "plans": by_lead.plans_of(question, many),
        "by_lead": {key: {name: alike(rows) for name, rows in vars(one).items()} for key, one in by_authority.items()},
    }


def alike(rows: list[tuple[Any, ...]]) -> list[str]:
    """Rows without what only drivers differ in, in one order: whole numbers, days and identifiers as they are written."""
    return sorted(repr(tuple(plain(value) for value in row)) for row in rows)


def plain(value: Any) -> Any:
    match value:
        case bool():
            return int(value)
        case Decimal() if value == int(value):
            return int(value)
        case datetime() | date():
            return value.isoformat()
        case None | int() | float() | str():
            return value
    return value.hex  # a UUID
