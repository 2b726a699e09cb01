"""`./run conformity FILE …`: where Word files are not as the decree on documents wants them."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from kycuong.core.command import Command as OurCommand
from kycuong.core.problems import BadInput
from kycuong.papers.profile import profile
from kycuong.papers.upload import MAX_BYTES, check_word_file


class Command(OurCommand):
    help = "kiểm tra thể thức tệp Word theo NĐ 30/2020 / check Word files against the decree"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="tệp .docx / the files")

    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        for name in options["files"]:
            for one in check_word_file(_bytes(name), name):
                self.stdout.write(f"{name}: {one.element}: {one.vi}")
                found += 1
        if found:
            self.say(f"{found} chỗ chưa đúng Nghị định {profile().decree}. / {found} deviations.")
            sys.exit(1)
        self.say("Không thấy chỗ nào sai thể thức. / No deviation was found.")


def _bytes(name: str) -> bytes:
    try:
        with Path(name).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as problem:
        raise BadInput(
            f"Không đọc được {name} ({problem.strerror}); hãy kiểm tra tên tệp.",
            en=f"Cannot read {name} ({problem.strerror}); check its name.",
        ) from None
