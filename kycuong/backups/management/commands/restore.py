"""`./run restore`: a backup into an empty place, compared with what it said of itself."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from kycuong.backups.copies import restore
from kycuong.backups.copies.programs import end_in_order
from kycuong.backups.store import Folder, read_identity
from kycuong.core.command import Command as OurCommand
from kycuong.notices.queries import last_run_far_away


class Command(OurCommand):
    help = "Phục hồi một bản sao lưu vào nơi trống rồi so mọi số. / Restore a backup into an empty place, compare every number."
    opens_records = False  # there are none yet

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="THƯ_MỤC", help="thư mục sao lưu / the folder of backups")
        parser.add_argument(
            "--key", required=True, metavar="TỆP", help="khóa mở, do `./run backup key` tạo / the key file"
        )
        parser.add_argument("--archive", default="", metavar="TÊN", help="mặc định bản mới nhất / the newest one")

    def handle(self, *args: Any, **options: Any) -> None:
        end_in_order()
        identity = read_identity(Path(options["key"]))
        folder = Folder(Path(options["folder"]))
        done = restore(folder, options["archive"], identity, progress=self.bar("tệp / files"))
        told = done.description
        for fault in done.faults:
            self.stdout.write(str(fault))
        if done.faults:
            self.say(
                f"{len(done.faults)} điều không khớp với bản sao lưu; đừng dùng nơi này. / {len(done.faults)} things do not agree with the "
                "backup; do not use this place."
            )
            sys.exit(1)
        self.say(
            f"Đã phục hồi {done.archive}: {told.rows} dòng, {told.entries} mục nhật ký, {done.files} tệp, {told.figures_counted} số liệu, tất cả "
            f"khớp. Hãy đăng nhập lại; so với một mốc giữ ở nơi khác: ./run audit verify --checkpoint TỆP. / Restored: rows, log, files and "
            f"figures all agree. Sign in again; compare with a checkpoint kept elsewhere."
        )
        if last_run_far_away() is not None:
            self.say(
                "Bản này đã cũ nhiều ngày: việc nền (nhắc hạn, gửi thư, hết hạn) chờ tới khi có người xác nhận giờ máy đúng: ./run tick --hour-is-right. "
                "/ This copy is many days old: what runs by itself waits until somebody says that the hour is right."
            )
