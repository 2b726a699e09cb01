"""What a condition of the database refuses, and what fails while one is asked about: in words to people, by name to the log."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.db import DatabaseError, OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from kycuong.audit.models import AuditHead
from kycuong.core.checks import ensure_clean
from kycuong.core.clock import now
from kycuong.core.faults import at_the_keyboard
from kycuong.core.problems import BadInput
from kycuong.followup.models import NameHold
from kycuong.orgs.models import Person
from kycuong.signin.models import AccessKey
from kycuong.site import urls
from tests.desk import Desk

SECRET = "Hà Giang bí mật"
WRITES: dict[str, Callable[[], Any]] = {
    "twice": lambda: [Person.objects.create(username="trung", full_name=SECRET) for _each in range(2)],
    "condition": lambda: AccessKey.objects.create(person=Person.objects.get(), name="", digest="x", expires_on=now()),
    "wall": lambda: AuditHead(id=2, size=0).save(force_insert=True),
    "nothing": lambda: Person.objects.filter(username="binh").update(full_name=None),
    "unworded": lambda: ensure_clean(AuditHead(id=2, size=0)),
}


def writes(request: HttpRequest, what: str) -> HttpResponse:
    with transaction.atomic():  # as every act
        WRITES[what]()
    return HttpResponse("written")


handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
urlpatterns = [*urls.urlpatterns, path("writes/<what>/", writes), path("api/writes/<what>/", writes)]


@pytest.mark.parametrize(
    ("what", "status", "vi", "en", "named"),
    [
        ("twice", 409, "trùng với một bản đã có", "there already", "username"),
        ("condition", 500, "không khớp nhau", "do not go together", "access_key_has_a_name"),
        ("wall", 500, "không khớp nhau", "do not go together", "head"),
        ("nothing", 500, "không khớp nhau", "do not go together", "orgs_person.full_name"),
        ("unworded", 422, "không khớp nhau", "do not go together", "audit_head_is_one_row"),
    ],
)
@pytest.mark.parametrize("door", ["/", "/api/"])
@pytest.mark.django_db
def test_a_condition_that_refuses_is_told_in_words_and_named_in_the_log(
    door: str, what: str, status: int, vi: str, en: str, named: str, caplog: pytest.LogCaptureFixture
) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(Person.objects.create_user("binh", full_name="Nông Thị Bình"))
    with override_settings(ROOT_URLCONF=__name__), caplog.at_level(logging.ERROR):
        answer = client.get(f"{door}writes/{what}/")
    text = answer.content.decode()
    assert answer.status_code == status
    assert vi in text
    assert en in text
    assert f"quản trị hệ thống mã {answer['X-Request-Id']}" in text
    assert "audit_head" not in text
    assert "constraint" not in text.lower()
    told = "\n".join(record.getMessage() for record in caplog.records)
    assert named in told
    assert SECRET not in told + text


@pytest.mark.django_db
def test_at_the_keyboard_there_is_no_number_to_tell() -> None:
    with pytest.raises(BadInput, match=r"báo quản trị hệ thống\.$") as refused:
        ensure_clean(AuditHead(id=2, size=0))
    assert refused.value.en.endswith("tell the administrator.")


def unasked(execute: Any, statement: str, *more: Any) -> Any:
    """The database fails wherever a condition is asked about."""
    if "_check" in statement:
        raise OperationalError("disk I/O error")
    return execute(statement, *more)


def test_what_cannot_be_asked_is_neither_refused_nor_let_through(desk: Desk) -> None:
    """Django would say of the first that there is one already, and of the second that it is in order."""
    hold = NameHold(visit=desk.signed(), reason="Đang có khiếu nại.", held_by=desk.people["leader"])
    ensure_clean(hold)
    before = list(connection.execute_wrappers)
    for row in (hold, AuditHead(id=2, size=0)):
        with connection.execute_wrapper(unasked), pytest.raises(OperationalError):
            ensure_clean(row)
    assert connection.execute_wrappers == before


def fails(*statements: str) -> Exception:
    """What the last of the statements raises."""
    with pytest.raises(DatabaseError) as failed, transaction.atomic():
        said(statements)
    return failed.value


def said(statements: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        for one in statements:
            cursor.execute(one)


@pytest.mark.django_db
def test_tables_that_are_not_there_are_told_at_the_keyboard() -> None:
    problem = at_the_keyboard(fails("SELECT COUNT(*) FROM orgs_nothing"))
    assert problem is not None
    assert "chạy `./run prepare`" in problem.vi
    assert "run `./run prepare`" in problem.en


@pytest.mark.django_db
def test_an_account_of_the_database_without_rights_is_told_so_at_the_keyboard() -> None:
    if connection.vendor == "sqlite":  # it has no accounts
        return
    account = "CREATE ROLE kycuong_without_rights", "SET LOCAL ROLE kycuong_without_rights"
    problem = at_the_keyboard(fails(*account, "SELECT COUNT(*) FROM orgs_unit"))
    assert problem is not None
    assert "không đủ quyền (permission denied for table orgs_unit)" in problem.vi
