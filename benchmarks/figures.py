"""P1 and P2: each figure against its raw SQL, and whole requests against the sum of their raw SQL, on both databases.

    python -m benchmarks.figures [--visits 100000] [--only sqlite|postgresql]

Each database is measured in a process of its own, on a province that is made for it and thrown away afterwards. The
table goes to standard output and to benchmarks/results.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from .measure import best, machine

RESULTS = Path(__file__).parent / "results"
P1, P2 = 1.5, 3.0
ENGINE = "KYCUONG_BENCHMARK_ENGINE"
PERIODS = ("2024-Q2", "2024")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visits", type=int, default=100_000)
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    options = parser.parse_args(arguments)
    if engine := os.environ.get(ENGINE):
        sys.stdout.write(report(engine, options.visits))
        return 0
    engines = [options.only] if options.only else ["sqlite", "postgresql"]
    parts = [f"# Figures of one province, {date.today().isoformat()}\n\n{machine()}\n"]  # noqa: DTZ011 - the machine's day
    parts += [run_apart(engine, options.visits) for engine in engines]
    text = "\n".join(parts)
    sys.stdout.write(text)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"figures-{date.today().isoformat()}.md").write_text(text, encoding="utf-8")  # noqa: DTZ011
    return 1 if "✗" in text else 0


def run_apart(engine: str, visits: int) -> str:
    """Measure one database in a process that knows no other."""
    with tempfile.TemporaryDirectory(prefix="kycuong-benchmark-") as home:
        environment = {**os.environ, "KYCUONG_HOME": home, ENGINE: engine}
        command = [sys.executable, "-m", "benchmarks.figures", "--visits", str(visits)]
        if engine == "postgresql":
            command = [sys.executable, "-m", "tests.postgres", *command]
        environment.pop("KYCUONG_DATABASE_URL", None)
        return subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout


def report(engine: str, visits: int) -> str:
    """The tables of this process's database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kycuong.site.settings")
    os.environ.setdefault("KYCUONG_SECOND_FACTOR", "optional")  # what is measured is the page, not the way to it
    import django  # noqa: PLC0415 - settings are read here, after the environment is known

    django.setup()
    from kycuong.orgs.models import Unit  # noqa: PLC0415
    from kycuong.site.prepare import collect_static, migrate  # noqa: PLC0415

    from .province import SEED, fill_units, fill_visits  # noqa: PLC0415

    migrate(sys.stderr.write)
    collect_static(sys.stderr.write)
    random = Random(SEED)
    province = fill_units(random)
    root = Unit.objects.get(pk=province.root)
    fill_visits(province, random, visits // 10)
    queries_of_few = requests(root)["queries"]
    fill_visits(province, random, visits)
    return "\n".join(
        [f"## {engine}, {visits:,} visits\n", *each_figure(root), *whole_request(root, queries_of_few), ""]
    )


def each_figure(root: Any) -> Iterator[str]:
    """P1."""
    from kycuong.reports.figures import FIGURES  # noqa: PLC0415
    from kycuong.reports.queries import figures_for  # noqa: PLC0415
    from kycuong.reports.rules.periods import parse_period  # noqa: PLC0415

    yield "| figure | period | raw SQL ms | function ms | ratio | P1 ≤ 1.5 |\n| --- | --- | ---: | ---: | ---: | --- |"
    for name, figure in FIGURES.items():
        for text in PERIODS if name != "restated_flagged" else ():
            period = parse_period(text)
            ask = bound(figures_for, root, period, names=[name])
            times = best({"raw": raw([figure], root, period), "function": ask})
            yield row(name, text, times["raw"], times["function"], P1)


def whole_request(root: Any, queries_of_few: dict[str, int]) -> Iterator[str]:
    """P2."""
    seen = requests(root)
    yield "\n| request | queries | at a tenth of the rows | raw SQL ms | request ms | ratio | P2 ≤ 3 |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | --- |"
    for text, times in seen["times"].items():
        few, many = queries_of_few[text], seen["queries"][text]
        good = "✓" if times["request"] <= P2 * times["raw"] and 0 < many == few else "✗"
        numbers = f"{times['raw'] * 1000:.1f} | {times['request'] * 1000:.1f} | {times['request'] / times['raw']:.2f}"
        yield f"| GET {text} | {many} | {few} | {numbers} | {good} |"


def requests(root: Any) -> dict[str, Any]:
    """The leader's first page and the API's answer, each beside the raw SQL of all figures, this year's and last year's."""
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from kycuong.orgs.models import Assignment, Person  # noqa: PLC0415
    from kycuong.reports.figures import FIGURES  # noqa: PLC0415
    from kycuong.reports.rules.periods import parse_period  # noqa: PLC0415

    person, _ = Person.objects.get_or_create(username="leader", defaults={"full_name": "Lãnh đạo"})
    Assignment.objects.get_or_create(person=person, role="leader", unit=root, valid_from=date(2010, 1, 1))
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(person)
    shown = [figure for name, figure in FIGURES.items() if name != "restated_flagged"]
    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    times, counted = {}, {}
    for text in PERIODS:
        period = parse_period(text)
        both = bound(run_all, [raw(shown, root, period), raw(shown, root, period.year_before())])
        for address in ("/figures/", "/api/v1/figures"):
            get = bound(client.get, address, {"scope": root.slug, "period": text})
            with CaptureQueriesContext(connection) as queries:
                assert get().status_code == 200
            asked = f"{address} {text}"
            counted[asked] = len(queries)  # asked now: the next request forgets what was captured
            times[asked] = best({"raw": both, "request": get}, clock)
    return {"times": times, "queries": counted}


def raw(figures: list[Any], root: Any, period: Any) -> Callable[[], None]:
    """The SQL texts of the figures, each once, made ready for the driver and run on its own cursor."""
    from django.db import connection  # noqa: PLC0415

    from kycuong.reports.figures.question import Question  # noqa: PLC0415
    from kycuong.reports.figures.runner import bind  # noqa: PLC0415

    question = Question(root.pk, period)
    tallies = {(tally, question) for figure in figures for tally in figure.tallies if figure.name != "plan_progress"}
    for figure in (figure for figure in figures if figure.name == "plan_progress"):
        tallies |= {(figure.tallies[0], question), (figure.tallies[1], question.year_to_cutoff_by_lead())}
    ready = [bind(tally.text(asked), {**asked.parameters(), **dict(tally.values)}) for tally, asked in tallies]
    if connection.vendor == "sqlite":
        ready = [(re.sub(r"%\((\w+)\)s", r":\1", text).replace("%%", "%"), values) for text, values in ready]

    def run() -> None:
        cursor = connection.connection.cursor()
        for text, values in ready:
            cursor.execute(text, values).fetchall()
        cursor.close()

    return run


def run_all(things: list[Callable[[], None]]) -> None:
    for thing in things:
        thing()


def bound(function: Callable[..., Any], *arguments: Any, **options: Any) -> Callable[[], Any]:
    return lambda: function(*arguments, **options)


def row(name: str, period: str, raw_time: float, function_time: float, target: float) -> str:
    ratio = function_time / raw_time
    good = "✓" if ratio <= target else "✗"
    return f"| {name} | {period} | {raw_time * 1000:.2f} | {function_time * 1000:.2f} | {ratio:.2f} | {good} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
