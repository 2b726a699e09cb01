"""`kycuong files verify`: is every kept file still on the disk, with the bytes that were kept?"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from kycuong.core.command import Command as Base
from kycuong.files.models import Attachment
from kycuong.files.queries import damages, strays


class Command(Base):
    help = "Tính lại mã SHA-256 của mọi ảnh, tệp đã lưu. / Hash every kept photo and file anew."

    def add_arguments(self, parser: ArgumentParser) -> None:
        jobs = parser.add_subparsers(dest="job", required=True, metavar="verify")
        jobs.add_parser(
            "verify",
            help="Một dòng cho mỗi tệp mất hoặc bị đổi; mã thoát 1 nếu có. / One line a missing or changed file; exit code 1 if any.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        for damage in damages():
            self.stdout.write(str(damage))
            found += 1
        loose = len(strays())
        if loose:
            self.say(f"{loose} tệp không hồ sơ nào dùng. / {loose} files that no record names.")
        if found:
            self.say(
                f"{found} tệp mất hoặc bị đổi; hãy khôi phục từ bản sao lưu. / {found} missing or changed; restore them."
            )
            sys.exit(1)
        kept = Attachment.objects.count()
        self.say(f"Đúng: {kept} ảnh, tệp còn nguyên. / Sound: {kept} photos and files.")
