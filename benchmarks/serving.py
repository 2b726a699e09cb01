"""P11: many people at once on one province, beside the same pages opened alone; what a process of the server holds then.

    python -m benchmarks.serving [--people 200] [--visits 20000] [--seconds 120] [--only sqlite|postgresql]

The server is the product's own, with two processes, on loopback; its tick of the quarter of an hour has run, so that ten thousand reminders of
ten years are not written while pages are measured. Beside the people one desk writes an inspection every ten seconds. The table goes to standard output and to benchmarks/results.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from threading import Event
from typing import Any

from tests.postgres import free_port

from .apart import add_engines, apart, engines, part, ready, tell
from .crowd import Seen, Visitor, alone, together
from .numbers import note

P11 = 10
READING, HURRIED = 30.0, 10.0
"""Seconds that a page is read on average before the next is opened: what the target is held to (docs/adr/0040), and what is told beside it."""
WRITING = 10.0
"""Seconds between two inspections that are written while people read: what was counted before is worth less after each."""
PROCESSES = 2


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--visits", type=int, default=20_000)
    parser.add_argument("--seconds", type=int, default=120)
    add_engines(parser)
    options = parser.parse_args(arguments)
    if part():
        sys.stdout.write("\n".join(report(options)))
        return 0
    ask = {"KYCUONG_DEMO": "0", "KYCUONG_SECOND_FACTOR": "optional", "KYCUONG_HOSTS": "127.0.0.1"}
    ask["KYCUONG_WORKERS"] = str(PROCESSES)
    parts = (apart("benchmarks.serving", engine, arguments, **ask) for engine in engines(options))
    return tell("serving", "Many people at once", parts)


def report(options: Any) -> Iterator[str]:
    """The table of this process's database."""
    ready()
    people, write = visitors(options.visits)
    with served() as (port, processes), written(write):
        alone(port, people, 1)  # what each process does once
        idle, small = alone(port, people, 3), held(processes())
        seated = [people[place % len(people)] for place in range(options.people)]
        crowd = together(port, seated, seconds=options.seconds, reading=READING)
        large = held(processes())
        hurried = together(port, seated, seconds=options.seconds, reading=HURRIED)
        last = held(processes())
    yield f"## {part()}, {options.visits:,} visits, {options.people} people\n"
    yield "| | pages | p50 ms | p95 ms | p99 ms | no answer | MB a process |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    yield line("alone", idle, small)
    yield line(f"at once, {READING:.0f} s a page", crowd, large)
    yield line(f"at once, {HURRIED:.0f} s a page", hurried, last)
    median, late = idle.at(50), crowd.at(99)
    number = note("P11", "p99 at once beside the median alone", options.people, late / median, P11)
    good = "✗" if crowd.faults else number.mark
    yield f"\nP11, p99 at once at most {P11} times the median alone, nobody without an answer: {late / median:.1f} {good}"
    rates = " and ".join(f"{len(one.seconds) / options.seconds:.1f}" for one in (crowd, hurried))
    yield f"{rates} pages a second. {'; '.join(sorted({*crowd.faults, *hurried.faults})[:5])}\n"
    yield from pages(idle, crowd)


def line(name: str, seen: Seen, size: float) -> str:
    """A row of the table."""
    times = " | ".join(f"{seen.at(share) * 1000:.0f}" for share in (50, 95, 99))
    return f"| {name} | {len(seen.seconds)} | {times} | {len(seen.faults)} | {size:.0f} |"


def pages(idle: Seen, crowd: Seen) -> Iterator[str]:
    """Each page alone and at once, the dearest first: who makes one dearer finds it here."""
    yield "| page | alone, ms | at once, median | at once, slowest |\n| --- | ---: | ---: | ---: |"
    dear = sorted(idle.by_address, key=lambda address: -statistics.median(idle.by_address[address]))
    for address in dear:
        some = crowd.by_address[address] or [0.0]
        times = (statistics.median(idle.by_address[address]), statistics.median(some), max(some))
        yield f"| `{address}` | " + " | ".join(f"{one * 1000:.0f}" for one in times) + " |"
    yield ""


