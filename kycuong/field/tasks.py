"""What the scheduler does for phones: it tells who answers for them of what was said and never came, and of what waits too long."""

from __future__ import annotations

from datetime import date

from kycuong.field.models import FieldDevice, FieldPolicy
from kycuong.field.queries.log import missing_seq
from kycuong.field.queries.received import PhoneLine, answering_for
from kycuong.notices.telling import tell

PAGE = "/field/received/"


def tell_of_gaps(today: date) -> str:
    """A step of the tick: numbers that are missing, and phones that kept something for longer than the policy says. Nothing of any visit."""
    told, hours = 0, FieldPolicy.on(today).tell_hours
    for device in FieldDevice.objects.in_use().exclude(last_seen=None).select_related("person"):
        line = PhoneLine(device, missing_seq(device), asked=False, tell_hours=hours)
        if line.missing:
            told += _tell(
                line, f"field.gap:{device.uid}:{line.missing[0]}", "Máy đi thực địa có thay đổi chưa về máy chủ"
            )
        if line.is_late:
            late = f"Máy đi thực địa còn dữ liệu chưa gửi quá {hours} giờ"
            told += _tell(line, f"field.late:{device.uid}:{today}", late)
    return f"Báo {told} lần về dữ liệu chưa về từ điện thoại." if told else ""


def _tell(line: PhoneLine, key: str, subject: str) -> int:
    """The owner, and who answers for the owner."""
    people = [line.device.person, *answering_for(line.device)]
    text = f"{line.device.person}: hãy mở ứng dụng trên máy khi có mạng, hoặc xuất gói dự phòng."
    return tell(people, key=key, subject=subject, text=text, url=PAGE, due=True)
