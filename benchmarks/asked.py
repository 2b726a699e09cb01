"""P5 and P6: how often the database is asked for a list of a thousand records, for the same as CSV, and to take in one answer with its ledger.

    python -m benchmarks.asked [--records 1000] [--only sqlite|postgresql]

Numbers of questions do not hang on the machine. Each is that of the second time: what a process asks once is not counted. The table goes to
standard output and to benchmarks/results.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from random import Random
from typing import Any

from .apart import add_engines, apart, engines, part, ready_with_tables, tell
from .numbers import Number, note

P5, P5_FILE, P6 = 12, 10, 10
"""Why no less for a file, and of which answer: docs/adr/0058."""
TOGETHER = 40
PAGES = ("/inspections/", "/inspections/?year=2024", "/plans/?year=2024", "/recommendations/", "/notices/")
FILES = ("/lists/inspections.csv?year=2024",)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=1_000)
    parser.add_argument("--what", choices=("answer", "lists"), help="one of both; each has a database of its own")
    add_engines(parser)
    options = parser.parse_args(arguments)
    if part():
        sys.stdout.write("\n".join(report(options.records, options.what)))
        return 0
    ask = {"KYCUONG_HOSTS": "127.0.0.1", "KYCUONG_SECOND_FACTOR": "optional", "KYCUONG_CONFIRM": "0"}
    wanted = [options.what] if options.what else ["answer", "lists"]
    parts = (
        apart("benchmarks.asked", engine, [*arguments, "--what", what], **ask)
        for engine in engines(options)
        for what in wanted
    )
    return tell("asked", "How often the database is asked", parts)


def report(records: int, what: str) -> Iterator[str]:
    """The table of this process's database."""
    ready_with_tables()
    yield f"## {part()}, {what}\n\n| what | questions | promised |\n| --- | ---: | --- |"
    yield from of_an_answer() if what == "answer" else of_lists(records)
    yield ""


def of_an_answer() -> Iterator[str]:
    from .phones import Field  # noqa: PLC0415

    field = Field()
    for together, promised in ((1, None), (TOGETHER, P6)):
        each = questions(answers(field, together)) / together
        what = "one answer taken in alone" if together == 1 else f"each of {together} answers taken in together"
        yield row(note("P6", what, together, each, promised))


def of_lists(records: int) -> Iterator[str]:
    client = leader(records)
    for promised, addresses in ((P5, PAGES), (P5_FILE, FILES)):
        for address in addresses:
            number = questions(lambda address=address: opened(client, address))  # type: ignore[misc]
            yield row(note("P5", address, records, number, promised))


def row(number: Number) -> str:
    promised = "" if number.limit is None else f"≤ {number.limit:.0f} {number.mark}"
    return f"| {number.what} | {number.value:.3g} | {promised} |"


def questions(thing: Callable[[], object]) -> int:
    """How many are asked the second time that it is done."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    thing()
    with CaptureQueriesContext(connection) as asked:
        thing()
    return sum(not one["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")) for one in asked)


def answers(field: Any, together: int) -> Callable[[], object]:
    """So many answers of a visit that a phone sends, taken in with their ledger: other ones each time."""
    from kycuong.field import actions  # noqa: PLC0415
    from kycuong.field.models import FieldDevice  # noqa: PLC0415
    from tests.field.phone import Phone  # noqa: PLC0415

    phone = Phone(field.head)
    device = FieldDevice.objects.get(uid=phone.uid)
    said = iter([op for _ in range(2) for op in field.said(phone, field.visit())])
    return lambda: actions.receive(device, list(islice(said, together)), by=field.head)


def leader(records: int) -> Any:
    """A client of the leader of a province that has so many inspections in 2024, or hardly fewer, with findings, recommendations and notices."""
    from django.test import Client  # noqa: PLC0415

    from kycuong.inspections.models import Inspection  # noqa: PLC0415
    from kycuong.notices.models import Notice  # noqa: PLC0415
    from kycuong.orgs.models import Assignment, Person, Unit  # noqa: PLC0415

    from .province import SEED, fill_units, fill_visits  # noqa: PLC0415

    random = Random(SEED)
    province, visits = fill_units(random), 0
    while (missing := records - Inspection.objects.filter(opened_on__year=2024).count()) > records // 50:
        visits += (
            12 * missing
        )  # about half of what is missing: a little less than wanted is one piece of a file, more would be two
        fill_visits(province, random, visits)
    person = Person.objects.create(username="leader", full_name="Lãnh đạo")
    Notice.objects.bulk_create(
        Notice(person=person, key=f"notice {number}", subject="Đến hạn", url="/mine/") for number in range(records)
    )
    root = Unit.objects.get(pk=province.root)
    Assignment.objects.create(person=person, role="leader", unit=root, valid_from=date(2010, 1, 1))
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(person)
    return client


def opened(client: Any, address: str) -> None:
    """The page or the file, to its end."""
    answer = client.get(address)
    read = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if answer.status_code != 200 or not read:
        raise RuntimeError(f"{address}: {answer.status_code}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
