"""The person is told of every change to what opens the account: whoever did not make it learns of it."""

from __future__ import annotations

from django.utils.timezone import localtime

from kycuong.core.clock import now
from kycuong.core.ids import uuid7
from kycuong.notices.telling import tell
from kycuong.orgs.models import Person

SECURITY = "/me/security/"


def tell_of(person: Person, subject: str, text: str = "", *, once: str = "", url: str = SECURITY) -> int:
    """One notice, or none; `url` is the page where the change can be looked at and taken back. With `once`, no second one of that name."""
    return tell(
        [person],
        key=f"signin:{once or uuid7()}",
        subject=subject,
        text=text
        or f"Lúc {localtime(now()):%H:%M %d/%m/%Y}. Nếu không phải bạn làm, hãy kết thúc mọi phiên khác, đổi mật khẩu và báo quản trị hệ thống.",
        url=url,
    )
