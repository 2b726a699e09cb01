"""What the scheduler does for phones: it finishes photos that are all here, and tells of what was said and never came or waits."""

from __future__ import annotations

import logging
from datetime import date

from django.db import transaction

from kycuong.core.problems import BadInput
from kycuong.field import store
from kycuong.field.actions import check_or_tell, keep_photo
from kycuong.field.models import FieldDevice, FieldMedia, FieldPolicy
from kycuong.field.queries.log import missing_seq
from kycuong.field.queries.received import PhoneLine, answering_for
from kycuong.notices.tasks.running import at_any_hour, in_pieces
from kycuong.notices.telling import tell

PAGE = "/field/received/"


def tell_of_gaps(today: date) -> str:
    """A step of the tick: numbers that are missing, and phones that kept something for longer than the policy says. Nothing of any visit."""
    told, hours = 0, FieldPolicy.on(today).tell_hours
    for device in FieldDevice.objects.in_use().exclude(last_seen=None).select_related("person"):
        try:
            with transaction.atomic():
                told += _tell_of(device, today, hours)
        except Exception:  # one phone never keeps the others from being told of
            logging.getLogger(__name__).exception("nothing could be told of a phone")
    return f"Báo {told} lần về dữ liệu chưa về từ điện thoại." if told else ""


@at_any_hour
@in_pieces
def finish_photos(today: date) -> str:
    """A step of the tick: photos whose bytes are all here, while the phone that would ask for them is gone; and those that nobody
    has looked at, because the server ended before it came to them."""
    waiting = FieldMedia.objects.filter(complete_at=None, device__isnull=False).select_related(
        "visit", "device__person"
    )
    done = sum(_finished(media) for media in list(waiting) if store.offset_of(media.uid) == media.size)
    looked_at = sum(map(check_or_tell, FieldMedia.objects.all().unchecked().values_list("pk", flat=True)))
    said = [f"Nhận xong {done} ảnh đã về đủ từ điện thoại."] * bool(done)
    said += [f"Kiểm tra {looked_at} ảnh từ điện thoại."] * bool(looked_at)
    return " ".join(said)


def _finished(media: FieldMedia) -> bool:
    """By the word of the owner, whose phone sent them. Bytes that are not what was announced go, and are missing again."""
    if media.device is None:
        return False
    try:
        store.finish(media.uid, media.sha256)
        keep_photo(media, media.device, by=media.device.person, handed_in=True)
    except (BadInput, FileNotFoundError):
        return False
    except Exception:  # one photo never keeps the others waiting
        logging.getLogger(__name__).exception("a photo could not be finished")
        return False
    return True


def _tell_of(device: FieldDevice, today: date, hours: int) -> int:
    line, told = PhoneLine(device, missing_seq(device), asked=False, tell_hours=hours), 0
    if line.missing:
        told += _tell(line, f"field.gap:{device.uid}:{line.missing[0]}", "Máy đi thực địa có thay đổi chưa về máy chủ")
    if line.is_late:
        late = f"Máy đi thực địa còn dữ liệu chưa gửi quá {hours} giờ"
        told += _tell(line, f"field.late:{device.uid}:{today}", late)
    return told


def _tell(line: PhoneLine, key: str, subject: str) -> int:
    """The owner, and who answers for the owner."""
    people = [line.device.person, *answering_for(line.device)]
    text = f"{line.device.person}: hãy mở ứng dụng trên máy khi có mạng, hoặc xuất gói dự phòng."
    return tell(people, key=key, subject=subject, text=text, url=PAGE, due=True)
