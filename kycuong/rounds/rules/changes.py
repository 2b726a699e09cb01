"""The difference between two contents of a report, cell by cell, in the words of the heads of its tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from kycuong.reports.rules.summary import Schedule, Summary, in_format, schedules_of
from kycuong.reports.rules.summary.schedules import Head, Row, shown
from kycuong.ui.formats import vn_date

PLACE, WORDS_OF_ADVICE = 0, (4, 1)
"""The column of the running number, and (Biểu, column) of what was recommended: neither is a change of a figure."""
LISTED = (3, 4)
"""Biểu whose rows are events: one that comes or goes is told whole."""
TOTAL = "total"
ROW = -1
"""In place of a column: the whole row."""


@dataclass(frozen=True, slots=True)
class Change:
    """One cell, or one whole row of a list (`column` −1; then `before` or `after` is empty)."""

    table: int
    row: str
    column: int
    about: str
    head: str
    before: str
    after: str

    @property
    def key(self) -> tuple[int, str, int]:
        return (self.table, self.row, self.column)

    @property
    def words(self) -> str:
        """«Biểu 1 · Sở X · Số lượt trong kỳ: 12 → 13»."""
        if self.column == ROW:
            return f"Biểu {self.table} · {'thêm' if self.after else 'bớt'} {self.head}: {self.about}"
        return f"Biểu {self.table} · {self.about} · {self.head}: {self.before or '–'} → {self.after or '–'}"

    @property
    def visit(self) -> str:
        """The visit that came or went, by its uid; or nothing."""
        return self.row if self.table == LISTED[0] else ""

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "words": self.words}


def from_json(told: Mapping[str, Any]) -> Change:
    return Change(**{name: told[name] for name in Change.__dataclass_fields__})


def changes_between(before: Summary, after: Summary) -> list[Change]:
    """What differs, table by table, in the order of the later one. Both must be made for the same eyes."""
    older = min(before.format, after.format)  # what only the newer program tells is no change of a figure
    pairs = zip(schedules_of(in_format(before, older)), schedules_of(in_format(after, older)), strict=True)
    return [change for old, new in pairs for change in _changed(old, new)]


def still_to_tell(live: Sequence[Change], told: Iterable[Change]) -> list[Change]:
    """What of a difference to a signed report no later report has told yet.

    `told`, oldest first, says what the readers know by now; a cell that went back to what it was is told once more.
    """
    known: dict[tuple[int, str, int], Change] = {}
    for one in told:
        first = known.get(one.key)
        known[one.key] = replace(one, before=first.before) if first else one
    found = []
    for one in live:
        last = known.pop(one.key, None)
        if last is None:
            found.append(one)
        elif last.after != one.after:
            found.append(replace(one, before=last.after))
    gone = [one for one in known.values() if one.before != one.after]
    return found + [replace(one, before=one.after, after=one.before) for one in gone]


def _changed(old: Schedule, new: Schedule) -> Iterator[Change]:
    was, now = dict(_rows(old)), dict(_rows(new))
    for key, row in now.items():
        if key in was:
            yield from _cells(new, key, was[key], row)
        else:
            yield from _whole(new, key, row, came=True)
    for key, row in was.items():
        if key not in now:
            yield from _whole(old, key, row, came=False)


def _rows(schedule: Schedule) -> Iterator[tuple[str, Row]]:
    for row in schedule.rows:
        yield _key(row), row
    if schedule.total:
        yield TOTAL, schedule.total


def _key(row: Row) -> str:
    """What a row is about, whatever its place: a visit, a recommendation, a unit; else its name."""
    events = [one.name for one in row.references if one.leads_to in ("visit", "recommendation")]
    return events[0] if events else row.scope or str(row.cells[1])


def _cells(schedule: Schedule, key: str, was: Row, now: Row) -> Iterator[Change]:
    for at, head in enumerate(schedule.heads):
        if at == PLACE or (schedule.number, at) == WORDS_OF_ADVICE:
            continue
        before, after = shown(was.cells[at], head), shown(now.cells[at], head)
        if before != after:
            yield Change(schedule.number, key, at, _about(schedule, now), _title(head), before, after)


def _whole(schedule: Schedule, key: str, row: Row, *, came: bool) -> Iterator[Change]:
    """A row that stands in one of them only."""
    about = _about(schedule, row)
    kind = {3: "lượt kiểm tra", 4: "kiến nghị"}.get(schedule.number, "dòng")
    yield Change(schedule.number, key, ROW, about, kind, "" if came else about, about if came else "")


def _about(schedule: Schedule, row: Row) -> str:
    """What a reader calls the row."""
    cells = row.cells
    if schedule.number == LISTED[0]:
        return f"{vn_date(cells[1])}, {cells[3]} ({cells[2]} chủ trì)"  # type: ignore[arg-type]
    if schedule.number == LISTED[1]:
        return f"{cells[2]}, {cells[3] or 'chưa có số'} ngày {vn_date(cells[4])}"  # type: ignore[arg-type]
    return str(cells[1])


def _title(head: Head) -> str:
    return f"{head.group}, {head.title[:1].lower()}{head.title[1:]}" if head.group else head.title
