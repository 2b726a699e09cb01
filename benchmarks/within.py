"""P4: a province inside a nation against the very same province alone in its database.

    python -m benchmarks.within [--visits 1000000] [--units 34000] [--only sqlite|postgresql] [--at URL [--alone URL]]

The nation is drawn province by province, so one province alone, with its share of units and visits, has the same rows but for a visit
a year. Each database is a process of its own; with `--alone` the province lies on the server of the nation, so both have its settings. The
promise is held for a page, that is all figures of a period; what each figure takes is told beside it. The table goes to standard output and to benchmarks/results.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from typing import Any

from .apart import add_at, add_engines, apart, engines, part, ready, tell
from .numbers import note

P4 = 1.3
PROVINCES = 34
ROUNDS = 5
PERIODS = ("2025-Q2", "2025")
ALONE, ALL = " alone", "**all** | "


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--visits", type=int, default=100_000)
    parser.add_argument("--units", type=int, default=3_400)
    add_engines(parser)
    add_at(parser)
    parser.add_argument(
        "--alone", default="", metavar="URL", help="an empty PostgreSQL, or one that an earlier run filled"
    )
    options = parser.parse_args(arguments)
    if part():
        sys.stdout.write(json.dumps(measured(options)))
        return 0
    return tell("within", "A province inside a nation", tables(options, arguments))


def tables(options: argparse.Namespace, arguments: list[str]) -> Iterator[str]:
    for engine in engines(options):
        alone, inside = (
            json.loads(apart("benchmarks.within", engine + which, arguments, at=at, KYCUONG_DEMO="0"))
            for which, at in ((ALONE, options.alone), ("", options.at))
        )
        yield f"## {engine}: {alone['visits']:,} visits of one province, alone and among {inside['visits']:,}\n"
        yield "| figure | period | alone ms | inside ms | ratio | P4 ≤ 1.3 |\n| --- | --- | ---: | ---: | ---: | --- |"
        for name, seconds in alone["seconds"].items():
            other = inside["seconds"][name]
            ratio, mark = other / seconds, ""
            if name.startswith(ALL):
                mark = note(
                    "P4", f"all figures | {name.removeprefix(ALL)}", options.visits, ratio, P4, engine=engine
                ).mark
            yield f"| {name} | {seconds * 1000:.1f} | {other * 1000:.1f} | {ratio:.2f} | {mark} |"
        yield ""


def measured(options: argparse.Namespace) -> dict[str, Any]:
    """How many visits lie there; name of the figure and period → seconds, the fastest of some rounds, through the product's function."""
    ready()
    from kycuong.inspections.models import Visit  # noqa: PLC0415 - settings are read before, with the environment known
    from kycuong.orgs.models import UnitVersion  # noqa: PLC0415
    from kycuong.reports.figures import FIGURES  # noqa: PLC0415
    from kycuong.reports.queries import figures_for  # noqa: PLC0415
    from kycuong.reports.rules.periods import parse_period  # noqa: PLC0415

    from .generated import nation  # noqa: PLC0415

    alone = part().endswith(ALONE)
    size = (options.visits // PROVINCES, options.units // PROVINCES, 1) if alone else (options.visits, options.units)
    nation(*size)
    root = UnitVersion.objects.filter(kind="province", valid_to__year=9999).order_by("unit__slug").first()
    assert root
    asked = {
        f"{name} | {text}": (parse_period(text), [name])
        for name in FIGURES
        for text in PERIODS
        if name != "restated_flagged"
    }
    asked |= {f"{ALL}{text}": (parse_period(text), list(FIGURES)) for text in PERIODS}
    found = {
        what: fastest(lambda period=period, names=names: figures_for(root.unit, period, names=names))
        for what, (period, names) in asked.items()
    }
    return {"visits": Visit.objects.count(), "seconds": found}


def fastest(thing: Any) -> float:
    from django.db import connection  # noqa: PLC0415

    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    seconds = []
    for _ in range(ROUNDS):
        start = clock()
        thing()
        seconds.append(clock() - start)
    return min(seconds)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
