"""A report of a citizen as it comes in, and who sees it."""

from __future__ import annotations

from typing import Any

from kycuong.core.clock import today
from kycuong.openness import actions
from kycuong.openness.inbox import receive_report
from kycuong.openness.models import CitizenReport
from tests.desk import Desk

TEXT = "Sáng thứ Hai bàn một cửa không có người, chờ đến trưa."
MARKER = "ZQXBIMAT"
CONTACT = f"bà {MARKER}, thôn Đông"


def open_and_hear(desk: Desk) -> None:
    actions.open_page(by=desk.people["leader"], valid_from=today(), reason="Văn bản số 12/UBND", hears=True)


def address(desk: Desk, unit: str = "commune") -> str:
    return f"/report/{desk.units[unit].slug}/"


def received(desk: Desk, **given: Any) -> tuple[CitizenReport, str]:
    words = {"about": "absence", "text": TEXT, "contact": CONTACT, "address": "10.0.0.1", **given}
    code = receive_report(desk.units["commune"], **words)
    return CitizenReport.objects.order_by("-pk")[0], code


def seen_by(desk: Desk) -> set[str]:
    return {name for name, person in desk.people.items() if CitizenReport.objects.visible_to(person).exists()}
