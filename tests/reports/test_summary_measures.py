"""Columns 25–30 of Biểu 1 and Biểu 5 against a naive count: real measures, proposed, decided and declined, about units and people."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from random import Random
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kycuong.followup.models import AccountabilityMeasure, MeasureKind
from kycuong.inspections.models import Conclusion
from kycuong.inspections.models import Visit as StoredVisit
from kycuong.orgs.models import Unit
from kycuong.reports.queries import summary_for
from kycuong.reports.rules.summary import by_agency, registers
from kycuong.reports.rules.summary.content import Summary
from tests.budget import examples

from .happened import PROVINCE, History, Visit
from .history import history_of
from .oracle import Oracle
from .store import stored
from .test_properties import question

HISTORIES = st.builds(history_of, st.integers(0, 2**32 - 1), st.integers(1, 3), st.integers(0, 7), st.integers(4, 12))
KINDS = {
    "reminder": False, "criticism": False, "review": False, "reprimand": True, "warning": True, "salary_reduction": True,
    "removal_from_office": True, "forced_resignation": True,
}  # fmt: skip
"""Code → whether it is discipline, as in the usual catalogue."""
OF_PEOPLE = {"reprimand": 27, "warning": 28, "removal_from_office": 29, "forced_resignation": 30}
OTHER = 31
"""Discipline without a column of its own stands in the remarks."""


class Taken(NamedTuple):
    """A measure in plain values."""

    visit: Visit
    kind: str
    about: str
    state: str
    day: Any


def random_measures(history: History, random: Random) -> list[Taken]:
    signed = [visit for visit in history.visits if visit.state == "signed"]
    states = ("proposed", "declined", *["decided"] * 5)
    return [
        Taken(visit, random.choice(list(KINDS)), random.choice(("collective", "person")), random.choice(states),
              visit.day + timedelta(days=random.choice((0, 1, 40, 200))))
        for visit in (random.choice(signed) for _each in range(40 if signed else 0))
    ]  # fmt: skip


def write(measures: list[Taken]) -> None:
    StoredVisit.objects.update(source="import")
    Conclusion.objects.all().delete()
    for place, (code, disciplinary) in enumerate(KINDS.items(), 1):
        MeasureKind.objects.create(
            id=place, code=code, title=code.title(), for_collective=True, disciplinary=disciplinary, position=place
        )
    AccountabilityMeasure.objects.bulk_create(
        AccountabilityMeasure(
            visit_id=one.visit.id, unit_id=one.visit.unit, authority_id=PROVINCE, kind_id=list(KINDS).index(one.kind) + 1,
            about=one.about, category="official" if one.about == "person" else "", rank="staff" if one.about == "person" else "",
            state=one.state, proposed_on=one.visit.day, decided_on=None if one.state == "proposed" else one.day,
            number="1/QĐ" if one.state == "decided" else "", decline_reason="Không" if one.state == "declined" else "",
        )
        for one in measures
    )  # fmt: skip


def column_of(one: Taken) -> int:
    """25: units; 26: people short of discipline; 27–30: discipline by its kind."""
    if one.about == "collective":
        return 25
    return OF_PEOPLE.get(one.kind, OTHER if KINDS[one.kind] else 26)


@pytest.mark.django_db
@settings(max_examples=examples(40, long=2_000), deadline=None)
@given(HISTORIES, st.integers(0, 2**32 - 1))
def test_measures_of_every_line_are_a_naive_count(history: History, seed: int) -> None:
    random, oracle = Random(seed), Oracle(history)
    asked, period = question(history, seed)
    measures = random_measures(history, random)
    scope = asked.scope

    def stands_below(unit: int, day: Any) -> bool:
        return any(e.child == unit and e.parent == scope and e.start <= day < e.end for e in history.edges)

    lines: dict[str, Counter[int]] = {}
    kinds: Counter[tuple[str, str]] = Counter()
    for one in measures:
        lead, day = oracle.inspection[one.visit.inspection].lead, one.visit.day
        if one.state != "decided" or not period.first <= one.day <= period.last:
            continue
        if not oracle.org.at_or_under(lead, scope, day):
            continue
        kinds[one.kind, one.about] += 1
        places = ["total", *(["alone"] if lead == scope else [])]
        places += [
            f"u{unit}"
            for unit in history.units()
            if stands_below(unit, day) and oracle.org.at_or_under(lead, unit, day)
        ]
        for place in places:
            lines.setdefault(place, Counter())[column_of(one)] += 1
    with stored(history):
        write(measures)
        made = summary_for(Unit.objects.get(pk=scope), period, person=None)
    check(made, lines, kinds)


def check(made: Summary, lines: dict[str, Counter[int]], kinds: Counter[tuple[str, str]]) -> None:
    table = by_agency.schedule(made)
    told = dict(
        zip(
            [line.place.slug if line.stands_for == "authority" else "alone" for line in made.lines],
            table.rows,
            strict=True,
        )
    )
    if table.total:
        told["total"] = table.total
    assert set(lines) <= set(told), "no measure is without its line"
    for name, row in told.items():
        expected = lines.get(name, Counter())
        assert list(row.cells[24:30]) == [expected[number] for number in range(25, 31)], name
        assert (f"{expected[OTHER]} hình thức kỷ luật khác" in str(row.cells[30]).casefold()) == bool(expected[OTHER])
    fifth = registers.measures(made)
    rows = {str(row.cells[1]): row.cells[2:5] for row in fifth.rows}
    assert rows == {
        kind.title(): (
            kinds[kind, "collective"],
            kinds[kind, "person"],
            kinds[kind, "collective"] + kinds[kind, "person"],
        )
        for kind in {kind for kind, _about in kinds}
    }
    units, people = (
        sum(n for (_kind, about), n in kinds.items() if about == whom) for whom in ("collective", "person")
    )
    assert (fifth.total.cells[2:5] if fifth.total else (0, 0, 0)) == (units, people, units + people)
    assert made.total.taken
