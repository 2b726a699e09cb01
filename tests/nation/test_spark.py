"""A generated nation counted by a Spark cluster of two workers: every figure's own text gives the rows of the database, though a worker dies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from benchmarks.cluster import Cluster, cluster
from kycuong.facts.queries import Engine, opened
from kycuong.reports.figures.items import items
from kycuong.reports.figures.question import LEAD, SUBJECT, Question
from kycuong.reports.figures.runner import counted_by
from kycuong.reports.rules.periods import between
from tests.facts import here

from .test_figures import LAST, PERIODS, scopes

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("nation"),
    pytest.mark.long,
    pytest.mark.look,
    pytest.mark.filterwarnings(
        "ignore::pytest.PytestUnraisableExceptionWarning"
    ),  # py4j leaves sockets to the collector
]


@pytest.fixture(scope="module")
def two(nation: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("cluster")) as made, pytest.MonkeyPatch.context() as patch:
        for name, value in made.environment.items():
            patch.setenv(name, value)
        yield made


@pytest.fixture(scope="module")
def engines(
    two: Cluster, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Engine]]:
    """Spark and DuckDB over one export."""
    place = tmp_path_factory.mktemp("facts")
    with django_db_blocker.unblock():
        here.exported(place)
        with opened(two.address, str(place)) as spark, opened("duckdb", str(place)) as duck:
            yield {"spark": spark, "duckdb": duck}


@pytest.mark.parametrize("view", [SUBJECT, LEAD])
def test_every_text_gives_the_rows_of_the_database(engines: dict[str, Engine], view: str) -> None:
    question = Question(scopes()[0].pk, between(*PERIODS["all years"]), view)
    assert here.differing(question, engines["spark"]) == []


def test_restated_texts_and_items_too(engines: dict[str, Engine]) -> None:
    question = Question(scopes()[1].pk, between(*PERIODS["year of the reform"]), SUBJECT, LAST)
    assert here.differing(question, engines["spark"]) == []
    found = {}
    for name, engine in engines.items():
        with counted_by(engine):
            found[name] = items(question)
    assert found["spark"] == found["duckdb"] != []


def test_a_killed_worker_only_delays(engines: dict[str, Engine], two: Cluster) -> None:
    """The last test: afterwards one worker is left."""
    question = Question(scopes()[0].pk, between(*PERIODS["year of the reform"]), SUBJECT)
    two.kill_worker()
    assert here.differing(question, engines["spark"]) == []
    two.wait(1)
