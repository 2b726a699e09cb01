"""`./run upgrade`: with the new code, the server stopped: a fresh backup first, then the tables, then the check. `--check` only tells."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from kycuong.audit.models import AuditEntry
from kycuong.backups.store import Folder, remembered
from kycuong.core.command import Command as OurCommand
from kycuong.core.problems import RuleBroken
from kycuong.core.version import product_version
from kycuong.site.prepare import prepare
from kycuong.site.server import ensure_port_is_free
from kycuong.upkeep.queries.machine import tables
from kycuong.upkeep.queries.upgrading import later_steps, pending_steps
from kycuong.upkeep.rules import State

FRESH_HOURS = 2.0
"""A backup that is older may miss this morning's work."""


class Command(OurCommand):
    help = "Sau khi thay mã mới: xem hoặc làm việc nâng cấp bảng, có bản sao lưu mới. / After new code came: tell, or do, the upgrade of tables."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="chỉ nói sẽ làm gì; mã thoát 1 khi chưa thể / only tell; exit code 1"
        )
        parser.add_argument(
            "--without-backup", action="store_true", help="đã sao lưu cách khác / it was backed up in another way"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.say(f"Chương trình {product_version()} / program {product_version()}")
        steps, later = pending_steps(), later_steps()
        for step in steps:
            self.stdout.write(step)
        backup = None if options["without_backup"] or is_new() else missing_backup()
        if options["check"]:
            self.tell_only(steps, later, backup)
            return
        ensure_stopped()
        if backup and steps and not later:
            raise backup
        prepare(self.say)
        if any(one.state is State.FAULT for one in tables()):
            raise RuleBroken("Bảng vẫn chưa đúng phiên bản.", en="The tables are still not of this version.")
        self.say(
            "Đã nâng cấp. Hãy khởi động rồi chạy ./run check và ./run audit verify. / "
            "Upgraded. Start the server, then ./run check and ./run audit verify."
        )

    def tell_only(self, steps: list[str], later: list[str], backup: RuleBroken | None) -> None:
        if later:
            self.say(
                f"Bảng có {len(later)} bước của phiên bản mới hơn ({later[0]} …): mã này cũ hơn dữ liệu, không dùng được. / "
                f"The tables were changed by a later version ({len(later)} of its steps): this code is older than its data and cannot be used."
            )
            sys.exit(1)
        if not steps:
            self.say("Bảng đã đúng phiên bản này, không phải làm gì. / The tables are of this version; nothing to do.")
            return
        self.say(f"{len(steps)} bước nâng cấp bảng sẽ chạy. / Steps that would change the tables: {len(steps)}.")
        if backup:
            raise backup
        self.say(
            "Không còn gì phải chờ: hãy dừng máy chủ rồi chạy ./run upgrade. / Nothing stands in the way: stop the server and run ./run upgrade."
        )


def ensure_stopped() -> None:
    """Nobody writes while tables change: the server of these settings does not run."""
    try:
        ensure_port_is_free()
    except RuleBroken:
        raise RuleBroken(
            f"Máy chủ còn chạy ở cổng {settings.PORT}. Hãy dừng (systemctl stop kycuong.target, hoặc Ctrl-C ở ./run), sao lưu, rồi làm lại.",
            en=f"The server still runs on port {settings.PORT}. Stop it (systemctl stop kycuong.target, or Ctrl-C at ./run), back up, and do this again.",
        ) from None


def is_new() -> bool:
    """Whether there is nothing yet that could be lost: no tables, or nothing in the log."""
    names = connection.introspection.table_names()
    return AuditEntry._meta.db_table not in names or not AuditEntry.objects.exists()


def missing_backup() -> RuleBroken | None:
    """Why no backup stands in for what an upgrade could spoil, or None where one does."""
    last = remembered("good")
    kept = last and settings.BACKUP_FOLDER and last.is_in(Folder(Path(settings.BACKUP_FOLDER)))
    if last and kept and -0.1 < last.hours <= FRESH_HOURS:
        return None
    age = f"bản gần nhất {last.hours:.0f} giờ trước" if last and kept else "không thấy bản nào"
    age_en = f"the last one is {last.hours:.0f} hours old" if last and kept else "there is none"
    return RuleBroken(
        f"Chưa có bản sao lưu trong {FRESH_HOURS:.0f} giờ qua ({age}). Hãy dừng máy chủ, chạy ./run backup make bằng mã cũ, rồi làm lại; đã sao lưu cách "
        "khác thì thêm --without-backup.",
        en=f"No backup of the last {FRESH_HOURS:.0f} hours ({age_en}). Stop the server, run ./run backup make with the old code, and do this again; "
        "add --without-backup where it was backed up in another way.",
    )
