"""What an export costs, and what counting over it costs: a generated nation, its Parquet, and DuckDB.

    python -m benchmarks.facts [--visits 10000] [--units 500]

Each step is a process of its own, as somebody at the command line would start it: processor seconds, seconds by the clock, highest
memory. Exit code 1 when an engine gives another row than the database.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .measure import machine

ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).parent / "results"
SCOPE = ("--scope", "ca-nuoc", "--period", "2024", "--json")
ITEMS = ("--scope", "ca-nuoc", "--from", "2016-01-01", "--to", "2025-12-31", "--items", "--json")


@dataclass(frozen=True)
class Cost:
    """What one process took, and what it wrote."""

    busy: float
    clock: float
    memory: int
    out: str

    def line(self, what: str) -> str:
        return f"| {what} | {self.busy:.1f} | {self.clock:.1f} | {self.memory} |"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visits", type=int, default=10_000)
    parser.add_argument("--units", type=int, default=500)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="kycuong-benchmark-") as home:
        text = "\n".join(report(Path(home), options.visits, options.units)) + "\n"
    sys.stdout.write(text)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"facts-{date.today().isoformat()}.md").write_text(text, encoding="utf-8")  # noqa: DTZ011
    return 1 if "✗" in text else 0


def report(home: Path, visits: int, units: int) -> Iterator[str]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("KYCUONG_", "DJANGO_"))}
    settings = {**ours, "KYCUONG_HOME": str(home), "KYCUONG_DEMO": "0"}
    place = home / "facts"
    run(settings, "manage.py", "prepare")
    size = ("--provinces", "5", "--units", str(units), "--visits", str(visits))
    yield f"# Facts of {visits:,} visits, {units:,} units, {date.today().isoformat()}\n\n{machine()}\n"  # noqa: DTZ011
    yield "| step | s of CPU | s by the clock | highest memory, MB |\n| --- | ---: | ---: | ---: |"
    yield run(settings, "manage.py", "load", "national", *size).line("load national (SQLite)")
    yield run(settings, "manage.py", "export", "facts", str(place)).line("export facts, the first time")
    yield run(settings, "manage.py", "export", "facts", str(place)).line("export facts, nothing changed")
    duck = ("--engine", "duckdb", str(place))
    live, over = (run(settings, "manage.py", "figures", *SCOPE, *how) for how in ((), duck))
    yield live.line("all figures of the nation, 2024 and 2023, SQLite")
    yield over.line("the same, DuckDB over the export")
    items = run(settings, "manage.py", "figures", *ITEMS, *duck)
    yield items.line("items: criterion × kind × year over all answers, DuckDB")
    yield "\n" + sizes(home, place, json.loads(items.out)["items"])
    told = json.loads(over.out)
    told.pop("facts")
    yield f"Figures over the export and of the database are the same: {'✓' if told == json.loads(live.out) else '✗'}"


def sizes(home: Path, place: Path, items: list[dict[str, int]]) -> str:
    answers = sum(path.stat().st_size for path in place.glob("facts_answer/*.parquet"))
    whole = sum(path.stat().st_size for path in place.glob("*/*.parquet"))
    counted = sum(one[name] for one in items for name in ("pass", "partial", "fail", "not_applicable"))
    database = (home / "kycuong.sqlite3").stat().st_size
    return (
        f"Parquet {whole / 1e6:.1f} MB, of it {answers / 1e6:.1f} MB for {counted:,} answers in {len(items):,} lines; "
        f"SQLite {database / 1e6:.0f} MB."
    )


def run(settings: dict[str, str], *words: str) -> Cost:
    """A process of our own, its costs and its standard output."""
    began = time.perf_counter()
    with tempfile.TemporaryFile("w+") as out:
        process = subprocess.Popen([sys.executable, *words], env=settings, cwd=ROOT, stdout=out)
        _pid, state, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(state)
        out.seek(0)
        text = out.read()
    if process.returncode:
        raise RuntimeError(f"{' '.join(words)} failed: {process.returncode}\n{text}")
    busy = used.ru_utime + used.ru_stime
    return Cost(busy, time.perf_counter() - began, used.ru_maxrss // 1024, text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
