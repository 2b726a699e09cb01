"""People who read pages of one server: each signed in, on a line of their own, opening a page, reading it, opening the next."""

from __future__ import annotations

import statistics
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from random import Random
from threading import Event
from typing import NamedTuple

from .progress import progress


class Visitor(NamedTuple):
    """Whose session a line carries, and what that person opens."""

    cookie: str
    addresses: Sequence[str]


@dataclass
class Seen:
    """What came back: seconds of each answer, by its address, and what was no answer."""

    by_address: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    faults: list[str] = field(default_factory=list)

    @property
    def seconds(self) -> list[float]:
        return [one for some in self.by_address.values() for one in some]

    def at(self, share: float) -> float:
        """The time that so many of a hundred waited at most, in seconds."""
        return statistics.quantiles(self.seconds, n=100, method="inclusive")[round(share) - 1]


def alone(port: int, visitors: Iterable[Visitor], times: int) -> Seen:
    """One person after the other, on a server that does nothing else."""
    seen = Seen()
    for visitor in visitors:
        line = HTTPConnection("127.0.0.1", port, timeout=60)
        for _ in range(times):
            for address in visitor.addresses:
                opened(line, visitor, address, seen)
        line.close()
    return seen


def together(port: int, visitors: Sequence[Visitor], *, seconds: float, reading: float) -> Seen:
    """All of them at once for so long; between two pages each reads for `reading` seconds on average, some much longer."""
    seen, over = Seen(), Event()

    def sit(place: int) -> None:
        random, visitor = Random(place), visitors[place]
        line = HTTPConnection("127.0.0.1", port, timeout=60)
        # Each is found reading: what is left of it is as long as the whole, whoever reads so. Sitting down one after the other within
        # `reading` seconds doubles what is asked for at the end of them.
        over.wait(random.expovariate(1 / reading))
        while not over.is_set():
            opened(line, visitor, random.choice(visitor.addresses), seen)
            over.wait(random.expovariate(1 / reading))
        line.close()

    with ThreadPoolExecutor(len(visitors)) as pool:
        sitting = [pool.submit(sit, place) for place in range(len(visitors))]
        for second in range(round(seconds)):
            progress(f"{len(visitors)} people", second + 1, round(seconds))
            time.sleep(1)
        over.set()
    for one in sitting:
        one.result()
    return seen


def opened(line: HTTPConnection, visitor: Visitor, address: str, seen: Seen) -> None:
    start = time.perf_counter()
    for again in (True, False):
        try:
            status = asked(line, visitor, address)
            break
        except (OSError, HTTPException) as error:
            status = repr(error)
            line.close()
            # The server lets go of a line on which nothing was asked for a while: browsers open another one, once.
            if not (again and isinstance(error, ConnectionResetError)):
                break
    seen.by_address[address].append(time.perf_counter() - start)
    if status:
        seen.faults.append(f"{status} {address}")


def asked(line: HTTPConnection, visitor: Visitor, address: str) -> str:
    """Nothing when the page came, else what came."""
    line.request("GET", address, headers={"Cookie": visitor.cookie})
    reply = line.getresponse()
    return "" if reply.read() and reply.status == 200 else str(reply.status)
