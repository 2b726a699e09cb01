"""What ./test runs: the checks, then the suite on SQLite and on PostgreSQL; at the end one plain line of totals."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from tests.budget import WAITING
from tests.postgres import cluster

BIN = Path(sys.executable).parent
WORKERS = str(max(2, min(8, os.cpu_count() or 2)))


class Suite(NamedTuple):
    """What one run of pytest came to."""

    name: str
    passed: int
    wrong: int
    status: int
    names: tuple[str, ...] = ()
    places: tuple[tuple[str, float], ...] = ()
    """Folder or file of tests → seconds of one process, the longest first."""
    left: tuple[tuple[str, int], ...] = ()
    """What waits for --long → how many of it."""

    def __str__(self) -> str:
        return f"{self.passed} tests on {self.name}" + (f" ({self.wrong} WRONG)" if self.wrong else "")


def main(arguments: list[str]) -> int:
    began, idle_before = time.monotonic(), idle_seconds()
    with tempfile.TemporaryFile("w+") as said:  # the checks need one core: meanwhile the suite begins on the others
        checks = subprocess.Popen([str(BIN / "just"), "check"], stdout=said, stderr=subprocess.STDOUT)
        suites = [suite("SQLite", arguments, without_database())]
        failures = [] if checks.wait() == 0 else ["checks"]
        said.seek(0)
        sys.stdout.write(f"\n── just check\n{said.read()}")
    once = [] if "--long" in arguments else ["-m", "not look"]  # what is the same beside either was asked beside SQLite
    with cluster(durable=False) as url:
        suites.append(suite("PostgreSQL", [*once, *arguments], {**os.environ, "KYCUONG_DATABASE_URL": url}))
    failures += [each.name for each in suites if each.status or each.wrong]
    minutes, seconds = divmod(round(time.monotonic() - began), 60)
    totals = ", ".join(map(str, suites))
    idle = (idle_seconds() - idle_before) / (time.monotonic() - began)  # what waits leaves room for one process more
    verdict = f"HỎNG / FAILED ({', '.join(failures)})" if failures else "ĐẠT / PASSED"
    for each in suites:
        for name in each.names:
            sys.stdout.write(f"\n{each.name}: {name}")
    sys.stdout.write("".join(map(where_the_time_went, suites)))
    sys.stdout.write("".join(map(what_was_left, suites)))
    sys.stdout.write(f"\n{verdict}: checks, {totals}; {minutes} min {seconds:02d} s; {idle:.1f} cores idle.\n")
    return 1 if failures else 0


def idle_seconds() -> float:
    """Seconds in which processors of this machine had nothing to do or waited for a disk, all together, since it was started."""
    with open("/proc/stat", encoding="ascii") as told:
        return sum(map(int, told.readline().split()[4:6])) / os.sysconf("SC_CLK_TCK")


def without_database() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "KYCUONG_DATABASE_URL"}


def suite(name: str, arguments: list[str], environment: dict[str, str]) -> Suite:
    """Run pytest. A skipped test counts as wrong: nobody may take it for one that passed."""
    sys.stdout.write(f"\n── pytest · {name}\n")
    with tempfile.TemporaryDirectory() as place:
        report = Path(place) / "report.xml"
        waiting = Path(place) / "waiting"
        shared = {"KYCUONG_TESTS_SHARED": str(Path(place) / "shared"), WAITING: str(waiting)}  # the first: made once
        command = [
            str(BIN / "pytest"),
            "-q",
            "-n",
            WORKERS,
            "--dist=loadgroup",  # what loads the whole demonstration shares one process
            "-p",
            "no:cacheprovider",
            f"--junitxml={report}",
            *arguments,
        ]
        status = run(command, environment | shared)
        return counted(name, report, status)._replace(left=tuple(added_up(waiting)))


def added_up(waiting: Path) -> list[tuple[str, int]]:
    """What tests.budget wrote down: in each process of the run, so the same word may come more than once."""
    sums: Counter[str] = Counter()
    for line in waiting.read_text(encoding="utf-8").splitlines() if waiting.exists() else ():
        what, _, count = line.partition("\t")
        sums[what] += int(count)
    return sums.most_common()


def counted(name: str, report: Path, status: int) -> Suite:
    if not report.exists():
        return Suite(name, 0, 0, status or 1)
    totals = ElementTree.parse(report).getroot().find("testsuite")
    number: Callable[[str], int] = lambda key: int(totals.get(key, "0")) if totals is not None else 0  # noqa: E731
    wrong = number("failures") + number("errors") + number("skipped")
    return Suite(name, number("tests") - wrong, wrong, status, tuple(wrong_ones(totals)), tuple(by_place(totals)))


def by_place(totals: ElementTree.Element | None) -> list[tuple[str, float]]:
    """Seconds of one process by folder of tests, and by file for what lies beside the folders."""
    sums: defaultdict[str, float] = defaultdict(float)
    for case in totals if totals is not None else ():
        sums[".".join(case.get("classname", "").split(".")[:2])] += float(case.get("time", "0"))
    return sorted(sums.items(), key=lambda one: -one[1])


def where_the_time_went(each: Suite) -> str:
    """A line for whoever wants the run to be shorter."""
    told = ", ".join(f"{place.removeprefix('tests.')} {seconds:.0f}" for place, seconds in each.places[:12])
    return f"\n{each.name}, seconds of {WORKERS} processes: {told} …"


def what_was_left(each: Suite) -> str:
    """Nothing is left without a word."""
    told = ", ".join(f"{count:,} {what}" for what, count in each.left) or "nothing"
    return f"\n{each.name}, left for --long: {told}."


def wrong_ones(totals: ElementTree.Element | None) -> Iterator[str]:
    """The names of the tests that failed, broke or were skipped: what a long log says first is lost before it ends."""
    for case in totals if totals is not None else ():
        if any(one.tag in {"failure", "error", "skipped"} for one in case):
            yield f"{case.get('classname')}::{case.get('name')}"


def run(command: list[str], environment: dict[str, str] | None = None) -> int:
    sys.stdout.flush()
    return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
