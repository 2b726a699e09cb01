"""The words of a spreadsheet as the rest of the package speaks them: cell, sheet, workbook, issue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Generic, Literal, NamedTuple, TypeVar, overload

Value = str | int | float | bool | date | datetime | time | timedelta | None
Level = Literal["error", "warning"]
T = TypeVar("T")


def letter_of(index: int) -> str:
    """The letters of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def index_of(letter: str) -> int:
    """The number, counted from 0, of a column given by its letters."""
    index = 0
    for char in letter:
        index = index * 26 + ord(char) - 64
    return index - 1


class Cell(NamedTuple):
    """One cell with its place as Excel shows it. `original` is the text before a conversion from TCVN3 or VNI."""

    value: Value
    row: int
    column: str
    original: str = ""
    uncomputed: bool = False
    """A formula that no program has calculated yet."""
    fault: str = ""
    """The error that a formula gave, such as #REF!."""

    @property
    def address(self) -> str:
        return f"{self.column}{self.row}"

    @property
    def is_blank(self) -> bool:
        if type(self.value) is int:
            return False
        return not self.uncomputed and not self.fault and (self.value is None or not str(self.value).strip())


class Cells(Sequence[Cell]):
    """One row of a sheet. Cells come by the hundred thousand and few are asked for: a cell is made when it is."""

    __slots__ = ("letters", "noted", "number", "values")

    def __init__(self, values: list[Value], number: int, letters: Sequence[str]) -> None:
        self.values, self.number, self.letters = values, number, letters
        self.noted: dict[int, Cell] = {}
        """By place, the cells that have more to say than their value."""

    def __len__(self) -> int:
        return len(self.values)

    @overload
    def __getitem__(self, place: int) -> Cell: ...
    @overload
    def __getitem__(self, place: slice) -> list[Cell]: ...
    def __getitem__(self, place: int | slice) -> Cell | list[Cell]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self.values)))]
        if place < 0:
            place += len(self.values)
        if self.noted and place in self.noted:
            return self.noted[place]
        return Cell(self.values[place], self.number, self.letters[place])

    def __iter__(self) -> Iterator[Cell]:
        return map(self.__getitem__, range(len(self.values)))

    def put(self, place: int, cell: Cell) -> None:
        """The cell with what was learnt of it."""
        self.values[place], self.noted[place] = cell.value, cell

    def is_blank(self, place: int) -> bool:
        if place in self.noted:
            return self.noted[place].is_blank
        value = self.values[place]
        return value is None or (type(value) is str and not value.strip())


class Range(NamedTuple):
    """A merged block; rows as Excel counts them, columns from 0, ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


class Conversion(NamedTuple):
    """What was done to one column kept in an encoding from before Unicode."""

    column: str
    encoding: str
    cells: int
    before: str
    after: str
    row: int


@dataclass(frozen=True)
class Sheet:
    """A visible sheet; `rows[0][0]` is always A1 and every row has the same width."""

    name: str
    rows: list[Cells]
    merged: list[Range] = field(default_factory=list)
    conversions: list[Conversion] = field(default_factory=list)
    fonts: dict[str, str] = field(default_factory=dict)
    """Names of fonts by address, known only where an old encoding was suspected."""


@dataclass(frozen=True)
class Workbook:
    """The visible sheets of a file and the names of the hidden ones, which are not read."""

    sheets: list[Sheet]
    hidden: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Issue:
    """One thing to say about one cell (or, without a letter, one row). An error stops the import, a warning does not."""

    level: Level
    row: int
    column: str
    title: str
    found: str
    vi: str
    en: str

    @property
    def address(self) -> str:
        return f"{self.column}{self.row}"

    def as_error(self) -> dict[str, str]:
        """The form that `Problem.errors` takes."""
        return {
            "cell": self.address,
            "column": self.title,
            "found": self.found,
            "level": self.level,
            "vi": self.vi,
            "en": self.en,
        }


@dataclass(frozen=True)
class Parsed(Generic[T]):
    """What a parser made of a cell: a value, an error, or a value with a warning. Blank gives neither."""

    value: T | None = None
    issue: Issue | None = None


def has_errors(issues: Iterable[Issue]) -> bool:
    return any(issue.level == "error" for issue in issues)
