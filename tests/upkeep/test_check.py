"""`./run check`, its page and its API: each line that is not good says what to do, and a fault that is made is found."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client

from kycuong.backups.store import Remembered, remember
from kycuong.core.clock import now
from kycuong.notices.models import TickRun
from kycuong.upkeep import queries
from kycuong.upkeep.queries import CHECKS, SLOW, findings, keeping, machine, reach, running
from kycuong.upkeep.rules import Finding, State
from tests.desk import Desk

SignIn = Callable[[Any], Client]


@pytest.fixture
def home(settings: Any, tmp_path: Path) -> Path:
    tmp_path.chmod(0o700)
    settings.HOME = tmp_path
    return tmp_path


def states(found: Any) -> list[State]:
    return [one.state for one in found]


def told(kind: str, hours: float, fault: str = "") -> None:
    remember(
        Remembered(
            kind,
            "kycuong-x.age",
            (now() - timedelta(hours=hours)).isoformat(),
            3.0,
            folder=str(Path(settings.BACKUP_FOLDER or ".").resolve()),
            fault=fault,
        )
    )


def test_every_line_that_is_not_good_says_what_to_do(desk: Desk) -> None:
    found = findings(slow=True)
    assert {one.code for one in found} == {code for code, _look in CHECKS}
    for one in found:
        assert one.vi, one
        assert one.en, one
        assert bool(one.cure_vi and one.cure_en) is (one.state is not State.GOOD), one


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"DEBUG": True}, "KYCUONG_DEBUG"),
        ({"ALLOWED_HOSTS": ["*"]}, "KYCUONG_HOSTS"),
        ({"ADDRESS": "0.0.0.0"}, "không có HTTPS"),
        ({"ALLOWED_HOSTS": ["kycuong.langson.example"]}, "không có HTTPS"),
    ],
)
def test_an_address_that_gives_something_away_is_a_fault(settings: Any, given: dict[str, Any], wanted: str) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1"]  # the tests' own client comes under another name
    assert states(reach.address()) == [State.GOOD]
    for name, value in given.items():
        setattr(settings, name, value)
    found = list(reach.address())
    assert State.FAULT in states(found)
    assert any(wanted in one.vi for one in found)


def test_accounts_of_the_demonstration_are_a_fault_where_others_reach_them(desk: Desk, settings: Any) -> None:
    head = desk.people["team_head"]
    head.username = "lanhdao"
    head.set_password("xem-thu-Lang-Son")
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    from tests.audit.watch import looking_away  # noqa: PLC0415 - this row is no act

    with looking_away():
        head.save(update_fields=["username", "password"])
        assert states(reach.demonstration()) == [State.GOOD]
        settings.HTTPS = True
        assert states(reach.demonstration()) == [State.FAULT]
        head.set_password("another one, long")
        head.save(update_fields=["password"])
        assert states(reach.demonstration()) == [State.GOOD]


@pytest.mark.django_db
def test_keys_that_others_can_read_are_a_fault(home: Path) -> None:
    (home / "sealing-keys").write_text("x")
    (home / "sealing-keys").chmod(0o600)
    assert states(machine.keys()) == [State.GOOD]
    (home / "sealing-keys").chmod(0o640)
    assert "sealing-keys" in next(machine.keys()).vi
    (home / "sealing-keys").chmod(0o600)
    home.chmod(0o755)
    assert "KYCUONG_HOME" in next(machine.keys()).vi


def test_a_folder_that_is_no_more_is_a_fault(home: Path, settings: Any) -> None:
    assert states(machine.disk()) != [State.FAULT]
    settings.HOME = home / "gone"
    assert states(machine.disk()) == [State.FAULT]


@pytest.mark.django_db
def test_a_database_that_does_not_wait_for_the_disk_is_a_fault(settings: Any) -> None:
    """As the tests' own: they need nothing after the run."""
    assert machine.database().__next__().state is State.FAULT


@pytest.mark.django_db
@pytest.mark.django_db
def test_what_one_transaction_asks_of_the_disk_is_not_how_the_database_is_set() -> None:
    """The tests' PostgreSQL waits for no disk; the intake asks it to, for itself (field.actions.receiving)."""
    before = [(one.state, one.vi) for one in machine.database()]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL synchronous_commit TO on")
    assert [(one.state, one.vi) for one in machine.database()] == before


def test_a_database_that_cannot_be_reached_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError  # noqa: PLC0415 - raised here only

    def gone(*_args: Any) -> Any:
        raise OperationalError("connection failed: FATAL: no such host")

    with monkeypatch.context() as patched:
        patched.setattr(connection, "ensure_connection", gone)
        found = findings()
    assert [one.vi for one in found if one.code == "connection"] == ["không kết nối được (no such host)"]
    assert not {one.code for one in found} & queries.ASK_DATABASE


@pytest.mark.django_db
def test_a_check_that_breaks_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(queries, "CHECKS", (("clock", broken), ("mail", running.mail)))
    assert [(one.code, one.state) for one in findings()] == [("clock", State.FAULT), ("mail", State.WARNING)]


