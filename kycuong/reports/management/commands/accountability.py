"""`./run accountability`: measures by kind, about units and people, on the command line of the server."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from kycuong.core.clock import today
from kycuong.core.command import Command as OurCommand
from kycuong.followup.rules.suppression import COLUMNS
from kycuong.orgs.queries import resolve_unit
from kycuong.reports.figures.question import VIEWS
from kycuong.reports.management.tables import aligned
from kycuong.reports.queries import Accountability, accountability_for
from kycuong.reports.rules.periods import period_asked

HEAD = ("Hình thức", "Tập thể", "Cá nhân", "Cộng")


class Command(OurCommand):
    help = "xử lý trách nhiệm của một phạm vi trong một kỳ / measures of a scope in a period; with every number"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--scope", required=True, help="đơn vị: tinh-lang-son, uid hoặc mã@ngày / a unit")
        parser.add_argument("--period", default="", help="2019, 2019-H1, 2019-Q1, 2019-04, nd09:2019-Q1")
        parser.add_argument(
            "--view", default="subject", choices=list(VIEWS), help="theo đơn vị được kiểm tra | chủ trì"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        period = period_asked(options["period"], None, None, today=today())
        told = accountability_for(resolve_unit(options["scope"]), period, view=options["view"], person=None)
        self.say(f"{period.first:%d/%m/%Y} – {period.last:%d/%m/%Y} · {VIEWS[options['view']]}")
        self.stdout.writelines(f"{line}\n" for line in aligned(table(told), right=(False, True, True, True)))


def table(told: Accountability) -> list[tuple[str, ...]]:
    """Head, one line a kind, the sums. At the machine no number is left out."""
    numbers = told.table
    lines = [
        (kind.title, *(str(numbers.cells[kind.code, column]) for column in COLUMNS), str(numbers.of_kind[kind.code]))
        for kind in told.kinds
    ]
    return [HEAD, *lines, ("Cộng", *(str(numbers.of_column[column]) for column in COLUMNS), str(numbers.total))]
