"""Every benchmark, one after the other; then every target in one table, the cost against the size in one picture, and what became
slower since the last time on this machine.

    python -m benchmarks [--sizes 1000 10000 100000] [--without serving files] [--quick] [--publish]
    python -m benchmarks --run "nation --visits 1000000 --units 34000 --only postgresql" --run soak --publish

--quick: small sizes, to see that each still runs; its ratios are told, but neither kept nor compared. --run: these instead of all; what
was measured before is kept. --publish: write the table and the picture to docs/reference, too, with all that is kept of this machine, each
under its day. The exit code is 1 when a target was missed or a benchmark broke.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

from .apart import RESULTS
from .curve import curve
from .measure import machine
from .numbers import NUMBERS, Number, noted
from .progress import progress

COUNTED = (
    "P5 and P6 are numbers of questions to the database; `tests/site/test_query_counts.py` holds at every run that a page asks no more for hundreds of rows "
    "than for one. What each row means: [benchmarks](../../benchmarks/README.md)."
)
REFERENCE = Path(__file__).parents[1] / "docs" / "reference"
LAST = RESULTS / "last.json"
HANDFUL = 4
SLOWER = 1.25
"""So many times worse than the last time is told: rounds of the same code differ by up to a fifth on a machine that is shared."""
WHOLE: dict[str, list[str]] = {
    "asked": [],
    "intake": [],
    "gathering": [],
    "files": [],
    "ledger": [],
    "nation": [],
    "within": [],
    "spark": ["--visits", "40000", "--units", "1700"],
    "serving": [],
}
QUICK = {
    "asked": ["--records", "100"],
    "intake": ["--visits", "2", "--phones", "2"],
    "gathering": ["--files", "10", "--rounds", "1"],
    "files": ["--rows", "1000", "--minutes", "5"],
    "ledger": ["--entries", "20000"],
    "nation": ["--visits", "1000", "--units", "300"],
    "within": ["--visits", "1000", "--units", "300"],
    "spark": ["--visits", "1000", "--units", "300", "--only", "sqlite"],
    "serving": ["--people", "5", "--visits", "1000", "--seconds", "5"],
}
"""Benchmark → its arguments. Figures are measured at each size."""


def asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--without", nargs="+", default=[], choices=["figures", *WHOLE])
    parser.add_argument("--run", action="append", default=[], metavar="BENCHMARK …")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--publish", action="store_true")
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    options = asked(arguments)
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "numbers"
        broken = [name for name, again in run_all(options, {**os.environ, NUMBERS: str(path)}) if again not in (0, 1)]
        numbers = list(noted(path))
    text = "\n".join(report(numbers, broken, [] if options.quick else last()))
    sys.stdout.write(text)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"all-{date.today().isoformat()}.md").write_text(text, encoding="utf-8")  # noqa: DTZ011 - the machine's day
    (RESULTS / "cost.svg").write_text(curve(numbers), encoding="utf-8")
    if not options.quick and not broken:
        LAST.write_text(json.dumps([asdict(one) for one in merged(last(), numbers)]), encoding="utf-8")
    if options.publish:
        publish(numbers if options.quick else merged(last(), numbers), broken)
    return 1 if broken or not all(one.good for one in numbers) else 0


def run_all(options: argparse.Namespace, environment: dict[str, str]) -> Iterator[tuple[str, int]]:
    """Each benchmark and how it ended: 0, 1 when a target was missed, anything else when it broke."""
    runs = wanted(options)
    for done, (name, more) in enumerate(runs):
        progress(f"{name} {' '.join(more)}"[:34], done, len(runs))
        sys.stderr.write("\n")
        command = [sys.executable, "-m", f"benchmarks.{name}", *more]
        yield name, subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False).returncode
    progress("all benchmarks", len(runs), len(runs))


def wanted(options: argparse.Namespace) -> list[tuple[str, list[str]]]:
    """(benchmark, its arguments) in the order in which they run."""
    if options.run:
        return [(name, more) for name, *more in map(shlex.split, options.run)]
    sizes = [1_000] if options.quick else options.sizes
    runs = [("figures", ["--visits", str(size)]) for size in sizes]
    runs += list((QUICK if options.quick else WHOLE).items())
    return [(name, more) for name, more in runs if name not in options.without]


def report(numbers: list[Number], broken: list[str], before: list[Number]) -> Iterator[str]:
    """The worst of each target, each measurement, and what became worse."""
    yield f"# What was measured, {date.today().isoformat()}\n\n{machine()}\n"  # noqa: DTZ011 - the machine's day
    yield from (f"**{name} broke: run it by itself.**\n" for name in broken)
    yield from worst(numbers)
    yield from slower(numbers, before)
    yield "\n## Each measurement\n\n| target | what | size | database | measured | promised | | on |"
    yield "| --- | --- | ---: | --- | ---: | ---: | --- | --- |"
    yield from (line(one) for one in condensed(numbers))
    yield ""


def worst(numbers: list[Number]) -> Iterator[str]:
    """One line a target: of its measurements the one that is nearest to its limit, or furthest beyond."""
    yield "| target | measurements | missed | the worst | measured | promised | |\n| --- | ---: | ---: | --- | ---: | ---: | --- |"
    for target in dict.fromkeys(one.target for one in numbers if one.limit is not None):
        asked = [one for one in numbers if one.target == target and one.limit is not None]
        bad = max(asked, key=lambda one: one.worse_than(Number(target, "", 0, one.limit or 0, floor=one.floor)))
        missed = sum(not one.good for one in asked)
        name = plain(f"{bad.what} {bad.engine}".strip())
        yield f"| {target} | {len(asked)} | {missed} | {name} | {bad.value:.3g} | {promised(bad)} | {'✗' if missed else '✓'} |"


def condensed(numbers: list[Number]) -> Iterator[Number]:
    """Where one target was measured more than a handful of times at one size, its worst stands for all: each is in its benchmark's own table."""
    told = [one for one in numbers if one.target != "cost"]  # the picture shows them
    for key in dict.fromkeys((one.target, one.size, one.engine) for one in told):
        some = [one for one in told if (one.target, one.size, one.engine) == key]
        if len(some) <= HANDFUL or any(one.limit is None for one in some):
            yield from some
        else:
            bad = max(some, key=lambda one: one.worse_than(Number(one.target, "", 0, one.limit or 0, floor=one.floor)))
            yield replace(bad, what=f"the worst of {len(some)}: {bad.what}")


