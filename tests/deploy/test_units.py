"""deploy/systemd: systemd itself finds no fault, measures little exposure, and every word that a unit says exists."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

from kycuong.site.opening import NotOpened
from kycuong.site.settings import VARIABLES

ROOT = Path(__file__).parents[2]
UNITS = ROOT / "deploy" / "systemd"
CODE = "/opt/kycuong"
"""Where the guide puts the sources."""
MOST = 2.0
"""Of the ten that systemd gives a service without any wall."""
SERVICES = sorted(path.name for path in UNITS.glob("*.service"))


@pytest.fixture(scope="module")
def units(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The units, as if these sources lay where the guide puts them."""
    place = tmp_path_factory.mktemp("units")
    shutil.copytree(UNITS, place, dirs_exist_ok=True)
    for path in place.glob("*.service"):
        path.write_text(path.read_text().replace(CODE, str(ROOT)))
    return place


def analyzed(units: Path, *words: str) -> str:
    surroundings = {**os.environ, "SYSTEMD_UNIT_PATH": f"{units}:", "SYSTEMD_COLORS": "0", "SYSTEMD_PAGER": ""}
    called = ["systemd-analyze", *words]
    done = subprocess.run(called, capture_output=True, text=True, check=False, env=surroundings)
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stderr + done.stdout


def read(name: str) -> ConfigParser:
    parser = ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(UNITS / name, encoding="utf-8")
    return parser


def test_systemd_finds_no_fault(units: Path) -> None:
    names = [str(path) for path in sorted(units.iterdir()) if path.suffix in {".service", ".timer", ".target"}]
    assert len(names) == 6
    told = analyzed(units, "verify", "--man=no", *names)
    assert [line for line in told.splitlines() if "kycuong" in line] == []


@pytest.mark.parametrize("name", SERVICES)
def test_what_breaks_in_reaches_little(units: Path, name: str) -> None:
    told = analyzed(units, "security", "--offline=true", str(units / name))
    exposure = re.search(r"exposure level for \S+ ([\d.]+)", told)
    assert exposure
    assert float(exposure[1]) < MOST


@pytest.mark.parametrize("name", SERVICES)
def test_every_command_and_flag_exists(name: str) -> None:
    python, manage, command, *words = shlex.split(read(name)["Service"]["ExecStart"])
    assert (python, manage) == (f"{CODE}/.venv/bin/python", f"{CODE}/manage.py")
    app = get_commands()[command]
    assert str(app).startswith("kycuong.")
    load_command_class(str(app), command).create_parser("./run", command).parse_args(words)


def test_all_of_it_starts_and_stops_together() -> None:
    wanted = set(read("kycuong.target")["Unit"]["Wants"].split())
    timed = {path.with_suffix(".service").name for path in UNITS.glob("*.timer")}
    assert wanted == {*SERVICES} - timed | {path.name for path in UNITS.glob("*.timer")}
    for path in [*UNITS.glob("*.service"), *UNITS.glob("*.timer")]:
        assert read(path.name)["Unit"]["PartOf"] == "kycuong.target", path.name


def test_nothing_runs_by_itself_where_the_pages_refuse_to_open() -> None:
    unit = read("kycuong-tick.service")["Unit"]
    assert unit["Requisite"] == unit["After"] == "kycuong-web.service"
    assert int(read("kycuong-web.service")["Service"]["RestartPreventExitStatus"]) == NotOpened.exit_code


def test_the_timer_begins_no_folder_of_backups() -> None:
    """An empty folder is a disk that is not mounted."""
    assert shlex.split(read("kycuong-backup.service")["Service"]["ExecStart"])[2:] == ["backup", "make", "--not-first"]


def settings_of_the_example() -> dict[str, str]:
    lines = (UNITS / "kycuong.env").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_the_settings_exist_and_agree_with_the_units() -> None:
    given, common = settings_of_the_example(), read("kycuong-.service.d/common.conf")["Service"]
    assert given.keys() <= VARIABLES.keys()
    assert given["KYCUONG_HOME"] == f"/var/lib/{common['StateDirectory']}" == common["WorkingDirectory"]
    assert common["ReadWritePaths"] == f"-{given['KYCUONG_BACKUP_FOLDER']}"
    assert given["KYCUONG_TICK_MINUTES"] == "0", "the timer does it"
    assert 24 < int(given["KYCUONG_BACKUP_HOURS"]) < 30, "the timer does it; the tick only where that failed"


def test_the_command_line_of_an_installation_reads_the_same_settings(tmp_path: Path) -> None:
    """deploy/systemd/kycuong: as the account of the system, with the settings of the units; root becomes that account."""
    (tmp_path / "settings").write_text("KYCUONG_HOSTS=a.example\nKYCUONG_SMTP='smtp://x y$z'\n")
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\nprintf "%s|" "$KYCUONG_HOSTS" "$KYCUONG_SMTP" "$(umask)" "$@"\n')
    door = (UNITS / "kycuong").read_text().replace(f"code={CODE}\n", f"code={tmp_path}\n")
    (tmp_path / "kycuong").write_text(
        door.replace("settings=/etc/kycuong/kycuong.env", f"settings={tmp_path}/settings")
    )
    (tmp_path / "id").write_text('#!/bin/sh\n[ "$1" = -u ] && echo "$WHO" && exit\n[ "$WHO" = 990 ] && echo kycuong\n')
    (tmp_path / "runuser").write_text('#!/bin/sh\nshift 3\nWHO=990 exec "$@"\n')
    for name in ("kycuong", "id", "runuser", ".venv/bin/python"):
        (tmp_path / name).chmod(0o755)

    def asked(who: str, *words: str) -> subprocess.CompletedProcess[str]:
        surroundings = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "WHO": who}
        return subprocess.run(
            [tmp_path / "kycuong", *words], capture_output=True, text=True, check=False, env=surroundings
        )

    told = f"a.example|smtp://x y$z|0077|{tmp_path}/manage.py|"
    assert asked("990", "check", "a b").stdout == f"{told}check|a b|"
    assert asked("0", "check").stdout == f"{told}check|"
    assert asked("990").stdout == f"{told}help|"
    stranger = asked("1000", "check")
    assert (stranger.returncode, stranger.stdout) == (1, "")
    assert "sudo kycuong" in stranger.stderr
