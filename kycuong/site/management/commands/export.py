"""`./run export facts`: what figures count, as Parquet, for other engines; `./run export all`: everything."""

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
from kycuong.handover.documents import hand_over
from kycuong.orgs.authority import at_the_machine

STOPS = (signal.SIGTERM, signal.SIGHUP)


@contextlib.contextmanager
def tidy_when_stopped() -> Iterator[None]:
    """An ordinary stop, or a terminal that closes, ends what is being written like any other end: nothing half made is left."""
    before = {one: signal.signal(one, lambda number, _: sys.exit(128 + number)) for one in STOPS}
    try:
        yield
    finally:
        for one, former in before.items():
            signal.signal(one, former)


class Command(OurCommand):
    help = "Xuất dữ kiện mà số liệu đếm (facts), hoặc mọi dữ liệu (all). / Export what figures count, or everything."

    def add_arguments(self, parser: CommandParser) -> None:
        jobs = parser.add_subparsers(dest="what", required=True, metavar="facts|all")
        facts = jobs.add_parser(
            "facts",
            help="dữ kiện thành Parquet, của một thời điểm; lần sau chỉ ghi phần đã đổi / as Parquet; the next one writes what has changed",
        )
        facts.add_argument("folder", metavar="THƯ_MỤC", help="nơi để bản xuất; chỉ chủ nhân đọc được / where it lies")
        everything = jobs.add_parser(
            "all",
            help="mọi thứ bản cài đặt này có, ở định dạng mở, để mang đi nơi khác / everything, in open formats, to take elsewhere",
        )
        everything.add_argument(
            "--to",
            required=True,
            metavar="NƠI",
            help="thư mục hoặc tệp .zip chưa có / a folder or a .zip, not there yet",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        where = options["folder"] if options["what"] == "facts" else options["to"]
        if not where.strip():
            raise BadInput("Hãy ghi thư mục để bản xuất.", en="Write the folder that the export goes to.")
        place = Path(os.path.realpath(where))
        with tidy_when_stopped():
            if options["what"] == "facts":
                self.export_facts(place)
            else:
                self.export_all(place)

    def export_facts(self, folder: Path) -> None:
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

    def export_all(self, target: Path) -> None:
        with at_the_machine():
            taken = hand_over(target, self.bar("dòng / rows"))
        self.stdout.write(taken.digest)
        if taken.leftovers:
            self.say(
                f"Đã dọn {taken.leftovers} bản dở dang của lần trước. / Removed {taken.leftovers} half-made exports of runs that broke off."
            )
        self.say(
            f"Đã ghi {taken.rows} dòng, {taken.files} tệp gốc vào {target}; điều còn niêm phong ở lại đây. Trong đó có họ tên, lời văn: giữ như bản "
            f"sao lưu. / Wrote {taken.rows} rows, {taken.files} original files; what is still sealed stays here. Names are in it: keep it like a backup."
        )
        if taken.missing:
            self.say(
                f"Chú ý: {taken.missing} tệp gốc không còn hoặc bị đổi trên đĩa nên không có trong bản này; chạy `./run files verify`. / "
                f"Note: {taken.missing} original files are missing or changed on the disk and not in it; run `./run files verify`."
            )
            sys.exit(1)
