"""Power cuts on the product: what a disk holds after each, and what the product then says of it."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import threading
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from tests.browser.served import HOUSE
from tests.trust.disk import Disk, Event
from tests.trust.office import Office
from tests.trust.test_kills import Writer, faults

OPENER = """
import io, json, sys
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from kycuong.inspections.models import Inspection

def looked():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA integrity_check")
            found = [one for (one,) in cursor.fetchall() if one != "ok"]
            if found:
                return {"faults": found[:3], "titles": []}
    said = io.StringIO()
    try:
        call_command("audit", "verify", stdout=said, stderr=io.StringIO())
    except SystemExit:
        return {"faults": said.getvalue().splitlines()[:3], "titles": []}
    return {"faults": [], "titles": list(Inspection.objects.values_list("title", flat=True))}

for line in sys.stdin:
    connection.close()
    connection.settings_dict.update(json.loads(line))
    try:
        told = looked()
    except Exception as error:
        told = {"faults": [f"{type(error).__name__}: {error}"], "titles": []}
    connection.close()
    print(json.dumps(told), flush=True)
"""
"""The product opens one database after another, as it would after the start: integrity, `audit verify`, what is there."""


class Opener:
    """The product in a process of its own, which is told where the next database is."""

    def __init__(self, office: Office) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", OPENER], env=office.environment, cwd=HOUSE, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def __enter__(self) -> Opener:
        return self

    def __exit__(self, *_: object) -> None:
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                pipe.close()
        self.process.wait(60)

    def look(self, **where: Any) -> dict[str, list[str]]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(where) + "\n")
        self.process.stdin.flush()
        told: dict[str, list[str]] = json.loads(self.process.stdout.readline())
        return told


class Noting(Writer):
    """Remembers when each was acknowledged."""

    def __init__(self, office: Office, number: int) -> None:
        self.times: list[tuple[float, str]] = []
        super().__init__(office, number)

    def noted(self, title: str) -> None:
        self.times.append((time.time(), title))
        super().noted(title)


class Told(NamedTuple):
    """What people were told, and when: seconds of the wall clock, title; and everything that they tried."""

    acknowledged: list[tuple[float, str]]
    tried: list[str]


def written(office: Office, count: int, *, writers: int = 3, patience: float = 300) -> Told:
    """So many inspections, by some people at once, while somebody else reads."""
    people = [Noting(office, number) for number in range(writers)]
    over = threading.Event()
    reader = threading.Thread(target=reads, args=(office, over), daemon=True)
    reader.start()
    end = time.monotonic() + patience
    while sum(len(one.times) for one in people) < count:
        assert time.monotonic() < end, office.log()
        time.sleep(0.02)
    for one in people:
        one.stop()
    over.set()
    reader.join(60)
    return Told(sorted(pair for one in people for pair in one.times), [title for one in people for title in one.tried])


def reads(office: Office, over: threading.Event) -> None:
    while not over.is_set():
        office.ask("GET", "/api/v1/inspections", "aggregator")
        time.sleep(0.05)


class Cut(NamedTuple):
    """One disk after one power cut; `known`: the titles that were acknowledged before."""

    after: str
    way: str
    files: dict[str, bytes]
    known: list[str]


def cuts(disk: Disk, events: Sequence[Event], told: Told, count: int, chance: random.Random) -> Iterator[Cut]:
    """After so many of the calls each, chosen by chance; of each moment one disk. The last moment is always among them."""
    times = [at for at, _title in told.acknowledged]
    after = Counter(chance.choices(range(1, len(events) + 1), k=count - 1) + [len(events)])
    for number, event in enumerate(events, start=1):
        disk.take(event)
        before = events[number].at if number < len(events) else float("inf")
        known = [title for _at, title in told.acknowledged[: bisect_left(times, before)]]
        for _each in range(after[number]):
            way, files = disk.after_a_cut(chance)
            yield Cut(f"after call {number} of {len(events)} ({event.kind} of {event.path})", way, files, known)


def wrong(cut: Cut, told: Told, found: dict[str, list[str]]) -> list[str]:
    """What is broken, lost, doubled or made up on this disk."""
    if found["faults"]:
        return [f"{cut.after}, {cut.way}: {one}" for one in found["faults"]]
    return [f"{cut.after}, {cut.way}: {one}" for one in faults(cut.known, told.tried, found["titles"])]
