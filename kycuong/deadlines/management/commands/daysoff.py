"""`./run daysoff`: the days off of a year, or fill the year from the library."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from kycuong.core.clock import today
from kycuong.core.command import Command as OurCommand
from kycuong.deadlines.actions import fill_year
from kycuong.deadlines.queries import Year, year_of
from kycuong.deadlines.rules import ensure_year
from kycuong.orgs.authority import at_the_machine


class Command(OurCommand):
    help = "lịch nghỉ của một năm; --fill điền từ thư viện / the days off of a year; --fill fills it from the library"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--year", type=int, help="năm, mặc định là năm nay / the year, by default this one")
        parser.add_argument(
            "--fill", action="store_true", help="thêm ngày còn thiếu, không sửa ngày đã có / add what is missing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        year = today().year if options["year"] is None else options["year"]
        ensure_year(year)
        if options["fill"]:
            with at_the_machine():
                change = fill_year(year, by=None)
            self.say(f"Đã thêm {len(change.days)} ngày. / Added {len(change.days)} days.")
            if change.moved:
                count = len(change.moved)
                self.say(f"{count} thời hạn đang chạy đã dời. / {count} running deadlines moved.")
        self.write(year_of(year))

    def write(self, held: Year) -> None:
        if held.confirmation is None:
            self.say(f"Lịch nghỉ năm {held.year} chưa được xác nhận. / The days off of {held.year} are not confirmed.")
        for row in held.days:
            words = [f"{row.day:%d/%m/%Y}", row.get_kind_display(), row.name, row.get_source_display(), row.note]
            self.stdout.write("\t".join(words).rstrip())
