"""`./run load demo|national`: fill an empty database with the demonstration province, or with a generated nation of any size."""

from __future__ import annotations

import resource
import sys
import time
from typing import Any

from django.core.management.base import CommandParser
from django.db import DEFAULT_DB_ALIAS, connection

from kycuong.audit.bulk import loaded_rows
from kycuong.core.command import Command as OurCommand
from kycuong.demo.accounts import DEMO_PASSWORD
from kycuong.demo.load import load_demonstration
from kycuong.nation.load import ensure_alone, load_nation
from kycuong.nation.wishes import Wish

WIDTH = 30
WORDS = {
    "provinces": "số tỉnh, nhiều nhất 34 / provinces",
    "units": "số đơn vị còn tồn tại ngày cuối, khoảng chừng / units on the last day, about",
    "visits": "số lượt kiểm tra / visits",
    "years": "số năm, đến hết 2025 / years, up to 2025",
    "seed": "cùng số thì ra cùng dữ liệu, trừ mã (uid) của đơn vị, tài khoản và giờ trong nhật ký / the same number makes the same nation, but for "
    "uids of units, accounts and moments of the log",
}


class Command(OurCommand):
    help = "Nạp tỉnh minh họa, hoặc cả nước tạo sinh, vào cơ sở dữ liệu trống. / Load the demonstration, or a generated nation."

    def add_arguments(self, parser: CommandParser) -> None:
        jobs = parser.add_subparsers(dest="what", required=True, metavar="demo|national")
        jobs.add_parser("demo", help="Lạng Sơn 2018 đến nay / Lạng Sơn from 2018 to today")
        national = jobs.add_parser(
            "national",
            help="34 tỉnh, mười năm, số liệu tạo sinh; chạy lại thì nạp tiếp / generated; a second run goes on",
        )
        usual = Wish()
        for name, words in WORDS.items():
            national.add_argument(
                f"--{name}", type=int, default=getattr(usual, name), metavar="N", help=f"{words} (%(default)s)"
            )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "demo":
            load_demonstration(progress=self.progress)
            self.say(f"Đã nạp xong. Mật khẩu các tài khoản minh họa / password of the demo accounts: {DEMO_PASSWORD}")
        else:
            self.national(Wish(**{name: options[name] for name in WORDS}))

    def national(self, wish: Wish) -> None:
        ensure_alone()
        self.say(f"Nạp vào {connection.settings_dict['NAME']} … / Loading into it …")
        begun, busy, before = time.monotonic(), time.process_time(), loaded_rows(using=DEFAULT_DB_ALIAS)
        written = load_nation(wish, progress=self.progress)
        rows = loaded_rows(using=DEFAULT_DB_ALIAS) - before
        took, busy = time.monotonic() - begun, time.process_time() - busy
        self.say(
            f"Cả nước tạo sinh đã đủ {wish.visits} lượt. Lần này: {written} lượt, {rows} dòng, {took:.0f} giây ({busy:.0f} giây CPU), bộ nhớ "
            f"cao nhất {_memory()} MB. Mật khẩu các tài khoản: {DEMO_PASSWORD}. / The generated nation is whole. This run: {written} visits, "
            f"{rows} rows, {took:.0f} s ({busy:.0f} s of CPU), at most {_memory()} MB."
        )

    def progress(self, what: str, done: int, total: int) -> None:
        """A bar for each stage, on standard error."""
        share = done / total if total else 1.0
        bar = "█" * int(share * WIDTH)
        end = "\n" if done >= total else ""
        if sys.stderr.isatty() or end:
            self.stderr.write(f"\r{what:<28} {bar:<{WIDTH}} {share:4.0%}", ending=end)
            self.stderr.flush()


def _memory() -> int:
    """The most that this process ever held, in MB."""
    unit = 2**20 if sys.platform == "darwin" else 2**10  # bytes there, kibibytes elsewhere
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit
