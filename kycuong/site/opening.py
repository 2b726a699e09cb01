"""Whether anything may open the records here: never where a restoration broke off, nor with code that is older than the tables."""

from __future__ import annotations

import os
from contextlib import suppress

from django.db import DatabaseError

from kycuong.backups.copies.restoring import unfinished
from kycuong.core.problems import RuleBroken
from kycuong.upkeep.queries.upgrading import later_steps

from .tables import begun


class NotOpened(RuleBroken):
    """Trying again changes nothing: a service that ends with this code is not started anew (deploy/systemd/kycuong-web.service)."""

    exit_code = 3


def ensure_may_open() -> None:
    """Asked before each command that opens records, whoever calls it: a person, or a timer of the machine."""
    ensure_restored_whole()
    with suppress(DatabaseError):  # that no database answers the command itself tells
        ensure_not_later()
    ensure_upgraded_whole()


def ensure_restored_whole() -> None:
    """Nobody works where a restoration broke off, or does not agree with its backup."""
    try:
        restoring = unfinished().read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return
    if restoring == str(os.getppid()):
        return  # the restoration itself, which compares by commands of ours
    raise NotOpened(
        f"Lần phục hồi vào đây chưa xong hoặc không khớp với bản sao lưu nên không mở cho ai làm việc. Hãy phục hồi lại vào một thư mục mới; "
        f"chỉ khi biết chắc nơi này đúng mới xóa {unfinished().name} trong KYCUONG_HOME.",
        en=f"The restoration into this place broke off or does not agree with its backup, so nobody works here. Restore into a new folder; "
        f"remove {unfinished().name} in KYCUONG_HOME only when you know that this place is right.",
    )


def ensure_not_later() -> None:
    """Tables that a later version made or changed are not opened by this one."""
    if later := later_steps():
        raise NotOpened(
            f"Bảng dữ liệu thuộc phiên bản mới hơn chương trình này ({', '.join(later[:3])}) nên không mở, để không hỏng hồ sơ. Hãy chạy lại phiên bản "
            "mới, hoặc phục hồi bản sao lưu trước khi nâng cấp vào nơi trống (docs/guide/upgrade.md).",
            en=f"The tables are of a later version than this program ({', '.join(later[:3])}), so nothing opens and no record is spoilt. Run the "
            "later version again, or restore the backup from before the upgrade into an empty place (docs/guide/upgrade.md).",
        )


def ensure_upgraded_whole() -> None:
    """Nobody writes while the tables change, nor before what changed is in the log."""
    if begun().exists():
        raise NotOpened(
            "Việc nâng cấp bảng đang chạy hoặc đã dừng giữa chừng. Hãy chờ nó xong, hoặc chạy lại ./run upgrade.",
            en="The tables are being upgraded, or that broke off. Wait until it is done, or run ./run upgrade again.",
        )
