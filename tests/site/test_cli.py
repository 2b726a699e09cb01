"""The command line as a person uses it: in a process of its own."""

from __future__ import annotations

import io
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from kycuong.site import cli, sample
from kycuong.site.settings import VARIABLES
from tests.postgres import free_port

pytestmark = pytest.mark.xdist_group("command line")  # one prepared folder for all
ROOT = Path(__file__).parent.parent.parent
Run = subprocess.CompletedProcess[str]


def run(home: Path, *words: str, **more: str) -> Run:
    command = [sys.executable, str(ROOT / "manage.py"), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment(home, **more))


def environment(home: Path, **more: str) -> dict[str, str]:
    """What a shell would hand over: nothing of the tests' own settings."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("KYCUONG_", "DJANGO_"))}
    return {**ours, "KYCUONG_HOME": str(home), "KYCUONG_DEMO": "0", **more}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A prepared, empty system."""
    place = tmp_path_factory.mktemp("home")
    done = run(place, "prepare")
    assert done.returncode == 0, done.stderr
    return place


def test_without_a_name_every_command_has_its_line(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert done.returncode == 0
    for name in ("serve", "prepare", "load", "figures", "docs"):
        assert any(line.startswith(f"./run {name} ") and len(line) > 40 for line in done.stdout.splitlines())


def test_the_demonstration_is_told_nothing_of_the_real_one(monkeypatch: pytest.MonkeyPatch) -> None:
    real = {"KYCUONG_HOME": "/srv/real/", "KYCUONG_WORKERS": "3", "PORT": "8010", "LANG": "C"}
    secret = dict.fromkeys(VARIABLES.keys() - real.keys() - cli.SHARED, "real")
    monkeypatch.setattr(os, "environ", real | secret)
    monkeypatch.setattr(sys, "argv", ["manage.py", "demo"])
    cli.apart()
    told = {"KYCUONG_HOME": "/srv/real-demo", "KYCUONG_DEMO": "1", "KYCUONG_WORKERS": "3", "PORT": "8010", "LANG": "C"}
    assert os.environ == told
    assert sys.argv == ["manage.py", "serve"]


def test_the_demonstration_says_what_it_is(tmp_path: Path) -> None:
    asked, wrong = run(tmp_path, "demo", "--help"), run(tmp_path, "demo", "now")
    assert (asked.returncode, wrong.returncode) == (0, 2)
    assert "tỉnh minh họa" in asked.stderr


def samples(place: Path) -> Path:
    """A folder as `demo` leaves it, beside an installation with something of its own."""
    place.mkdir()
    (place / "real").write_text("real")
    home = place.with_name(f"{place.name}-demo")
    (home / "files" / "ab").mkdir(parents=True)
    (home / "secret-key").write_text("x")
    (home / sample.MARK).touch()
    return home


def test_samples_go_wholly_and_nothing_else_does(tmp_path: Path) -> None:
    home = samples(tmp_path / "home")
    done = run(tmp_path / "home", "demo", "remove", "--yes")
    assert (done.returncode, done.stdout) == (0, "")
    assert [path.name for path in tmp_path.iterdir()] == ["home"]
    assert (tmp_path / "home" / "real").read_text() == "real"
    again = run(tmp_path / "home", "demo", "remove")
    assert (again.returncode, "Không có dữ liệu mẫu" in again.stderr) == (0, True)
    assert not home.exists()


def test_samples_go_only_when_somebody_types_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = samples(tmp_path / "home")
    monkeypatch.setenv("KYCUONG_HOME", str(tmp_path / "home"))
    for typed, code in (("", 2), ("không\n", 2), ("Xóa\n", 0)):
        assert home.exists()
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        assert cli.removed(asking=True) == code
    assert not home.exists()


@pytest.mark.parametrize("what", ["unmarked", "link", "served"])
def test_what_is_no_sample_or_is_served_stays(tmp_path: Path, what: str) -> None:
    home = samples(tmp_path / "home")
    match what:
        case "unmarked":
            (home / sample.MARK).unlink()
        case "link":
            home.rename(tmp_path / "aside")
            home.symlink_to(tmp_path / "aside")
        case _:
            sample.hold(home)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(sample.Kept, match="đang được phục vụ" if what == "served" else "không bị đụng đến"):
        sample.remove(home)
    assert sorted(tmp_path.rglob("*")) == before
    while sample._HELD:
        os.close(sample._HELD.pop())


def test_samples_begin_in_an_empty_folder_or_their_own(tmp_path: Path) -> None:
    home = tmp_path / "x-demo"
    for _start in ("new", "begun"):
        sample.hold(home)
        assert sample.is_marked(home)
        os.close(sample._HELD.pop())
    (home / sample.MARK).unlink()
    (home / "thesis.odt").touch()
    with pytest.raises(sample.Kept, match="không do lệnh demo lập"):
        sample.hold(home)
    assert [path.name for path in home.iterdir()] == ["thesis.odt"]


def test_what_a_removal_that_broke_off_left_goes_too(tmp_path: Path) -> None:
    home = samples(tmp_path / "home")
    (tmp_path / ".home-demo.77.dang-xoa" / "files").mkdir(parents=True)
    (tmp_path / ".other-demo.77.dang-xoa").mkdir()
    assert sample.remove(home)
    assert {path.name for path in tmp_path.iterdir()} == {"home", ".other-demo.77.dang-xoa"}
    (tmp_path / ".home-demo.77.dang-xoa").mkdir()
    assert sample.remove(home), "even where nothing else is left"
    assert not sample.remove(home)


def test_samples_are_served_beside_the_real_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", {"KYCUONG_HOME": "/srv/real"})
    monkeypatch.setattr(sys, "argv", ["manage.py", "demo"])
    cli.apart()
    assert os.environ["PORT"] == cli.PORT_BESIDE != "8000"


@pytest.mark.parametrize(("start", "there"), [("manage.py", True), ("kycuong", False)])
def test_a_wheel_lists_no_command_of_the_sources(monkeypatch: pytest.MonkeyPatch, start: str, there: bool) -> None:
    monkeypatch.setattr(sys, "argv", [f"/somewhere/{start}", "help"])
    assert {"add", "packages", "wheels"} & cli.before_python().keys() == (
        {"add", "packages", "wheels"} if there else set()
    )
    assert "demo" in cli.before_python()


def test_an_unknown_command_is_one_sentence_in_both_languages(tmp_path: Path) -> None:
    done = run(tmp_path, "prepair")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "Không có lệnh “prepair”, có phải là “prepare”" in done.stderr
    assert "There is no command “prepair”, did you mean “prepare”" in done.stderr


@pytest.mark.parametrize(
    ("words", "vi", "en"),
    [
        (["load"], "thiếu demo|national", "required: demo|national"),
        (["load", "demi"], "chỉ nhận", "invalid choice"),
        (["docs", "--chek"], "không biết --chek", "unrecognized arguments"),
    ],
)
def test_a_bad_argument_is_one_sentence_and_exit_code_2(tmp_path: Path, words: list[str], vi: str, en: str) -> None:
    done = run(tmp_path, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert vi in done.stderr
    assert en in done.stderr
    assert f"./run {words[0]} --help" in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("PORT", "tám nghìn", "viết một số từ 1 đến 65535"),
        ("PORT", "70000", "viết một số từ 1 đến 65535"),
        ("KYCUONG_WORKERS", "hai", "viết một số từ 1 trở lên"),
        ("KYCUONG_ADDRESS", "192.0.2.1", "hãy chọn địa chỉ hoặc cổng khác"),
    ],
)
def test_a_setting_that_cannot_work_is_told_before_anything_is_done(
    tmp_path: Path, name: str, value: str, told: str
) -> None:
    done = run(tmp_path, "serve", **{"PORT": str(free_port()), name: value})
    assert done.returncode in {1, 2}
    assert told in done.stderr
    assert not (tmp_path / "kycuong.sqlite3").exists()


