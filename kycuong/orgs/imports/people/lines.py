"""The rows of a sheet of people, tied to accounts, units and roles; and the steps that carry the sheet out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kycuong.orgs.models import Assignment, Person, Unit
from kycuong.sheets.cells import Issue
from kycuong.sheets.reading import error, shown, warning
from kycuong.sheets.table import Row
from kycuong.ui.formats import vn_date

from .columns import TITLES


@dataclass(frozen=True)
class Create:
    """A new account, opened at the unit of its first role."""

    line: Line
    username: str
    words: dict[str, str]
    at: Unit


@dataclass(frozen=True)
class Change:
    """Name, title and e-mail of an account as they will be."""

    line: Line
    person: Person
    words: dict[str, str]


@dataclass(frozen=True)
class End:
    """A role gives no right from the day on."""

    line: Line
    assignment: Assignment
    on: date


@dataclass(frozen=True)
class Grant:
    """A role at a unit from a day until another."""

    line: Line
    username: str
    role: str
    unit: Unit
    first: date
    end: date


@dataclass(frozen=True)
class Close:
    """The account opens no more."""

    line: Line
    person: Person


Step = Create | Change | Close | End | Grant
ORDER = (Create, Change, Close, End, Grant)
"""An account is closed while its roles still say in whose care it is; a role ends before the one that replaces it begins."""


@dataclass(eq=False)
class Line:
    """One row: what it says, whom it means, and what it would do, in steps and in words."""

    row: Row
    username: str
    person: Person | None = None
    unit: Unit | None = None
    steps: list[Step] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    def value(self, key: str) -> Any:
        return self.row.values.get(key)

    def wrote(self, key: str) -> bool:
        """Whether the cell holds anything, were it something that nobody understands and that is told as such."""
        return bool(shown(self.row.cell(key).value).strip())

    def blame(self, key: str, vi: str, en: str) -> None:
        """A fault at the cell of a column."""
        self.issues.append(error(self.row.cell(key), TITLES[key], vi, en))

    def blame_past(self, key: str, earliest: date) -> None:
        """A day that would rewrite what is over."""
        self.blame(key, f"Sớm nhất là {vn_date(earliest)}: tệp không sửa những ngày đã qua của vai trò.",
                   f"Not before {earliest}: a sheet does not rewrite days of a role that are over.")  # fmt: skip

    def warn(self, key: str, vi: str, en: str) -> None:
        self.issues.append(warning(self.row.cell(key), TITLES[key], vi, en))

    def will(self, step: Step, said: str) -> None:
        self.steps.append(step)
        self.said.append(said)


@dataclass(frozen=True)
class Plan:
    """What was read, and a digest of the accounts, the organisation and the reader's rights that it was read against."""

    lines: list[Line]
    state: str

    @property
    def opened(self) -> int:
        """How many accounts it opens."""
        return sum(isinstance(step, Create) for line in self.lines for step in line.steps)

    @property
    def steps(self) -> list[Step]:
        every = [step for line in self.lines for step in line.steps]
        return sorted(every, key=lambda step: ORDER.index(type(step)))
