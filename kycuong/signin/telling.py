"""The person is told of every change to what opens the account: whoever did not make it learns of it."""

from __future__ import annotations

import logging
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.timezone import localtime

from kycuong.core.clock import now
from kycuong.core.ids import uuid7
from kycuong.notices.tasks.letters import domain, letter
from kycuong.notices.telling import tell
from kycuong.orgs.models import Person

SECURITY = "/me/security/"
POST = ThreadPoolExecutor(1, thread_name_prefix="farewell")
"""Letters go out beside the answer: three hundred of them would hold it up. A process that ends waits for them."""
PAUSE = 60
"""Seconds for which nothing more is tried after the mail server did not answer."""


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


def tell_of_address(person: Person, *, by: Person | None, before: str) -> None:
    """Another e-mail was written: the person learns of it here, and by a letter to the address until now, which a stranger who
    wrote the new one does not read. The letter is tried once; it names no address."""
    if by is None or by.pk != person.pk:
        tell_of(
            person,
            "Thư điện tử của tài khoản bạn đã được đổi",
            "Quản trị hệ thống đã đổi hoặc xóa thư điện tử của bạn. Nếu bạn không yêu cầu việc này, hãy báo ngay.",
            url="/me/",
        )
    if before and settings.EMAIL_HOST:
        head = "Kỷ Cương: thư điện tử của tài khoản bạn đã được đổi"
        name = f"<address.{uuid7().hex}@{domain()}>"
        body = FAREWELL.format(username=person.username, page=f"{settings.BASE_URL}/me/")
        transaction.on_commit(partial(POST.submit, _send, letter(before, head, body, message_id=name)), robust=True)


FAREWELL = """Quản trị hệ thống đã đổi hoặc xóa thư điện tử của tài khoản {username}. Từ nay thông báo không gửi tới địa chỉ này nữa.
Nếu bạn không yêu cầu việc này, hãy báo ngay cho quản trị hệ thống. Trang của bạn: {page}
(The e-mail of this account was changed. If you did not ask for it, tell the administrator at once.)

Thư do hệ thống tự gửi, xin không trả lời.
"""

_silent_until = 0.0


def _send(message: EmailMessage) -> None:
    global _silent_until
    try:
        if time.monotonic() < _silent_until:
            raise TimeoutError("the mail server did not answer just now")
        message.send()
    except (OSError, ValueError) as error:  # an SMTPException is an OSError
        if isinstance(error, TimeoutError | ConnectionError) and time.monotonic() >= _silent_until:
            _silent_until = time.monotonic() + PAUSE
        logging.getLogger(__name__).warning("mail: %s", error)
