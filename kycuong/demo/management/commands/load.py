"""`kycuong load demo`: fill an empty database with the demonstration province."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import CommandParser

from kycuong.core.command import Command as OurCommand
from kycuong.demo.accounts import DEMO_PASSWORD
from kycuong.demo.load import load_demonstration

WIDTH = 30


class Command(OurCommand):
    help = "Nạp tỉnh minh họa vào cơ sở dữ liệu trống. / Load the demonstration province into an empty database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["demo"], help="demo: Lạng Sơn 2018 đến nay / Lạng Sơn from 2018 to today")

    def handle(self, *args: Any, **options: Any) -> None:
        load_demonstration(progress=self.progress)
        self.say(f"Đã nạp xong. Mật khẩu các tài khoản minh họa / password of the demo accounts: {DEMO_PASSWORD}")

    def progress(self, what: str, done: int, total: int) -> None:
        """A bar for each stage, on standard error."""
        share = done / total if total else 1.0
        bar = "█" * int(share * WIDTH)
        end = "\n" if done >= total else ""
        if sys.stderr.isatty() or end:
            self.stderr.write(f"\r{what:<28} {bar:<{WIDTH}} {share:4.0%}", ending=end)
            self.stderr.flush()
