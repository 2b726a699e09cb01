"""The public page, open; and two reports of citizens, one of them answered. The words are made up and name nobody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kycuong.openness.actions import open_page, settle_report
from kycuong.openness.inbox import receive_report
from kycuong.openness.models import CitizenReport
from kycuong.orgs.models import Person

from .structure import Units

UNIT = "xa-cao-loc"
WAITING = "Sáng thứ Hai bàn tiếp nhận không có người trực, chờ đến gần trưa (minh họa)."
ANSWERED = "Hồ sơ hẹn trả sau năm ngày, quá hẹn chưa ai gọi lại (minh họa)."
ANSWER = "Đơn vị cấp trên đã nhắc nơi giải quyết; hồ sơ được trả trong tuần này."


def load_openness(units: Units, people: Mapping[str, Person], day: date) -> None:
    """Opened by the leader; the older report is settled by the aggregator."""
    open_page(by=people["lanhdao"], valid_from=day, reason="Công bố dữ liệu minh họa", hears=True)
    for about, text in (("delay", ANSWERED), ("absence", WAITING)):
        receive_report(units[UNIT], about=about, text=text, contact="", address="127.0.0.1")
    first = CitizenReport.objects.order_by("pk")[0]
    settle_report(first, by=people["tonghop"], outcome="valid", reason="Đã xác minh (minh họa)", answer=ANSWER)
