"""P9: 300 workbooks of 200 rows read with every check (head, agency's name, cells, totals, rates), beside openpyxl that only reads them.

    python -m benchmarks.gathering [--files 300] [--rows 200] [--rounds 3]

Nothing is written to a database: what is compared is reading. The table goes to standard output and to benchmarks/results.
"""

from __future__ import annotations

import argparse
import io
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

import openpyxl
import xlsxwriter

from .apart import ready, tell
from .numbers import note
from .progress import progress

TARGET = 3.0
"""By processor time, ours and our children's: a machine that others use makes the clock lie (ADR 34)."""
COLUMNS = 15


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--rows", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args(arguments)
    ready("tests.settings")
    files = [made(number, options.rows) for number in range(options.files)]
    ways: dict[str, Callable[[list[bytes]], int]] = {"openpyxl": openpyxl_alone, "product": product}
    fastest, cpu = dict.fromkeys(ways, float("inf")), dict.fromkeys(ways, float("inf"))
    for turn in range(options.rounds):
        for place, (name, way) in enumerate(ways.items()):
            start, used = time.perf_counter(), processor()
            assert way(files) == options.files
            fastest[name] = min(fastest[name], time.perf_counter() - start)
            cpu[name] = min(cpu[name], processor() - used)
            progress("300 workbooks", turn * len(ways) + place + 1, options.rounds * len(ways))
    title = f"Gathering {options.files} workbooks of {options.rows} rows × {COLUMNS} columns"
    return tell("gathering", title, [report(options, fastest, cpu)])


def report(options: Any, fastest: dict[str, float], cpu: dict[str, float]) -> str:
    ratio, spent = fastest["openpyxl"] / fastest["product"], cpu["openpyxl"] / cpu["product"]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    good = note("P9", "times less processor time than openpyxl", options.files, spent, TARGET, floor=True).mark
    lines = [
        "| way | seconds | processor seconds |",
        "| --- | ---: | ---: |",
        *(f"| {name} | {fastest[name]:.2f} | {cpu[name]:.2f} |" for name in fastest),
        f"\nProduct {spent:.1f} × less processor time (target ≥ {TARGET:.0f} {good}), faster {ratio:.1f} × by the clock; {memory} MB at most.\n",
    ]
    return "\n".join(lines)


def processor() -> float:
    """Processor seconds of this process and of those it started."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def openpyxl_alone(files: list[bytes]) -> int:
    """Every cell of every sheet, and nothing else."""
    for data in files:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        for sheet in book.worksheets:
            for _row in sheet.iter_rows(values_only=True):
                pass
    return len(files)


def product(files: list[bytes]) -> int:
    """As pages and the command line read them, without the database's list of agencies."""
    from kycuong.gathering.imports import Agencies, Told, read_form  # noqa: PLC0415 - after django.setup
    from kycuong.sheets.batches import Sent, read_workbooks  # noqa: PLC0415
    from kycuong.sheets.match import Candidate, Matcher  # noqa: PLC0415

    agencies = Agencies.__new__(Agencies)
    agencies.keys, agencies.confirmed = set(range(len(files))), {}
    agencies.matcher = Matcher(Candidate(number, [name_of(number)]) for number in range(len(files)))
    told, done = Told(agencies), 0
    sent = (Sent(data, f"{number}.xlsx") for number, data in enumerate(files))
    for one, found in read_workbooks(sent):
        reading = read_form(found, one.filename, told)
        assert reading.guess.agency is not None
        assert len(reading.values) == COLUMNS - 2
        assert not reading.errors
        done += 1
    return done


def name_of(number: int) -> str:
    return f"Xã Mẫu {number}"


def made(number: int, rows: int) -> bytes:
    """One agency's table: titles above, a row of numbers, rows, and a total that Excel computed."""
    from kycuong.gathering.rules import COLUMNS as FORM  # noqa: PLC0415 - after django.setup

    titles = [column.title for column in FORM[:4] if column.key != "plan"] + [
        column.title for column in FORM[4:COLUMNS]
    ]
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("Biểu 1")
    sheet.write(0, 0, "ỦY BAN NHÂN DÂN TỈNH")
    sheet.write(1, 0, name_of(number).upper())
    sheet.write_row(4, 0, ["STT", *titles])
    sheet.write_row(5, 0, [f"({place + 1})" for place in range(len(titles) + 1)])
    for row in range(rows):
        sheet.write_row(
            6 + row, 0, [row + 1, f"Đơn vị {row}", *((row * place + number) % 7 for place in range(len(titles) - 1))]
        )
    sheet.write(6 + rows, 1, "Tổng cộng")
    for place in range(len(titles) - 1):
        total = sum((row * place + number) % 7 for row in range(rows))
        letter = chr(67 + place)
        sheet.write_formula(6 + rows, 2 + place, f"=SUM({letter}7:{letter}{6 + rows})", None, total)
    book.close()
    return buffer.getvalue()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
