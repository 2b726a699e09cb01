"""`./run announce`: what is announced; a text and a unit announce it there and below; --end takes one back, by whoever has the machine."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from kycuong.core.command import Command as OurCommand
from kycuong.core.command import iso_date
from kycuong.core.problems import BadInput
from kycuong.notices.actions import end_announcement, write_announcement
from kycuong.notices.models import Announcement
from kycuong.notices.queries import still_shown
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.queries import resolve_unit


class Command(OurCommand):
    help = "thông báo chung: liệt kê, đăng, kết thúc / announcements: list them, write one, end one"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("text", nargs="?", help="nội dung, tối đa 500 ký tự / what is said, 500 characters at most")
        parser.add_argument("--unit", help="gửi tới đơn vị này và bên dưới / for this unit and all below it")
        parser.add_argument("--first", help="từ ngày, mặc định hôm nay / first day, by default today")
        parser.add_argument("--last", help="đến hết ngày, ví dụ 2026-12-31 / last day")
        parser.add_argument("--end", metavar="UID", help="kết thúc thông báo này / end this one")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["end"] and (options["text"] or options["unit"] or options["first"] or options["last"]):
            raise BadInput("--end dùng một mình.", en="--end stands alone.")
        if options["end"]:
            with at_the_machine():
                end_announcement(self.found(options["end"]), by=None)
            self.say("Đã kết thúc. / Ended.")
        elif any(options[name] for name in ("text", "unit", "first", "last")):
            self.announce(options)
        for row in still_shown():
            words = [str(row.uid), f"{row.first_on:%d/%m/%Y}", f"{row.last_on:%d/%m/%Y}", row.unit.slug, row.text]
            self.stdout.write("\t".join(words))

    def announce(self, options: dict[str, Any]) -> None:
        missing = [name for name in ("text", "unit", "last") if not options[name]]
        if missing:
            said = ", ".join(name if name == "text" else f"--{name}" for name in missing)
            raise BadInput(f"Còn thiếu: {said}.", en=f"Missing: {said}.")
        first = iso_date(options["first"]) if options["first"] else None
        unit, last = resolve_unit(options["unit"]), iso_date(options["last"])
        with at_the_machine():
            write_announcement(by=None, unit=unit, text=options["text"], first_on=first, last_on=last)
        self.say("Đã đăng. / Announced.")

    def found(self, text: str) -> Announcement:
        try:
            row = Announcement.objects.filter(uid=UUID(text)).select_related("unit").first()
        except ValueError:
            row = None
        if row is None:
            raise BadInput(
                f"Không có thông báo «{text[:40]}»; `./run announce` liệt kê mã của từng thông báo.",
                en=f"There is no announcement “{text[:40]}”; `./run announce` lists the uid of each.",
            )
        return row
