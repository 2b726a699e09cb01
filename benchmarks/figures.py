"""P1 and P2: each figure against its raw SQL, and whole requests against the sum of their raw SQL, on both databases.

    python -m benchmarks.figures [--visits 100000] [--only sqlite|postgresql]

Each database is measured in a process of its own, on a province that is made for it and thrown away afterwards. The
table goes to standard output and to benchmarks/results.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from random import Random
from typing import Any

from .apart import add_engines, apart, engines, part, ready_with_tables, tell
from .measure import best
from .numbers import Number, note

P1, P2 = 1.5, 3.0
PERIODS = ("2024-Q2", "2024")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visits", type=int, default=100_000)
    add_engines(parser)
    options = parser.parse_args(arguments)
    if part():
        sys.stdout.write(report(options.visits))
        return 0
    ask = {"KYCUONG_SECOND_FACTOR": "optional"}  # what is measured is the page, not the way to it
    parts = (apart("benchmarks.figures", engine, arguments, **ask) for engine in engines(options))
    return tell("figures", "Figures of one province", parts)


def report(visits: int) -> str:
    """The tables of this process's database."""
    ready_with_tables()
    from kycuong.orgs.models import Unit  # noqa: PLC0415

    from .province import SEED, fill_units, fill_visits  # noqa: PLC0415

    random = Random(SEED)
    province = fill_units(random)
    root = Unit.objects.get(pk=province.root)
    fill_visits(province, random, visits // 10)
    queries_of_few = requests(root)["queries"]
    fill_visits(province, random, visits)
    parts = [*each_figure(root, visits), *whole_request(root, queries_of_few, visits), ""]
    return "\n".join([f"## {part()}, {visits:,} visits\n", *parts])


def each_figure(root: Any, visits: int) -> Iterator[str]:
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
            number = note("P1", f"{name} {text}", visits, times["function"] / times["raw"], P1)
            yield row(f"{name} | {text}", times["raw"], times["function"], number)


def whole_request(root: Any, queries_of_few: dict[str, int], visits: int) -> Iterator[str]:
    """P2."""
    seen = requests(root)
    yield "\n| request | queries | at a tenth of the rows | raw SQL ms | request ms | ratio | P2 ≤ 3 |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | --- |"
    for text, times in seen["times"].items():
        few, many = queries_of_few[text], seen["queries"][text]
        number = note("P2", f"GET {text}", visits, times["request"] / times["raw"], P2)
        for name, seconds in times.items():
            note("cost", f"GET {text}, {name}, ms", visits, seconds * 1000)
        good = number.mark if 0 < many == few else "✗"
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


def row(name: str, raw_time: float, function_time: float, number: Number) -> str:
    return f"| {name} | {raw_time * 1000:.2f} | {function_time * 1000:.2f} | {number.value:.2f} | {number.mark} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
