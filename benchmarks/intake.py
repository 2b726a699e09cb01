"""P7 and P8: what a phone sends, taken in, against the rows that it comes to written raw, and against an address that only writes; then 50
phones at once against a server of its own.

    python -m benchmarks.intake [--visits 40] [--phones 50] [--only sqlite|postgresql]

The table goes to standard output and to benchmarks/results.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from .apart import add_engines, apart, engines, part, ready_with_tables, tell
from .numbers import note

P7, BATCHED, P8, KEPT = 0.02, 0.015, 0.1, 0.01
"""Why no more: docs/adr/0031."""


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visits", type=int, default=40)
    parser.add_argument("--phones", type=int, default=50)
    add_engines(parser)
    options = parser.parse_args(arguments)
    if part():
        sys.stdout.write("\n".join(report(options.visits, options.phones)))
        return 0
    ask = {"KYCUONG_HOSTS": "127.0.0.1", "KYCUONG_SECOND_FACTOR": "optional", "KYCUONG_CONFIRM": "0"}
    parts = (apart("benchmarks.intake", engine, arguments, **ask) for engine in engines(options))
    return tell("intake", "Taking in what phones send", parts)


def report(visits: int, phones: int) -> Iterator[str]:
    """The tables of this process's database."""
    ready_with_tables()
    from .phones import Field, at_once, one_by_one, photos  # noqa: PLC0415

    field = Field()
    yield f"## {part()}\n\n| what | product a second | raw a second | share of the limit | target |"
    yield "| --- | ---: | ---: | ---: | --- |"
    lots = [("P7", zip(one_by_one(field, visits), (P7, BATCHED), strict=True))]
    lots.append(("P8", zip(photos(field, visits), (P8, KEPT), strict=True)))
    for target, lot in lots:
        for (name, product, raw), limit in lot:
            number = note(target, name, visits, product / raw, limit, floor=True)
            yield f"| {name} | {product:.1f} | {raw:.1f} | {number.value:.3f} | ≥ {limit} {number.mark} |"
    yield f"\n{at_once(field, phones)}\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
