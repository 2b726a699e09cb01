"""The machine below: database, tables, disk, keys, clock."""

from __future__ import annotations

import json
import shutil
import stat
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection

from kycuong.audit.models import AuditEntry
from kycuong.backups.queries import seals_by_key
from kycuong.core.clock import now
from kycuong.core.sealing import keyring
from kycuong.upkeep.rules import Finding, fault, good, warning

from .upgrading import later_steps, pending_steps

GIB = 1 << 30
PRIVATE = ("secret-key", "sealing-keys", "checkpoint-key")
DURABLE = ("fsync", "full_page_writes", "synchronous_commit")
ROOM = "dọn bớt hoặc thêm ổ đĩa cho KYCUONG_HOME"
ROOM_EN = "free some space, or give KYCUONG_HOME a larger disk"


def connects() -> Iterator[Finding]:
    """That it answers at all."""
    connection.ensure_connection()
    yield good("connection", "trả lời", "answers")


def database() -> Iterator[Finding]:
    """That what it acknowledges is on the disk."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous")
            durable = cursor.fetchone()[0] >= 2
            cursor.execute("PRAGMA journal_mode")
            mode, lax = str(cursor.fetchone()[0]).upper(), [] if durable else ["synchronous"]
            name = f"SQLite, journal {mode}"
        else:
            # As it is set, not as one transaction has it: the intake switches synchronous_commit on for its own.
            cursor.execute("SELECT name FROM pg_settings WHERE name = ANY(%s) AND reset_val = 'off'", [list(DURABLE)])
            lax = [row[0] for row in cursor.fetchall()]
            cursor.execute("SHOW server_version")
            name = f"PostgreSQL {cursor.fetchone()[0]}"
    if lax:
        yield fault(
            "database",
            f"{name} chạy với {', '.join(lax)} tắt: mất điện là mất bản ghi đã báo lưu",
            f"{name} runs with {', '.join(lax)} off: a power cut loses what was acknowledged",
            "bật lại trong cấu hình của máy chủ cơ sở dữ liệu rồi khởi động lại nó",
            "switch it on in the settings of the database server and restart that",
        )
    else:
        yield good("database", name, name)
    if connection.vendor == "postgresql":
        yield from _postgresql()


def _postgresql() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, current_setting('max_connections')::int, current_setting('data_checksums') FROM pg_roles WHERE rolname = current_user"
        )
        superuser, connections, checksums = cursor.fetchone()
    if superuser:
        yield warning(
            "database",
            "tài khoản cơ sở dữ liệu là superuser: rào chắn trong cơ sở dữ liệu không cản được nó",
            "the database account is a superuser: the walls in the database do not hold it",
            "dùng một tài khoản riêng, chỉ sở hữu cơ sở dữ liệu này",
            "use an account of its own that owns this database only",
        )
    needed = _wanted_connections()
    if connections < needed:
        yield warning(
            "database",
            f"max_connections {connections}, có thể cần tới {needed}",
            f"max_connections is {connections}, up to {needed} may be wanted",
            "tăng max_connections hoặc giảm KYCUONG_WORKERS",
            "raise max_connections or lower KYCUONG_WORKERS",
        )
    if checksums != "on":
        yield warning(
            "database",
            "không có data checksums: ổ đĩa hỏng lặng lẽ sẽ không bị phát hiện",
            "no data checksums: a disk that rots silently is not found out",
            "dừng máy chủ PostgreSQL rồi chạy pg_checksums --enable",
            "stop PostgreSQL and run pg_checksums --enable",
        )


def _wanted_connections() -> int:
    workers = int(settings.WORKERS) if str(settings.WORKERS).isdecimal() else 1
    # 16 threads, and one each for the tick, the photos, the exports and the sending; a command, and what PostgreSQL keeps for itself
    return workers * 20 + 5


def tables() -> Iterator[Finding]:
    """That the tables are those of this version."""
    if later := later_steps():
        yield fault(
            "tables",
            f"bảng thuộc phiên bản mới hơn chương trình này ({', '.join(later[:3])})",
            f"the tables are of a later version than this program ({', '.join(later[:3])})",
            "dùng lại đúng phiên bản mới, hoặc phục hồi bản sao lưu trước khi nâng cấp (docs/guide/upgrade.md)",
            "run the later version again, or restore the backup from before the upgrade (docs/guide/upgrade.md)",
        )
    elif plan := pending_steps():
        yield fault(
            "tables",
            f"còn {len(plan)} bước nâng cấp bảng chưa chạy",
            f"{len(plan)} migrations have not run",
            "sao lưu rồi chạy ./run upgrade",
            "back up, then ./run upgrade",
        )
    else:
        yield good("tables", "đúng phiên bản", "of this version")


def disk() -> Iterator[Finding]:
    """Room for a day of records and photos; and that it can be written at all."""
    home = Path(settings.HOME)
    probe = home / ".writable"
    try:
        probe.write_bytes(b"x")
        probe.unlink()
    except OSError as error:
        yield fault(
            "disk",
            f"không ghi được vào {home.name}/ ({error.strerror})",
            f"{home.name}/ cannot be written ({error.strerror})",
            "sửa quyền của KYCUONG_HOME hoặc gắn lại ổ đĩa",
            "mend the permissions of KYCUONG_HOME or mount its disk again",
        )
        return
    usage = shutil.disk_usage(home)
    told = f"{usage.free / GIB:.0f} GB"
    share = usage.free / usage.total
    if usage.free < GIB:
        yield fault("disk", f"chỉ còn {told}", f"only {told} left", ROOM, ROOM_EN)
    elif share < 0.1:
        yield warning("disk", f"còn {told} ({share:.0%})", f"{told} left ({share:.0%})", ROOM, ROOM_EN)
    else:
        yield good("disk", f"còn {told}", f"{told} left")


def keys() -> Iterator[Finding]:
    """That the keys can be read, by their owner alone, and that there is one for whatever is sealed."""
    there = keyring().keys
    if lost := sum(count for key, count in seals_by_key().items() if key not in there):
        yield fault(
            "keys",
            f"{lost} phần niêm phong không có khóa để mở",
            f"{lost} seals have no key that opens them",
            "đặt lại KYCUONG_SEALING_KEYS hoặc tệp sealing-keys cũ, từ bản sao lưu",
            "bring back the former KYCUONG_SEALING_KEYS, or the file sealing-keys, from a backup",
        )
    home = Path(settings.HOME)
    exposed = [name for name in PRIVATE if (home / name).exists() and (home / name).stat().st_mode & 0o077]
    if home.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        exposed.append("KYCUONG_HOME")
    if exposed:
        yield fault(
            "keys",
            f"tài khoản khác trên máy đọc được {', '.join(exposed)}",
            f"other accounts of the machine can read {', '.join(exposed)}",
            "chmod 600 các tệp khóa, chmod 700 thư mục KYCUONG_HOME",
            "chmod 600 the key files, chmod 700 the folder KYCUONG_HOME",
        )
    elif not lost:
        yield good("keys", "chỉ chủ sở hữu đọc được", "readable by their owner alone")


def clock() -> Iterator[Finding]:
    """Terms are counted by this clock: not behind what was recorded, nor apart from the database's."""
    last = AuditEntry.objects.order_by("-seq").first()
    latest = datetime.fromisoformat(json.loads(bytes(last.meta))["ts"]) if last else None
    behind = (latest - now()).total_seconds() if latest else 0.0
    apart = 0.0
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            apart = abs((cursor.fetchone()[0] - now()).total_seconds())
    if behind > timedelta(minutes=1).total_seconds() or apart > 5:
        yield fault(
            "clock",
            f"đồng hồ lệch {max(behind, apart):.0f} giây so với nhật ký hoặc cơ sở dữ liệu",
            f"the clock is {max(behind, apart):.0f} seconds off the log or the database",
            "bật đồng bộ giờ (timedatectl set-ntp true) trên cả hai máy",
            "switch on time synchronisation (timedatectl set-ntp true) on both machines",
        )
    else:
        yield good("clock", "khớp nhật ký và cơ sở dữ liệu", "agrees with the log and the database")
