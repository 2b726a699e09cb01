"""Two who write at once, the second one ending first: what both touch together is counted anew (PostgreSQL; SQLite has one writer)."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from kycuong.inspections.models import Inspection, Visit
from tests.audit.watch import looking_away

from .test_cells import differences
from .test_cells_at_once import ASKED, committed, read

__all__ = ["committed"]
pytestmark = pytest.mark.usefixtures("committed")
LONG = 60


class Other:
    """Somebody on a connection of their own, who writes and then waits before committing."""

    def __init__(self, write: Callable[[], object], *, isolation: str = "READ COMMITTED") -> None:
        self.write, self.isolation = write, isolation
        self.wrote, self.go = Event(), Event()
        self.thread = Thread(target=self.work)
        self.thread.start()

    def work(self) -> None:
        try:
            with looking_away(), transaction.atomic():
                with connection.cursor() as cursor:
                    if connection.vendor == "postgresql":
                        cursor.execute(f"SET TRANSACTION ISOLATION LEVEL {self.isolation}")
                    cursor.execute("SELECT 1 FROM inspections_visit")  # whoever has one snapshot has it from here on
                self.write()
                self.wrote.set()
                self.go.wait(LONG)
        finally:
            self.wrote.set()
            connection.close()


def side_by_side(first: Other, second: Callable[[], object]) -> None:
    """The first has written; the second writes, and ends if it may while the first is open; readers keep; then the first ends."""
    assert first.wrote.wait(LONG)
    other = Other(second)
    other.go.set()
    other.thread.join(2)  # where it waits for the first, it ends after it
    for question in ASKED:
        read(question)
    first.go.set()
    first.thread.join(LONG)
    other.thread.join(LONG)


def counted() -> Visit:
    visits = Visit.objects.filter(state="signed", visited_on__gte="2018-01-01", visited_on__lte="2020-06-01")
    return visits.exclude(inspection__form="self_check").order_by("pk")[0]


def lead_elsewhere(visit: Visit) -> int:
    """Another lead than the visit's."""
    leads = Inspection.objects.order_by("pk").values_list("lead_id", flat=True)
    return next(lead for lead in leads if lead != visit.inspection.lead_id)


@pytest.mark.parametrize("isolation", ["READ COMMITTED", "REPEATABLE READ"])
def test_one_takes_the_signature_back_while_the_other_changes_the_lead(isolation: str) -> None:
    if connection.vendor == "sqlite":
        return  # whoever writes second waits until the first has ended
    visit = counted()
    new = lead_elsewhere(visit)
    for question in ASKED:
        read(question)
    first = Other(lambda: Visit.objects.filter(pk=visit.pk).update(state="draft", signed_at=None), isolation=isolation)
    side_by_side(first, lambda: Inspection.objects.filter(pk=visit.inspection_id).update(lead_id=new))
    assert Inspection.objects.get(pk=visit.inspection_id).lead_id == new
    assert Visit.objects.get(pk=visit.pk).state == "draft"
    assert not differences(ASKED)


def test_whoever_looks_in_one_snapshot_notes_everything() -> None:
    """It goes on reading the lead of before, though the other has ended."""
    if connection.vendor == "sqlite":
        return
    visit = counted()
    new = lead_elsewhere(visit)
    for question in ASKED:
        read(question)
    begun, go = Event(), Event()

    def late() -> None:
        begun.set()
        go.wait(LONG)
        Visit.objects.filter(pk=visit.pk).update(state="draft", signed_at=None)

    first = Other(late, isolation="REPEATABLE READ")
    assert begun.wait(LONG)
    with looking_away():
        Inspection.objects.filter(pk=visit.inspection_id).update(lead_id=new)
    for question in ASKED:
        read(question)
    first.go.set()
    go.set()
    first.thread.join(LONG)
    assert Visit.objects.get(pk=visit.pk).state == "draft"
    assert not differences(ASKED)
