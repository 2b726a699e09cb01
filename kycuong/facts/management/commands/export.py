"""`./run export facts`: what figures count, as Parquet files that other engines read."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from kycuong.core.command import Command as OurCommand
from kycuong.core.problems import BadInput
from kycuong.facts.store import Folder, export_facts


@contextlib.contextmanager
def tidy_when_stopped() -> Iterator[None]:
    """An ordinary stop (SIGTERM) ends what is being written like any other end: nothing half made is left."""
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class Command(OurCommand):
    help = "Xuất dữ kiện mà số liệu đếm thành Parquet, để máy khác tính. / Export what figures count as Parquet, for other engines."

    def add_arguments(self, parser: CommandParser) -> None:
        jobs = parser.add_subparsers(dest="what", required=True, metavar="facts")
        facts = jobs.add_parser(
            "facts",
            help="một thời điểm; lần sau chỉ ghi phần đã đổi / of one moment; the next one writes what has changed",
        )
        facts.add_argument("folder", metavar="THƯ_MỤC", help="nơi để bản xuất; chỉ chủ nhân đọc được / where it lies")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["folder"].strip():
            raise BadInput("Hãy ghi thư mục để bản xuất.", en="Write the folder that the export goes to.")
        folder = Path(os.path.realpath(options["folder"]))
        with tidy_when_stopped():
            found = export_facts(Folder(folder), self.bar("facts"))
        moment = timezone.localtime(found.taken_at)
        self.say(
            f"Đã xuất {found.rows} dòng, như lúc {moment:%H:%M:%S ngày %d/%m/%Y}, vào {folder}: {found.files} tệp, {found.size / 1e6:.1f} MB; "
            f"lần này ghi {found.written} tệp, phần còn lại không đổi. / Exported {found.rows} rows as of {moment:%d/%m/%Y %H:%M:%S}: "
            f"{found.files} files, {found.written} of them written now, the others unchanged."
        )
        if found.origin.invented:
            self.say(
                f"Chú ý: {found.origin.invented}/{found.origin.inspections} cuộc kiểm tra là dữ liệu minh họa hoặc tạo sinh. / "
                f"Note: {found.origin.invented} of {found.origin.inspections} inspections are of the demonstration or generated."
            )
