"""`kycuong closure verify|rebuild`: do the derived tables (who is under whom, who carries on whom) say what history says?"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from kycuong.core.command import Command as Base
from kycuong.orgs.history import derive


class Command(Base):
    help = (
        "Kiểm tra hoặc dựng lại các bảng suy ra từ lịch sử tổ chức. "
        "/ Verify or rebuild the tables derived from the history of units."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        jobs = parser.add_subparsers(dest="job", required=True, metavar="verify|rebuild")
        jobs.add_parser(
            "verify", help="Một dòng cho mỗi sai lệch; mã thoát 1 nếu có. / One line a difference; exit code 1 if any."
        )
        jobs.add_parser("rebuild", help="Suy ra lại tất cả từ lịch sử. / Derive everything anew from history.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["job"] == "rebuild":
            closure, lineage = derive.rebuild()
            self.say(
                f"Đã dựng lại: {closure} dòng cấp trên, {lineage} dòng kế thừa. "
                f"/ Rebuilt: {closure} rows of hierarchy, {lineage} rows of succession."
            )
            return
        lines = derive.differences()
        for line in lines:
            self.stdout.write(line)
        if lines:
            self.say(
                f"{len(lines)} sai lệch; chạy `./run closure rebuild` để dựng lại. "
                f"/ {len(lines)} differences; `./run closure rebuild` mends them."
            )
            sys.exit(1)
        self.say("Đúng: khớp với lịch sử tổ chức. / Sound: equal to the history of units.")
