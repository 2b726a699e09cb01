"""What the frame needs to know of units: last visit, open and repeated findings, those of units that they carry on included."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date

from kycuong.draws.rules import REPEAT_MONTHS, Record
from kycuong.inspections.models import Finding, Visit
from kycuong.orgs.models import Lineage

AT_ONCE = 500


def records_of(unit_ids: Collection[int], day: date) -> dict[int, Record]:
    """The record of each unit on the day, from signed minutes only: what is sealed or in draft moves no weight."""
    heirs = _heirs(unit_ids, day)
    visited = _last_visits(heirs, day)
    open_ones, repeated = _findings(heirs, day)
    return {
        pk: Record(
            months=whole_months(visited[pk], day) if pk in visited else None,
            open_findings=open_ones[pk],
            repeated_findings=repeated[pk],
        )
        for pk in unit_ids
    }


def whole_months(start: date, end: date) -> int:
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)


def _heirs(unit_ids: Collection[int], day: date) -> dict[int, set[int]]:
    """Origin → the units of the frame that carry it on."""
    heirs: dict[int, set[int]] = {pk: {pk} for pk in unit_ids}
    for part in _parts(unit_ids):
        rows = Lineage.objects.filter(heir_id__in=part, valid_from__lte=day, valid_to__gt=day)
        for origin, heir in rows.values_list("origin_id", "heir_id"):
            heirs.setdefault(origin, set()).add(heir)
    return heirs


def _last_visits(heirs: dict[int, set[int]], day: date) -> dict[int, date]:
    last: dict[int, date] = {}
    for part in _parts(heirs):
        rows = Visit.objects.counting().filter(unit_id__in=part, visited_on__lte=day)
        for unit, visited_on in rows.values_list("unit_id", "visited_on"):
            for heir in heirs[unit]:
                last[heir] = max(visited_on, last.get(heir, visited_on))
    return last


def _findings(heirs: dict[int, set[int]], day: date) -> tuple[dict[int, int], dict[int, int]]:
    """Open findings that stand, and those that repeat an earlier one about the same criterion within the span of a repeat."""
    open_ones: dict[int, int] = defaultdict(int)
    days: dict[tuple[int, str], list[date]] = defaultdict(list)
    for part in _parts(heirs):
        counting = Visit.objects.counting().filter(visited_on__lte=day)
        rows = Finding.objects.standing().filter(unit_id__in=part, visit__in=counting)
        for unit, code, remedied_on, seen in rows.values_list(
            "unit_id", "criterion_code", "remedied_on", "visit__visited_on"
        ):
            for heir in heirs[unit]:
                open_ones[heir] += remedied_on is None or remedied_on > day
                if code:
                    days[heir, code].append(seen)
    repeated: dict[int, int] = defaultdict(int)
    for (heir, _code), seen_on in days.items():
        repeated[heir] += _repeats(sorted(seen_on))
    return open_ones, repeated


def _repeats(days: list[date]) -> int:
    """Findings on a later day than another, and not more than REPEAT_MONTHS after it."""
    return sum(any(before < seen and whole_months(before, seen) < REPEAT_MONTHS for before in days) for seen in days)


def _parts(keys: Collection[int]) -> Iterator[list[int]]:
    ordered = sorted(keys)
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]
