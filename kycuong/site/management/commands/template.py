"""`./run template KIND [FILE]`: the empty form that `./run import KIND` understands."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from kycuong.core.command import Command as OurCommand
from kycuong.core.problems import BadInput
from kycuong.site.importers import IMPORTERS, importer_called


class Command(OurCommand):
    help = "tệp mẫu để điền rồi nhập / an empty form to fill in and import"

    def add_arguments(self, parser: ArgumentParser) -> None:
        kinds = "; ".join(f"{importer.name}: {importer.title}" for importer in IMPORTERS)
        parser.add_argument("kind", choices=[importer.name for importer in IMPORTERS], help=kinds)
        parser.add_argument("file", nargs="?", metavar="FILE", help="mặc định: mau-TÊN.xlsx / where to write it")
        parser.add_argument("-o", "--output", metavar="FILE", help="cũng là FILE / the same")
        parser.add_argument(
            "--of", metavar="TỈNH", default="",
            help="điền sẵn: các xã của một tỉnh theo danh mục hiện hành (units), người của một đơn vị và cấp dưới (people) "
            "/ begin with the communes of a province, the people of a unit",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        if options["file"] and options["output"]:
            raise BadInput(
                "Tệp mẫu được ghi hai nơi; hãy ghi một tên tệp, có hoặc không có -o.",
                en="The form has two places; write one file name, with or without -o.",
            )
        path = Path(options["file"] or options["output"] or f"mau-{options['kind']}.xlsx")
        form = importer_called(options["kind"]).template_file(of=options["of"])
        try:
            path.write_bytes(form)
        except OSError as problem:
            raise BadInput(
                f"Không ghi được {path} ({problem.strerror}); hãy ghi tên tệp ở nơi khác.",
                en=f"Cannot write {path} ({problem.strerror}); write a file name in another place.",
            ) from None
        self.say(f"Đã ghi tệp mẫu {path}. / Wrote the form {path}.")
