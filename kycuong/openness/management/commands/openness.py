"""`./run openness`: whether the public page is open, what is on it, what comes within a week. Opening it is a person's act."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from kycuong.core.clock import today
from kycuong.core.command import Command as OurCommand
from kycuong.core.problems import BadInput
from kycuong.openness.queries import coming, corrections, standing, years_of

MOST_AHEAD = 366


class Command(OurCommand):
    help = "trang công khai: mở hay chưa, có gì, tuần tới thêm gì / the public page: open or not, what is on it, what comes"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--days", type=int, default=7, help="xem trước mấy ngày tới, 0 đến 366 / days to look ahead, 0 to 366"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        day = today()
        if not 0 <= options["days"] <= MOST_AHEAD:
            raise BadInput(
                f"--days phải từ 0 đến {MOST_AHEAD}.",
                en=f"--days lies between 0 and {MOST_AHEAD}.",
                errors=[{"field": "days", "vi": "Ngoài khoảng cho phép.", "en": "Out of range."}],
            )
        found = standing(day)
        self.say("Trang đang mở. / The page is open." if found.is_open else "Trang chưa mở. / The page is not open.")
        if found.opens_on:
            self.say(f"Mở từ {found.opens_on:%d/%m/%Y}. / Opens on {found.opens_on}.")
        for year, visits in years_of(day).items():
            self.stdout.write(f"{year}\t{len(visits)} lượt / visits")
        for one in coming(day, days=options["days"]):
            self.stdout.write(f"{one.public_from:%d/%m/%Y}\t{one.month}\t{one.unit}")
        self.say(f"Đã rút lại {len(corrections(day))} lượt. / Taken back: {len(corrections(day))}.")
