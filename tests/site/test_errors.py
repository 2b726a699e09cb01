"""What goes wrong is told in words, as a page or as a problem document; nothing is ever a bare 500."""

from __future__ import annotations

import errno
import logging
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from django.views.decorators.http import require_POST

from kycuong.core.faults import as_problem
from kycuong.core.problems import BadInput, NotAllowed, Problem, Stale
from kycuong.orgs.models import Person
from kycuong.site import urls

RAISED: dict[str, Exception] = {}


@require_POST
def pressed(request: HttpRequest) -> HttpResponse:
    return HttpResponse("pressed")


def raises(request: HttpRequest, what: str) -> HttpResponse:
    raise RAISED[what]


handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
TRIALS = [path("trial/<what>/", raises), path("api/trial/<what>/", raises)]
urlpatterns = [*urls.urlpatterns, *TRIALS, path("button/", pressed), path("api/button/", pressed)]


@pytest.fixture
def answer(db: None) -> Iterator[Callable[[Exception, str], HttpResponse]]:
    """What a signed-in person gets where this exception is raised."""
    client = Client(raise_request_exception=False)
    client.force_login(Person.objects.create_user("binh", full_name="Nông Thị Bình"))

    def get(error: Exception, prefix: str = "/") -> HttpResponse:
        RAISED["now"] = error
        return client.get(f"{prefix}trial/now/")  # type: ignore[return-value]

    with override_settings(ROOT_URLCONF=__name__):
        yield get


PROBLEMS: list[tuple[Exception, int, str]] = [
    (BadInput("Ô B4 trống.", en="Cell B4 is empty."), 422, "Ô B4 trống."),
    (NotAllowed("Không được ký.", en="You may not sign."), 403, "Không được ký."),
    (Stale("Đã đổi.", en="It changed."), 409, "Đã đổi."),
    (Http404(), 404, ""),
    (OperationalError("database is locked"), 503, "đang bận"),
    (OperationalError("database or disk is full"), 507, "hết chỗ"),
    (OperationalError("attempt to write a readonly database"), 507, "hết chỗ"),
    (OSError(errno.ENOSPC, "No space left on device"), 507, "hết chỗ"),
    (ZeroDivisionError("secret detail"), 500, "chưa được ghi"),
]


@pytest.mark.parametrize(("error", "status", "words"), PROBLEMS)
def test_a_person_reads_a_page(answer: Callable[..., HttpResponse], error: Exception, status: int, words: str) -> None:
    logging.disable(logging.CRITICAL)
    response = answer(error)
    logging.disable(logging.NOTSET)
    html = response.content.decode()
    assert response.status_code == status
    assert words in html
    assert 'lang="en"' in html, "in English, too"
    assert "secret detail" not in html
    if status >= 500:
        assert response["X-Request-Id"] in html


@pytest.mark.parametrize(("error", "status", "words"), PROBLEMS)
def test_a_program_reads_a_problem(
    answer: Callable[..., HttpResponse], error: Exception, status: int, words: str
) -> None:
    logging.disable(logging.CRITICAL)
    response = answer(error, "/api/")
    logging.disable(logging.NOTSET)
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    told = response.json()  # type: ignore[attr-defined]
    assert set(told) == {"type", "title", "status", "detail", "detail_en", "errors", "request_id"}
    assert words.lower() in told["detail"].lower()
    assert told["detail_en"]
    assert told["request_id"] == response["X-Request-Id"]
    assert "secret detail" not in response.content.decode()


@override_settings(ROOT_URLCONF=__name__)
def test_an_address_that_only_a_button_uses_says_so(client: Client, db: None) -> None:
    client.force_login(Person.objects.create_user("binh", full_name="Nông Thị Bình"))
    opened = client.get("/button/")
    assert (opened.status_code, opened["Allow"]) == (405, "POST")
    assert "bấm nút ở đó" in opened.content.decode()
    assert client.post("/button/").content == b"pressed"
    assert client.get("/api/button/").content == b""


def test_a_busy_database_says_when_to_come_back(answer: Callable[..., HttpResponse]) -> None:
    assert answer(OperationalError("database is locked"))["Retry-After"] == "5"


def test_the_page_for_faults_works_when_templates_do_not(answer: Callable[..., HttpResponse]) -> None:
    logging.disable(logging.CRITICAL)
    broken = [{"BACKEND": "django.template.backends.django.DjangoTemplates"}]
    with override_settings(TEMPLATES=broken):
        response = answer(ZeroDivisionError())
    logging.disable(logging.NOTSET)
    assert response.status_code == 500
    assert "Hệ thống gặp lỗi" in response.content.decode()
    assert "Something went wrong" in response.content.decode()
    assert response["X-Request-Id"] in response.content.decode()


