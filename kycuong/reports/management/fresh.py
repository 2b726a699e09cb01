"""What is said above numbers out of an export: of which moment it is, whose, and what in it never happened."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from kycuong.reports.figures.items import Item
from kycuong.reports.management.exported import Elsewhere
from kycuong.reports.management.tables import harmless

HOUR, DAY = 60, 24 * 60
"""In minutes."""
SLACK = timedelta(minutes=1)
"""Two clocks may differ by so much."""


def freshness(found: Elsewhere) -> str:
    """Which moment the export shows, how long ago that was, who counts, and whose it is; one line each."""
    moment = timezone.localtime(found.engine.taken_at)
    vi, en = _age(found.age)
    lines = [
        f"Theo bản xuất lúc {moment:%H:%M:%S ngày %d/%m/%Y}, {vi}; việc ghi sau đó chưa có ở đây. Tính bằng {found.engine.name}. / "
        f"From the export of {moment:%d/%m/%Y %H:%M:%S}, {en}; nothing later is in it. Counted by {found.engine.name}."
    ]
    return "\n".join([*lines, *_whose(found)])


def _whose(found: Elsewhere) -> list[str]:
    origin = found.engine.origin
    if found.ours:
        lines = [f"Của hệ thống này, phiên bản {origin.version}. / Of this installation, version {origin.version}."]
    else:
        lines = [
            f"Chú ý: bản xuất của hệ thống khác ({origin.installation}, phiên bản {origin.version}), không phải của hệ thống này. / "
            f"Note: the export is of another installation ({origin.installation}, version {origin.version}), not of this one."
        ]
    if origin.invented:
        lines.append(
            f"Chú ý: {origin.invented}/{origin.inspections} cuộc kiểm tra là dữ liệu minh họa hoặc tạo sinh, không có thật. / "
            f"Note: {origin.invented} of {origin.inspections} inspections are of the demonstration or generated."
        )
    return lines


def _age(age: timedelta) -> tuple[str, str]:
    minutes = int(age.total_seconds() // 60)
    if age < -SLACK:
        return (
            "SAU giờ của máy này: đồng hồ của một trong hai máy sai",
            "AFTER the clock of this machine: one of two clocks is wrong",
        )
    if minutes >= DAY:
        return f"{minutes // DAY} ngày trước", f"{minutes // DAY} days ago"
    if minutes >= HOUR:
        return f"{minutes // HOUR} giờ trước", f"{minutes // HOUR} h ago"
    return f"{max(minutes, 0)} phút trước", f"{max(minutes, 0)} min ago"


def items_as_csv(source: Mapping[str, Any], items: Sequence[Item]) -> str:
    """One line for each item; on each of them of which export it is, so that no file is taken for fresh."""
    names = ("criterion", "kind", "year", "pass", "partial", "fail", "not_applicable")
    beside = ("taken_at", "engine", "installation", "version", "invented")
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow([*names, *beside])
    for one in (item.as_dict() for item in items):
        writer.writerow(
            [harmless(value) for value in (*(one[name] for name in names), *(source[name] for name in beside))]
        )
    return target.getvalue()
