"""`./run upgrade`: it tells what would change, wants a fresh backup first, and old code never opens newer tables."""

from __future__ import annotations

import fcntl
import json
import os
import socket
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from django.apps import apps
from django.core.management import call_command, get_commands, load_command_class
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from kycuong.audit.models import AuditEntry
from kycuong.core.clock import now
from kycuong.core.problems import RuleBroken
from kycuong.followup.actions import install_standard_wordings
from kycuong.orgs.authority import at_the_machine
from kycuong.site import backed_up as backed_up_module
from kycuong.site import tables as tables_module
from kycuong.site.management.commands import upgrade
from kycuong.site.opening import ensure_may_open
from kycuong.site.prepare import migrate
from kycuong.site.tables import alone, begun
from kycuong.upkeep.queries.machine import tables
from kycuong.upkeep.queries.upgrading import later_steps, pending_steps
from kycuong.upkeep.rules import State

OURS = {app.label for app in apps.get_app_configs() if app.name.startswith("kycuong.")}
ROOT = Path(__file__).parents[2]


def silent(line: str) -> None:
    """Nothing of what is told is looked at."""


@pytest.fixture
def undone(db: None) -> str:
    """A step that has not run, as far as the record of steps knows: one that nothing rests on and that stands for no older ones."""
    loader = MigrationLoader(connection)
    ends = sorted(
        node for node in loader.graph.leaf_nodes() if node[0] in OURS and not loader.disk_migrations[node].replaces
    )
    app, name = next(node for node in ends if not loader.graph.node_map[node].children)
    MigrationRecorder(connection).record_unapplied(app, name)
    return f"{app}.{name}"


