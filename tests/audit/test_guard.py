"""The fixture that fails a test in which the product wrote without an entry: it sees what it must, and only that."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.client import Client

from kycuong.audit.log import record
from kycuong.audit.reconcile import CHANGED, GONE, UNLOGGED
from kycuong.catalog.models import LegalBasis
from kycuong.orgs.models import Person

from . import watch

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parent.parent.parent

INNER_CONFTEST = "from tests.audit.fixtures import *\n"
INNER_TESTS = """
import pytest
from kycuong.audit.log import record
from kycuong.catalog.models import LegalBasis

def as_product(source):
    exec(compile(source, {product!r}, "exec"), {{"LegalBasis": LegalBasis, "record": record}})

@pytest.mark.django_db
def test_forgetful():
    as_product("LegalBasis.objects.create(number='1', title='x')")

@pytest.mark.django_db
def test_honest():
    as_product("record('basis.add', LegalBasis.objects.create(number='1', title='x'), by=None)")

@pytest.mark.django_db(transaction=True)
def test_forgetful_without_a_transaction():
    as_product("LegalBasis.objects.create(number='1', title='x')")

@pytest.mark.django_db(transaction=True)
def test_honest_afterwards_without_a_transaction(live_server):
    assert not LegalBasis.objects.exists()
"""


@pytest.fixture
def as_product() -> Callable[..., None]:
    """Run a statement as if it stood in an action: its frame bears the name of a file of the product."""

    def run(source: str, **names: Any) -> None:
        names |= {"LegalBasis": LegalBasis, "connection": connection, "record": record}
        exec(compile(source, watch.PRODUCT + "catalog/actions.py", "exec"), names)

    return run


@pytest.fixture(autouse=True)
def forgive(no_unlogged_writes: None) -> Any:
    """These tests write without entries on purpose; the guard need not fail them for it."""
    yield
    watch.clear()


def kinds() -> list[str]:
    return [found.kind for found in watch.unlogged()]


@pytest.mark.parametrize(
    "source",
    [
        "LegalBasis.objects.create(number='1', title='x')",
        "LegalBasis.objects.bulk_create([LegalBasis(number='1', title='x')])",
        'cursor = connection.cursor(); cursor.execute("INSERT INTO catalog_legalbasis (uid, number, title, valid_from, '
        "valid_to, revision) VALUES ('0190a5d0ac96774bbcceb302099a8057', '1', 'x', '1900-01-01', '9999-12-31', 1)\")",
    ],
)
def test_new_row_without_an_entry_is_seen(as_product: Callable[..., None], source: str) -> None:
    as_product(source)
    assert kinds() == [UNLOGGED]


def test_change_without_an_entry_is_seen(as_product: Callable[..., None], basis: LegalBasis) -> None:
    record("basis.add", basis, by=None)
    as_product("LegalBasis.objects.update(title='khác')")
    assert kinds() == [CHANGED]
    as_product("record('basis.edit', basis, by=None)", basis=basis)
    assert kinds() == []


def test_deletion_without_an_entry_is_seen(as_product: Callable[..., None], basis: LegalBasis) -> None:
    record("basis.add", basis, by=None)
    as_product("basis.delete()", basis=basis)
    assert kinds() == [GONE]


def test_deletion_with_an_entry_is_in_order(as_product: Callable[..., None], basis: LegalBasis) -> None:
    as_product("record('basis.delete', basis, by=None, op='delete'); basis.delete()", basis=basis)
    assert kinds() == []


def test_row_that_comes_and_goes_without_an_entry_is_seen(as_product: Callable[..., None]) -> None:
    as_product("LegalBasis.objects.create(number='1', title='x').delete()")
    assert kinds() == [UNLOGGED]


def test_what_a_test_arranges_needs_no_entry(basis: LegalBasis, person: Person) -> None:
    LegalBasis.objects.update(title="sắp đặt")
    person.delete()
    assert kinds() == []


def test_arranging_ends_the_account_of_the_product(as_product: Callable[..., None], basis: LegalBasis) -> None:
    as_product("basis.title = 'khác'; basis.save(); record('basis.edit', basis, by=None)", basis=basis)
    LegalBasis.objects.update(title="sắp đặt lại")
    assert kinds() == []


def test_columns_left_out_do_not_count(as_product: Callable[..., None], person: Person) -> None:
    as_product("person.set_password('x'); person.save(update_fields=['password'])", person=person)
    Client().force_login(person)
    assert kinds() == []


def test_undone_write_does_not_count(as_product: Callable[..., None]) -> None:
    with transaction.atomic():
        as_product("LegalBasis.objects.create(number='1', title='x')")
        transaction.set_rollback(True)
    assert kinds() == []


@pytest.mark.django_db(transaction=True)
def test_write_of_another_thread_is_seen(as_product: Callable[..., None]) -> None:
    """As in a live server: a thread with a connection of its own."""

    def work() -> None:
        try:
            as_product("LegalBasis.objects.create(number='1', title='x')")
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert kinds() == [UNLOGGED]


def test_guard_fails_the_forgetful_and_passes_the_honest(tmp_path: Path) -> None:
    """The real fixture in a real run; with and without a transaction around the test."""
    (tmp_path / "conftest.py").write_text(INNER_CONFTEST)
    product = watch.PRODUCT + "catalog/actions.py"
    (tmp_path / "test_inner.py").write_text(textwrap.dedent(INNER_TESTS.format(product=product)))
    command = [sys.executable, "-m", "pytest", str(tmp_path), "-c", str(ROOT / "pyproject.toml"), "--rootdir", str(ROOT),
               "--confcutdir", str(tmp_path), "-p", "no:cacheprovider", "--nomigrations"]  # fmt: skip
    environment = {
        **os.environ,
        "KYCUONG_DATABASE_URL": f"sqlite:///{tmp_path}/x.sqlite3",
        "KYCUONG_HOME": str(tmp_path),
    }
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert "4 passed, 2 errors" in done.stdout, done.stdout + done.stderr
    failed = {line.split("::")[1].split()[0] for line in done.stdout.splitlines() if line.startswith("ERROR")}
    assert failed == {"test_forgetful", "test_forgetful_without_a_transaction"}
    assert "written without an entry in the audit log:" in done.stdout
