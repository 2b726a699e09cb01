"""`./run backup`: make a backup, look it over, try it; the key that opens it is made once and kept elsewhere."""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser, _SubParsersAction
from pathlib import Path
from typing import Any

from django.conf import settings

from kycuong.backups.copies import drill, take_backup
from kycuong.backups.copies.programs import end_in_order
from kycuong.backups.queries import describe
from kycuong.backups.store import Folder, new_identity, read_identity, read_recipient
from kycuong.core.command import Command as OurCommand
from kycuong.core.command import iso_date
from kycuong.core.problems import BadInput


class Command(OurCommand):
    help = "Sao lưu đã mã hóa; kiểm tra và diễn tập phục hồi. / Encrypted backups; check them, drill the restoration."

    def add_arguments(self, parser: ArgumentParser) -> None:
        jobs = parser.add_subparsers(dest="job", required=True, metavar="make|key|list|verify|drill|describe")
        key = jobs.add_parser(
            "key",
            help="Tạo khóa mở bản sao lưu, in khóa công khai. / Make the key that opens backups, print its public one.",
        )
        key.add_argument("file", metavar="TỆP", help="giữ ngoài máy chủ này / keep it off this server")
        _making(jobs)
        _place(jobs.add_parser("list", help="Các bản sao lưu, mới nhất trước. / The backups, the newest first."))
        _place(
            jobs.add_parser(
                "verify",
                help="Tính lại mã của mọi tệp sao lưu; không cần khóa. / Hash every file of the folder; without a key.",
            )
        )
        trial = jobs.add_parser(
            "drill",
            help="Phục hồi thử ở chỗ riêng, so mọi số, rồi dọn. / Restore apart, compare every number, clean up.",
        )
        _place(trial)
        trial.add_argument("--key", required=True, metavar="TỆP", help="khóa mở, do `key` tạo / the key file")
        trial.add_argument("--archive", default="", metavar="TÊN", help="mặc định bản mới nhất / the newest one")
        told = jobs.add_parser(
            "describe", help="Cơ sở dữ liệu đang có gì, dạng JSON. / What the database holds, as JSON."
        )
        told.add_argument("--until", type=iso_date, help="tính cả số liệu đến ngày này / figures up to this day, too")

    def handle(self, *args: Any, **options: Any) -> None:
        end_in_order()
        match options["job"]:
            case "key":
                self.make_key(Path(options["file"]))
            case "make":
                self.make(_folder(options), options["key"] or settings.BACKUP_KEY, begin=not options["not_first"])
            case "list":
                self.stdout.writelines(f"{name}\n" for name in _folder(options).archives())
            case "verify":
                self.verify(_folder(options))
            case "drill":
                self.drill(_folder(options), options["archive"], Path(options["key"]))
            case _:
                self.stdout.write(json.dumps(describe(options["until"]).to_json()))

    def make_key(self, path: Path) -> None:
        text, public = new_identity()
        try:
            with open(path, "x", encoding="utf-8", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
                file.write(text)
        except OSError as problem:
            raise BadInput(
                f"Không tạo được tệp khóa {path} ({problem.strerror}); hãy chọn tên chưa có.",
                en=f"Cannot make the key file {path}; choose a name that is not taken.",
            ) from None
        self.stdout.write(public)
        self.say(
            f"Đặt KYCUONG_BACKUP_KEY={public} trên máy chủ; chuyển {path} sang nơi khác (két, hai USB) rồi xóa ở đây. Mất tệp ấy thì "
            f"không mở được bản sao lưu nào. / Set the variable on the server; move {path} elsewhere and remove it here. Without that "
            "file no backup opens."
        )

    def make(self, folder: Folder, key: str, *, begin: bool) -> None:
        if not key:
            raise BadInput(
                "Chưa có khóa công khai để mã hóa bản sao lưu; chạy `./run backup key TỆP` một lần rồi đặt KYCUONG_BACKUP_KEY.",
                en="There is no public key to encrypt backups to; run `./run backup key FILE` once and set KYCUONG_BACKUP_KEY.",
            )
        keep, progress = settings.BACKUP_KEEP, self.bar("tệp / files")
        taken = take_backup(folder, read_recipient(key), keep=keep, progress=progress, begin=begin)
        told = taken.description
        self.stdout.write(str(folder.place / taken.archive))
        self.say(
            f"Đã sao lưu {told.rows} dòng, {told.entries} mục nhật ký, {taken.files} tệp (mới {taken.new_files}), {taken.size / 1e6:.1f} MB; "
            f"bỏ {len(taken.gone)} bản cũ. / Backed up {told.rows} rows, {told.entries} log entries, {taken.files} files "
            f"({taken.new_files} new), {taken.size / 1e6:.1f} MB; {len(taken.gone)} old ones removed."
        )

    def verify(self, folder: Folder) -> None:
        found = 0
        for path, what in folder.damaged():
            self.stdout.write(f"{what}\t{path}")
            found += 1
        if found:
            self.say(
                f"{found} tệp sao lưu mất hoặc bị đổi; hãy sao lưu lại sang chỗ khác. / {found} missing or changed."
            )
            sys.exit(1)
        self.say(f"Đúng: {len(folder.sums())} tệp còn nguyên. / Sound: {len(folder.sums())} files.")

    def drill(self, folder: Folder, name: str, key: Path) -> None:
        read_identity(key)
        done = drill(folder, name, key)
        self.stdout.write(f"{done.archive}\t{done.hours_lost:.2f}\t{done.seconds:.1f}")
        if done.fault:
            self.say(f"{done.said}\nDiễn tập hỏng: {done.fault}. / The drill failed.")
            sys.exit(1)
        self.say(
            f"Phục hồi được, mọi số khớp: mất máy lúc này thì mất {done.hours_lost:.1f} giờ công việc, chạy lại sau {done.seconds:.0f} giây. / "
            f"It restores and every number agrees: a loss now costs {done.hours_lost:.1f} hours of work and {done.seconds:.0f} seconds."
        )


def _making(jobs: _SubParsersAction[ArgumentParser]) -> None:
    make = jobs.add_parser("make", help="Sao lưu ngay, kể cả khi mọi người đang làm. / Back up now, while people work.")
    _place(make)
    make.add_argument("--key", default="", metavar="AGE1…", help="mặc định KYCUONG_BACKUP_KEY")
    make.add_argument(
        "--not-first",
        action="store_true",
        help="chỉ vào thư mục đã mở: ổ chưa gắn thì báo / only into a folder that was begun: tells of a disk that is not mounted",
    )


def _place(job: ArgumentParser) -> None:
    job.add_argument("folder", nargs="?", default="", metavar="THƯ_MỤC", help="mặc định KYCUONG_BACKUP_FOLDER")


def _folder(options: dict[str, Any]) -> Folder:
    place = options["folder"] or settings.BACKUP_FOLDER
    if not place:
        raise BadInput(
            "Chưa biết sao lưu vào đâu; hãy viết thư mục sau lệnh hoặc đặt KYCUONG_BACKUP_FOLDER.",
            en="Name the folder of backups after the command, or set KYCUONG_BACKUP_FOLDER.",
        )
    return Folder(Path(place))
