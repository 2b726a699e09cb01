"""`kycuong audit verify`: is the log whole, and do the tables hold what it says? `audit migrate`: after an upgrade."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.db import DEFAULT_DB_ALIAS

from kycuong.audit.migrating import log_migrated_rows
from kycuong.audit.models import AuditBody, AuditEntry
from kycuong.audit.protected import protected_models
from kycuong.audit.reconcile import differences
from kycuong.audit.verification import verify_log
from kycuong.core.command import Command as Base

WIDTH = 40


class Command(Base):
    help = "Kiểm tra nhật ký và đối chiếu các bảng với nhật ký. / Verify the log and compare the tables with it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        jobs = parser.add_subparsers(dest="job", required=True, metavar="verify|migrate")
        jobs.add_parser(
            "verify", help="Một dòng cho mỗi sai lệch; mã thoát 1 nếu có. / One line a fault; exit code 1 if any."
        )

        jobs.add_parser(
            "migrate",
            help="Ghi nhật ký các dòng có cột mới sau khi nâng cấp. / Log rows whose columns an upgrade changed.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.done, self.total = 0, sum(model._base_manager.count() for model in protected_models())
        if options["job"] == "migrate":
            count = log_migrated_rows(progress=self.advance)
            self.say(f"Đã ghi lại {count} dòng có cột thay đổi. / Logged {count} rows whose columns changed.")
        else:
            self.verify()

    def verify(self) -> None:
        entries = AuditEntry.objects.count()
        rows = self.total
        self.total += entries
        faults = 0
        for fault in verify_log(progress=self.advance):
            self.stdout.write(str(fault))
            faults += 1
        for difference in differences(progress=self.advance):
            self.stdout.write(str(difference))
            faults += 1
        if faults:
            self.say(f"{faults} sai lệch / {faults} faults.")
            sys.exit(1)
        erased = AuditBody.objects.using(DEFAULT_DB_ALIAS).filter(body__isnull=True).count()
        self.say(
            f"Đúng: {entries} mục nhật ký ({erased} đã xóa nội dung), {rows} dòng khớp. "
            f"/ Sound: {entries} entries ({erased} erased), {rows} rows agree."
        )

    def advance(self, steps: int) -> None:
        """The bar, for a person only: a pipe or a file gets none."""
        self.done += steps
        if self.stderr.isatty():
            filled = WIDTH * self.done // max(self.total, 1)
            ending = "\n" if self.done >= self.total else ""
            self.stderr.write(f"\r[{'█' * filled}{' ' * (WIDTH - filled)}] {self.done}/{self.total}", ending=ending)
            self.stderr.flush()
