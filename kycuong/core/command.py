"""The base of our commands: results on standard output, words on standard error, exit code 2 for what cannot be used."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import IntegrityError
from django.utils.module_loading import import_string

from .faults import as_problem, at_the_keyboard
from .lines import told
from .problems import BadInput, Problem

BAR = 40
"""Letters of a bar."""

ARGPARSE = [
    (r"the following arguments are required: (.+)", r"thiếu \1"),
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", r"\1 không nhận \2, chỉ nhận \3"),
    (r"argument (.+?): invalid \w+ value: (.+)", r"\1 không nhận \2"),
    (r"argument (.+?): expected (?:one|at least one) argument", r"\1 cần một giá trị"),
    (r"argument (.+?): expected (\d+) arguments", r"\1 cần \2 giá trị"),
    (r"argument (.+?): not allowed with argument (.+)", r"\1 không dùng cùng \2"),
    (r"unrecognized arguments: (.+)", r"không biết \1"),
    (r"one of the arguments (.+) is required", r"cần một trong \1"),
]
"""What argparse says in English, and the same in Vietnamese."""


class Parser(CommandParser):
    """Says what is wrong in one sentence, in both languages, and where to read more."""

    def error(self, message: str) -> NoReturn:
        vietnamese = message
        for english, pattern in ARGPARSE:
            vietnamese = re.sub(f"^{english}$", pattern, vietnamese)
        name = re.sub(r"^(\./)?run ", "", self.prog)
        raise BadInput(
            f"Chưa hiểu lệnh: {vietnamese}; gõ `./run {name} --help` để xem cách viết.",
            en=f"Cannot use this: {message}; `./run {name} --help` shows what to write.",
        )


def iso_date(text: str) -> date:
    """An argument that is a day, as 2019-04-30."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(
            f"“{text}” không phải ngày; hãy viết năm-tháng-ngày, ví dụ 2019-04-30.",
            en=f"“{text}” is not a day; write year-month-day, such as 2019-04-30.",
        ) from None


class Command(BaseCommand):
    """A command of ours. It may raise any Problem: the sentence goes to standard error, the exit code is 2 or 1."""

    opens_records = True
    """Whether it reads or writes records: then it is asked first whether anything may open them (settings.COMMANDS_ASK)."""
    typed = False
    requires_system_checks: list[str] | tuple[str, ...] = []
    suppressed_base_arguments = {
        "--version", "--verbosity", "--settings", "--pythonpath", "--traceback", "--no-color", "--force-color",
        "--skip-checks",
    }  # fmt: skip

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        # BaseCommand makes a CommandParser by name; ours differs by one method.
        parser = super().create_parser("./run", subcommand, **kwargs)
        parser.__class__ = Parser
        parser.prog = f"./run {subcommand}"
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                for name, job in action.choices.items():
                    job.__class__ = Parser
                    job.prog = f"{parser.prog} {name}"
        return parser

    def run_from_argv(self, argv: list[str]) -> None:
        self.typed = True
        try:
            super().run_from_argv(argv)
        except BrokenPipeError:
            # Whoever reads our output (`| head`) has seen enough; Python would complain once more when it closes the stream.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except Exception as error:
            ours = at_the_keyboard(error)
            problem = ours or as_problem(error)
            if problem is None:
                raise
            self.tell(problem)
            if not isinstance(error, Problem) and ours is None:
                cause = (
                    told(error) if isinstance(error, IntegrityError) else error
                )  # no value of the row that was refused
                self.stderr.write(f"  {cause}".rstrip())
            sys.exit(problem.exit_code)

    def execute(self, *args: Any, **options: Any) -> str | None:
        if self.typed and self.opens_records:
            for path in settings.COMMANDS_ASK:
                import_string(path)()
        return super().execute(*args, **options)

    def say(self, sentence: str) -> None:
        """A word to the person at the keyboard; never mixed with the result."""
        self.stderr.write(sentence, self.style.NOTICE)

    def tell(self, problem: Problem) -> None:
        """The problem in one line, then its faults, one a line."""
        self.stderr.write(f"{problem.vi} / {problem.en}")
        for fault in problem.errors:
            where = fault.get("cell") or fault.get("field") or ""
            text = fault.get("vi") or fault.get("message") or ""
            self.stderr.write(f"  {where}: {text}" if where else f"  {text}")

    def bar(self, what: str) -> Callable[[int, int], None]:
        """Tells how far long work is, (done, of how many): a bar for a person, nothing for a pipe or a file."""

        def draw(done: int, total: int) -> None:
            if self.stderr.isatty():
                filled = BAR * done // max(total, 1)
                ending = "\n" if done >= total else ""
                self.stderr.write(f"\r{what} [{'█' * filled}{' ' * (BAR - filled)}] {done}/{total}", ending=ending)
                self.stderr.flush()

        return draw

    def keep(self, data: bytes, output: str) -> None:
        """Write a file for its owner alone: what is restricted may stand in it, and nobody else at this machine reads it."""
        place = Path(output)
        try:
            place.touch(mode=0o600)
            if place.is_file():  # not a terminal, nor /dev/null
                place.chmod(0o600)
            place.write_bytes(data)
        except OSError as problem:
            raise BadInput(
                f"Không ghi được {place} ({problem.strerror}); hãy ghi tên tệp ở nơi khác.",
                en=f"Cannot write {place} ({problem.strerror}); write a file name in another place.",
            ) from None
        self.say(f"Đã ghi {place}. / Wrote {place}.")
