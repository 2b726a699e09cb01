"""A row of a table of visits: what it says, what was found out about it, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from kycuong.catalog.models import Topic
from kycuong.inspections.actions import VisitRow
from kycuong.inspections.models import Inspection, Visit
from kycuong.orgs.models import Unit
from kycuong.sheets.cells import Issue
from kycuong.sheets.table import Row
from kycuong.sheets.values import error, warning

from .columns import TITLES


@dataclass(eq=False)
class Line:
    """One row as a visit."""

    row: Row
    on: date | None
    form: str
    decision: str
    lead: Unit | None = None
    unit: Unit | None = None
    topics: tuple[Topic, ...] = ()
    key: tuple[object, ...] = ()
    """Lines with the same key are one inspection."""
    same: Visit | None = None
    within: Inspection | None = None
    visit: VisitRow | None = None
    issues: list[Issue] = field(default_factory=list)

    @property
    def is_faulty(self) -> bool:
        return any(issue.level == "error" for issue in self.issues)

    def title(self, key: str) -> str:
        return TITLES[key]

    def blame(self, key: str, vi: str, en: str) -> None:
        """A fault at the cell of a column."""
        self.issues.append(error(self.row.cell(key), TITLES[key], vi, en))

    def warn(self, key: str, vi: str, en: str) -> None:
        """Something to look at, at the cell of a column."""
        self.issues.append(warning(self.row.cell(key), TITLES[key], vi, en))
