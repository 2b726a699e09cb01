"""`./run upgrade`: with the new code, the server stopped: a fresh backup first, then the tables, then the check. `--check` only tells."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings

from kycuong.core.command import Command as OurCommand
from kycuong.core.problems import RuleBroken
from kycuong.core.version import product_version
from kycuong.site.backed_up import entries_since, is_new, last_backup, missing_backup
from kycuong.site.opening import ensure_restored_whole
from kycuong.site.prepare import prepare
from kycuong.site.server import ensure_port_is_free
from kycuong.site.tables import begun
from kycuong.upkeep.queries.machine import tables
from kycuong.upkeep.queries.upgrading import later_steps, pending_steps
from kycuong.upkeep.rules import State


class Command(OurCommand):
    help = "Sau khi thay mã mới: xem hoặc làm việc nâng cấp bảng, có bản sao lưu mới. / After new code came: tell, or do, the upgrade of tables."
    opens_records = False  # it tells what it finds

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
        if steps and not (backup or later or options["without_backup"]):
            self.tell_what_the_backup_misses()
        if options["check"]:
            self.tell_only(steps, later, backup)
            return
        ensure_stopped()
        ensure_restored_whole()
        broke_off = begun().exists()
        if backup and steps and not later:
            raise backup
        prepare(self.say)
        if any(one.state is State.FAULT for one in tables()):
            raise RuleBroken("Bảng vẫn chưa đúng phiên bản.", en="The tables are still not of this version.")
        if not steps and not broke_off:
            self.say(
                "Bảng đã đúng phiên bản này: không bước bảng nào phải chạy. / No step had to run: the tables were of this version."
            )
            return
        if broke_off:
            self.say("Đã làm nốt lần nâng cấp dừng giữa chừng. / What the last upgrade left is done.")
        self.say(
            f"Đã nâng cấp: {len(steps)} bước. Hãy khởi động rồi chạy ./run check và ./run audit verify. / "
            f"Upgraded: {len(steps)} steps. Start the server, then ./run check and ./run audit verify."
        )

    def tell_what_the_backup_misses(self) -> None:
        last = last_backup()
        if last and (count := entries_since(last.moment)):
            self.say(
                f"Bản sao lưu {last.archive} không có {count} mục nhật ký ghi sau đó; muốn giữ cả chúng thì dừng máy chủ và sao lưu lại. / "
                f"The backup {last.archive} does not hold {count} log entries that came later; to keep them stop the server and back up again."
            )

    def tell_only(self, steps: list[str], later: list[str], backup: RuleBroken | None) -> None:
        if later:
            self.say(
                f"Bảng có {len(later)} bước của phiên bản mới hơn ({later[0]} …): mã này cũ hơn dữ liệu, không dùng được. / "
                f"The tables were changed by a later version ({len(later)} of its steps): this code is older than its data and cannot be used."
            )
            sys.exit(1)
        if not steps and begun().exists():
            self.say(
                "Lần nâng cấp trước dừng giữa chừng: hãy chạy ./run upgrade. / The last upgrade broke off: run ./run upgrade."
            )
            return
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
