"""`./run audit verify`: is the log whole, and do the tables hold what it says? Checkpoints, export, and what upgrades need."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS

from kycuong.audit.documents import write_ledger
from kycuong.audit.migrating import log_migrated_rows
from kycuong.audit.models import AuditBody, AuditEntry
from kycuong.audit.notes import BadNote, new_log_key
from kycuong.audit.protected import protected_models
from kycuong.audit.queries import Stamps, all_stamps, known_checkpoints, log_keys, opened
from kycuong.audit.reconcile import differences
from kycuong.audit.signer import accept_restored, take_checkpoint
from kycuong.audit.verification import Witness, verify_log
from kycuong.core.command import Command as Base
from kycuong.core.problems import BadInput

WIDTH = 40


class Command(Base):
    help = "Kiểm tra nhật ký và đối chiếu các bảng với nhật ký. / Verify the log and compare the tables with it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        jobs = parser.add_subparsers(dest="job", required=True, metavar="verify|checkpoint|export|key|restored|migrate")
        verify = jobs.add_parser(
            "verify", help="Một dòng cho mỗi sai lệch; mã thoát 1 nếu có. / One line a fault; exit code 1 if any."
        )
        verify.add_argument(
            "--checkpoint",
            action="append",
            default=[],
            metavar="TỆP",
            help="Tệp văn bản của một mốc kiểm chứng giữ ở nơi khác; dùng được nhiều lần. / A checkpoint kept elsewhere.",
        )
        jobs.add_parser("checkpoint", help="Ký một mốc kiểm chứng và in ra. / Sign a checkpoint and print it.")
        export = jobs.add_parser(
            "export", help="Ghi nhật ký ra thư mục cho verifier/verify.py. / Write the log for verifier/verify.py."
        )
        export.add_argument("folder", metavar="THƯ_MỤC")
        export.add_argument(
            "--without-bodies",
            action="store_true",
            help="Không có nội dung, không có tên người: cho người ngoài. / Without contents and names: for outsiders.",
        )
        _about_keys_and_upgrades(jobs)

    def handle(self, *args: Any, **options: Any) -> None:
        self.done, self.total = 0, sum(model._base_manager.count() for model in protected_models())
        match options["job"]:
            case "verify":
                self.verify([_witness(path) for path in options["checkpoint"]])
            case "checkpoint":
                self.checkpoint()
            case "export":
                self.export(Path(options["folder"]), bodies=not options["without_bodies"])
            case "key":
                self.stdout.write(_new_key(options["new"]) if options["new"] else log_keys()[0].vkey)
            case "restored":
                before, after = accept_restored()
                self.say(
                    f"Mốc đã ký trước đây: {before} mục; nay còn {after}. Từ đây ký tiếp. / Signed before: {before} entries; here are {after}."
                )
            case _:
                count = log_migrated_rows(progress=self.advance)
                self.say(f"Đã ghi lại {count} dòng có cột thay đổi. / Logged {count} rows whose columns changed.")

    def verify(self, given: list[Witness]) -> None:
        entries, rows, faults = AuditEntry.objects.count(), self.total, 0
        self.total += entries
        witnesses, wrong = known_checkpoints()
        stamps = all_stamps()
        for fault in (*wrong, *stamps.faults, *verify_log(progress=self.advance, witnesses=[*witnesses, *given])):
            self.stdout.write(str(fault))
            faults += 1
        by_number: list[int] = []
        for difference in differences(progress=self.advance, uncompared=by_number.append):
            self.stdout.write(str(difference))
            faults += 1
        self.tell_of_stamps(stamps)
        if faults:
            self.say(f"{faults} sai lệch / {faults} faults.")
            sys.exit(1)
        if loaded := sum(by_number):
            self.say(
                f"Ngoài ra có dữ liệu tạo sinh: {loaded} dòng nạp hàng loạt, nhật ký chỉ biết theo số, không so từng cột. "
                f"/ Beside them generated data: {loaded} rows loaded in bulk, known by their numbers, not compared by column."
            )
        erased = AuditBody.objects.using(DEFAULT_DB_ALIAS).filter(body__isnull=True).count()
        self.say(
            f"Đúng: {entries} mục nhật ký ({erased} đã xóa nội dung), {rows - sum(by_number)} dòng khớp, {len(witnesses) + len(given)} mốc khớp, "
            f"{stamps.holding} dấu thời gian đúng. / Sound: {entries} entries ({erased} erased), {rows - sum(by_number)} rows and "
            f"{len(witnesses) + len(given)} checkpoints agree, {stamps.holding} time-stamps hold."
        )

    def tell_of_stamps(self, stamps: Stamps) -> None:
        """What is worth a look and no fault of the log: a restored machine shall open without the authority's certificate."""
        if stamps.unchecked:
            self.say(
                f"{stamps.unchecked} dấu thời gian chưa kiểm được: không đọc được tệp chứng thư của KYCUONG_TSA_CERTIFICATE. / "
                f"{stamps.unchecked} time-stamps were not checked: no certificate of the authority can be read."
            )
        for size in stamps.apart:
            self.say(
                f"Dấu thời gian của mốc {size}: đồng hồ máy chủ lệch với cơ quan cấp dấu quá 5 phút. / "
                f"Time-stamp of checkpoint {size}: this server's clock and the authority's differ by more than 5 minutes."
            )

    def checkpoint(self) -> None:
        made = take_checkpoint()
        if made is None:
            self.say("Nhật ký chưa có gì mới từ mốc gần nhất. / Nothing new since the last checkpoint.")
        else:
            self.stdout.write(made.note, ending="")

    def export(self, folder: Path, *, bodies: bool) -> None:
        self.total = AuditEntry.objects.count() + (self.total if bodies else 0)
        try:
            count = write_ledger(folder, bodies=bodies, progress=self.advance)
        except OSError as error:
            raise BadInput(
                f"Không ghi được vào {folder}: {error.strerror}. Hãy chọn thư mục khác.",
                en=f"Cannot write to {folder}: {error.strerror}. Choose another folder.",
            ) from None
        self.say(f"Đã ghi {count} mục vào {folder}. / Wrote {count} entries to {folder}.")

    def advance(self, steps: int) -> None:
        """The bar, for a person only: a pipe or a file gets none."""
        self.done += steps
        if self.stderr.isatty():
            filled = WIDTH * self.done // max(self.total, 1)
            ending = "\n" if self.done >= self.total else ""
            self.stderr.write(f"\r[{'█' * filled}{' ' * (WIDTH - filled)}] {self.done}/{self.total}", ending=ending)
            self.stderr.flush()


