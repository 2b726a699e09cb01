"""Which faults of the machine a person can do something about: a busy database, a full disk."""

from __future__ import annotations

import errno

from django.db import DatabaseError, InterfaceError, OperationalError

from .problems import Busy, Full, Problem


def as_problem(error: BaseException | None) -> Problem | None:
    """The problem that an error amounts to, if a person can do something about it."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, DatabaseError | InterfaceError):
        return database_problem(error)
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return no_room()
    return None


FULL = ("disk is full", "readonly database")
BUSY = ("locked", "connection", "disk i/o error", "unable to open")
STATES = {"08", "40", "53", "55", "57"}
"""Classes of PostgreSQL's codes: connection, serialisation, resources, not now, operator."""


def database_problem(error: Exception) -> Problem | None:
    """Busy and full, as SQLite and PostgreSQL say them."""
    text, state = str(error).lower(), getattr(error.__cause__, "sqlstate", None) or ""
    if state == "53100" or any(words in text for words in FULL):
        return no_room()
    passing = isinstance(error, OperationalError | InterfaceError) and any(words in text for words in BUSY)
    if passing or state[:2] in STATES:
        return Busy(
            "Cơ sở dữ liệu đang bận nên việc vừa rồi chưa được ghi. Hãy chờ vài giây rồi gửi lại.",
            en="The database is busy, so nothing was saved. Wait a few seconds and send it again.",
        )
    return None


def no_room() -> Full:
    return Full(
        "Máy chủ hết chỗ lưu trữ hoặc ổ đĩa không cho ghi nên việc vừa rồi chưa được ghi. Hãy báo quản trị hệ thống; đừng đóng "
        "trang này.",
        en="The server has no room left, or its disk cannot be written, so nothing was saved. "
        "Tell the administrator, and keep this page open.",
    )
