"""The rows of a list of units, tied to each other and to the organisation: which unit each one is, and who is above it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from kycuong.orgs.rules import PEOPLES_COMMITTEES, Kind, Scheme, formal_name
from kycuong.sheets.cells import Issue
from kycuong.sheets.match import Candidate, Match, Matcher, match_issue
from kycuong.sheets.names import name_keys
from kycuong.sheets.table import Row
from kycuong.sheets.values import error

from .known import Known, Organisation, candidates

NO_DAY = date(1, 1, 1)
"""Stands for a first day that is missing or cannot be read; the fault is told, and the row is judged no further."""


@dataclass(eq=False)
class Line:
    """One row as a unit: what it says, and what was found out about it."""

    row: Row
    on: date
    name: str
    kind: str
    parents_told: Sequence[str] = ()
    """What the row's own cell says; without it the groups above the row, the nearest first."""
    code: str = ""
    scheme: str = Scheme.AREA
    above: Line | Known | None = None
    existing: Known | None = None
    renames: Known | None = None
    issues: list[Issue] = field(default_factory=list)
    placed: bool = False

    def blame(self, key: str, title: str, vi: str, en: str) -> None:
        """A fault at the cell of a column."""
        cell = self.row.cell(key)
        self.issues.append(error(cell, title, vi, en))

    @property
    def known(self) -> Known | None:
        """The unit that this row is, when it exists already."""
        return self.existing or self.renames

    @property
    def parent(self) -> Line | Known | None:
        """Who is above: a unit that exists, or a row that will become one."""
        return self.above.known or self.above if isinstance(self.above, Line) else self.above


@dataclass(frozen=True)
class Plan:
    """What was read, and the state of the organisation that it was read against."""

    lines: list[Line]
    state: int


class Places:
    """Finds the parent of each line among the units of its day and the other lines of the file."""

    def __init__(self, organisation: Organisation, lines: list[Line]) -> None:
        self.organisation, self.lines = organisation, lines
        self._by_name: dict[tuple[str, ...], list[Line]] = {}
        for line in lines:
            self._by_name.setdefault(name_keys(line.name), []).append(line)
        self._matchers: dict[int, Matcher] = {}
        self._in_hand: list[Line] = []

    def place(self, line: Line) -> None:
        """Give the line its parent, its own parent's first; then see whether it exists."""
        if line.placed:
            return
        if line in self._in_hand:
            line.blame("parent", "Đơn vị cấp trên", f"«{line.name}» nằm dưới chính nó qua các dòng khác. Hãy sửa cột này.",
                       f"“{line.name}” lies under itself through other rows. Mend this column.")  # fmt: skip
            line.placed = True
            return
        self._in_hand.append(line)
        if line.parents_told:
            self._find_parent(line)
        self._in_hand.pop()
        line.placed = True
        line.existing = next((known for known in self._brothers(line, line.name) if known.version(line.on)), None)
        former = str(line.row.values.get("former") or "")
        if former and not line.existing:
            self._find_former(line, former)

    def _find_parent(self, line: Line) -> None:
        matcher = self._matcher(line.on)
        answers = [(text, matcher.match(text)) for text in line.parents_told]
        text, match = next((answer for answer in answers if answer[1].kind != "none"), answers[0])
        meant = {_identity(found): found for found in self._meant(match)}
        if len(meant) == 1 and match.kind in {"exact", "ambiguous"}:
            line.above = next(iter(meant.values()))
            return
        cell = line.row.cell("parent")
        if cell.is_blank:
            if match.kind == "none" and line.kind == Kind.PROVINCE:
                return
            cell = line.row.cell("name")
        issue = match_issue(match, cell._replace(value=text), "Đơn vị cấp trên")
        line.issues += [issue] if issue else []

    def _meant(self, match: Match) -> Iterator[Line | Known]:
        """What candidates stand for: a line that is a unit which exists already stands for that unit."""
        for candidate in match.candidates:
            key = cast(int, candidate.id)
            if key > 0:
                yield self.organisation.units[key]
                continue
            other = self.lines[-key - 1]
            self.place(other)
            yield other.known or other

    def _matcher(self, on: date) -> Matcher:
        """Units of the day, and the lines. Keys of units are positive; lines get the negative numbers."""
        era = -1 if on == NO_DAY else self.organisation.era(on)
        if era not in self._matchers:
            units = candidates(self.organisation, None if on == NO_DAY else on)
            names = [[line.name, *_formal(line)] for line in self.lines]
            alone = Matcher([*units, *(Candidate(-place - 1, name) for place, name in enumerate(names))])
            lines = [
                Candidate(-place - 1, name, line.code, _context(alone, line))
                for place, (name, line) in enumerate(zip(names, self.lines, strict=True))
            ]
            self._matchers[era] = Matcher([*units, *lines])
        return self._matchers[era]

    def _brothers(self, line: Line, name: str) -> Iterator[Known]:
        """Units of that name that were ever under the line's parent (or on top, when it has none)."""
        parent = line.parent
        if isinstance(parent, Line) or (parent is None and line.kind != Kind.PROVINCE):
            return
        for known in self.organisation.called(name):
            parents = {edge.parent_id for edge in known.edges}
            if (parent.unit.pk in parents) if parent else not parents:
                yield known

    def _find_former(self, line: Line, former: str) -> None:
        matches = [known for known in self._brothers(line, former) if known.version(line.on)]
        named = [known for known in matches if name_keys(known.version(line.on).name) == name_keys(former)]  # type: ignore[union-attr]
        if len(named) == 1:
            line.renames = named[0]
            return
        line.blame(
            "former",
            "Tên cũ",
            f"Không có đơn vị tên «{former[:80]}» ở cùng cấp trên vào ngày này. Hãy sửa tên cũ, hoặc để trống nếu là đơn vị mới.",
            f"No unit is called “{former[:80]}” under the same parent on that day. Mend the name, or leave it empty.",
        )

    def twins(self) -> Iterable[tuple[Line, Line]]:
        """Pairs of lines that are the same unit."""
        seen: dict[Hashable, Line] = {}
        for line in self.lines:
            if line.above is None and line.kind != Kind.PROVINCE:
                continue
            key = (_identity(line.parent), name_keys(line.name))
            if key in seen:
                yield seen[key], line
            seen.setdefault(key, line)


def _identity(thing: Line | Known | None) -> Hashable:
    if thing is None:
        return None
    return ("unit", thing.unit.pk) if isinstance(thing, Known) else ("line", id(thing))


def _formal(line: Line) -> list[str]:
    return [formal_name(line.name, line.kind)] if line.kind in PEOPLES_COMMITTEES else []


def _context(matcher: Matcher, line: Line) -> list[str]:
    """What tells a line from its namesakes: its parent as the row has it, and in full."""
    told = line.parents_told[:1]
    found = matcher.match(told[0]).found if told else None
    return [*(found.names if found else []), *told]
