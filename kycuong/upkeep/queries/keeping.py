"""What keeps records from being altered or lost: walls, checkpoints, backups, drills."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection

from kycuong.audit.models import AuditHead, LogCheckpoint
from kycuong.audit.walls import missing_walls
from kycuong.backups.store import Folder, remains, remembered
from kycuong.core.clock import is_lately
from kycuong.notices.queries import last_fault
from kycuong.reports.queries import cells_told
from kycuong.reports.tasks import FALSIFIED
from kycuong.upkeep.rules import Finding, fault, good, warning

LATE = timedelta(hours=26)
DRILL_DAYS = 35
COMPARED = 16
"""So many sets of cells are counted anew by a check, by chance; `./run cells verify` counts all, which takes minutes where many pages are kept."""
REMEMBERED = 7
"""Days that what a tick found and mended stays to be looked at."""


def walls() -> Iterator[Finding]:
    """The triggers that refuse to change or remove what is kept."""
    if missing := missing_walls(connection):
        yield fault(
            "walls",
            f"thiếu {len(missing)} rào chắn trong cơ sở dữ liệu: {', '.join(missing[:3])}",
            f"{len(missing)} walls are missing in the database",
            "chạy ./run audit verify, rồi tìm ai đã gỡ; ./run prepare dựng lại",
            "run ./run audit verify, find out who took them away; ./run prepare puts them back",
        )
    else:
        yield good("walls", "đủ", "all there")


def checkpoint() -> Iterator[Finding]:
    """The log is signed as it grows."""
    head, last = AuditHead.objects.first(), LogCheckpoint.objects.first()
    size = head.size if head else 0
    if size == 0 or (last and (last.size >= size or is_lately(last.made_at, LATE))):
        yield good("checkpoint", "nhật ký đã được ký", "the log is signed")  # how long it is tells how much is recorded
    else:
        yield fault(
            "checkpoint",
            "nhật ký có mục mới mà quá 26 giờ chưa được ký",
            "the log has grown and was not signed for over 26 hours",
            "xem việc chạy nền; chạy ./run audit checkpoint (ở tài khoản giữ khóa ký)",
            "see what runs by itself; run ./run audit checkpoint (where the private key is)",
        )


def cells() -> Iterator[Finding]:
    """What figures of the top are put together from is what the rows say; a small province keeps none."""
    told = cells_told(few=COMPARED)
    if told.differences:
        yield fault(
            "cells",
            f"{len(told.differences)} bộ ô số liệu khác với dữ liệu",
            f"{len(told.differences)} sets of cells differ from the rows",
            "chạy ./run cells verify và giữ lại kết quả, tìm ai đã sửa, rồi ./run cells drop",
            "run ./run cells verify and keep what it says, find out who changed them, then ./run cells drop",
        )
    elif found := last_fault(FALSIFIED, days=REMEMBERED):
        yield fault(
            "cells",
            f"trong {REMEMBERED} ngày qua việc chạy nền có báo: {found}",
            f"what runs by itself found within {REMEMBERED} days that cells or their triggers were changed: {found}",
            "xem nhật ký của máy chủ vào lúc đó",
            "read the server's log of that time",
        )
    elif told.needed and not told.sound:
        yield warning(
            "cells",
            "chưa có đủ bẫy ghi nhận thay đổi nên số liệu cấp cao nhất được đếm thẳng, chậm hơn",
            "triggers are missing, so figures of the top are counted plainly, which is slower",
            "chạy ./run tick",
            "run ./run tick",
        )
    else:
        few, all_ = told.compared, told.kept
        yield good("cells", f"{few} bộ ngẫu nhiên trong {all_} bộ khớp", f"{few} sets by chance of {all_} are right")


def backup() -> Iterator[Finding]:
    """That one is made as often as was set, on another disk, and that the last one went well."""
    if not (settings.BACKUP_FOLDER and settings.BACKUP_KEY):
        yield fault(
            "backup",
            "máy chủ không tự sao lưu",
            "this server makes no backups by itself",
            "chạy ./run backup key TỆP một lần, đặt KYCUONG_BACKUP_KEY và KYCUONG_BACKUP_FOLDER (ổ khác)",
            "run ./run backup key FILE once, set KYCUONG_BACKUP_KEY and KYCUONG_BACKUP_FOLDER (another disk)",
        )
        return
    folder, run, last = Folder(Path(settings.BACKUP_FOLDER)), remembered("backup"), remembered("good")
    if last is None or not last.is_in(folder):
        when, when_en = (
            "không có bản nào của hệ thống này ở thư mục sao lưu",
            "none of this system is in the folder of backups",
        )
        yield fault("backup", when, when_en, *_MOUNT)
    elif not -1 < last.hours <= settings.BACKUP_HOURS + 2:
        when, when_en = f"bản gần nhất đã {last.hours:.0f} giờ", f"the last one is {last.hours:.0f} hours old"
        yield fault("backup", when, when_en, "chạy ./run backup make và đọc lỗi", "run ./run backup make and read why")
    elif run and run.fault:
        yield warning("backup", f"lần gần nhất hỏng: {run.fault}", f"the last run failed: {run.fault}", *_AGAIN)
    else:
        told = f"{last.hours:.0f}"
        yield good("backup", f"{last.archive}, {told} giờ trước", f"{last.archive}, {told} hours ago")
    yield from _same_disk(folder)
    yield from _left_in_plain()


_MOUNT = (
    "gắn ổ đĩa sao lưu, rồi chạy ./run backup make một lần",
    "mount the disk of backups, then run ./run backup make once",
)
_AGAIN = ("chạy ./run backup make và đọc lỗi", "run ./run backup make and read why")


def _same_disk(folder: Folder) -> Iterator[Finding]:
    if folder.place.exists() and folder.place.stat().st_dev == Path(settings.HOME).stat().st_dev:
        yield warning(
            "backup",
            "bản sao lưu nằm cùng ổ đĩa với dữ liệu: hỏng ổ là mất cả hai",
            "backups lie on the disk of the data: when it fails, both are lost",
            "đặt KYCUONG_BACKUP_FOLDER ở ổ khác, và chép thư mục ấy sang nhà khác",
            "put KYCUONG_BACKUP_FOLDER on another disk, and copy that folder to another house",
        )


def _left_in_plain() -> Iterator[Finding]:
    """What a run that was killed left, and nobody has swept."""
    if left := remains():
        yield warning(
            "backup",
            f"còn {len(left)} thư mục chưa mã hóa của lần sao lưu hoặc phục hồi dở dang",
            f"{len(left)} folders in plain of a backup or restoration that broke off",
            "chạy ./run tick khi không có lần sao lưu nào đang chạy",
            "run ./run tick while no backup is running",
        )


def drill() -> Iterator[Finding]:
    """A backup nobody has restored is a hope."""
    last = remembered("drill")
    how = (
        "đem khóa tới, chạy ./run backup drill --key TỆP",
        "bring the key and run ./run backup drill --key FILE",
    )
    if last is None:
        yield warning("drill", "chưa diễn tập phục hồi lần nào", "no restoration was ever tried", *how)
    elif last.fault:
        yield fault("drill", f"diễn tập gần nhất hỏng: {last.fault}", f"the last drill failed: {last.fault}", *how)
    elif not -1 < last.hours <= DRILL_DAYS * 24:
        days = f"{last.hours / 24:.0f}"
        yield warning("drill", f"diễn tập gần nhất đã {days} ngày", f"the last drill was {days} days ago", *how)
    else:
        told = f"{last.seconds:.0f}"
        yield good("drill", f"phục hồi được trong {told} giây", f"restores in {told} seconds")
