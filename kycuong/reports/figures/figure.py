"""What a figure is: its words, the SQL texts it reads, how it reads them, and the list behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.utils.translation import get_language, gettext

from kycuong.core.speaking import ENGLISH
from kycuong.reports import store

from . import cells
from .each import LEAD, ONE, in_blocks
from .events import text_with
from .question import Question
from .runner import elsewhere, rows_of

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Tally:
    """One SQL text that counts. Several figures may read one tally, so that a page asks few questions."""

    body: str
    """With the words of a Place (each.py): {own} before its own columns, and so on."""
    needs: tuple[str, ...] = ("counting",)
    values: tuple[tuple[str, Any], ...] = ()
    """Parameters that differ from the question's own."""
    by: str = ""
    """The unit by whose number the counts come apart, so that no thing is counted at two units: then they add up, whatever moves.
    Empty: they are never taken apart."""
    keys: int = 0
    """So many columns say what is counted."""
    sums: int = 1
    """So many columns after them count it."""

    def text(self, question: Question) -> str:
        return composed(self.needs, self.body.format(**ONE), question.view, question.restated_on is not None)

    def apart(self, question: Question, values: Mapping[str, Any]) -> cells.Apart:
        """The same counts block by block, and what marks each block at the same moment."""
        whole, some = (self.text_in_blocks(question.view, some=some) for some in (False, True))
        plain, by_lead = self.text(question), self.by == LEAD
        return cells.Apart(plain, whole, some, by_lead, self.keys, self.sums, values, question.as_dict())

    def text_in_blocks(self, view: str, *, some: bool) -> str:
        place = in_blocks(self.by, some=some)
        return cells.text_of(self.needs, self.body.format(**place), view, place, self.keys + self.sums)


@dataclass(frozen=True)
class Column:
    """A column of a list: its name for machines, its title for people, and what it holds (text, day, uid, mark)."""

    name: str
    titled: str
    holds: str = "text"

    @property
    def title(self) -> str:
        return gettext(self.titled) if self.titled else ""


@dataclass(frozen=True)
class Listing:
    """The list behind a figure: one SQL text, the rows that belong to it, and the column that a part is opened by."""

    columns: tuple[Column, ...]
    body: str
    order: str
    needs: tuple[str, ...] = ("counting",)
    where: str = ""
    key: str = ""
    values: tuple[tuple[str, Any], ...] = ()
    many: str = ""
    """A second text (unit, name): further names of a row's unit, shown joined in its last column."""
    asks: Callable[[Question], Question] = field(default=lambda question: question)

    def text(self, question: Question, *, select: str, narrowed: bool, tail: str = "") -> str:
        """The list as one text, narrowed to the part that :key names."""
        filters = [part for part in (self.where, f"{self.key} = :key" if narrowed else "") if part]
        where = f"WHERE {' AND '.join(filters)}" if filters else ""
        body = f"SELECT {select} FROM (\n{self.body}\n) listed {where} {tail}"
        return composed(self.needs, body, question.view, question.restated_on is not None)

    def many_text(self, question: Question) -> str:
        return composed(self.needs, self.many, question.view, question.restated_on is not None)


@lru_cache(maxsize=512)
def composed(needs: tuple[str, ...], body: str, view: str, restated: bool) -> str:
    """The text with its fragments; made once for each view."""
    return text_with(needs, body, view=view, restated=restated)


class Reading:
    """The rows of the tallies for one question; each text runs once, when it is first read. `expected`: tallies that will be read, of
    which what is kept is looked up together. `counted`: where what may be kept is added."""

    def __init__(
        self, question: Question, expected: Iterable[Tally] = (), counted: list[store.Keeping] | None = None
    ) -> None:
        self.question = question
        self.parameters = question.parameters()
        self.expected = dict.fromkeys(expected)
        self.seen: dict[Tally, list[Row]] = {}
        self.looked_up: cells.LookedUp | None = None
        self.counted: list[store.Keeping] = [] if counted is None else counted

    def __getitem__(self, tally: Tally) -> list[Row]:
        if tally not in self.seen:
            if tally.by and self.question.comes_apart and not elsewhere():
                self.seen[tally], counted = cells.rows_of_cells(*self.found(tally))
                self.counted += [counted] if counted else []
            else:
                self.seen[tally] = rows_of(tally.text(self.question), self.values(tally))
        return self.seen[tally]

    def beside(self, question: Question) -> Reading:
        """Another question that the same page asks; what it counts is kept with this one's."""
        return Reading(question, counted=self.counted)

    def values(self, tally: Tally) -> dict[str, Any]:
        return {**self.parameters, **dict(tally.values)}

    def found(self, tally: Tally) -> tuple[cells.Apart, cells.LookedUp]:
        """What is asked, and what is kept of it; the first time of all that are expected."""
        asked = self.apart(tally)
        if self.looked_up is None:
            self.looked_up = cells.LookedUp([asked, *(self.apart(one) for one in self.expected if one.by)])
        here = asked.key in self.looked_up.kept
        return asked, self.looked_up if here else cells.LookedUp([asked])

    def apart(self, tally: Tally) -> cells.Apart:
        return tally.apart(self.question, self.values(tally))


@dataclass(frozen=True)
class Figure:
    """One figure of the catalogue. Its definition stands here and nowhere else."""

    name: str
    titled: str
    defined: str
    definition_en: str
    tallies: tuple[Tally, ...]
    read: Callable[[Reading], Any]
    listing: Listing | None = None
    asked: Callable[[Question], bool] = field(default=lambda question: True)

    @property
    def title(self) -> str:
        return gettext(self.titled)

    @property
    def definition(self) -> str:
        """What it counts, in the language of the page; files and the API have it in Vietnamese."""
        return self.definition_en if get_language() == ENGLISH else self.defined

    """Whether the figure means anything for this question."""

    @property
    def has_list(self) -> bool:
        return self.listing is not None


def rate(numerator: int, denominator: int) -> dict[str, int | float | None]:
    """A rate with both its parts; nothing to divide by gives no rate, not 0."""
    return {
        "numerator": numerator,
        "denominator": denominator,
        "rate": numerator / denominator if denominator else None,
    }


def plain(value: Any, column: Column) -> Any:
    """A stored value as Python means it: engines differ in how they hand over days and identifiers."""
    if value is None:
        return None
    if column.holds == "uid":
        return str(value if isinstance(value, UUID) else UUID(str(value)))
    if column.holds == "day" and not isinstance(value, date):
        return date.fromisoformat(str(value))
    return value


def rows_as_declared(rows: list[Row], columns: tuple[Column, ...]) -> list[Row]:
    return [tuple(plain(value, column) for value, column in zip(row, columns, strict=True)) for row in rows]
