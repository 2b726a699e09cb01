"""`./run figures`: the figures of a scope, or the list behind one of them, on the command line."""

from __future__ import annotations

import csv
import io
import json
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from kycuong.core.clock import today
from kycuong.core.command import Command as OurCommand
from kycuong.core.problems import BadInput
from kycuong.facts.queries import opened
from kycuong.orgs.queries import resolve_unit
from kycuong.reports.figures.question import VIEWS
from kycuong.reports.management.exported import Elsewhere, elsewhere
from kycuong.reports.management.fresh import freshness, items_as_csv
from kycuong.reports.management.tables import figure_lines, harmless, item_lines, list_lines, par_lines, ranking_lines
from kycuong.reports.queries import (
    Rows,
    answer_for,
    list_for,
    par_answer,
    par_for,
    ranking_answer,
    ranking_for,
)
from kycuong.reports.rules.periods import Period, parse_day, period_asked


class Command(OurCommand):
    help = "số liệu của một phạm vi trong một kỳ, hoặc danh sách đứng sau / figures of a scope, or the list behind one"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--scope", required=True, help="đơn vị: tinh-lang-son, uid hoặc mã@ngày / a unit")
        parser.add_argument("--from", dest="first", default="", help="ngày đầu kỳ, 2019-01-01 / first day")
        parser.add_argument("--to", dest="last", default="", help="ngày chốt, tính cả ngày đó / last day, included")
        parser.add_argument("--period", default="", help="2019, 2019-H1, 2019-Q1, 2019-04, nd09:2019-Q1")
        parser.add_argument(
            "--view", default="subject", choices=list(VIEWS), help="theo đơn vị được kiểm tra | chủ trì"
        )
        parser.add_argument(
            "--restated", default="", help="quy về tổ chức của ngày này / restate on this day's hierarchy"
        )
        self.add_kinds(parser)
        shape = parser.add_mutually_exclusive_group()
        for name in ("table", "json", "csv"):
            shape.add_argument(f"--{name}", dest="shape", action="store_const", const=name)
        parser.set_defaults(shape="table")

    def add_kinds(self, parser: ArgumentParser) -> None:
        """What is made of the question, and where it is counted."""
        parser.add_argument(
            "--list", dest="name", default="", help="danh sách đứng sau một số / the list behind a figure"
        )
        parser.add_argument(
            "--key", help="chỉ một phần của danh sách: surprise, commune_pc, 2019-01 / one part of the list"
        )
        made = parser.add_mutually_exclusive_group()
        made.add_argument(
            "--par", action="store_true", help="Chỉ số CCHC của năm có ngày chốt / the PAR index of the year"
        )
        made.add_argument("--ranking", action="store_true", help="xếp hạng đơn vị / units by pass rate, with intervals")
        made.add_argument(
            "--items",
            action="store_true",
            help="tỷ lệ đạt theo tiêu chí, loại đơn vị, năm; từ bản xuất / pass rates by criterion, kind and year",
        )
        parser.add_argument(
            "--engine",
            nargs=2,
            metavar=("MÁY", "THƯ_MỤC"),
            help="tính từ bản xuất (./run export facts) bằng duckdb hoặc spark://máy:cổng / count over an export",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        first, last, restated_on = (day_or_none(options[name]) for name in ("first", "last", "restated"))
        period = period_asked(options["period"], first, last, today=today())
        self.ensure_sense(options)
        asked: dict[str, Any] = {"view": options["view"], "restated_on": restated_on}
        if options["engine"]:
            self.over_export(options, period, asked)
            return
        scope = resolve_unit(options["scope"])
        words = heading(scope.name_on(restated_on or period.last), period, options["view"], restated_on)
        if options["par"]:
            self.say(words)
            self.write_made(par_answer(par_for(scope, period.last.year, today=today())), options["shape"], par_lines)
        elif options["ranking"]:
            self.say(words)
            made = ranking_answer(ranking_for(scope, period, **asked), restated_on or period.last)
            self.write_made(made, options["shape"], ranking_lines)
        elif options["name"]:
            rows = list_for(options["name"], scope, period, key=options["key"], **asked)
            self.say(f"{words} · {rows.total} dòng / rows")
            self.write_list(rows, options["shape"])
        else:
            answer = answer_for(scope, period, **asked)
            self.say(words)
            self.write_figures(answer, options["shape"])

    def over_export(self, options: dict[str, Any], period: Period, asked: dict[str, Any]) -> None:
        """The same figures, or single items, out of an export; first of all how old that is."""
        with opened(*options["engine"]) as engine:
            found = elsewhere(engine, options["scope"], period, **asked)
            self.say(heading(found.unit.name, period, options["view"], asked["restated_on"]))
            self.say(freshness(found))
            if options["items"]:
                self.write_items(found, options["shape"])
            else:
                self.write_figures(found.answer(), options["shape"])

    def write_items(self, found: Elsewhere, shape: str) -> None:
        items = found.items()
        if shape == "csv":
            self.stdout.write(items_as_csv(found.source(), items), ending="")
        elif shape == "json":
            told = {"facts": found.source(), "items": [one.as_dict() for one in items]}
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
        else:
            self.stdout.writelines(f"{line}\n" for line in item_lines(items))

    def ensure_sense(self, options: dict[str, Any]) -> None:
        if options["engine"] and (options["name"] or options["par"] or options["ranking"]):
            raise BadInput(
                "--engine tính số liệu và --items; danh sách, --par và --ranking chỉ có từ cơ sở dữ liệu. Hãy bỏ --engine.",
                en="--engine counts figures and --items; lists, --par and --ranking come from the database only. Leave --engine out.",
            )
        if options["items"] and not options["engine"]:
            raise BadInput(
                "--items cần một bản xuất: ./run export facts THƯ_MỤC, rồi thêm --engine duckdb THƯ_MỤC.",
                en="--items wants an export: ./run export facts FOLDER, then add --engine duckdb FOLDER.",
            )
        if options["name"] and (options["par"] or options["ranking"]):
            raise BadInput(
                "--par và --ranking không dùng cùng --list. Hãy bỏ một trong hai.",
                en="--par and --ranking do not go with --list. Leave one out.",
            )
        csv_of_what = options["shape"] == "csv" and not options["items"]
        if not options["name"] and (csv_of_what or options["key"] is not None):
            raise BadInput(
                "--csv và --key chỉ dùng cùng --list TÊN, ví dụ --list visits --csv; --items cũng có --csv.",
                en="--csv and --key go with --list NAME only, for example --list visits --csv; --items has --csv, too.",
            )

    def write_made(self, answer: dict[str, Any], shape: str, lines: Callable[[dict[str, Any]], Iterator[str]]) -> None:
        if shape == "json":
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        else:
            self.stdout.writelines(f"{line}\n" for line in lines(answer))

    def write_figures(self, answer: dict[str, Any], shape: str) -> None:
        if shape == "json":
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        else:
            self.stdout.writelines(f"{line}\n" for line in figure_lines(answer))

    def write_list(self, rows: Rows, shape: str) -> None:
        if shape == "json":
            self.stdout.write(json.dumps(rows.dicts(), ensure_ascii=False, indent=2, default=str))
        elif shape == "csv":
            self.stdout.write(as_csv(rows), ending="")
        else:
            self.stdout.writelines(f"{line}\n" for line in list_lines(rows))


def day_or_none(text: str) -> date | None:
    return parse_day(text) if text else None


def heading(name: str, period: Period, view: str, restated_on: date | None) -> str:
    """What was asked, in one line."""
    days = f"{period.first:%d/%m/%Y} – {period.last:%d/%m/%Y}"
    when = days if period.label == days else f"{period.label} ({days})"
    restated = f" · quy về tổ chức ngày {restated_on:%d/%m/%Y}" if restated_on else ""
    return f"{name} · {when} · {VIEWS[view]}{restated}"


def as_csv(rows: Rows) -> str:
    """The list as CSV whose cells no spreadsheet takes for formulas."""
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow([column.name for column in rows.columns])
    writer.writerows([harmless(value) for value in row] for row in rows.rows)
    return target.getvalue()
