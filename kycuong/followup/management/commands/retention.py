"""`./run retention`: which names of people are erased because their term is over; `--preview` only lists them."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from kycuong.core.clock import today
from kycuong.core.command import Command as OurCommand
from kycuong.followup.models import NameRetention
from kycuong.followup.queries.retention import due_names
from kycuong.followup.tasks import erase_names_past_term


class Command(OurCommand):
    help = "xóa họ tên hết thời hạn giữ; --preview chỉ liệt kê / erase names whose term is over; --preview only lists"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--preview", action="store_true", help="không xóa gì / erase nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        years = NameRetention.on(today())
        self.say(f"Họ tên được giữ {years} năm. / Names are kept for {years} years.")
        for one in due_names(today()):
            held = f"giữ lại / on hold: {one.hold.reason}" if one.hold else ""
            words = [str(one.visit), str(one.visit.uid), f"{one.people} người / people", f"{one.until:%d/%m/%Y}", held]
            self.stdout.write("\t".join(words).rstrip())
        if not options["preview"]:
            self.say(erase_names_past_term(today()) or "Không có gì để xóa. / Nothing to erase.")
