"""Whether a backup stands in for what an upgrade of tables could spoil."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from kycuong.audit.models import AuditEntry
from kycuong.backups.store import Folder, Remembered, remembered
from kycuong.core.problems import RuleBroken
from kycuong.demo.accounts import is_loaded
from kycuong.upkeep.queries.upgrading import pending_steps

from .opening import NotOpened

FRESH_HOURS = 2.0
"""A backup that is older may miss this morning's work."""


def ensure_upgrade_may_begin() -> None:
    """A server that starts with new code changes no tables of real work without a backup; a demonstration goes on by itself."""
    steps = pending_steps()
    if not steps or is_new() or is_loaded() or missing_backup() is None:
        return
    raise NotOpened(
        f"Mã mới cần {len(steps)} bước nâng cấp bảng mà chưa có bản sao lưu trong {FRESH_HOURS:.0f} giờ qua, nên chưa đổi gì và không mở. Hãy chạy "
        "./run upgrade: nó nói phải làm gì trước; đã sao lưu cách khác thì ./run upgrade --without-backup (docs/guide/upgrade.md).",
        en=f"The new code wants {len(steps)} steps on the tables and there is no backup of the last {FRESH_HOURS:.0f} hours, so nothing was changed and "
        "nothing opens. Run ./run upgrade, which says what to do first; backed up in another way: ./run upgrade --without-backup.",
    )


def is_new() -> bool:
    """Whether there is nothing yet that could be lost: no tables, or nothing in the log."""
    names = connection.introspection.table_names()
    return AuditEntry._meta.db_table not in names or not AuditEntry.objects.exists()


def last_backup() -> Remembered | None:
    """The last good one, where it still lies in the folder of the settings."""
    last = remembered("good")
    kept = last and settings.BACKUP_FOLDER and last.is_in(Folder(Path(settings.BACKUP_FOLDER)))
    return last if kept else None


def missing_backup() -> RuleBroken | None:
    """Why no backup stands in for what an upgrade could spoil, or None where one does."""
    last = last_backup()
    if last and -0.1 < last.hours <= FRESH_HOURS:
        return None
    age = f"bản gần nhất {last.hours:.0f} giờ trước" if last else "không thấy bản nào"
    age_en = f"the last one is {last.hours:.0f} hours old" if last else "there is none"
    return RuleBroken(
        f"Chưa có bản sao lưu trong {FRESH_HOURS:.0f} giờ qua ({age}). Hãy dừng máy chủ, chạy ./run backup make bằng mã cũ, rồi làm lại; đã sao lưu cách "
        "khác thì thêm --without-backup.",
        en=f"No backup of the last {FRESH_HOURS:.0f} hours ({age_en}). Stop the server, run ./run backup make with the old code, and do this again; "
        "add --without-backup where it was backed up in another way.",
    )


def entries_since(moment: datetime) -> int:
    """How many entries the log got from that moment on: what a backup of then does not hold."""
    newest_first = AuditEntry.objects.order_by("-seq").values_list("meta", flat=True).iterator(chunk_size=500)
    count = 0
    for meta in newest_first:
        if datetime.fromisoformat(json.loads(bytes(meta))["ts"]) < moment:
            break
        count += 1
    return count