def _witness(path: str) -> Witness:
    try:
        told = opened(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        raise BadInput(f"Không đọc được tệp {path}. Hãy xem lại tên tệp.", en=f"Cannot read {path}.") from None
    except BadNote:
        raise BadInput(
            f"{path} không phải mốc kiểm chứng do nhật ký này ký. Hãy chép đủ mọi dòng, kể cả dòng bắt đầu bằng «—».",
            en=f"{path} is no checkpoint signed by this log. Copy every line, that with the dash included.",
        ) from None
    return Witness(told.size, told.root, path)


def _new_key(name: str) -> str:
    try:
        return new_log_key(name).strip()
    except ValueError:
        raise BadInput(
            "Tên của nhật ký không có dấu cách hay dấu cộng và dài không quá 100 ký tự.",
            en="The name of a log has no blank and no plus sign, and at most 100 characters.",
        ) from None


def _about_keys_and_upgrades(jobs: Any) -> None:
    key = jobs.add_parser("key", help="In khóa công khai của nhật ký. / Print the public key of the log.")
    key.add_argument(
        "--new",
        metavar="TÊN",
        help="In một khóa ký mới mang tên này (ví dụ sonoivu.langson.gov.vn); không ghi gì. / Print a new private key.",
    )
    jobs.add_parser(
        "restored",
        help="Sau khi phục hồi từ bản sao lưu: ký tiếp từ đây. / After a restoration: sign from here on.",
    )
    jobs.add_parser(
        "migrate",
        help="Ghi nhật ký các dòng có cột mới sau khi nâng cấp. / Log rows whose columns an upgrade changed.",
    )