def coded(state: str) -> OperationalError:
    """As Django wraps an error of the PostgreSQL driver."""
    cause = DatabaseError()
    cause.sqlstate = state  # type: ignore[attr-defined]
    error = OperationalError("…")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (coded("53100"), 507),
        (coded("53300"), 503),
        (coded("40001"), 503),
        (coded("57P01"), 503),
        (InterfaceError("connection already closed"), 503),
        (OperationalError("unable to open database file"), 503),
        (OperationalError("no such table: x"), None),
        (OperationalError("syntax error"), None),
        (ValueError("locked"), None),
        (OSError(errno.EPERM, "no"), None),
    ],
)
def test_only_what_a_person_can_wait_for_or_mend_is_a_problem(error: Exception, status: int | None) -> None:
    problem = as_problem(error)
    assert (problem.status if isinstance(problem, Problem) else None) == status


def test_a_really_locked_file_is_told_as_busy(tmp_path: Path) -> None:
    place = str(tmp_path / "x.sqlite3")
    holder, other = sqlite3.connect(place), sqlite3.connect(place, timeout=0)
    holder.execute("CREATE TABLE t (x)")
    holder.commit()
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(sqlite3.OperationalError) as raised:
        other.execute("INSERT INTO t VALUES (1)")
    for each in (holder, other):
        each.close()
    problem = as_problem(OperationalError(*raised.value.args))
    assert problem is not None
    assert problem.status == 503


def test_a_full_sqlite_is_told_as_full(tmp_path: Path) -> None:
    place = sqlite3.connect(tmp_path / "x.sqlite3")
    place.execute("PRAGMA max_page_count = 2")
    with pytest.raises(sqlite3.OperationalError) as raised:
        place.execute("CREATE TABLE t (x)").execute("INSERT INTO t VALUES (zeroblob(100000))")
    place.close()
    problem = as_problem(OperationalError(*raised.value.args))
    assert problem is not None
    assert problem.status == 507


@pytest.mark.django_db
def test_the_health_pages_tell_whether_it_lives_and_is_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ok", "checks": {"database": True, "schema": True, "disk": True}}
    monkeypatch.setattr("kycuong.site.health.ROOM_NEEDED", 1 << 60)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["checks"] == {"database": True, "schema": True, "disk": False}


@pytest.mark.django_db
def test_readiness_tells_a_database_of_another_version(client: Client) -> None:
    MigrationRecorder(connection).record_unapplied("orgs", "0001_tables")
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["checks"] == {"database": True, "schema": False, "disk": True}
    MigrationRecorder(connection).record_applied("orgs", "0001_tables")
    assert client.get("/readyz").status_code == 200
    MigrationRecorder(connection).record_applied("orgs", "9999_later")
    assert client.get("/readyz").status_code == 503


@pytest.mark.django_db
def test_a_database_that_took_the_former_steps_has_nothing_to_do() -> None:
    recorder, disk = MigrationRecorder(connection), MigrationLoader(None).disk_migrations
    for (app, name), step in disk.items():
        if step.replaces:
            recorder.record_unapplied(app, name)
            for former in step.replaces:
                recorder.record_applied(*former)
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []


@pytest.mark.django_db
def test_readiness_tells_a_database_that_takes_no_write(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE django_session RENAME TO elsewhere")
    response = client.get("/readyz")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE elsewhere RENAME TO django_session")
    assert response.status_code == 503
    assert response.json()["checks"]["database"] is False


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["evil.example", "[::1", ""])
def test_a_wrong_host_is_told_so_on_a_page(client: Client, host: str) -> None:
    logging.disable(logging.CRITICAL)
    answer = client.get("/sign-in/", headers={"host": host})
    logging.disable(logging.NOTSET)
    assert answer.status_code == 400
    assert "không đọc được" in answer.content.decode()


@pytest.mark.parametrize(("free", "status"), [(0, 507), (1 << 30, 503)])
def test_a_failed_write_is_told_by_the_room_that_is_left(
    free: int, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite says «disk I/O error» both when its journal finds no room and when the disk is in trouble."""
    monkeypatch.setattr("kycuong.core.faults.shutil.disk_usage", lambda _place: SimpleNamespace(free=free))
    problem = as_problem(OperationalError("disk I/O error"))
    assert problem
    assert problem.status == status


def no_answer(*_given: object) -> None:
    raise OperationalError("connection refused")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/healthz", 200, '"ok"'),
        ("/readyz", 503, '"database": false'),
        ("/metrics", 200, "kycuong_database_up 0.0"),
        ("/sign-in/", 503, "Cơ sở dữ liệu"),
    ],
)
def test_whoever_watches_is_answered_when_the_database_is_dead(address: str, status: int, said: str) -> None:
    """With the settings of an office: whether a second factor is asked for is otherwise looked up in the database first."""
    asked = {"HTTP_AUTHORIZATION": "Bearer " + "t" * 20} if address == "/metrics" else {}
    ways = override_settings(SECOND_FACTOR="", CONFIRM=None, METRICS_TOKEN="t" * 20)
    with ways, connection.execute_wrapper(no_answer):
        answer = Client(raise_request_exception=False).get(address, **asked)
    assert answer.status_code == status
    assert said in answer.content.decode()