def slower(numbers: list[Number], before: list[Number]) -> Iterator[str]:
    """Ratios that became worse since the last whole run on this machine."""
    then = {one.key: one for one in before if one.limit is not None}
    found = [(one, then[one.key]) for one in numbers if one.key in then and one.worse_than(then[one.key]) > SLOWER]
    if found:
        yield "\n## Worse than the last time\n\n| target | what | size | database | last time | now |\n| --- | --- | ---: | --- | ---: | ---: |"
    for now, was in found:
        yield f"| {now.target} | {now.what} | {now.size:,} | {now.engine} | {was.value:.3g} | {now.value:.3g} |"


def line(one: Number) -> str:
    return f"| {one.target} | {plain(one.what)} | {one.size:,} | {one.engine} | {one.value:.3g} | {promised(one)} | {one.mark} | {one.day} |"


def plain(words: str) -> str:
    """For a cell of a table."""
    return words.replace("|", "/")


def promised(one: Number) -> str:
    return "" if one.limit is None else f"{'≥' if one.floor else '≤'} {one.limit:g}"


def last() -> list[Number]:
    return [Number(**one) for one in json.loads(LAST.read_text(encoding="utf-8"))] if LAST.exists() else []


def merged(before: list[Number], numbers: list[Number]) -> list[Number]:
    """What was not measured this time is kept as it was."""
    return list({one.key: one for one in [*before, *numbers]}.values())


def publish(numbers: list[Number], broken: list[str]) -> None:
    """For the repository: a table that says on which machine and day."""
    ordered = sorted(numbers, key=lambda one: (not one.target.startswith("P"), len(one.target), one.target, one.size))
    text = "\n".join(report(ordered, broken, [])).replace("\n\n|", f"\n\n{COUNTED}\n\n|", 1)
    picture = "\n![Cost against size](measured-cost.svg)\n"
    (REFERENCE / "measured.md").write_text(text.replace("\n## Each", f"{picture}\n## Each", 1), encoding="utf-8")
    (REFERENCE / "measured-cost.svg").write_text(curve(numbers), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
