"""`./run check`: is this installation fit for real work? One line for each thing, with its cure. (Django's own checks are among them.)"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from kycuong.core.command import Command as OurCommand
from kycuong.upkeep.queries import findings
from kycuong.upkeep.rules import State, worst

MARKS = {State.GOOD: "✓", State.WARNING: "!", State.FAULT: "✗"}


class Command(OurCommand):
    help = "Hệ thống đã sẵn sàng để làm thật chưa: mỗi lỗi một dòng kèm cách chữa. / Is it fit for real work: each fault and its cure."
    opens_records = False  # it tells what it finds

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="cho chương trình đọc / for programs")
        parser.add_argument("--strict", action="store_true", help="cảnh báo cũng cho mã thoát 1 / warnings count, too")

    def handle(self, *args: Any, **options: Any) -> None:
        found = findings(slow=True)
        if options["json"]:
            self.stdout.write(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1))
        else:
            for one in found:
                cure = f" → {one.cure_vi} / {one.cure_en}" if one.cure_vi else ""
                self.stdout.write(f"{MARKS[one.state]} {one.code}: {one.vi} / {one.en}{cure}")
        state = worst(found)
        counts = {kind: sum(one.state is kind for one in found) for kind in State}
        self.say(
            f"{counts[State.FAULT]} lỗi, {counts[State.WARNING]} cảnh báo, {counts[State.GOOD]} tốt. / {counts[State.FAULT]} faults, "
            f"{counts[State.WARNING]} warnings, {counts[State.GOOD]} good."
        )
        if state is State.FAULT or (options["strict"] and state is State.WARNING):
            sys.exit(1)
