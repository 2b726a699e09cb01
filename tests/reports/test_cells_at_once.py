"""Several people write and read figures of the top at once, each on a connection of their own: no cell is ever wrong.

On PostgreSQL a reader also looks at both, cells and plain texts, in one moment while others write.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, timedelta
from random import Random

import pytest
from django.db import DatabaseError, connection, transaction

from kycuong.followup.models import Recommendation
from kycuong.inspections.models import AnswerException, Finding, Inspection, Visit
from kycuong.orgs.history import derive
from kycuong.orgs.models import Closure
from kycuong.reports import store
from kycuong.reports.figures.figure import Reading
from kycuong.reports.figures.question import LEAD, SUBJECT, Question
from kycuong.reports.models import Cell, CellSet
from kycuong.reports.rules.periods import Period
from kycuong.reports.walls import lower, raise_walls, touched
from tests.audit.watch import looking_away

from . import store as writing
from .happened import PROVINCE
from .history import history_of
from .test_cells import TALLIES, differences

WRITERS, READERS, ACTS = 3, 2, 20
ASKED = [Question(PROVINCE, Period(date(2018, 1, 1), date(2020, 6, 30)), view, wide=True) for view in (SUBJECT, LEAD)]


@pytest.fixture
def committed(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A history that is committed, with triggers."""
    monkeypatch.setattr(touched, "BLOCK", 4)
    history = history_of(5, 3, 7, 40)
    with looking_away(), transaction.atomic():
        writing.write_units(history)
        writing.write_catalogue()
        writing.write_inspections(history)
        writing.write_recommendations(history)
        derive.rebuild()
    raise_walls(connection)
    yield
    lower(connection)


def write(random: Random, writes: Sequence[Callable[[Random], None]]) -> None:
    """One act: some rows of some tables, all or nothing; one in four is undone."""
    with suppress(DatabaseError), transaction.atomic():
        for _ in range(random.randint(1, 3)):
            random.choice(writes)(random)
        if random.random() < 0.25:
            transaction.set_rollback(True)


def sign(random: Random) -> None:
    visit = random.choice(visits())
    told = random.choice(({"state": "signed", "signed_at": writing.MOMENT}, {"state": "draft", "signed_at": None}))
    Visit.objects.filter(pk=visit, annulled_at=None).update(**told)


def shift(random: Random) -> None:
    visit = random.choice(visits())
    Visit.objects.filter(pk=visit).update(visited_on=date(2018, 1, 1) + timedelta(random.randint(0, 900)))


def visit_elsewhere(random: Random) -> None:
    """The unit of one visit becomes that of another: both blocks change in one act."""
    first, second = random.sample(visits(), 2)
    Visit.objects.filter(pk=first).update(unit_id=Visit.objects.values_list("unit_id").get(pk=second)[0])


def lead(random: Random) -> None:
    leads = list(Inspection.objects.order_by("pk").values_list("pk", "lead_id"))
    Inspection.objects.filter(pk=random.choice(leads)[0]).update(lead_id=random.choice(leads)[1])


def find(random: Random) -> None:
    visit = Visit.objects.get(pk=random.choice(visits()))
    Finding.objects.create(
        visit=visit, unit_id=visit.unit_id, criterion_code="A1", group_code="A", description="Thử", severity=2
    )


def answer(random: Random) -> None:
    rows = list(AnswerException.objects.order_by("pk").values_list("pk", flat=True))
    AnswerException.objects.filter(pk=random.choice(rows)).update(outcome=random.choice(("fail", "partial")))


def advise(random: Random) -> None:
    rows = list(Recommendation.objects.filter(issued_on__isnull=False).order_by("pk").values_list("pk", flat=True))
    Recommendation.objects.filter(pk=random.choice(rows)).update(issued_on=date(2018, 5, random.randint(1, 28)))


def end(random: Random) -> None:
    """Of somebody's place: what touches everything."""
    rows = list(Closure.objects.filter(ancestor=PROVINCE, depth__gt=0).order_by("pk").values_list("pk", flat=True))
    Closure.objects.filter(pk=random.choice(rows)).update(valid_to=date(2020, 1, random.randint(1, 28)))


def visits() -> list[int]:
    return list(Visit.objects.order_by("pk").values_list("pk", flat=True))


WRITES: list[Callable[[Random], None]] = [sign, sign, shift, visit_elsewhere, lead, find, answer, advise, end]
HEALING = {end}
"""These note everything, which would mend what another note forgot: half of the times nobody does them."""


def writer(seed: int, writes: Sequence[Callable[[Random], None]]) -> None:
    random = Random(seed)
    try:
        with looking_away():
            for _ in range(ACTS):
                write(random, writes)
    finally:
        connection.close()


def reader(done: threading.Event) -> list[str]:
    """Reads, and keeps, until the writers are done."""
    found: list[str] = []
    try:
        while not done.is_set():
            found += one_moment() if connection.vendor == "postgresql" else []
            for question in ASKED:
                read(question)
    finally:
        connection.close()
    return found


def read(question: Question) -> None:
    """As a page does, without comparing: what is compared outside one moment may differ rightly."""
    reading = Reading(question, TALLIES)
    for tally in TALLIES:
        reading[tally]
    store.keep(reading.counted)


def one_moment() -> list[str]:
    """What cells and plain texts give in one snapshot."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        return differences(ASKED)


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize("healed", [True, False])
def test_no_cell_is_wrong_whoever_writes_meanwhile(*, healed: bool) -> None:
    writes = WRITES if healed else [one for one in WRITES if one not in HEALING]
    done = threading.Event()
    with ThreadPoolExecutor(WRITERS + READERS) as pool:
        readers = [pool.submit(reader, done) for _ in range(READERS)]
        writers = [pool.submit(writer, seed, writes) for seed in range(WRITERS)]
        try:
            for one in writers:
                one.result(timeout=300)
        finally:
            done.set()
        assert not [line for one in readers for line in one.result(timeout=300)]
    assert CellSet.objects.count()
    assert Cell.objects.count()
    assert not differences(ASKED)
    assert store.fold() > 0
    assert not differences(ASKED)