def test_backups_that_are_not_set_old_or_failed_are_told(home: Path, settings: Any, tmp_path: Path) -> None:
    assert states(keeping.backup()) == [State.FAULT]
    settings.BACKUP_FOLDER, settings.BACKUP_KEY = str(tmp_path / "backups"), "age1…"
    assert "không có bản nào" in next(keeping.backup()).vi
    told("backup", 1)
    assert "không có bản nào" in next(keeping.backup()).vi  # remembered, but not there: another folder, or not mounted
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / "kycuong-x.age").touch()
    assert states(keeping.backup())[0] == State.GOOD
    told("backup", 0.5, fault="ổ đĩa đầy")
    assert next(keeping.backup()).vi == "lần gần nhất hỏng: ổ đĩa đầy"
    for hours in (40, -40):
        told("backup", hours)
        assert states(keeping.backup())[0] == State.FAULT
    assert "cùng ổ đĩa" in [one.vi for one in keeping.backup()][-1]


def test_a_drill_is_wanted_good_and_not_long_ago(home: Path) -> None:
    wanted = []
    for hours, fault in ((None, ""), (1, ""), (40 * 24, ""), (1, "không khớp")):
        if hours is not None:
            told("drill", hours, fault)
        wanted += states(keeping.drill())
    assert wanted == [State.WARNING, State.GOOD, State.WARNING, State.FAULT]


@pytest.mark.django_db
def test_what_runs_by_itself_must_have_run() -> None:
    assert states(running.tick()) == [State.FAULT]
    TickRun.objects.create(ended_at=now() - timedelta(minutes=5))
    assert states(running.tick()) == [State.GOOD]


@pytest.mark.django_db
def test_an_entry_of_the_log_from_the_future_means_a_wrong_clock(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert states(machine.clock()) == [State.GOOD]
    monkeypatch.setattr(machine, "now", lambda: now() - timedelta(hours=2))
    assert states(machine.clock()) == [State.FAULT]


@pytest.mark.django_db
def test_the_command_says_one_line_each_and_fails_on_faults(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = (Finding("a", State.GOOD, "tốt", "good"), Finding("b", State.WARNING, "vàng", "amber", "chữa", "cure"))
    module = "kycuong.upkeep.management.commands.check.findings"
    monkeypatch.setattr(module, lambda **_: list(lines))
    out = StringIO()
    call_command("check", stdout=out, stderr=StringIO())
    assert out.getvalue().splitlines() == ["✓ a: tốt / good", "! b: vàng / amber → chữa / cure"]
    with pytest.raises(SystemExit):
        call_command("check", "--strict", stdout=StringIO(), stderr=StringIO())
    monkeypatch.setattr(module, lambda **_: [*lines, Finding("c", State.FAULT, "hỏng", "bad", "sửa", "mend")])
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("check", "--json", stdout=out, stderr=StringIO())
    assert [one["state"] for one in json.loads(out.getvalue())] == ["good", "warning", "fault"]


def test_the_page_and_the_api_say_the_same_to_whoever_runs_the_system(desk: Desk, as_person: SignIn) -> None:
    someone = as_person(desk.people["system_admin"])
    answer = someone.get("/api/v1/installation").json()
    page = someone.get("/installation/").content.decode()
    assert answer["state"] == "fault"
    assert {one["code"] for one in answer["findings"]} == {code for code, _look in CHECKS if code not in SLOW}
    assert "./run backup key TỆP" in page
    assert as_person(desk.people["team_head"]).get("/installation/").status_code == 403
    assert as_person(desk.people["team_head"]).get("/api/v1/installation").status_code == 403


def test_a_proxy_that_is_not_named_is_told(settings: Any) -> None:
    settings.HTTPS, settings.PROXIES = True, []
    assert states(reach.proxies()) == [State.WARNING]
    settings.PROXIES = ["127.0.0.1/32"]
    assert states(reach.proxies()) == [State.GOOD]


def test_the_history_of_the_sources_does_not_lie_on_a_server(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reach, "CODE", tmp_path)
    settings.HTTPS = True
    assert states(reach.sources()) == [State.GOOD]
    (tmp_path / ".git").mkdir()
    assert states(reach.sources()) == [State.WARNING]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/.git/HEAD",
        "/.git/config",
        "/static/.git/HEAD",
        "/static/../.git/HEAD",
        "/static/%2e%2e/.git/HEAD",
        "/static//.git/HEAD",
    ]
    + ["/.svn/entries", "/.hg/store", "/kycuong/.git/HEAD", "/.env", "/pyproject.toml"],
)
def test_no_address_serves_the_sources(desk: Desk, as_person: SignIn, path: str) -> None:
    for client in (Client(), as_person(desk.people["system_admin"])):
        answer = client.get(path)
        assert answer.status_code in (301, 302, 404), path
        assert answer.get("Location", "/sign-in/").startswith(("/sign-in/", path + "/")), path
