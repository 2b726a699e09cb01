"""`./run summary`: the summary report with Biểu 1–6, on the command line of the server."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from kycuong.core.clock import today
from kycuong.core.command import Command as OurCommand
from kycuong.core.problems import BadInput
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person
from kycuong.orgs.queries import resolve_unit
from kycuong.reports.documents import SUMMARY_FORMS, summary_written
from kycuong.reports.management.tables import aligned
from kycuong.reports.queries import summary_for
from kycuong.reports.rules.periods import parse_day, period_asked
from kycuong.reports.rules.summary import Schedule, Summary, proofs_of, schedules_of, sentences, to_text
from kycuong.reports.rules.summary.schedules import shown

MACHINE = ("table", "json")


class Command(OurCommand):
    help = "báo cáo tổng hợp với Biểu 1–6 của một phạm vi trong một kỳ / the summary report of a scope in a period"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--scope", required=True, help="đơn vị: tinh-lang-son, uid hoặc mã@ngày / a unit")
        parser.add_argument("--period", default="", help="2019, 2019-H1, 2019-Q1, 2019-04, nd09:2019-Q1")
        parser.add_argument("--from", dest="first", default="", help="ngày đầu kỳ, 2019-01-01 / first day")
        parser.add_argument("--to", dest="last", default="", help="ngày chốt, tính cả ngày đó / last day, included")
        parser.add_argument("--table", type=int, choices=range(1, 7), help="chỉ một biểu / one table alone")
        parser.add_argument("--form", choices=[*MACHINE, *SUMMARY_FORMS], default="table", help="mặc định table")
        parser.add_argument("--by", metavar="USERNAME", help="theo quyền của tài khoản này / as far as it may see")
        parser.add_argument("-o", "--output", metavar="FILE", help="mặc định: tên của báo cáo / where to write it")

    def handle(self, *args: Any, **options: Any) -> None:
        first, last = (parse_day(options[name]) if options[name] else None for name in ("first", "last"))
        period = period_asked(options["period"], first, last, today=today())
        scope, by = resolve_unit(options["scope"]), person_named(options["by"])
        if by is not None:
            authorize(by, "figures.see", at=scope)
        made = summary_for(scope, period, person=by)
        if options["form"] == "json":
            self.stdout.write(to_text(made))
        elif options["form"] == "table":
            self.stdout.writelines(f"{line}\n" for line in printed(made, options["table"]))
        else:
            file = summary_written(made, options["form"])
            self.keep(file.data, options["output"] or file.name)


def person_named(username: str | None) -> Person | None:
    """Whose eyes; at the machine everything is seen."""
    if not username:
        return None
    found = Person.objects.filter(username=username, is_active=True).first()
    if found is None:
        raise BadInput(f"Không có tài khoản “{username}”.", en=f"There is no account “{username}”.")
    return found


def printed(made: Summary, number: int | None) -> Iterator[str]:
    """The sentences and what the tables hold; or one table."""
    schedules = schedules_of(made)
    if number:
        yield from table_lines(schedules[number - 1])
        if number == 6:
            yield from ("", *table_lines(proofs_of(made)))
        return
    yield f"{made.scope.name} · {made.period.label} ({sentences.days(made)})"
    for said in (sentences.directing, sentences.inspected, sentences.strong, sentences.weak, sentences.followed):
        if told := sentences.joined(said(made)):
            yield told
    for one in schedules:
        yield f"{one.name}. {one.title}: {len(one.rows)} dòng"


def table_lines(schedule: Schedule) -> Iterator[str]:
    """Numbers to the right; rows of a form with many columns stay one line."""
    yield f"{schedule.name}. {schedule.title}"
    if not schedule.rows and not schedule.total:
        yield schedule.empty
        return
    heads = schedule.heads
    rows = [[head.title for head in heads]]
    rows += [
        [shown(value, head) for value, head in zip(row.cells, heads, strict=True)]
        for row in (*schedule.rows, *([schedule.total] if schedule.total else []))
    ]
    yield from aligned(rows, right=[head.holds in ("number", "share", "points") for head in heads])
