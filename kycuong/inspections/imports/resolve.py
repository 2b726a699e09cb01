"""Finds which unit and which topics a row means, as of the day of the visit; what is left open is asked."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

from kycuong.catalog.models import Topic
from kycuong.core.problems import Problem
from kycuong.core.vietnamese import fold
from kycuong.inspections import rules
from kycuong.orgs.imports.known import Organisation, candidates
from kycuong.orgs.models import Unit
from kycuong.sheets.match import Match, Matcher, match_issue

from .lines import Line

BRACKETS = re.compile(r"^(.+?)\s*[(\[]([^()\[\]]+)[)\]]\s*$")
ABOVE = ("Thị xã", "Thành phố", "Huyện")
"""What a district's name may lack in a column called “Huyện”."""


class Units:
    """Answers by name, by code or by slug; one matcher for each stretch of days in which nothing changed."""

    def __init__(self) -> None:
        self.organisation = Organisation()
        known = self.organisation.units.values()
        self.slugs = {one.unit.slug: one.unit for one in known}
        spans = [
            *((row.valid_from, row.valid_to) for one in known for row in one.versions),
            *((row.valid_from, row.valid_to) for one in known for row in one.edges),
            *((row.valid_from, row.valid_to) for one in known for row in one.codes),
        ]
        self.turns = sorted({day for span in spans for day in span})
        self._matchers: dict[int, Matcher] = {}

    def find(self, line: Line, key: str, *, context: Sequence[str] = (), code: str = "") -> Unit | None:
        """The unit that the cell means on the line's day; None when that must be asked, which the line then says."""
        told = str(line.row.values.get(key) or "")
        if told in self.slugs:
            return self.slugs[told]
        if line.on is None or not told:
            return None
        name, within = told, list(context)
        if found := BRACKETS.match(told):
            name, within = found.group(1), [*within, *_spelt(found.group(2))]
        match = self._on(line.on).match(name, code=code, context=within)
        if match.found:
            return self._unit(match)
        ever = self._ever().match(name, code=code, context=within)
        if match.kind in {"none", "suggested"} and ever.found:
            self._say_gone(line, key, ever, line.on)
        elif issue := match_issue(match, line.row.cell(key), line.title(key)):
            line.issues.append(issue)
        return None

    def named(self, unit: Unit, on: date) -> str:
        """The name on the day with what it belongs to."""
        return self.organisation.label(self.organisation.units[unit.pk], on)

    def _unit(self, match: Match) -> Unit:
        assert match.found
        return self.organisation.units[int(str(match.found.id))].unit

    def _on(self, day: date) -> Matcher:
        era = bisect_right(self.turns, day)
        if era not in self._matchers:
            self._matchers[era] = Matcher(candidates(self.organisation, day))
        return self._matchers[era]

    def _ever(self) -> Matcher:
        return self._matchers.setdefault(-1, Matcher(candidates(self.organisation, None)))

    def _say_gone(self, line: Line, key: str, match: Match, day: date) -> None:
        known = self.organisation.units[self._unit(match).pk]
        if version := known.version(day):
            line.blame(key, f"Vào ngày {day:%d/%m/%Y} đơn vị này tên là «{version.name}». Hãy ghi tên đó.",
                       f"On {day} this unit was called “{version.name}”. Write that name.")  # fmt: skip
            return
        try:
            rules.ensure_existed(known.latest.name, False, on=day)
        except Problem as problem:
            line.blame(key, problem.vi, problem.en)


def place_told(line: Line) -> list[str]:
    """What the row says of where its unit belongs, the nearest last, as a matcher takes it."""
    told = [*line.row.context, str(line.row.values.get("district") or "")]
    return [name for place in told if place for name in _spelt(place)]


def _spelt(place: str) -> list[str]:
    return [*(f"{kind} {place}" for kind in ABOVE), place]


def find_topics(line: Line, topics: Sequence[Topic]) -> tuple[Topic, ...]:
    """The topics that the cell names, by title or code."""
    by_name = {fold(name): topic for topic in topics for name in (topic.title, topic.code)}
    told = line.row.values.get("topics") or []
    unknown = [name for name in told if fold(name) not in by_name]
    if unknown:
        shown = "; ".join(topic.title for topic in topics)
        line.blame("topics", f"Không có nội dung «{unknown[0][:80]}». Hãy ghi trong các nội dung: {shown}.",
                   f"There is no topic “{unknown[0][:80]}”. Write some of: {shown}.")  # fmt: skip
    found = {by_name[fold(name)].pk: by_name[fold(name)] for name in told if fold(name) in by_name}
    return tuple(found[key] for key in sorted(found))
