"""`./run docs`: write docs/reference from the code and the pages of the guide from docs/guide, or say what differs."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from kycuong.core.command import Command as OurCommand
from kycuong.core.problems import RuleBroken
from kycuong.site import reference
from kycuong.site.guide import writing


class Command(OurCommand):
    help = "Viết lại docs/reference từ mã nguồn, và sách hướng dẫn trong chương trình từ docs/guide. / Write docs/reference from the code, and the guide of the product from docs/guide."
    opens_records = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="chỉ báo trang nào đã khác / only say which differ")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["check"]:
            reference.write_all()
            writing.write_all()
        elif pages := [*reference.drifted(), *writing.drifted()]:
            names = ", ".join(path.name for path in pages)
            raise RuleBroken(
                f"Trang làm từ mã nguồn hoặc docs/guide đã khác ({names}); hãy chạy `just docs`.",
                en=f"What is made from the code or from docs/guide differs ({names}); run `just docs`.",
            )
