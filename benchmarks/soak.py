"""An hour of work at a generated nation: people read, desks write and reorganise; is memory flat, does everybody get an answer, and
are the figures those of the slow oracle at the end?

    python -m benchmarks.soak [--minutes 60] [--visits 3000] [--units 300] [--people 10] [--only sqlite|postgresql]

The server is the product's own, with two processes, on loopback, with cells; one writer works beside it on the same database. The
table goes to standard output and to benchmarks/results. No part of `just bench`: it takes its hour.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from http.client import HTTPConnection
from threading import Event
from typing import Any

from .apart import add_engines, apart, engines, part, ready, tell
from .crowd import Visitor, together
from .numbers import note
from .serving import PROCESSES, held, served

LAST = date(2026, 10, 31)
YEAR = (date(2026, 1, 1), LAST)
FLAT = 1.1
"""At most so many times of what a process held in the second sixth of the soak it may hold in the last."""
READING, PAUSE = 8.0, 3.0
"""Seconds between two pages of one person, and between two acts of the writer."""


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--visits", type=int, default=3_000)
    parser.add_argument("--units", type=int, default=300)
    parser.add_argument("--people", type=int, default=10)
    add_engines(parser)
    options = parser.parse_args(arguments)
    if part():
        sys.stdout.write("\n".join(report(options)) + "\n")
        return 0
    ask = {"KYCUONG_DEMO": "0", "KYCUONG_SECOND_FACTOR": "optional", "KYCUONG_HOSTS": "127.0.0.1"}
    ask["KYCUONG_WORKERS"] = str(PROCESSES)
    parts = (apart("benchmarks.soak", engine, arguments, **ask) for engine in engines(options))
    return tell("soak", "A long run", parts)


def report(options: argparse.Namespace) -> Iterator[str]:
    """The tables of this process's database."""
    ready()
    from .desks import Desks  # noqa: PLC0415 - models can be imported from here on

    people = nation_of(options)
    desks = Desks(1, LAST)
    with served() as (port, processes), ThreadPoolExecutor(1) as beside:
        over = Event()
        writing = beside.submit(write, desks, over, options.minutes * 60, lambda: held(processes()))
        seated = [people[place % len(people)] for place in range(options.people)]
        seen = together(port, seated, seconds=options.minutes * 60, reading=READING)
        over.set()
        sizes = writing.result()
        told = {
            scope: answered(port, people[0], scope) for scope in scopes()
        }  # the oracle takes longer than a session lasts
        differing = list(differences(told))
    yield f"## {part()}, {options.minutes:g} minutes, {options.visits:,} visits before, {options.people} people\n"
    yield f"Written: {', '.join(f'{count} × {name}' for name, count in sorted(desks.done.items()))}.\n"
    first, last = sixth(sizes, 1), sixth(sizes, 5)
    flat = note("soak", "MB a process at the end beside early on", options.visits, last / first, FLAT)
    whole = note("soak", "figures that differ from the oracle", options.visits, len(differing), 0)
    answers = note("soak", "pages without an answer", options.visits, len(seen.faults), 0)
    yield "| | measured | promised | |\n| --- | ---: | ---: | --- |"
    yield f"| pages | {len(seen.seconds):,} | | |"
    yield from (f"| p{share}, ms | {seen.at(share) * 1000:.0f} | | |" for share in (50, 95, 99))
    yield f"| pages without an answer | {len(seen.faults)} | 0 | {answers.mark} |"
    yield f"| MB a process, second sixth of the time | {first:.0f} | | |"
    yield f"| MB a process, last sixth | {last:.0f} | ≤ {FLAT * first:.0f} | {flat.mark} |"
    yield f"| MB an hour a process, by least squares after the first sixth | {growth(sizes):+.1f} | | |"
    yield f"| figures compared with the oracle that differ | {len(differing)} | 0 | {whole.mark} |"
    yield "\n".join(["", *seen.faults[:5], *differing[:5]])


