"""`kycuong figures`: a table for people, JSON alone on standard output, one sentence and exit code 2 for what is wrong."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from django.core.management import load_command_class
from django.db.utils import ConnectionHandler

from kycuong.inspections.models import Finding
from kycuong.reports.queries import NAMES

from .conftest import DISTRICT

QUARTER = ["--scope", "u1", "--from", "2019-01-01", "--to", "2019-03-31"]


@pytest.fixture
def figures(small: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run the command as a shell would: (exit code, standard output, standard error)."""
    # Django closes every connection when a command ends; the test's transaction lives in this one.
    monkeypatch.setattr(ConnectionHandler, "close_all", lambda connections: None)

    def run(*arguments: str) -> tuple[int, str, str]:
        code = 0
        try:
            load_command_class("kycuong.reports", "figures").run_from_argv(["./run", "figures", *arguments])
        except SystemExit as stop:
            code = int(stop.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return run


def test_json_is_alone_on_standard_output_and_flat(figures: Any) -> None:
    code, out, err = figures(*QUARTER, "--json")
    answer = json.loads(out)
    assert code == 0
    assert set(NAMES) - {"restated_flagged"} <= answer.keys()
    assert answer["scope"] == {"uid": answer["scope"]["uid"], "slug": "u1", "name": "Unit 1", "kind": "province"}
    assert answer["period"]["label"] == "3 tháng đầu năm 2019"
    assert answer["visits"] == 3
    assert "Unit 1" in err


def test_table_shows_figures_beside_last_year(figures: Any) -> None:
    code, out, _ = figures(*QUARTER)
    assert code == 0
    lines = out.splitlines()
    assert "Cùng kỳ năm trước" in lines[0]
    assert any(line.split() == "Lượt kiểm tra 3 0 +3".split() for line in lines)
    assert any("50,0 % (2/4)" in line for line in lines)


def test_list_as_table_json_and_csv(figures: Any) -> None:
    _, table, err = figures(*QUARTER, "--list", "visits")
    assert len(table.splitlines()) == 4
    assert "3 dòng" in err
    _, out, _ = figures(*QUARTER, "--list", "visits", "--key", "surprise", "--json")
    assert [row["unit"] for row in json.loads(out)] == ["u4"]
    _, out, _ = figures(*QUARTER, "--list", "coverage", "--csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [(row["unit"], row["inspected"]) for row in rows] == [("u2", "0"), ("u3", "1"), ("u4", "1"), ("u6", "0")]


def test_csv_holds_no_formula(figures: Any) -> None:
    Finding.objects.update(description="=HYPERLINK(0)")
    _, out, _ = figures(*QUARTER, "--list", "findings", "--csv")
    assert next(csv.DictReader(io.StringIO(out)))["description"] == "'=HYPERLINK(0)"


def test_scope_may_be_a_uid_and_the_view_by_lead(figures: Any, small: Any) -> None:
    _, out, _ = figures("--scope", str(small(DISTRICT).uid), "--period", "2019-Q1", "--view", "lead", "--json")
    answer = json.loads(out)
    assert (answer["scope"]["slug"], answer["view"], answer["units_inspected"]) == ("u3", "lead", 1)


def test_restated(figures: Any) -> None:
    _, out, _ = figures(*QUARTER, "--restated", "2019-12-31", "--json")
    answer = json.loads(out)
    assert (answer["restated_on"], answer["restated_flagged"]) == ("2019-12-31", 0)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--scope", "nowhere"],
        ["--scope", "u1", "--period", "2019-Q7"],
        ["--scope", "u1", "--from", "30/04/2019"],
        ["--scope", "u1", "--from", "2019-05-01", "--to", "2019-04-30"],
        ["--scope", "u1", "--period", "2019", "--to", "2019-04-30"],
        ["--scope", "u1", "--view", "owner"],
        ["--scope", "u1", "--list", "visit"],
        ["--scope", "u1", "--list", "same_period_last_year"],
        ["--scope", "u1", "--restated", "1"],
        ["--scope", "u1", "--csv"],
        ["--scope", "u1", "--key", "surprise"],
        ["--scope", "u1", "--list", "visits", "--key", "suprise"],
        ["--scope", "u1", "--json", "--table"],
        ["--scope", "u1", "--frm", "2019-01-01"],
        [],
    ],
    ids=" ".join,
)
def test_a_wrong_argument_is_one_sentence_in_two_languages_and_exit_code_2(figures: Any, arguments: list[str]) -> None:
    code, out, err = figures(*arguments)
    assert (code, out) == (2, "")
    assert len(err.strip().splitlines()) == 1
    assert " / " in err
