"""P3 and P12: each figure of a generated nation, from cells against its plain text: cold, warm, and after writes at 1, 10 and 100 units;
and the memory that all of them take.

    python -m benchmarks.nation [--visits 100000] [--units 3400] [--only sqlite|postgresql] [--at URL] [--only-times|--only-memory]

Each database is measured in a process of its own, on a nation that is made for it and thrown away afterwards. The table goes to
standard output and to benchmarks/results.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from .apart import add_at, add_engines, apart, engines, part, ready, tell
from .numbers import note
from .progress import progress

COLD, AFTER_TEN = 1.3, 0.05
HELD = 200.0
ROUNDS = 3
ROOT = Path(__file__).parents[1]
WRITES = (1, 10, 100)
WAYS = ("plain", "cold", "warm", *(f"after {number}" for number in WRITES))


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visits", type=int, default=100_000)
    parser.add_argument("--units", type=int, default=3_400)
    parser.add_argument("--home", default="", help="a place whose nation was loaded before, or is to be kept (SQLite)")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="each number is the fastest of so many")
    parser.add_argument(
        "--only-times",
        action="store_true",
        help="without the memory: counting everything anew takes minutes at ten million",
    )
    parser.add_argument("--only-memory", action="store_true", help="without the times")
    add_engines(parser)
    add_at(parser)
    options = parser.parse_args(arguments)
    if part():
        sys.stdout.write(report(options))
        return 0
    parts = (
        apart("benchmarks.nation", engine, arguments, home=options.home, at=options.at, KYCUONG_DEMO="0")
        for engine in engines(options)
    )
    return tell("nation", "Figures of a nation", parts)


def report(options: argparse.Namespace) -> str:
    """The tables of this process's database."""
    ready()
    from kycuong.orgs.models import Unit  # noqa: PLC0415 - settings are read before, with the environment known

    from .generated import nation  # noqa: PLC0415

    scope = nation(options.visits, options.units)
    head = f"## {part()}, {options.visits:,} visits, {Unit.objects.count():,} units of all years\n"
    wanted = [] if options.only_times else [*memory(options.visits), ""]
    times = [] if options.only_memory else tables(scope, options.visits, options.rounds)
    return "\n".join([head, *wanted, *times, ""])


def memory(visits: int) -> Iterator[str]:
    """P12, its second half: what the command that tells all figures of the nation holds at most, beside the same command that tells none."""
    idle = most_held("figures", "--help")
    more = most_held("figures", "--scope", "ca-nuoc", "--period", "2025", "--json") - idle
    good = note("P12", "all figures of a nation, MB over idle", visits, more, HELD)
    yield f"All figures of 2025 and 2024 by `./run figures`: {more:.0f} MB over the {idle:.0f} MB of the command that counts nothing; promised {HELD:g}: {good.mark}"


def most_held(*words: str) -> float:
    """MB, the highest that a command of its own process held."""
    process = subprocess.Popen([sys.executable, "manage.py", *words], cwd=ROOT, stdout=subprocess.DEVNULL)
    _pid, state, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(state)
    if process.returncode:
        raise RuntimeError(f"{' '.join(words)} failed: {process.returncode}")
    return used.ru_maxrss / 1024