def nation_of(options: argparse.Namespace) -> list[Visitor]:
    """A generated nation with triggers, and who reads what in it."""
    from django.db import connection  # noqa: PLC0415

    from kycuong.nation.load import load_nation  # noqa: PLC0415
    from kycuong.nation.wishes import Wish  # noqa: PLC0415
    from kycuong.orgs.models import Person, UnitVersion  # noqa: PLC0415
    from kycuong.reports.walls import raise_walls  # noqa: PLC0415
    from kycuong.site.prepare import prepare  # noqa: PLC0415

    prepare(sys.stderr.write)
    load_nation(Wish(provinces=5, units=options.units, visits=options.visits, years=10, seed=1))
    raise_walls(connection)
    province = UnitVersion.objects.filter(kind="province", valid_to__gt=LAST).earliest("pk").unit.slug
    figures = [
        f"/figures/?scope={scope}&period={period}" for scope in ("ca-nuoc", province) for period in ("2026", "2025")
    ]
    more = [
        f"/api/v1/figures?scope={province}&period=2026",
        "/mine/",
        "/units/",
        "/calendar/",
        "/inspections/?year=2026",
    ]
    lists = [f"/figures/{name}/list/?scope={province}&period=2026" for name in ("visits", "findings")]
    opened = {
        "tonghop": [*figures, *more, *lists],
        "lanhdao": [*figures, "/mine/"],
        "truongdoan": ["/mine/", "/inspections/"],
    }
    return [signed_in(Person.objects.get(username=name), pages) for name, pages in opened.items()]


def signed_in(person: Any, addresses: Sequence[str]) -> Visitor:
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(person)
    return Visitor(f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}", addresses)


def write(desks: Any, over: Event, seconds: float, size: Callable[[], float]) -> list[tuple[float, float]]:
    """Until it is over. (seconds since the beginning, MB a process), some three hundred of them."""
    from django.db import connections  # noqa: PLC0415

    began, sizes = time.monotonic(), list[tuple[float, float]]()
    while not over.wait(PAUSE):
        past = time.monotonic() - began
        desks.write(min(1.0, past / seconds))
        if not sizes or past - sizes[-1][0] >= seconds / 300:
            sizes.append((past, size()))
    connections.close_all()
    return sizes


def sixth(sizes: Sequence[tuple[float, float]], which: int) -> float:
    """MB on average in that sixth of the time, the first being 0."""
    whole = sizes[-1][0]
    return statistics.fmean(size for past, size in sizes if which <= 6 * past / whole <= which + 1)


def growth(sizes: Sequence[tuple[float, float]]) -> float:
    """MB an hour."""
    late = [(past, size) for past, size in sizes if past >= sizes[-1][0] / 6]
    return statistics.linear_regression(*zip(*late, strict=True)).slope * 3600


def answered(port: int, who: Visitor, scope: str) -> dict[str, Any]:
    """What the server says of the year."""
    line = HTTPConnection("127.0.0.1", port, timeout=120)
    line.request("GET", f"/api/v1/figures?scope={scope}&from={YEAR[0]}&to={YEAR[1]}", headers={"Cookie": who.cookie})
    told: dict[str, Any] = json.loads(line.getresponse().read())
    line.close()
    return told


def scopes() -> list[str]:
    """The nation and two of its provinces."""
    from kycuong.orgs.models import UnitVersion  # noqa: PLC0415

    provinces = UnitVersion.objects.filter(kind="province", valid_to__gt=LAST).order_by("pk")[:2]
    return ["ca-nuoc", *(one.unit.slug for one in provinces)]


def differences(served: Mapping[str, dict[str, Any]]) -> Iterator[str]:
    """Where the figures, from cells and by the plain texts, or what the server said, are not those of the oracle."""
    from kycuong.orgs.models import Unit  # noqa: PLC0415
    from kycuong.reports.queries import cells_told, figures_for  # noqa: PLC0415
    from kycuong.reports.rules.periods import between  # noqa: PLC0415
    from tests.nation.test_figures import plain  # noqa: PLC0415
    from tests.nation.told import criteria, duties, told  # noqa: PLC0415
    from tests.reports import oracle as naive  # noqa: PLC0415

    naive.CRITERIA, naive.DUTIES = criteria(), duties()
    oracle = told()
    for slug, answer in served.items():
        scope = Unit.objects.get(slug=slug)
        for view in ("subject", "lead"):
            found = plain(figures_for(scope, between(*YEAR), view=view))
            expected = plain(oracle.figures(naive.Asked(scope.pk, *YEAR, by_lead=view == "lead")))
            yield from (f"{slug} {view} {name}" for name in expected if found[name] != expected[name])
            if view == "subject" and not answer.get("visits") == expected["visits"] > 0:
                yield f"{slug}: the server counts other visits: {answer.get('visits', answer)}"
    yield from (str(one) for one in cells_told().differences)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
