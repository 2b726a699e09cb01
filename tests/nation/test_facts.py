"""A generated nation counted over its export: the same rows at every level, across the reform of 2025; and its answers, one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from kycuong.catalog.models import Criterion
from kycuong.facts.queries import Engine, opened
from kycuong.inspections.models import Visit
from kycuong.orgs.models import Unit, UnitVersion
from kycuong.reports.figures.items import items
from kycuong.reports.figures.question import LEAD, SUBJECT, Question
from kycuong.reports.figures.runner import counted_by
from kycuong.reports.queries import figures_for
from kycuong.reports.rules.periods import between
from tests.budget import few
from tests.facts import here

from .test_figures import LAST, PERIODS, scopes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nation")]


@pytest.fixture(scope="module")
def export(nation: Any, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    place = tmp_path_factory.mktemp("facts")
    with django_db_blocker.unblock():
        here.exported(place)
        with opened("duckdb", str(place)) as engine:
            yield engine


@pytest.mark.parametrize("period", few(list(PERIODS)))
@pytest.mark.parametrize("view", few([SUBJECT, LEAD]))
def test_every_text_gives_the_same_rows(export: Engine, period: str, view: str) -> None:
    for scope in scopes():
        question = Question(scope.pk, between(*PERIODS[period]), view)
        assert here.differing(question, export) == []
    assert here.told(question) is not None
    restated = Question(scopes()[1].pk, between(*PERIODS[period]), view, LAST)
    assert here.differing(restated, export) == []


def test_what_is_told_beside_the_figures_is_the_same(export: Engine) -> None:
    for view in (SUBJECT, LEAD):
        question = Question(scopes()[0].pk, between(*PERIODS["all years"]), view)
        ours = here.told(question)
        with counted_by(export):
            assert here.told(question) == ours


def test_items_are_a_plain_count_of_all_answers(export: Engine) -> None:
    """Criterion by kind and year, over the nation; and over kinds and years they add up to «Kết quả theo tiêu chí»."""
    top, period = Unit.objects.get(slug="ca-nuoc"), between(*PERIODS["all years"])
    with counted_by(export):
        found = items(Question(top.pk, period))
    assert {
        (one.criterion, one.kind, one.year): (one.passed, one.partial, one.fail, one.not_applicable) for one in found
    } == (counted_plainly(*PERIODS["all years"]))
    assert sum(one.passed + one.partial + one.fail for one in found) > 5_000
    told = figures_for(top, period, names=["answers_by_criterion"])["answers_by_criterion"]
    for code, counts in told.items():
        mine = [one for one in found if one.criterion == code]
        assert sum(one.passed for one in mine) == counts["pass"], code
        assert sum(one.fail for one in mine) == counts["fail"], code


def counted_plainly(first: Any, last: Any) -> dict[tuple[str, str, int], tuple[int, ...]]:
    """The same from documents and lists, visit by visit."""
    kinds: dict[int, list[Any]] = {}
    for unit, kind, since, until in UnitVersion.objects.values_list("unit_id", "kind", "valid_from", "valid_to"):
        kinds.setdefault(unit, []).append((kind, since, until))
    asked = set(Criterion.objects.filter(counted=True).values_list("checklist_id", "code", "in_short_form"))
    counts: Counter[tuple[str, str, int, str]] = Counter()
    visits = Visit.objects.filter(state="signed", visited_on__gte=first, visited_on__lte=last)
    for visit in visits.exclude(inspection__form="self_check"):
        ((kind, *_),) = [one for one in kinds[visit.unit_id] if one[1] <= visit.visited_on < one[2]]
        for code, answer in visit.answers.items():
            key = visit.checklist_id, code
            if (*key, True) in asked or (visit.checklist_form == "full" and (*key, False) in asked):
                counts[code, kind, visit.visited_on.year, answer["outcome"]] += 1
    outcomes = ("pass", "partial", "fail", "not_applicable")
    places = {key[:3] for key in counts}
    return {place: tuple(counts[(*place, outcome)] for outcome in outcomes) for place in places}
