"""`./run prepare`: everything that `./run` does, except serving."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from kycuong.core.command import Command as OurCommand
from kycuong.site.prepare import migrate, prepare


class Command(OurCommand):
    help = "Tạo cơ sở dữ liệu, tệp tĩnh, nạp dữ liệu minh họa; không phục vụ. / Prepare everything, do not serve."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--tables", action="store_true", help="chỉ tạo, nâng cấp bảng / only make or upgrade tables"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["tables"]:
            migrate(self.say)
            return
        prepare(self.say)
        self.say("Đã sẵn sàng; `./run` để phục vụ. / Prepared; `./run` serves.")
