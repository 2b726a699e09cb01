"""`./run export facts` and `./run figures --engine`: the same numbers, and above them how fresh they are."""

from __future__ import annotations

import csv
import errno
import json
import os
import shutil
import signal
import socket
import stat
from collections import Counter
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import load_command_class
from django.db.utils import ConnectionHandler

from kycuong.audit.notes import new_log_key
from kycuong.audit.queries import log_keys
from kycuong.core.clock import now
from kycuong.core.problems import RuleBroken
from kycuong.core.version import product_version
from kycuong.facts.queries import opened, spark
from kycuong.facts.rules import MANIFEST
from kycuong.facts.store import Folder, exporting, needed, optional, parts
from kycuong.inspections.models import Inspection, Visit
from kycuong.rounds.queries import version
from tests.desk import YESTERDAY, Desk
from tests.postgres import free_port

from . import here

pytestmark = pytest.mark.django_db
PERIOD = ["--scope", "tinh-thu-nghiem", "--period", str(YESTERDAY.year)]


@pytest.fixture
def run(desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run a command as a shell would: (exit code, standard output, standard error)."""
    monkeypatch.setattr(ConnectionHandler, "close_all", lambda connections: None)
    monkeypatch.setitem(exporting.export_facts.__kwdefaults__, "moment", here.within)

    def run(*words: str) -> tuple[int, str, str]:
        code, room = 0, "kycuong.reports" if words[0] == "figures" else "kycuong.site"
        try:
            load_command_class(room, words[0]).run_from_argv(["./run", *words])
        except SystemExit as stop:
            code = int(stop.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return run


@pytest.fixture
def place(run: Any, desk: Desk, tmp_path: Path) -> str:
    desk.signed()
    code, out, err = run("export", "facts", str(tmp_path))
    assert (code, out) == (0, "")
    assert "Đã xuất" in err
    return str(tmp_path)


def test_figures_over_an_export_are_those_of_the_database(run: Any, place: str) -> None:
    ours, (code, out, err) = (
        run(*("figures", *PERIOD, "--json")),
        run("figures", *PERIOD, "--json", "--engine", "duckdb", place),
    )
    theirs = json.loads(out)
    assert code == 0
    assert theirs.pop("facts")["engine"] == "DuckDB"
    assert theirs == json.loads(ours[1])
    assert theirs["visits"] == 1
    assert "Theo bản xuất lúc" in err
    assert "0 phút trước" in err
    _code, out, _err = run("figures", *PERIOD, "--engine", "duckdb", place)
    assert out == run("figures", *PERIOD)[1]


@pytest.mark.parametrize(
    ("age", "said"), [(timedelta(minutes=59), "59 phút"), (timedelta(hours=5), "5 giờ"), (timedelta(3), "3 ngày")]
)
def test_an_old_export_says_how_old_it_is(run: Any, place: str, age: timedelta, said: str) -> None:
    path = Path(place) / MANIFEST
    told = json.loads(path.read_text())
    path.write_text(json.dumps(told | {"taken_at": (now() - age).isoformat()}))
    Visit.objects.update(state="draft", signed_at=None)
    _code, out, err = run("figures", *PERIOD, "--json", "--engine", "duckdb", place)
    assert f", {said} trước; việc ghi sau đó chưa có ở đây" in err
    assert json.loads(out)["visits"] == 1


def test_an_export_of_the_future_is_told(run: Any, place: str) -> None:
    path = Path(place) / MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text()) | {"taken_at": (now() + timedelta(3)).isoformat()}))
    _code, _out, err = run("figures", *PERIOD, "--json", "--engine", "duckdb", place)
    assert "SAU giờ của máy này" in err
    assert "trước" not in err
    assert "-" not in err.split("Theo bản xuất")[1].split("/ From")[0]


def test_it_is_said_whose_export_it_is_and_what_in_it_never_happened(
    run: Any, place: str, desk: Desk, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    path = Path(place) / MANIFEST
    (key, *_) = log_keys()
    origin = json.loads(path.read_text())["origin"]
    assert origin == {
        "installation": f"{key.name}+{key.key_hash.hex()}",
        "version": product_version(),
        "inspections": 1,
        "invented": 0,
    }
    words = ("figures", *PERIOD, "--json", "--engine", "duckdb", place)
    _code, out, err = run(*words)
    assert "Của hệ thống này" in err
    assert "minh họa" not in err
    assert json.loads(out)["facts"] | origin | {"ours": True} == json.loads(out)["facts"]
    Inspection.objects.update(source="demonstration")
    _code, _out, err = run("export", "facts", place)
    assert "1/1 cuộc kiểm tra là dữ liệu minh họa" in err
    settings.CHECKPOINT_KEY = new_log_key()
    _code, out, err = run(*words)
    assert "bản xuất của hệ thống khác" in err
    assert "1/1 cuộc kiểm tra là dữ liệu minh họa" in err
    assert json.loads(out)["facts"]["ours"] is False


def test_items_as_csv_say_on_each_line_of_which_export_they_are(run: Any, place: str) -> None:
    words = ("figures", *PERIOD, "--items", "--engine", "duckdb", place)
    (_code, plain, _err), (code, out, _err) = run(*words, "--json"), run(*words, "--csv")
    told, lines = json.loads(plain), list(csv.DictReader(out.splitlines()))
    assert code == 0
    assert len(lines) == len(told["items"]) > 1
    assert {(one["criterion"], one["pass"]) for one in lines} == {
        (one["criterion"], str(one["pass"])) for one in told["items"]
    }
    for name in ("taken_at", "engine", "installation", "version", "invented"):
        assert {one[name] for one in lines} == {str(told["facts"][name])}


def test_items_are_what_a_plain_count_of_the_answers_gives(run: Any, place: str) -> None:
    (visit,) = Visit.objects.all()
    code, out, _err = run("figures", *PERIOD, "--items", "--json", "--engine", "duckdb", place)
    told = json.loads(out)["items"]
    assert code == 0
    expected = Counter(
        (criterion, "commune_pc", visit.visited_on.year, answer["outcome"])
        for criterion, answer in visit.answers.items()
    )
    names = ("pass", "partial", "fail", "not_applicable")
    found = {
        (one["criterion"], one["kind"], one["year"], name): one[name] for one in told for name in names if one[name]
    }
    assert found == expected
    _code, out, _err = run("figures", *PERIOD, "--items", "--engine", "duckdb", place)
    lines = out.splitlines()
    assert lines[0].split("  ")[0] == "Tiêu chí"
    assert len(lines) == len(told) + 1
    assert "100,0 % (1/1)" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--items"], "--items cần một bản xuất"),
        (["--engine", "duckdb", "{}", "--par"], "Hãy bỏ --engine"),
        (["--engine", "duckdb", "{}", "--list", "visits"], "Hãy bỏ --engine"),
        (["--engine", "duckdb", "{}", "--csv"], "--csv và --key chỉ dùng cùng --list"),
        (["--engine", "duckdb", "{}/none"], "không có bản xuất"),
        (["--engine", "duckdb", "{}/facts.json"], "facts.json là tệp, không phải thư mục"),
        (["--engine", "excel", "{}"], "Không có máy tính số liệu «excel»"),
        (["--engine", "local[2]", "{}"], "Không có máy tính số liệu «local[2]»"),
        (["--engine", "spark://may", "{}"], "Hãy viết duckdb, hoặc spark://máy:cổng"),
        (["--engine", "spark://a:1;b", "{}"], "Hãy viết duckdb, hoặc spark://máy:cổng"),
        (["--engine", "duckdb"], "--engine cần 2 giá trị"),
    ],
)
def test_what_makes_no_sense_is_said(run: Any, place: str, words: list[str], said: str) -> None:
    code, out, err = run("figures", *PERIOD, *(word.format(place) for word in words))
    assert code in (1, 2)
    assert out == ""
    assert said in err


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("", "Hãy ghi thư mục để bản xuất"),
        ("{}/facts.json", "facts.json là tệp, không phải thư mục"),
        ("{}/none/deep", "tạo (gắn) thư mục chứa nó trước"),
        ("{}/..", "đang chứa thứ khác"),
    ],
)
def test_where_no_export_can_go_is_said(run: Any, place: str, where: str, said: str) -> None:
    before = (Path(place) / MANIFEST).read_text()
    code, out, err = run("export", "facts", where.format(place))
    assert (code, out) == (2, "")
    assert said in err
    assert (Path(place) / MANIFEST).read_text() == before


@pytest.mark.parametrize("closed", [".kycuong-facts.lock", MANIFEST, "all-", "2"])
def test_an_export_of_somebody_else_is_told(run: Any, place: str, monkeypatch: pytest.MonkeyPatch, closed: str) -> None:
    """Folder, manifest or a part that this user of the machine may not read; root may, so what the system says stands in."""

    def shut(inner: Any) -> Any:
        def asked(path: Path, *given: Any, **named: Any) -> Any:
            if path.name.startswith(closed):
                raise PermissionError(errno.EACCES, "Permission denied", str(path))
            return inner(path, *given, **named)

        return asked

    for name in ("stat", "open", "read_bytes"):
        monkeypatch.setattr(Path, name, shut(getattr(Path, name)))
    code, out, err = run("figures", *PERIOD, "--json", "--engine", "duckdb", place)
    if closed == ".kycuong-facts.lock":  # nobody can keep it, but what is there can be read
        assert (code, json.loads(out)["visits"]) == (0, 1)
    else:
        assert (code, out) == (2, "")
        assert "(Permission denied). Chỉ người đã xuất đọc được bản xuất" in err


def test_a_unit_that_the_export_does_not_know(run: Any, place: str) -> None:
    code, _out, err = run("figures", "--scope", "xa-la", "--engine", "duckdb", place)
    assert code == 1
    assert "Bản xuất không có đơn vị «xa-la»" in err
    code, _out, err = run("figures", "--scope", "T01@2025-01-01", "--engine", "duckdb", place)
    assert code == 2
    assert "Bản xuất không có mã đơn vị" in err
    code, _out, err = run("figures", "--scope", f" {PERIOD[1]} ", "--engine", "duckdb", place)
    assert code == 0


def test_a_link_to_itself_is_no_folder(run: Any, place: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    loop = tmp_path_factory.mktemp("links") / "loop"
    loop.symlink_to(loop)
    for words in (["export", "facts", str(loop)], ["figures", *PERIOD, "--engine", "duckdb", str(loop)]):
        code, _out, err = run(*words)
        assert code in (1, 2)
        assert str(loop) in err
        assert "Traceback" not in err


def test_spark_reads_no_folder_whose_name_is_a_pattern(run: Any, place: str) -> None:
    copy = shutil.copytree(place, Path(place).parent / "g[1]")
    code, _out, err = run("figures", *PERIOD, "--engine", "spark://127.0.0.1:1", str(copy))
    assert code == 2
    assert "Spark không đọc được thư mục có dấu [ ]" in err


def test_how_exports_are_kept_is_no_part_of_how_figures_are_counted() -> None:
    """Else signed reports would name another code whenever a lock or a sentence of exports changes."""
    counted = {file.relative_to(version.HOME).parts[0] for file in version.counting(version.HOME)}
    assert "reports" in counted
    assert "facts" not in counted


def test_an_export_that_is_stopped_in_order_leaves_nothing_half_made(
    run: Any, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*given: Any) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        signal.sigtimedwait([], 1)

    before, former = (Path(place) / MANIFEST).read_text(), signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr(Folder, "keep", stopped)
    code, _out, _err = run("export", "facts", place)
    assert code == 143
    assert (Path(place) / MANIFEST).read_text() == before
    assert list(Path(place).glob(".kycuong-writing-*")) == []
    assert signal.getsignal(signal.SIGTERM) is former


def test_a_package_that_is_missing_is_told_with_the_command(
    run: Any, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(name: str) -> Any:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(optional, "import_module", nothing)
    for words in (["export", "facts", place], ["figures", *PERIOD, "--engine", "duckdb", place]):
        code, _out, err = run(*words)
        assert code == 1
        assert "Hãy chạy: ./run add facts" in err
    with pytest.raises(RuleBroken, match="./run add spark"):
        needed("pyspark.sql", "spark")


def test_the_connection_reads_nothing_but_the_export(place: str, tmp_path: Path) -> None:
    """Neither other files nor the network, whatever a text says."""
    other = tmp_path.parent / "other.csv"
    other.write_text("a\n1\n")
    duckdb = needed("duckdb", "facts")
    from_there = f"SELECT * FROM read_csv('{other}')"
    with closing(duckdb.connect()) as free:
        assert free.execute(from_there).fetchall()
    with here.engine(Path(place)) as engine, pytest.raises(duckdb.Error):
        engine.rows(from_there, {})


def test_a_disk_that_is_full_is_told_with_the_folder(run: Any, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """DuckDB's own word of it, which is no error of the system's: it writes to a device on which there is never room."""
    press = parts.Press.press
    monkeypatch.setattr(parts.Press, "press", lambda self, table, target: press(self, table, Path("/dev/full")))
    (Path(place) / MANIFEST).unlink()
    code, _out, err = run("export", "facts", place)
    assert code == 1
    assert f"Ổ đĩa của {place} hết chỗ" in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "No space left"), "hết chỗ"),
        (OSError(errno.EIO, "Input/output error"), "Input/output error"),
    ],
)
def test_a_disk_that_fails_is_told(
    run: Any, place: str, monkeypatch: pytest.MonkeyPatch, error: OSError, said: str
) -> None:
    def failing(*given: Any) -> None:
        raise error

    monkeypatch.setattr(Folder, "keep", failing)
    before = (Path(place) / MANIFEST).read_text()
    code, _out, err = run("export", "facts", place)
    assert code in (1, 2)
    assert said in err
    assert place in err
    assert (Path(place) / MANIFEST).read_text() == before


def test_a_part_that_goes_while_it_is_read_is_told(place: str) -> None:
    with opened("duckdb", place) as engine:
        for path in Path(place).glob("orgs_unit/*"):
            path.unlink()
        with pytest.raises(RuleBroken, match="hãy chạy lại lệnh này"):
            engine.rows("SELECT COUNT(*) FROM orgs_unit", {})


def test_an_engine_leaves_room_for_the_pages(place: str) -> None:
    """At most a GB and two cores, and what does not fit goes to a folder of its own that is gone afterwards."""
    with opened("duckdb", place) as engine:
        ((memory, threads, spill),) = engine.rows(
            "SELECT current_setting('memory_limit'), current_setting('threads'), current_setting('temp_directory')", {}
        )
        assert (memory, int(threads)) == ("953.6 MiB", 2)
        assert stat.S_IMODE(Path(spill).stat().st_mode) == 0o700
    assert not Path(spill).exists()


class Gone(Exception):
    """As py4j raises when Java is not there."""


def test_a_cluster_that_gives_no_answer_is_told_in_one_sentence(
    run: Any, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(*given: Any) -> None:
        raise Gone("An error occurred while calling None.\n\tat org.apache.spark.Java\n" * 20)

    class Analysis(Exception): ...

    fake = SimpleNamespace(PySparkException=Gone, Py4JError=Gone, AnalysisException=Analysis)
    monkeypatch.setattr(spark, "needed", lambda name, extra: fake)
    monkeypatch.setattr(spark, "session_on", silent)
    words = ("figures", *PERIOD, "--engine")
    port = free_port()
    code, out, err = run(*words, f"spark://127.0.0.1:{port},127.0.0.1:99999", place)
    assert (code, out) == (1, "")
    assert "không trả lời (" in err
    assert "An error occurred" not in err  # Java was not even started
    with socket.create_server(("127.0.0.1", port)):
        code, out, err = run(*words, f"spark://127.0.0.1:99999,127.0.0.1:{port}", place)
    assert (code, out) == (1, "")
    assert f"127.0.0.1:{port} không trả lời (An error occurred while calling None.)" in err
    assert "org.apache" not in err


def test_a_cluster_without_a_worker_to_give_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spark itself would wait for ever."""
    monkeypatch.setattr(spark, "WORKERS", 0)
    size, ended = [1], []
    java = SimpleNamespace(getExecutorMemoryStatus=lambda: SimpleNamespace(size=lambda: size[0]))
    context = SimpleNamespace(_jsc=SimpleNamespace(sc=lambda: java))
    engine = object.__new__(spark.Spark)
    engine.master = "spark://a:1"
    engine.session = SimpleNamespace(sparkContext=context, stop=lambda: ended.append(True))
    with pytest.raises(RuleBroken, match="không worker nào"):
        engine.ensure_worked()
    assert ended
    size[0] = 2
    engine.ensure_worked()


def test_the_innermost_cause_of_java_is_told() -> None:
    def java(message: str, cause: Any) -> Any:
        named = SimpleNamespace(getSimpleName=lambda: "ConnectException")
        return SimpleNamespace(getCause=lambda: cause, getClass=lambda: named, getMessage=lambda: message)

    error = Gone("An error occurred while calling o1.")
    assert spark.cause_of(error) == "An error occurred while calling o1."
    error.java_exception = java("outer", java("Connection refused", None))  # type: ignore[attr-defined]
    assert spark.cause_of(error) == "ConnectException: Connection refused"
