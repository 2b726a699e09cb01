"""`./run list`: a list as somebody sees it, written to a file, however long."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from kycuong.core.command import Command as OurCommand
from kycuong.core.problems import BadInput, RuleBroken
from kycuong.exports.queries import filters_of, names, open_list, printed
from kycuong.exports.rules import ensure_fits
from kycuong.orgs.models import Person
from kycuong.sheets.listing import MOST_ROWS, csv_pieces, write_list


class Command(OurCommand):
    help = "một danh sách thành tệp, theo quyền của một người / a list as a file, as one person sees it"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", metavar="TÊN", help=f"{', '.join(names())}")
        parser.add_argument("--as", dest="person", required=True, help="tên đăng nhập / whose rights")
        parser.add_argument(
            "--where", default="", help="như trong địa chỉ của trang: year=2026&q=… / as in the address"
        )
        parser.add_argument(
            "-o", "--output", default="", help="tệp .xlsx hoặc .csv; không ghi: CSV ra màn hình / the file"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        person = Person.objects.filter(username=options["person"].lower(), is_active=True).first()
        if person is None:
            raise BadInput(
                f"Không có tài khoản đang hoạt động tên «{options['person']}».", en="There is no such active account."
            )
        listed = open_list(options["name"], person, filters_of(options["where"]))
        target = options["output"]
        if not target:
            for piece in csv_pieces(listed):
                self.stdout.write(piece, ending="")
        elif target.endswith(".csv"):
            with Path(target).open("w", encoding="utf-8", newline="") as out:
                out.writelines(csv_pieces(listed))
        elif target.endswith(".xlsx"):
            ensure_fits(len(listed.keys), MOST_ROWS)
            if write_list(target, listed, printed(listed, person)) != len(listed.keys):
                raise RuleBroken(
                    "Danh sách thay đổi trong khi ghi tệp; hãy chạy lại.",
                    en="The list changed meanwhile; run this again.",
                )
        else:
            raise BadInput(f"{target} phải là tệp .xlsx hoặc .csv.", en=f"{target}: write .xlsx or .csv.")
        self.say(f"{listed.title}: {len(listed.keys)} dòng / rows")
