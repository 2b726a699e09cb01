"""`./run cells verify|drop`: is what figures of the top are put together from what the plain texts count?"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from kycuong.core.command import Command as Base
from kycuong.reports import store
from kycuong.reports.queries import cells_told


class Command(Base):
    help = (
        "Kiểm tra hoặc bỏ các ô số liệu đã tính sẵn của cả nước hoặc của tỉnh lớn. / Verify or drop the cells that figures of a "
        "nation or of a large province are put together from."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        jobs = parser.add_subparsers(dest="job", required=True, metavar="verify|drop")
        jobs.add_parser(
            "verify",
            help="Đếm lại từ dữ liệu và so; một dòng cho mỗi sai lệch, mã thoát 1 nếu có. / Count anew and compare; one line a "
            "difference, exit code 1 if any.",
        )
        jobs.add_parser(
            "drop", help="Bỏ hết; lần đọc sau tính lại. Không mất dữ liệu nào. / Drop all; the next read counts anew."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["job"] == "drop":
            gone = store.drop()
            self.say(f"Đã bỏ {gone} bộ ô. / Dropped {gone} sets of cells.")
            return
        told = cells_told()
        for line in told.differences:
            self.stdout.write(line)
        if told.differences:
            self.say(
                f"{len(told.differences)} sai lệch; chạy `./run cells drop` và báo cho người làm phần mềm. "
                f"/ {len(told.differences)} differences; `./run cells drop` mends them; tell the makers."
            )
            sys.exit(1)
        walls = "đủ / standing" if told.sound else "không đủ nên không dùng ô / missing, so no cell is read"
        self.say(
            f"Đúng: {told.compared} bộ ô khớp với dữ liệu; bẫy ghi nhận thay đổi {walls}. / Sound: {told.compared} sets agree."
        )
