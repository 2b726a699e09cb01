"""How a command ends: exit codes, one sentence, nothing but the result on standard output."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import OperationalError

from kycuong.core.command import Command, iso_date
from kycuong.core.problems import BadInput, NotAllowed


def ends_with(error: Exception) -> Callable[[], int]:
    class Trial(Command):
        opens_records = False

        def handle(self, *args: Any, **options: Any) -> None:
            raise error

    def call() -> int:
        with pytest.raises(SystemExit) as ended:
            Trial().run_from_argv(["./run", "trial"])
        return int(str(ended.value.code))

    return call


FAULTS = [{"cell": "B4", "vi": "trống"}, {"field": "on", "message": "không phải ngày"}, {"vi": "thiếu dòng"}]


@pytest.mark.parametrize(
    ("error", "code", "lines"),
    [
        (BadInput("Sai.", en="Wrong."), 2, ["Sai. / Wrong."]),
        (NotAllowed("Không được.", en="You may not."), 1, ["Không được. / You may not."]),
        (
            BadInput("Sai.", en="Wrong.", errors=FAULTS),
            2,
            ["Sai. / Wrong.", "  B4: trống", "  on: không phải ngày", "  thiếu dòng"],
        ),
    ],
)
def test_a_problem_ends_a_command_with_its_sentence(
    capsys: pytest.CaptureFixture[str], error: Exception, code: int, lines: list[str]
) -> None:
    assert ends_with(error)() == code
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.splitlines() == lines


def test_a_busy_database_is_told_with_what_the_database_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert ends_with(OperationalError("database is locked"))() == 1
    told = capsys.readouterr().err
    assert "đang bận" in told
    assert "database is locked" in told


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (
            'connection failed: connection to server at "::1", port 1 failed: Connection refused\n\tIs it?',
            "Connection refused",
        ),
        (
            'connection failed: FATAL:  password authentication failed for user "an"',
            'password authentication failed for user "an"',
        ),
        ('connection failed: FATAL:  database "none" does not exist', 'database "none" does not exist'),
    ],
)
def test_an_address_that_reaches_no_database_is_a_bad_setting(
    capsys: pytest.CaptureFixture[str], said: str, reason: str
) -> None:
    assert ends_with(OperationalError(said))() == 2
    told = capsys.readouterr().err
    assert told.count(f"({reason})") == 2
    assert told.count("\n") == 1
    assert "KYCUONG_DATABASE_URL" in told


def test_the_help_of_a_job_says_what_to_type(capsys: pytest.CaptureFixture[str]) -> None:
    class Trial(Command):
        def add_arguments(self, parser: ArgumentParser) -> None:
            parser.add_subparsers().add_parser("verify")

    with pytest.raises(SystemExit):
        Trial().run_from_argv(["./run", "trial", "verify", "--help"])
    assert capsys.readouterr().out.startswith("usage: ./run trial verify ")


def test_a_mistake_of_ours_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        ends_with(ZeroDivisionError())()


def test_a_day_is_written_year_first_on_the_command_line() -> None:
    assert iso_date("2019-04-30") == date(2019, 4, 30)
    with pytest.raises(BadInput, match="năm-tháng-ngày"):
        iso_date("30/04/2019")