def tables(scope: Any, visits: int, rounds: int) -> Iterator[str]:
    """One line a tally, in both views: milliseconds, the fastest of some rounds."""
    from kycuong.reports.figures.question import LEAD, SUBJECT, Question  # noqa: PLC0415
    from kycuong.reports.rules.periods import parse_period  # noqa: PLC0415

    yield "| view | tally | plain ms | cold | warm | after 1 | after 10 | after 100 units | cold ≤ 1.3 | after 10 ≤ 0.05 |"
    yield "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- | --- |"
    sums, waited = [0.0] * 6, [0.0] * 6
    for view in (SUBJECT, LEAD):
        question = Question(scope.pk, parse_period("2025"), view, wide=True)
        for done, (name, tally) in enumerate(tallies().items()):
            progress(f"tallies, {view}", done, len(tallies()))
            numbers, by_the_clock = zip(*measured(question, tally, rounds), strict=True)
            sums = [a + b for a, b in zip(sums, numbers, strict=True)]
            waited = [a + b for a, b in zip(waited, by_the_clock, strict=True)]
            yield line(view, name, numbers)
    yield line("both", "**all**", sums)
    yield line("both", "**all, by the clock on the wall**", waited)
    plain, cold, *_, ten, _hundred = sums
    note("P3", "a nation's tallies, nothing kept beside plain", visits, cold / plain, COLD)
    note("P3", "a nation's tallies, after writes at ten units beside plain", visits, ten / plain, AFTER_TEN)
    for way, seconds in zip(WAYS, sums, strict=True):
        note("cost", f"nation {way}, ms", visits, seconds * 1000)


def tallies() -> dict[str, Any]:
    """Name of the figure that reads it first → tally."""
    from kycuong.reports.figures import FIGURES  # noqa: PLC0415

    found: dict[Any, str] = {}
    for name, figure in FIGURES.items():
        for place, tally in enumerate(figure.tallies):
            if tally.by:
                found.setdefault(tally, name if place == 0 else f"{name} {place + 1}")
    return {name: tally for tally, name in found.items()}


def measured(question: Any, tally: Any, rounds: int) -> list[tuple[float, float]]:
    """Seconds, of the processor and of the clock: the plain text; from cells when there are none, when nothing was written, and after writes at so many units."""
    from kycuong.reports import store  # noqa: PLC0415
    from kycuong.reports.figures.figure import Reading  # noqa: PLC0415
    from kycuong.reports.figures.runner import rows_of  # noqa: PLC0415

    values = {**question.parameters(), **dict(tally.values)}

    def read() -> object:
        reading = Reading(question)
        rows = reading[tally]
        store.keep(reading.counted)
        return rows

    plain = fastest(lambda: rows_of(tally.text(question), values), rounds)
    cold = fastest(read, rounds, before=store.drop)
    warm = fastest(read, rounds)
    return [plain, cold, warm, *(fastest(read, rounds, before=writes(number)) for number in WRITES)]


def writes(number: int) -> Callable[[], object]:
    """A visit at each of so many units, by chance, is written to."""
    from kycuong.inspections.models import Visit  # noqa: PLC0415

    random, last = Random(number), visited()

    def write() -> None:
        for unit in random.sample(sorted(last), number):
            Visit.objects.filter(pk=last[unit]).update(version=1)

    return write


@cache
def visited() -> dict[int, int]:
    """Unit → a visit there in 2025."""
    from django.db.models import Max  # noqa: PLC0415

    from kycuong.inspections.models import Visit  # noqa: PLC0415

    there = Visit.objects.filter(visited_on__year=2025).order_by().values_list("unit_id")
    return dict(there.annotate(last=Max("pk")))


def fastest(
    thing: Callable[[], object], rounds: int, *, before: Callable[[], object] = lambda: None
) -> tuple[float, float]:
    """Of the processor on SQLite, which works in this process, so that other load counts less, by the clock elsewhere; and by the clock,
    which alone sees what waits for the disk and for others."""
    from django.db import connection  # noqa: PLC0415

    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    worked, waited = [], []
    for _ in range(rounds):
        before()
        start, since = clock(), time.perf_counter()
        thing()
        worked.append(clock() - start)
        waited.append(time.perf_counter() - since)
    return min(worked), min(waited)


def line(view: str, name: str, numbers: Sequence[float]) -> str:
    plain, cold, *_, ten, _hundred = numbers
    good = ["✓" if holds else "✗" for holds in (cold <= COLD * plain, ten <= AFTER_TEN * plain)]
    return f"| {view} | {name} | {' | '.join(f'{one * 1000:.1f}' for one in numbers)} | {' | '.join(good)} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