@pytest.mark.parametrize("words", [["units"], ["visits"], ["visits", "-o"]])
def test_a_template_goes_where_it_is_asked(home: Path, tmp_path: Path, words: list[str]) -> None:
    done = run(home, "template", *words, str(tmp_path / "form.xlsx"))
    assert (done.returncode, done.stdout) == (0, "")
    assert (tmp_path / "form.xlsx").read_bytes().startswith(b"PK")


def test_a_template_goes_to_one_place_only(home: Path, tmp_path: Path) -> None:
    done = run(home, "template", "units", str(tmp_path / "one.xlsx"), "-o", str(tmp_path / "two.xlsx"))
    assert (done.returncode, list(tmp_path.iterdir())) == (2, [])
    assert "write one file name" in done.stderr


def test_a_taken_port_is_told_with_another_one(tmp_path: Path) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        done = run(tmp_path, "serve", PORT=str(holder.getsockname()[1]))
    assert done.returncode == 1
    assert "PORT=8010 ./run" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_server_that_is_not_there_is_one_sentence_and_exit_code_2(tmp_path: Path) -> None:
    address = f"postgresql://an:mat-khau@127.0.0.1:{free_port()}/kycuong"
    done = run(tmp_path, "figures", "--scope", "tinh-lang-son", KYCUONG_DATABASE_URL=address)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "Không kết nối được cơ sở dữ liệu (" in done.stderr
    assert "Cannot reach the database (" in done.stderr
    assert "mat-khau" not in done.stderr


