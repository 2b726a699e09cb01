"""`./run upgrade`: it tells what would change, wants a fresh backup first, and old code never opens newer tables."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from kycuong.audit.models import AuditEntry
from kycuong.core.clock import now
from kycuong.core.problems import RuleBroken
from kycuong.site.management.commands import upgrade
from kycuong.site.prepare import migrate
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
    monkeypatch.setattr(upgrade, "is_new", lambda: False)


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
    assert run("--check").stdout == ""
