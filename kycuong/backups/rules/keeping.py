"""Names of archives, and which old ones may go."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime

ARCHIVE = re.compile(r"kycuong-(\d{8}T\d{6})Z\.age", re.ASCII)


def archive_name(moment: datetime) -> str:
    """The name tells the moment in UTC, so names sort as times do."""
    return f"kycuong-{moment.astimezone(UTC):%Y%m%dT%H%M%S}Z.age"


def made_at_of(name: str) -> datetime:
    """The moment in a name that ARCHIVE matches; ValueError when it is none."""
    found = ARCHIVE.fullmatch(name)
    if found is None:
        raise ValueError(f"{name[:80]!r} is no archive")
    return datetime.strptime(found[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)


def kept_archives(names: Iterable[str], *, newest: int, days: int = 14, months: int = 12) -> set[str]:
    """Those to keep: the newest ones, the last one of each of the latest days and months, so that an old mistake can be undone."""
    ordered = sorted((name for name in names if ARCHIVE.fullmatch(name)), reverse=True)
    last_of_day: dict[str, str] = {}
    last_of_month: dict[str, str] = {}
    for name in ordered:
        last_of_day.setdefault(f"{made_at_of(name):%Y-%m-%d}", name)
        last_of_month.setdefault(f"{made_at_of(name):%Y-%m}", name)
    return {*ordered[:newest], *list(last_of_day.values())[:days], *list(last_of_month.values())[:months]}