def test_a_home_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = run(tmp_path / "file" / "home", "help")
    assert done.returncode == 2
    assert "hãy đặt KYCUONG_HOME" in done.stderr
    assert "Traceback" not in done.stderr


def test_preparing_again_does_nothing_again(home: Path) -> None:
    stamp = (home / "static" / ".stamp").stat().st_mtime_ns
    done = run(home, "prepare")
    assert done.returncode == 0
    assert (home / "static" / ".stamp").stat().st_mtime_ns == stamp
    assert "Creating" not in done.stderr
    assert "journal" in done.stderr


@pytest.fixture
def server(home: Path) -> Iterator[tuple[str, float]]:
    """The address of a running server, and the seconds that it took to be ready."""
    port = str(free_port())
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "manage.py"), "serve"],
        stderr=subprocess.PIPE,
        text=True,
        env=environment(home, PORT=port),
    )
    assert process.stderr is not None
    for line in process.stderr:
        if "ready: http" in line:
            break
    yield f"http://127.0.0.1:{port}", time.monotonic() - began
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0, "Ctrl-C ends it cleanly"
    with process.stderr as rest:
        assert "Traceback" not in rest.read()


def test_the_server_is_soon_ready_and_serves_hashed_files(server: tuple[str, float]) -> None:
    url, seconds = server
    assert seconds < 10, "under 3 s on a quiet machine; here others may run"
    with urllib.request.urlopen(f"{url}/readyz") as answer:
        assert answer.status == 200
    with urllib.request.urlopen(f"{url}/sign-in/") as answer:
        html = answer.read().decode()
    start = html.index("/static/ui/tokens.")
    path = html[start : html.index('"', start)]
    with urllib.request.urlopen(url + path) as answer:
        assert "immutable" in answer.headers["Cache-Control"]
        assert len(path.split(".")) == 3, "named after its content"


def test_a_browser_that_opens_connections_and_says_nothing_stops_nobody(server: tuple[str, float]) -> None:
    url, _ = server
    host, port = url.removeprefix("http://").split(":")
    silent = [socket.create_connection((host, int(port))) for _ in range(12)]
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=5) as answer:
            assert answer.status == 200
    finally:
        for connection in silent:
            connection.close()


@pytest.mark.parametrize(
    "words",
    [
        ("export", "facts", "{place}/facts"),
        ("figures", "--scope", "x", "--period", "2024"),
        ("audit", "verify"),
        ("tick",),
    ],
)
def test_before_anything_is_prepared_a_command_says_what_to_run(tmp_path: Path, words: tuple[str, ...]) -> None:
    done = run(tmp_path / "nowhere", *(word.format(place=tmp_path) for word in words))
    assert (done.returncode, done.stdout) == (2, "")
    assert "chạy `./run prepare`" in done.stderr
    assert "run `./run prepare`" in done.stderr
    assert "Traceback" not in done.stderr
