"""`./run prepare`: everything that `./run` does, except serving."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from kycuong.core.command import Command as OurCommand
from kycuong.site.backed_up import ensure_upgrade_may_begin
from kycuong.site.opening import ensure_restored_whole
from kycuong.site.prepare import migrate, prepare


class Command(OurCommand):
    help = "Tạo cơ sở dữ liệu, tệp tĩnh, nạp dữ liệu minh họa; không phục vụ. / Prepare everything, do not serve."
    opens_records = False  # it looks itself: a run that broke off is ended by the next

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--tables", action="store_true", help="chỉ tạo, nâng cấp bảng / only make or upgrade tables"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        ensure_restored_whole()
        if options["tables"]:
            migrate(self.say)
            return
        ensure_upgrade_may_begin()
        prepare(self.say)
        self.say("Đã sẵn sàng; `./run` để phục vụ. / Prepared; `./run` serves.")
