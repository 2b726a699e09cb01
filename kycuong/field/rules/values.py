"""What the values of the log's fields must be before an act takes them: each fault a sentence."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime, time
from typing import Any

from django.utils.timezone import get_current_timezone

from kycuong.catalog.rules import Severity
from kycuong.core.problems import BadInput
from kycuong.inspections.rules import Headcount

SHEET = {one.name for one in fields(Headcount)}
TEXT = 5000


LATEST_WALL = 2**41


def moment_of(wall: int) -> datetime:
    """The moment that a phone's clock told, whatever it told."""
    return datetime.fromtimestamp(max(0, min(wall, LATEST_WALL)) / 1000, UTC)


def bad(vi: str, en: str) -> BadInput:
    return BadInput(vi, en=en)


def text_of(value: Any, name: str = "", most: int = TEXT) -> str:
    """Text, at most so long; what was never written is empty."""
    found = value.get(name) if name and isinstance(value, dict) else value
    if found is None or (name and not isinstance(value, dict)):
        found = ""
    if not isinstance(found, str) or len(found) > most:
        raise bad(f"Phần chữ phải là văn bản không quá {most} ký tự.", f"This is text of at most {most} characters.")
    return found


def headcount_of_value(value: Any) -> Headcount:
    """The sheet; numbers are checked by the rule of the sheet itself."""
    if value is None:
        return Headcount()
    if not isinstance(value, dict) or value.keys() - SHEET:
        raise bad("Bảng quân số không đọc được.", "The headcount sheet cannot be read.")
    numbers = {name: number for name, number in value.items() if name != "roll_call_at"}
    if any(isinstance(one, bool) or not isinstance(one, int | None) for one in numbers.values()):
        raise bad("Quân số phải là số nguyên từ 0 trở lên.", "Numbers of people are whole numbers, 0 or more.")
    return Headcount(**numbers, roll_call_at=hour_of(value.get("roll_call_at")))


def hour_of(value: Any) -> time | None:
    """«08:30», or a moment of the phone's clock in milliseconds as the hour of the place."""
    try:
        if isinstance(value, int) and not isinstance(value, bool):
            moment = datetime.fromtimestamp(value / 1000, get_current_timezone())
            return moment.time().replace(second=0, microsecond=0)
        found = time.fromisoformat(value) if value else None
    except (TypeError, ValueError, OverflowError, OSError):
        raise bad("Giờ chưa đúng, ví dụ 08:30.", "Not an hour such as 08:30.") from None
    return found.replace(tzinfo=None) if found else None


def finding_of_value(value: Any) -> dict[str, Any]:
    """Description, code, severity and term of a finding."""
    severity, due = (value.get("severity"), value.get("due_on")) if isinstance(value, dict) else (None, None)
    if not isinstance(value, dict) or (severity is not None and severity not in Severity.values):
        raise bad("Tồn tại không đọc được.", "The finding cannot be read.")
    try:
        day = date.fromisoformat(due) if due else None
    except (TypeError, ValueError):
        raise bad("Hạn khắc phục không phải ngày.", "The term is no day.") from None
    found = {"description": text_of(value, "description", 1000), "criterion_code": text_of(value, "criterion_code", 10)}
    return {**found, "severity": severity, "due_on": day}
