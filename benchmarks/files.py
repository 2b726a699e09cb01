"""P10 and P12: a thousand minutes as PDF and as Word, and a list of 100,000 rows as a workbook in bounded memory.

    python -m benchmarks.files [--rows 100000] [--minutes 1000] [--only lists|papers]

Lists are written beside openpyxl from the very same rows, each in a process of its own; papers beside LibreOffice, started
for each file as an office without this product would. The table goes to standard output and to benchmarks/results.
"""

from __future__ import annotations

import argparse
import gc
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from .apart import apart, part, ready, tell
from .numbers import note

WRITERS = ("xlsx", "csv", "openpyxl", "openpyxl-lean")
P10, P12 = 0.1, 100.0
COLD = 5
"""Files that LibreOffice turns into PDF: each takes seconds."""


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--minutes", type=int, default=1000)
    parser.add_argument("--only", choices=["lists", "papers"])
    options = parser.parse_args(arguments)
    if part():
        sys.stdout.write(in_part(part(), options))
        return 0
    parts = [] if options.only == "papers" else [lists(arguments, options.rows)]
    parts += [] if options.only == "lists" else [apart("benchmarks.files", "papers", arguments)]
    return tell("files", "Files", parts)


def lists(arguments: list[str], rows: int) -> str:
    """P12: the province once, then each writer in a process that did nothing before."""
    lines = [f"## A list of {rows:,} rows\n", "| writer | seconds | MB over idle | file MB | P12 ≤ 100 MB |"]
    lines.append("| --- | ---: | ---: | ---: | --- |")
    with tempfile.TemporaryDirectory(prefix="kycuong-benchmark-") as home:
        made = [apart("benchmarks.files", one, arguments, home=home) for one in ("province", *WRITERS)]
    return "\n".join([*lines, *(line.rstrip("\n") for line in made[1:])]) + "\n"


def in_part(part: str, options: Any) -> str:
    ready()
    if part == "province":
        return province(options.rows)
    if part == "papers":
        return "\n".join(papers(options.minutes))
    return one_list(part)


# ---------------------------------------------------------------------------------------------------------- lists


def province(rows: int) -> str:
    from kycuong.orgs.actions import create_account, grant_role  # noqa: PLC0415
    from kycuong.orgs.authority import at_the_machine  # noqa: PLC0415
    from kycuong.orgs.models import Unit  # noqa: PLC0415
    from kycuong.site.prepare import migrate  # noqa: PLC0415

    from .province import SEED, fill_units, fill_visits  # noqa: PLC0415

    migrate(sys.stderr.write)
    made = fill_units(Random(SEED))
    fill_visits(made, Random(SEED), rows)
    root = Unit.objects.get(pk=made.root)
    with at_the_machine():
        person, _password = create_account(by=None, at=root, username="tonghop", full_name="Người tổng hợp")
        grant_role(person, by=None, role="aggregator", unit=root)
    return ""


def one_list(writer: str) -> str:
    """Write every visit of the province as the aggregator may see it, and say what it took."""
    from kycuong.exports.queries import open_list, printed  # noqa: PLC0415
    from kycuong.orgs.models import Person  # noqa: PLC0415
    from kycuong.sheets.listing import csv_pieces, write_list  # noqa: PLC0415

    person = Person.objects.get(username="tonghop")
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "list"

        def write() -> int:
            listed = open_list("figure", person, {"figure": "visits", "from": "2016-01-01", "to": "2025-12-31"})
            if writer == "xlsx":
                return write_list(str(target), listed, printed(listed, person))
            if writer == "csv":
                with target.open("w", encoding="utf-8", newline="") as out:
                    out.writelines(csv_pieces(listed))
                return len(listed.keys)
            return plainly(listed, target, lean=writer == "openpyxl-lean")

        for form in ("xlsx", "csv"):  # what every process of a server has loaded
            warm = open_list("units", person, {"on": "2012-01-01"})
            write_list(os.devnull, warm, printed(warm, person)) if form == "xlsx" else list(csv_pieces(warm))
        open_list("figure", person, {"figure": "visits", "from": "2016-01-01", "to": "2016-01-02"})
        gc.collect()
        idle, start = memory(), time.perf_counter()
        rows = write()
        seconds, more, size = time.perf_counter() - start, memory() - idle, target.stat().st_size / 1024**2
    ours = writer in ("xlsx", "csv")
    good = note("P12", f"a list as {writer}, MB over idle", rows, more, P12 if ours else None).mark
    names = {"openpyxl": "openpyxl, plain", "openpyxl-lean": "openpyxl, write_only"}
    return f"| {names.get(writer, f'ours, {writer}')} ({rows:,}) | {seconds:.1f} | {more:.0f} | {size:.1f} | {good} |"


def plainly(listed: Any, target: Path, *, lean: bool) -> int:
    """The same rows by openpyxl, without title, types or looks."""
    import openpyxl  # noqa: PLC0415 - it must not count as ours

    book = openpyxl.Workbook(write_only=lean)
    sheet = book.create_sheet() if lean else book.active
    sheet.append([str(column.title) for column in listed.columns])
    rows = 0
    for piece in listed.pieces():
        for values in piece:
            sheet.append(values)
            rows += 1
    book.save(target)
    return rows


def memory() -> float:
    """The most that this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


# --------------------------------------------------------------------------------------------------------- papers


def papers(count: int) -> Iterator[str]:
    """P10: different minutes of visits with a whole checklist, from the database to the file."""
    from kycuong.letterheads.documents import written  # noqa: PLC0415

    uids, person = signed(count)
    yield f"\n## {count:,} minutes\n\n| kind | seconds each | P10 ≤ {P10} s |\n| --- | ---: | --- |"
    last: list[bytes] = []
    for form in ("pdf", "docx"):
        written("minutes", uids[0], form, by=person)
        each = timed(lambda form=form: last.append([written("minutes", uid, form, by=person).data for uid in uids][-1]))
        yield f"| {form} | {each / count:.3f} | {note('P10', f'minutes as {form}, s each', count, each / count, P10).mark} |"
    if cold := libreoffice(last[-1]):
        note("P10", "LibreOffice, cold, s each", count, cold)
        yield f"| LibreOffice, cold, docx → pdf | {cold:.3f} | |"
    else:
        yield "| LibreOffice is not installed here | | |"


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def signed(count: int) -> tuple[list[Any], Any]:
    """Visits recorded and signed by the product's own acts, no two alike."""
    from kycuong.inspections.actions import Planned  # noqa: PLC0415
    from kycuong.site.prepare import migrate  # noqa: PLC0415
    from tests.desk import YESTERDAY, made  # noqa: PLC0415

    from .progress import progress  # noqa: PLC0415

    migrate(sys.stderr.write)
    desk, uids = made(), []
    for number in range(count):
        progress("minutes", number + 1, count)
        day = YESTERDAY - timedelta(days=number)
        planned = Planned(desk.units["commune"], day, "full")
        uids.append(desk.signed(visits=[planned]).uid)
    return uids, desk.people["team_head"]


def libreoffice(word_file: bytes) -> float | None:
    """Seconds for one file, each with a profile of its own; None without LibreOffice."""
    import shutil  # noqa: PLC0415

    office = shutil.which("soffice")
    if office is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "minutes.docx"
        source.write_bytes(word_file)
        start = time.perf_counter()
        for number in range(COLD):
            profile = f"-env:UserInstallation=file://{folder}/profile{number}"
            command = [
                office,
                profile,
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
                f"{folder}/{number}",
                str(source),
            ]
            subprocess.run(command, check=True, capture_output=True)
        return (time.perf_counter() - start) / COLD


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
