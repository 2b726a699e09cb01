"""`./run feature`: how the optional parts stand at a unit; on, off or above switches one there, by whoever has the machine."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from kycuong.core.command import Command as OurCommand
from kycuong.core.problems import BadInput
from kycuong.features.actions import switch_feature
from kycuong.features.queries import Standing, standings
from kycuong.features.rules import FEATURES, Setting
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.queries import resolve_unit


class Command(OurCommand):
    help = "tính năng tại một đơn vị; on, off, above đặt một tính năng / optional parts at a unit; switch one on or off"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("setting", nargs="?", choices=Setting.values, help="đặt thế nào / how to set it")
        parser.add_argument("feature", nargs="?", choices=list(FEATURES), help="tính năng / the part")
        parser.add_argument("--unit", required=True, help="đơn vị / the unit")
        parser.add_argument(
            "--reason", default="", help="lý do, ai bị từ chối cũng đọc được / why; who is refused reads it"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        unit = resolve_unit(options["unit"])
        if options["setting"]:
            if not options["feature"]:
                known = ", ".join(FEATURES)
                raise BadInput(f"Hãy ghi tính năng nào: {known}.", en=f"Say which part: {known}.")
            given = {"setting": options["setting"], "reason": options["reason"]}
            with at_the_machine():
                switch_feature(options["feature"], by=None, unit=unit, **given)
            self.say("Đã ghi. / Written.")
        for line in standings(unit):
            self.write(line)

    def write(self, line: Standing) -> None:
        switch = line.decides
        why = f"{switch.unit.slug}\t{switch.set_at:%d/%m/%Y}\t{switch.reason}" if switch else ""
        self.stdout.write(f"{line.name}\t{'on' if line.is_on else 'off'}\t{line.feature.titled}\t{why}".rstrip())
        for slug, _name, on in line.apart:
            self.stdout.write(f"  {slug}\t{'on' if on else 'off'}")
