"""`./run export facts` and `./run figures --engine`: the same numbers, and above them how fresh they are."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import load_command_class
from django.db.utils import ConnectionHandler

from kycuong.core.clock import now
from kycuong.core.problems import RuleBroken
from kycuong.facts.rules import MANIFEST
from kycuong.facts.store import exporting, needed, optional
from kycuong.inspections.models import Visit
from tests.desk import YESTERDAY, Desk

from . import here

pytestmark = pytest.mark.django_db
PERIOD = ["--scope", "tinh-thu-nghiem", "--period", str(YESTERDAY.year)]


@pytest.fixture
def run(desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run a command as a shell would: (exit code, standard output, standard error)."""
    monkeypatch.setattr(ConnectionHandler, "close_all", lambda connections: None)
    monkeypatch.setitem(exporting.export_facts.__kwdefaults__, "moment", here.within)

    def run(*words: str) -> tuple[int, str, str]:
        code, room = 0, "kycuong.reports" if words[0] == "figures" else "kycuong.facts"
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
        (["--engine", "excel", "{}"], "Không có máy tính số liệu «excel»"),
        (["--engine", "duckdb"], "--engine cần 2 giá trị"),
    ],
)
def test_what_makes_no_sense_is_said(run: Any, place: str, words: list[str], said: str) -> None:
    code, out, err = run("figures", *PERIOD, *(word.format(place) for word in words))
    assert code in (1, 2)
    assert out == ""
    assert said in err


def test_a_unit_that_the_export_does_not_know(run: Any, place: str) -> None:
    code, _out, err = run("figures", "--scope", "xa-la", "--engine", "duckdb", place)
    assert code == 1
    assert "Bản xuất không có đơn vị «xa-la»" in err


def test_a_package_that_is_missing_is_told_with_the_command(
    run: Any, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(name: str) -> Any:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(optional, "import_module", nothing)
    for words in (["export", "facts", place], ["figures", *PERIOD, "--engine", "duckdb", place]):
        code, _out, err = run(*words)
        assert code == 1
        assert ".venv/bin/python -m pip install --require-hashes -r requirements/facts.txt" in err
    with pytest.raises(RuleBroken, match="requirements/spark.txt"):
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
