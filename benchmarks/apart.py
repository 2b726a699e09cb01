"""How a benchmark begins and ends: each database in a process of its own that knows no other; the table to standard output and
to benchmarks/results."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from .measure import machine

RESULTS = Path(__file__).parent / "results"
ENGINES = ("sqlite", "postgresql")
BROKE = 2
"""How a benchmark ends that did not measure to its end: 1 says that a target was missed."""
PART = "KYCUONG_BENCHMARK_PART"


def part() -> str:
    """What this process is to measure: a database, or what the benchmark calls it; nothing in the process that people started."""
    return os.environ.get(PART, "")


def add_engines(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--only", choices=ENGINES)


def add_at(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--at",
        default="",
        metavar="URL",
        help="a PostgreSQL that `./run load national` filled just so: measured there, and written to",
    )


def engines(options: argparse.Namespace) -> Sequence[str]:
    if getattr(options, "at", ""):
        return ENGINES[1:]
    return [options.only] if options.only else ENGINES


def apart(module: str, what: str, arguments: Sequence[str], *, home: str = "", at: str = "", **settings: str) -> str:
    """The part's table, by a process that did nothing before. Without a `home` it gets one that is thrown away; `at`: the address of
    a PostgreSQL that is there already."""
    if not home:
        with tempfile.TemporaryDirectory(prefix="kycuong-benchmark-") as made:
            return apart(module, what, arguments, home=made, at=at, **settings)
    environment = {**os.environ, "KYCUONG_HOME": home, PART: what, **settings}
    environment.pop("KYCUONG_DATABASE_URL", None)
    command = [sys.executable, "-m", module, *arguments]
    if at:
        environment["KYCUONG_DATABASE_URL"] = at
    elif what.startswith("postgresql"):
        command = [sys.executable, "-m", "tests.postgres", *command]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        sys.stderr.write(f"\n{module}, {what}: ended with {done.returncode}\n")
        raise SystemExit(BROKE)
    return done.stdout


def tell(name: str, title: str, parts: Iterable[str]) -> int:
    """Write it down under the machine and the day. Not 0 when a target was missed."""
    day = date.today().isoformat()  # noqa: DTZ011 - the machine's day
    text = "\n".join([f"# {title}, {day}\n\n{machine()}\n", *parts])
    sys.stdout.write(text)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}-{day}.md").write_text(text, encoding="utf-8")
    return 1 if "✗" in text else 0


def ready(settings: str = "kycuong.site.settings") -> None:
    """Django, now that the environment is known: its models can be imported from here on."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings)
    import django  # noqa: PLC0415

    django.setup()


def ready_with_tables() -> None:
    """The same, with an empty database and the files that pages ask for."""
    ready()
    from kycuong.site.prepare import collect_static, migrate  # noqa: PLC0415

    migrate(sys.stderr.write)
    collect_static(sys.stderr.write)