def visitors(visits: int) -> tuple[list[Visitor], Callable[[], None]]:
    """One of each kind of people of a province with so many visits, and what they open through a day; and what writes one more inspection."""
    from kycuong.core.clock import today  # noqa: PLC0415
    from kycuong.notices.tasks.running import tick  # noqa: PLC0415
    from kycuong.orgs.models import Unit  # noqa: PLC0415
    from kycuong.site.prepare import prepare  # noqa: PLC0415

    from .province import SEED, fill_units, fill_visits, one_more  # noqa: PLC0415

    prepare(sys.stderr.write)
    random = Random(SEED)
    province = fill_units(random)
    fill_visits(province, random, visits)
    told = tick(today())
    if told is None or told.faults:
        raise SystemExit(f"the tick did not end well: {told}")
    root, commune = (Unit.objects.get(pk=pk) for pk in (province.root, province.communes[7]))
    district = Unit.objects.get(pk=province.parent[commune.pk])
    scope = f"/figures/?scope={root.slug}&period="
    above = [f"{scope}2024", f"{scope}2024-Q2", "/mine/", "/inspections/?year=2024", "/plans/?year=2024"]
    lists = [f"/figures/visits/list/?scope={root.slug}&period=2024-Q2", "/calendar/", "/api/v1/inspections", "/units/"]
    own = ["/mine/", f"/units/{commune.slug}/", "/notices/", f"/figures/?scope={commune.slug}&period=2024"]
    people = [
        signed_in("leader", root, above),
        signed_in("aggregator", root, [*above, *lists]),
        signed_in("coordinator", district, ["/mine/", f"/figures/?scope={district.slug}&period=2024", "/inspections/"]),
        signed_in("unit_head", commune, own),
    ]
    return people, lambda: one_more(province, random)


@contextmanager
def written(write: Callable[[], None]) -> Iterator[None]:
    """Inside, a desk writes again and again."""
    over = Event()

    def again() -> None:
        from django.db import connections  # noqa: PLC0415

        while not over.wait(WRITING):
            write()
        connections.close_all()

    with ThreadPoolExecutor(1) as beside:
        desk = beside.submit(again)
        try:
            yield
        finally:
            over.set()
            desk.result()


def signed_in(role: str, unit: Any, addresses: list[str]) -> Visitor:
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from kycuong.orgs.models import Assignment, Person  # noqa: PLC0415

    person = Person.objects.create(username=role, full_name=f"Người {role}")
    Assignment.objects.create(person=person, role=role, unit=unit, valid_from=date(2010, 1, 1))
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(person)
    return Visitor(
        f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}", tuple(addresses)
    )


@contextmanager
def served() -> Iterator[tuple[int, Any]]:
    """The product's own server: its port, and a function that tells the numbers of its processes."""
    from django.db import connections  # noqa: PLC0415

    connections.close_all()
    port = free_port()
    environment = {**os.environ, "PORT": str(port), "DJANGO_SETTINGS_MODULE": "kycuong.site.settings"}
    server = subprocess.Popen([sys.executable, "manage.py", "serve"], env=environment, stdout=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield port, lambda: children(server.pid)
    finally:
        server.terminate()
        server.wait(30)


def wait_for(port: int) -> None:
    for _ in range(600):
        line = HTTPConnection("127.0.0.1", port, timeout=2)
        try:
            line.request("GET", "/healthz")
            line.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
        finally:
            line.close()
    raise SystemExit("the server does not answer")


def children(pid: int) -> list[int]:
    """The processes that answer."""
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]


def held(processes: list[int]) -> float:
    """Megabytes that a process holds on average, what they share counted once among them (Pss)."""
    sizes = []
    for pid in processes:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
        sizes += [int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")]
    return sum(sizes) / len(sizes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