@pytest.fixture
def worked(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody has worked here, so there is something to lose."""
    for module in (upgrade, backed_up_module):
        monkeypatch.setattr(module, "is_new", lambda: False)


def backed_up(folder: Path, settings: object, hours: float) -> None:
    """As `./run backup make` leaves it."""
    home = Path(str(settings.HOME))  # type: ignore[attr-defined]
    (folder / "a.tar.age").write_bytes(b"x")
    told = {
        "kind": "good", "archive": "a.tar.age", "at": (now() - timedelta(hours=hours)).isoformat(), "seconds": 1.0,
        "folder": str(folder.resolve()),
    }  # fmt: skip
    (home / "backups.json").write_text(json.dumps({"good": told}))
    settings.BACKUP_FOLDER = str(folder)  # type: ignore[attr-defined]


def test_nothing_to_do_is_said(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("upgrade", "--check")
    assert "không phải làm gì" in capsys.readouterr().err


def test_each_step_is_told_and_a_fresh_backup_is_wanted(
    undone: str, worked: None, tmp_path: Path, settings: object, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.HOME = tmp_path  # type: ignore[attr-defined]
    settings.BACKUP_FOLDER = ""  # type: ignore[attr-defined]
    folder = tmp_path / "kept"
    folder.mkdir()
    with pytest.raises(RuleBroken, match="không thấy bản nào"):
        call_command("upgrade", "--check")
    assert capsys.readouterr().out == f"{undone}\n"
    backed_up(folder, settings, hours=3.2)
    with pytest.raises(RuleBroken, match="3 giờ trước"):
        call_command("upgrade")
    assert pending_steps() == [undone], "nothing was changed"
    backed_up(folder, settings, hours=1)
    call_command("upgrade", "--check")
    (folder / "a.tar.age").unlink()
    with pytest.raises(RuleBroken, match="không thấy bản nào"):
        call_command("upgrade", "--check")
    call_command("upgrade", "--check", "--without-backup")


def test_code_that_is_older_than_its_tables_opens_nothing(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert later_steps() == []
    MigrationRecorder(connection).record_applied("orgs", "9999_later")
    MigrationRecorder(connection).record_applied("somebody_elses", "0001_initial")
    assert later_steps() == ["orgs.9999_later"]
    before = AuditEntry.objects.count()
    with pytest.raises(RuleBroken, match="phiên bản mới hơn chương trình này"):
        migrate(silent)
    assert [(one.state, "orgs.9999_later" in one.vi) for one in tables()] == [(State.FAULT, True)]
    with pytest.raises(SystemExit):
        call_command("upgrade", "--check")
    assert "mã này cũ hơn dữ liệu" in capsys.readouterr().err
    assert AuditEntry.objects.count() == before


def test_while_the_server_runs_nothing_is_upgraded(undone: str, settings: object) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        settings.ADDRESS, settings.PORT = "127.0.0.1", str(busy.getsockname()[1])  # type: ignore[attr-defined]
        with pytest.raises(RuleBroken, match="Máy chủ còn chạy"):
            call_command("upgrade", "--without-backup")
    assert pending_steps() == [undone]


def typed(name: str, *words: str) -> int:
    """How a command ends that a person or a timer calls. Its last word to the database would end this test's own transaction."""
    with patch("django.core.management.base.connections.close_all"), pytest.raises(SystemExit) as ended:
        load_command_class(str(get_commands()[name]), name).run_from_argv(["./run", name, *words])
    return int(str(ended.value.code))


@pytest.mark.parametrize("words", [("tick",), ("backup", "make"), ("account", "lent"), ("import", "units", "a.xlsx")])
def test_no_command_and_no_timer_of_older_code_opens_newer_tables(
    db: None, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    MigrationRecorder(connection).record_applied("orgs", "9999_later")
    assert typed(*words) == 3
    assert "phiên bản mới hơn chương trình này" in capsys.readouterr().err


@pytest.mark.parametrize("told", ["", "1"])
def test_where_a_restoration_broke_off_only_its_own_commands_open(
    db: None, tmp_path: Path, settings: object, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.HOME = tmp_path  # type: ignore[attr-defined]
    (tmp_path / "restore-unfinished").write_text(told)
    assert typed("tick") == typed("prepare") == 3
    assert capsys.readouterr().err.count("Lần phục hồi vào đây chưa xong") == 2
    (tmp_path / "restore-unfinished").write_text(str(os.getppid()))
    ensure_may_open()


def test_which_commands_ask_nothing_first() -> None:
    ours = {name: str(app) for name, app in get_commands().items() if str(app).startswith("kycuong.")}
    free = {name for name, app in ours.items() if not load_command_class(app, name).opens_records}  # type: ignore[attr-defined]
    assert free == {"check", "docs", "prepare", "restore", "serve", "upgrade"}


def test_what_a_kill_left_is_done_by_the_next_run(
    undone: str, tmp_path: Path, settings: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Between the steps and the log of what they changed, and within that log."""
    settings.HOME = tmp_path  # type: ignore[attr-defined]
    app, name = undone.split(".")
    logged: list[str] = []

    def killed(models: object) -> int:
        raise KeyboardInterrupt

    # What the step makes is there already: Django's own command is only asked to remember it.
    monkeypatch.setattr(
        tables_module, "call_command", lambda *a, **k: call_command("migrate", app, name, fake=True, verbosity=0)
    )
    monkeypatch.setattr(tables_module, "log_migrated_rows", killed)
    with pytest.raises(KeyboardInterrupt):
        migrate(silent)
    assert pending_steps() == []
    assert typed("tick") == 3
    assert "dừng giữa chừng" in capsys.readouterr().err
    call_command("upgrade", "--check")
    assert "dừng giữa chừng" in capsys.readouterr().err
    monkeypatch.setattr(
        tables_module, "log_migrated_rows", lambda models: logged.append("all" if models is None else "some")
    )
    migrate(silent)
    migrate(silent)
    assert logged == ["all"], "of a table some rows may be logged and others not"
    assert not begun().exists()
    ensure_may_open()


def test_one_process_upgrades_and_a_second_one_waits(tmp_path: Path, settings: object, db: None) -> None:
    settings.HOME = tmp_path  # type: ignore[attr-defined]
    told: list[str] = []
    with alone(told.append):
        assert told == []
    first = (tmp_path / "upgrade.lock").open("w")
    fcntl.flock(first, fcntl.LOCK_EX)
    threading.Timer(0.5, lambda: (told.append("first is done"), first.close())).start()
    with alone(told.append):
        told.append("second begins")
    assert [line[:11] for line in told] == ["Một tiến tr", "first is do", "second begi"]


def test_from_another_machine_it_waits_as_well(tmp_path: Path, settings: object, transactional_db: None) -> None:
    """PostgreSQL alone is used from several; beside SQLite the file of the lock lies where the database lies."""
    settings.HOME = tmp_path  # type: ignore[attr-defined]
    told: list[str] = []
    first = connection.copy()
    if connection.vendor == "postgresql":
        first.cursor().execute("SELECT pg_advisory_lock(%s)", [tables_module.TURN])
    threading.Timer(0.5, lambda: (told.append("first is done"), first.inc_thread_sharing(), first.close())).start()
    with alone(told.append):
        told.append("second begins")
    expected = ["Một tiến tr", "first is do", "second begi"]
    assert [line[:11] for line in told] == (expected if connection.vendor == "postgresql" else ["second begi"])


def test_a_server_changes_no_tables_of_real_work_without_a_backup(
    undone: str, worked: None, tmp_path: Path, settings: object, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.HOME = tmp_path  # type: ignore[attr-defined]
    settings.BACKUP_FOLDER, settings.ADDRESS, settings.PORT = "", "127.0.0.1", "0"  # type: ignore[attr-defined]
    assert typed("serve") == typed("prepare") == 3
    assert capsys.readouterr().err.count("Hãy chạy ./run upgrade: nó nói phải làm gì trước") == 2
    assert pending_steps() == [undone]
    backed_up(tmp_path, settings, hours=1)
    backed_up_module.ensure_upgrade_may_begin()


def test_what_came_after_the_backup_is_told(
    undone: str, worked: None, tmp_path: Path, settings: object, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.HOME = tmp_path  # type: ignore[attr-defined]
    backed_up(tmp_path, settings, hours=1)
    call_command("upgrade", "--check")
    assert "mục nhật ký ghi sau đó" not in capsys.readouterr().err
    with at_the_machine():
        count = len(install_standard_wordings(by=None))
    call_command("upgrade", "--check")
    assert f"a.tar.age không có {count} mục nhật ký" in capsys.readouterr().err
    backed_up(tmp_path, settings, hours=-0.05)
    call_command("upgrade", "--check")
    assert "mục nhật ký ghi sau đó" not in capsys.readouterr().err


@pytest.mark.look
def test_an_empty_place_is_made_without_any_backup(tmp_path: Path) -> None:
    """In a process of its own: nothing is there that could be lost, so none is asked for."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("KYCUONG_", "DJANGO_"))}
    given = {**ours, "KYCUONG_HOME": str(tmp_path), "KYCUONG_DEMO": "0", "PORT": "0"}

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        called = [sys.executable, str(ROOT / "manage.py"), "upgrade", *words]
        return subprocess.run(called, capture_output=True, text=True, check=False, env=given)

    told = run("--check")
    assert (told.returncode, len(told.stdout.splitlines()) > 40) == (0, True), told.stderr
    done = run()
    assert done.returncode == 0, done.stderr
    assert f"Đã nâng cấp: {len(told.stdout.splitlines())} bước" in done.stderr
    assert run("--check").stdout == ""
    again = run()
    assert (again.returncode, again.stdout) == (0, "")
    assert "không bước bảng nào" in again.stderr
