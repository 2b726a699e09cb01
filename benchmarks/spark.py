"""P13: every figure's own text over an export of a generated nation, on a Spark cluster of one worker and of two, beside the database
and beside DuckDB; the rows have to be the same.

    python -m benchmarks.spark [--visits 100000] [--units 3400] [--only sqlite|postgresql] [--at URL] [--facts FOLDER [--as-exported]]

Wants `./run add spark`, `./run add facts` and Java 17. A worker is a process with one core; master, workers and the command share this
machine, so nothing is said about networks. Seconds are those of all texts one after the other, the second time they are asked.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from .apart import add_at, add_engines, apart, engines, part, ready, tell
from .cluster import cluster
from .numbers import note
from .progress import progress

WORKERS = (1, 2)
Rows = dict[str, list[str]]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--visits", type=int, default=100_000)
    parser.add_argument("--units", type=int, default=3_400)
    parser.add_argument("--facts", default="", metavar="FOLDER", help="where the export lies, or is to be kept")
    parser.add_argument("--as-exported", action="store_true", help="read what lies there; export nothing")
    parser.add_argument("--without-spark", action="store_true", help="only the database and DuckDB")
    add_engines(parser)
    add_at(parser)
    options = parser.parse_args(arguments)
    if part():
        with tempfile.TemporaryDirectory(prefix="kycuong-benchmark-") as folder:
            sys.stdout.write("\n".join(report(options, Path(folder))) + "\n")
        return 0
    parts = (
        apart("benchmarks.spark", engine, arguments, at=options.at, KYCUONG_DEMO="0") for engine in engines(options)
    )
    return tell("spark", "Figures of a nation over an export", parts)


def report(options: argparse.Namespace, folder: Path) -> Iterator[str]:
    ready()
    from .generated import nation  # noqa: PLC0415 - settings are read before, with the environment known

    scope = nation(options.visits, options.units)
    place = Path(options.facts or folder / "facts").absolute()
    yield f"## {part()}, {options.visits:,} visits: {exported(options, place)}\n"
    texts = list(asked(scope))
    rows, seconds = timed(texts, None)
    yield f"| {len(texts)} texts, both views, 2025 | seconds | rows |\n| --- | ---: | --- |\n| {part()} | {seconds:.1f} | |"
    for name, over, took in elsewhere(texts, place, folder, WORKERS[: 0 if options.without_spark else None]):
        same = note(
            "P13", f"texts whose rows differ, {name}", options.visits, sum(over[key] != rows[key] for key in rows), 0
        )
        note("P13", f"all figures of a nation, {name}, s", options.visits, took)
        yield f"| {name} | {took:.1f} | {'the same' if same.good else 'NOT the same'} {same.mark} |"


def exported(options: argparse.Namespace, place: Path) -> str:
    """What the export came to."""
    from kycuong.facts.store import Folder, export_facts  # noqa: PLC0415

    if options.as_exported:
        earlier = Folder(place).earlier()
        assert earlier, f"{place} holds no export"
        return f"{earlier.rows:,} rows of Parquet, exported {earlier.taken_at:%Y-%m-%d %H:%M}"
    start = time.perf_counter()
    counts = export_facts(Folder(place), lambda done, total: progress("export", done, total))
    return f"{counts.rows:,} rows in {counts.size / 1e6:,.0f} MB of Parquet, exported in {time.perf_counter() - start:.0f} s"


def elsewhere(texts: list[Any], place: Path, folder: Path, workers: Sequence[int]) -> Iterator[tuple[str, Rows, float]]:
    """Name of the engine, the rows of each text, seconds of the second time."""
    from kycuong.facts.queries import opened  # noqa: PLC0415

    with opened("duckdb", str(place)) as engine:
        timed(texts, engine)
        yield "DuckDB", *timed(texts, engine)
    if not workers:
        return
    home = folder / "cluster"
    home.mkdir()
    # One cluster that grows: a process that asks keeps what its first one told it, the secret above all.
    with cluster(home, workers[0]) as made:
        os.environ.update(made.environment)
        for many in workers:
            while len(made.workers) < many:
                made.add_worker()
            with opened(made.address, str(place)) as engine:
                timed(texts, engine)
                yield f"Spark, {many} worker{'s' * (many > 1)}", *timed(texts, engine)


def asked(scope: Any) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every text by which a figure counts for the nation: its name, the text, its values."""
    from kycuong.reports.figures.question import LEAD, SUBJECT, Question  # noqa: PLC0415
    from kycuong.reports.rules.periods import parse_period  # noqa: PLC0415
    from tests.facts.here import texts  # noqa: PLC0415

    for view in (SUBJECT, LEAD):
        for place, (name, text, values) in enumerate(texts(Question(scope.pk, parse_period("2025"), view))):
            yield f"{view} {name} {place}", text, values


def timed(texts: list[Any], engine: Any) -> tuple[Rows, float]:
    """Text → its rows in one order; the seconds of them all."""
    from contextlib import nullcontext  # noqa: PLC0415

    from kycuong.reports.figures.runner import counted_by, rows_of  # noqa: PLC0415
    from tests.facts.here import alike  # noqa: PLC0415

    found, start = {}, time.perf_counter()
    with counted_by(engine) if engine else nullcontext():
        for done, (name, text, values) in enumerate(texts):
            found[name] = rows_of(text, values)
            progress(f"texts, {engine.name if engine else 'database'}", done + 1, len(texts))
    seconds = time.perf_counter() - start
    return {name: alike(rows) for name, rows in found.items()}, seconds


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
