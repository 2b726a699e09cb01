"""Which faults of the machine a person can do something about: a busy database, a full disk, a condition that refused."""

from __future__ import annotations

import contextlib
import errno
import shutil

from django.conf import settings
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError

from .problems import BadInput, Busy, Full, Problem
from .refusals import refused


def as_problem(error: BaseException | None) -> Problem | None:
    """The problem that an error amounts to, if a person can do something about it."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, IntegrityError):
        return refused(error)
    if isinstance(error, DatabaseError | InterfaceError):
        return database_problem(error)
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return no_room()
    return None


def _is_a_failed_write(text: str) -> bool:
    """SQLite says the same of a disk that fails and of one on which its journal finds no room."""
    return any(words in text for words in ("disk i/o error", "unable to open"))


def _no_room_is_left() -> bool:
    with contextlib.suppress(OSError):
        return shutil.disk_usage(settings.HOME).free < LEAST_ROOM
    return False


LEAST_ROOM = 1 << 20
"""Bytes that a page of changes and its journal want."""
FULL = ("disk is full", "readonly database")
BUSY = ("locked", "connection", "disk i/o error", "unable to open")
STATES = {"08", "40", "53", "55", "57"}
"""Classes of PostgreSQL's codes: connection, serialisation, resources, not now, operator."""


def database_problem(error: Exception) -> Problem | None:
    """Busy and full, as SQLite and PostgreSQL say them."""
    text, state = str(error).lower(), getattr(error.__cause__, "sqlstate", None) or ""
    if state == "53100" or any(words in text for words in FULL) or (_is_a_failed_write(text) and _no_room_is_left()):
        return no_room()
    passing = isinstance(error, OperationalError | InterfaceError) and any(words in text for words in BUSY)
    if passing or state[:2] in STATES:
        return Busy(
            "Cơ sở dữ liệu đang bận nên việc vừa rồi chưa được ghi. Hãy chờ vài giây rồi gửi lại.",
            en="The database is busy, so nothing was saved. Wait a few seconds and send it again.",
        )
    return None


UNREACHABLE = ("connection failed", "failed to resolve host", "connection timeout expired")


def at_the_keyboard(error: Exception) -> BadInput | None:
    """What whoever has the machine can set right: a wrong address is no busy database, and tables that are not there are no mistake of ours."""
    if not isinstance(error, DatabaseError):
        return None
    text, state = str(error), getattr(error.__cause__, "sqlstate", None) or ""
    if state == "42501":
        return forbidden(text)
    if "unable to open database file" in text and _no_room_is_left():
        return None  # the journal finds no room: that is told as such
    if state in ("42P01", "42703") or any(words in text for words in UNPREPARED):
        return unprepared(text)
    return unreachable(text) if any(words in text for words in UNREACHABLE) else None


UNPREPARED = ("no such table", "no such column", "unable to open database file")
"""As SQLite says it; PostgreSQL has codes of its own for tables, columns and rights."""


def unprepared(text: str) -> BadInput:
    reason = text.splitlines()[0]
    return BadInput(
        f"Cơ sở dữ liệu chưa có, chưa đúng bản phần mềm này, hoặc tài khoản máy này không mở được ({reason}); hãy kiểm tra KYCUONG_HOME (hoặc "
        "KYCUONG_DATABASE_URL) và quyền của thư mục, chạy `./run prepare`, rồi chạy lại.",
        en=f"The database is not there, not of this version of the software, or this account of the machine cannot open it ({reason}); check KYCUONG_HOME "
        "(or KYCUONG_DATABASE_URL) and the rights of the folder, run `./run prepare`, then run this again.",
    )


def forbidden(text: str) -> BadInput:
    reason = text.splitlines()[0]
    return BadInput(
        f"Tài khoản cơ sở dữ liệu trong KYCUONG_DATABASE_URL không đủ quyền ({reason}); hãy chạy bằng tài khoản làm chủ các bảng, hoặc cấp quyền cho tài khoản ấy.",
        en=f"The database account in KYCUONG_DATABASE_URL lacks the rights ({reason}); run this with the account that owns the tables, or grant it "
        "the rights.",
    )


def unreachable(text: str) -> BadInput:
    reason = text.splitlines()[0].rpartition(": ")[2].strip()
    return BadInput(
        f"Không kết nối được cơ sở dữ liệu ({reason}); hãy kiểm tra máy chủ PostgreSQL đang chạy và tên, mật khẩu, địa chỉ trong "
        "KYCUONG_DATABASE_URL rồi chạy lại.",
        en=f"Cannot reach the database ({reason}); check that PostgreSQL is running and that the name, password and address in "
        "KYCUONG_DATABASE_URL are right, then run this again.",
    )


def no_room() -> Full:
    return Full(
        "Máy chủ hết chỗ lưu trữ hoặc ổ đĩa không cho ghi nên việc vừa rồi chưa được ghi. Hãy báo quản trị hệ thống; đừng đóng "
        "trang này.",
        en="The server has no room left, or its disk cannot be written, so nothing was saved. "
        "Tell the administrator, and keep this page open.",
    )
