"""`./run wordform UNIT KIND [FILE]`: the Word file from which an office wants its papers made."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from kycuong.core.clock import today
from kycuong.core.command import Command as OurCommand
from kycuong.core.problems import BadInput
from kycuong.letterheads.actions import keep_template, use_template
from kycuong.letterheads.documents import examined, starting
from kycuong.letterheads.queries import SET
from kycuong.letterheads.rules import FROZEN, Paper
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person, Unit
from kycuong.orgs.queries import resolve_unit
from kycuong.papers.upload import MAX_BYTES

KINDS = [paper.value for paper in Paper if paper not in FROZEN]


class Command(OurCommand):
    help = "mẫu Word riêng: không có FILE thì ghi ra mẫu chuẩn để sửa; có FILE thì kiểm tra, gửi, và dùng từ ngày --from / an office's own Word file"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("unit", help="mã đơn vị trong địa chỉ trang / the unit's name in its address")
        parser.add_argument("paper", choices=KINDS, help="; ".join(f"{kind}: {Paper(kind).label}" for kind in KINDS))
        parser.add_argument("file", nargs="?", help="tệp .docx có chỗ điền / the file with its places")
        parser.add_argument("--by", required=True, metavar="USERNAME", help="tài khoản đứng tên / who does it")
        parser.add_argument(
            "--from", dest="since", type=date.fromisoformat, help="dùng từ ngày (ISO) / use it from this day on"
        )
        parser.add_argument(
            "-o", "--output", metavar="FILE", help="nơi ghi mẫu chuẩn / where to write the standard form"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        by = Person.objects.filter(username=options["by"], is_active=True).first()
        if by is None:
            raise BadInput(f"Không có tài khoản “{options['by']}”.", en=f"There is no account “{options['by']}”.")
        unit = resolve_unit(options["unit"], person=by)
        authorize(by, SET, at=unit)
        if options["file"]:
            self._send(unit, by, options)
            return
        made = starting(unit, options["paper"], today=today())
        self.keep(made.data, options["output"] or made.name)

    def _send(self, unit: Unit, by: Person, options: dict[str, Any]) -> None:
        paper, name = options["paper"], options["file"]
        try:
            with Path(name).open("rb") as file:
                data = file.read(MAX_BYTES + 1)
        except OSError as problem:
            raise BadInput(
                f"Không đọc được {name} ({problem.strerror}).", en=f"Cannot read {name} ({problem.strerror})."
            ) from None
        found = examined(unit, paper, data, name, today=today())
        for fault in found.faults:
            self.stdout.write(fault.vi)
        if found.faults:
            self.say("Tệp chưa dùng làm mẫu được. / The file cannot be used yet.")
            sys.exit(1)
        for one in found.deviations:
            self.stdout.write(f"{one.element}: {one.vi}")
        kept = keep_template(unit, by=by, paper=paper, data=data, name=name, faults=[], deviations=found.deviations)
        if options["since"]:
            use_template(unit, by=by, paper=paper, valid_from=options["since"], template=kept)
        self.say(f"Đã giữ mẫu {kept.uid}. / Kept.")
