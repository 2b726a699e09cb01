"""`./run docs`: write docs/reference from the code, or say what differs."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from kycuong.core.command import Command as OurCommand
from kycuong.core.problems import RuleBroken
from kycuong.site.reference import drifted, write_all


class Command(OurCommand):
    help = "Viết lại docs/reference từ mã nguồn. / Write docs/reference from the code."
    opens_records = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="chỉ báo trang nào đã khác / only say which differ")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["check"]:
            write_all()
        elif pages := drifted():
            names = ", ".join(path.name for path in pages)
            raise RuleBroken(
                f"docs/reference đã khác mã nguồn ({names}); hãy chạy `just docs`.",
                en=f"docs/reference differs from the code ({names}); run `just docs`.",
            )
