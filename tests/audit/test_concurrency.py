"""Many people act at once: every entry has its number, none is lost, none is doubled."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from kycuong.audit.log import record, record_many
from kycuong.audit.models import AuditEntry, AuditHead
from kycuong.audit.reconcile import differences
from kycuong.audit.verification import verify_log
from kycuong.catalog.models import LegalBasis

THREADS, ACTS = 6, 15


@pytest.mark.django_db(transaction=True)
def test_threads_record_at_once_without_gap_or_loss() -> None:
    together = threading.Barrier(THREADS)

    def work(name: int) -> None:
        together.wait()
        try:
            for number in range(ACTS):
                with transaction.atomic():
                    basis = LegalBasis.objects.create(number=f"{name}-{number}", title="Thử")
                    twin = LegalBasis.objects.create(number=f"{name}-{number}-b", title="Thử")
                    record_many("basis.add", [basis, twin], by=None)
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(work, range(THREADS)))
    assert list(AuditEntry.objects.values_list("seq", flat=True)) == list(range(THREADS * ACTS * 2))
    assert AuditHead.objects.get().size == LegalBasis.objects.count() == THREADS * ACTS * 2
    assert list(verify_log()) == []
    assert differences() == []


@pytest.mark.django_db(transaction=True)
def test_act_that_is_undone_while_others_wait_leaves_no_gap() -> None:
    first_has_the_head, second_may_end = threading.Event(), threading.Event()

    def undone() -> None:
        try:
            with transaction.atomic():
                record("basis.add", LegalBasis.objects.create(number="hoàn tác", title="Thử"), by=None)
                first_has_the_head.set()
                second_may_end.wait(0.2)
                transaction.set_rollback(True)
        finally:
            connection.close()

    def kept() -> None:
        first_has_the_head.wait(10)
        try:
            with transaction.atomic():
                record("basis.add", LegalBasis.objects.create(number="giữ lại", title="Thử"), by=None)
            second_may_end.set()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        for job in [pool.submit(undone), pool.submit(kept)]:
            job.result(timeout=30)
    assert [entry.seq for entry in AuditEntry.objects.all()] == [0]
    assert LegalBasis.objects.get().number == "giữ lại"
    assert list(verify_log()) == []
    assert differences() == []
