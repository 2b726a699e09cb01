"""The log knows generated rows by their numbers: it says so, misses none that is gone, and compares whatever an act changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from kycuong.audit.bulk import loaded_rows
from kycuong.audit.documents import write_ledger
from kycuong.audit.log import record
from kycuong.audit.models import AuditEntry, BulkLoad
from kycuong.audit.reconcile import differences
from kycuong.audit.verification import verify_log
from kycuong.inspections.actions import annul_visit
from kycuong.inspections.models import AnswerException, Finding, Visit
from kycuong.orgs.models import Person
from kycuong.upkeep.queries.reach import demonstration
from kycuong.upkeep.rules import State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nation")]


def arranged(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_the_log_is_sound_and_the_tables_agree() -> None:
    assert list(verify_log()) == []
    assert differences() == []


def test_every_piece_is_one_entry() -> None:
    entries = AuditEntry.objects.filter(model="audit.BulkLoad").count()
    assert entries == BulkLoad.objects.count() == 2 + 3 + 3 * 7
    assert not AuditEntry.objects.filter(model="inspections.Visit").exists()
    assert loaded_rows(using="default") > 200 * 5


def test_rows_known_by_their_numbers_are_counted_apart() -> None:
    loaded, passed = loaded_rows(using="default"), list[int]()
    assert differences(uncompared=passed.append) == []
    assert sum(passed) == loaded
    visit = Visit.objects.filter(state="signed").latest("pk")
    annul_visit(visit, by=Person.objects.get(username="tonghop"), reason="Ghi nhầm ngày.")
    passed.clear()
    differences(uncompared=passed.append)
    assert sum(passed) < loaded


def test_a_row_that_goes_is_missed() -> None:
    gone = AnswerException.objects.latest("pk")
    arranged("DELETE FROM inspections_answerexception WHERE id = %s", gone.pk)
    (found,) = differences()
    assert (found.model, found.kind) == ("inspections.AnswerException", "missing_in_table")


def test_rows_that_acts_touched_elsewhere_hide_none_that_goes() -> None:
    """An entry about a row outside the numbers is no deletion inside them, whatever it is called by."""
    head = Person.objects.get(username="tonghop")
    for visit in Visit.objects.filter(state="signed").order_by("-pk")[:3]:
        annul_visit(visit, by=head, reason="Ghi nhầm ngày.")
    gone = Finding.objects.filter(recommendations__isnull=True).earliest("pk")
    arranged("DELETE FROM inspections_finding WHERE id = %s", gone.pk)
    annulled = Visit.objects.filter(state="annulled").latest("pk")
    copy = Finding(visit=annulled, unit=annulled.unit, criterion_code="A1", group_code="A", severity=1, description="x")
    copy.save()
    record("finding.add", copy, by=head)
    assert [(found.model, found.kind) for found in differences()] == [("inspections.Finding", "missing_in_table")]


def test_what_the_table_of_loads_says_alone_exempts_nothing() -> None:
    forged = Finding.objects.latest("pk")
    forged.pk, forged.uid = forged.pk + 5, "019b0000-0000-7000-8000-000000000001"
    Finding.objects.bulk_create([forged])
    BulkLoad.objects.create(piece="rộng", rows={"inspections.Finding": [1, forged.pk]})
    found = {(one.model, one.kind) for one in differences()}
    assert found == {("inspections.Finding", "missing_in_log"), ("audit.BulkLoad", "missing_in_log")}


@pytest.mark.parametrize("rows", [{"inspections.Visit": ["a"]}, {"inspections.Visit": 7}, [1]])
def test_what_cannot_be_read_is_told_and_stops_nothing(rows: Any) -> None:
    BulkLoad.objects.create(piece="hỏng", rows=rows)
    assert {one.model for one in differences()} == {"audit.BulkLoad"}


def test_a_row_outside_the_numbers_is_told() -> None:
    one = Finding.objects.latest("pk")
    one.pk, one.uid = one.pk + 1, "019b0000-0000-7000-8000-000000000000"
    Finding.objects.bulk_create([one])
    assert [found.kind for found in differences()] == ["missing_in_log"]


def test_what_an_act_changed_is_compared_again() -> None:
    visit = Visit.objects.filter(state="signed").latest("pk")
    head = Person.objects.get(username="tonghop")
    annul_visit(visit, by=head, reason="Ghi nhầm ngày.")
    assert differences() == []
    arranged("UPDATE inspections_visit SET annul_reason = 'khác' WHERE id = %s", visit.pk)
    assert [found.columns for found in differences()] == [("annul_reason",)]


def test_numbers_in_a_piece_cannot_be_widened() -> None:
    load = BulkLoad.objects.exclude(rows={}).latest("pk")
    load.rows["inspections.Visit"][1] += 1000
    BulkLoad.objects.filter(pk=load.pk).update(rows=load.rows)
    assert {found.model for found in differences()} >= {"audit.BulkLoad"}


def test_the_check_of_the_installation_says_that_these_are_no_real_figures() -> None:
    told = next(iter(demonstration()))
    assert told.state is State.FAULT
    assert "tạo sinh" in told.vi


def test_an_export_leaves_out_what_the_log_cannot_prove(tmp_path: Any) -> None:
    count: Callable[[int], None] = lambda rows: None  # noqa: E731
    write_ledger(tmp_path, bodies=True, progress=count)
    rows = (tmp_path / "rows.jsonl").read_text(encoding="utf-8")
    assert '"inspections.Visit"' not in rows
    assert '"orgs.Unit"' in rows
