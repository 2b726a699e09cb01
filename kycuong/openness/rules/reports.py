"""What people report of a unit: about what, where it stands, what the sender reads, how much is taken from one place."""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from ipaddress import IPv6Address, IPv6Network, ip_address

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kycuong.core.problems import BadInput, RuleBroken
from kycuong.core.vietnamese import fold

KEPT_DAYS = 180
"""Days after which what tells of the sender is erased. A proposal for review."""
VALID_DAYS = 365
"""Days for which a valid report adds to the weight of its unit in draws. A proposal for review."""
A_DAY_FROM_ONE, A_DAY_ABOUT_ONE = 5, 50
"""Reports of a day from one address, and about one unit."""
LEAST_SECONDS, MOST_SECONDS = 3, 24 * 3600
"""Nobody writes faster, and no page stays open longer."""
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class About(TextChoices):
    """What a report is about."""

    ABSENCE = "absence", _("Vắng mặt, không làm việc trong giờ")
    MANNER = "manner", _("Thái độ, lời nói")
    DELAY = "delay", _("Chậm giải quyết, bắt đi lại nhiều lần")
    FEE = "fee", _("Đòi thêm tiền, thêm giấy tờ")
    POSTING = "posting", _("Không niêm yết, không hướng dẫn")
    OTHER = "other", _("Việc khác")


class Outcome(TextChoices):
    """What whoever handles it found."""

    VALID = "valid", _("Có cơ sở")
    UNFOUNDED = "unfounded", _("Chưa có cơ sở")
    NOT_OURS = "not_ours", _("Không thuộc phạm vi, đã chuyển hoặc hướng dẫn")
    SPAM = "spam", _("Thư rác")


class Progress(TextChoices):
    """What the sender reads."""

    RECEIVED = "received", _("Đã nhận")
    READING = "reading", _("Đang xem")
    ANSWERED = "answered", _("Đã trả lời")
    NOT_OURS = "not_ours", _("Không thuộc phạm vi")


def progress_of(outcome: str, *, taken: bool) -> Progress:
    """Whether it was found valid is not told: that would tell of an inspection to come."""
    if outcome in (Outcome.NOT_OURS, Outcome.SPAM):
        return Progress.NOT_OURS
    return Progress.ANSWERED if outcome else Progress.READING if taken else Progress.RECEIVED


def new_code() -> str:
    """Eighty bits nearly, in four groups that can be read out."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))


def as_compared(text: str) -> str:
    """Two texts that differ in capitals, marks and spaces only are one report sent twice."""
    return " ".join(fold(text).split())


def erased_on(received_on: date) -> date:
    return received_on + timedelta(days=KEPT_DAYS)


def ensure_room(*, from_here: int) -> None:
    """So that nobody drowns the others' reports."""
    if from_here >= A_DAY_FROM_ONE:
        raise RuleBroken(
            "Hôm nay đã có nhiều phản ánh từ nơi này nên chưa nhận thêm. Hãy gửi lại vào ngày mai.",
            en="Many reports came from here today, and no more are taken. Please send it tomorrow.",
        )


def is_held_back(*, about_unit: int) -> bool:
    """What comes after many about one unit is taken like the others, tells nobody, and is read after them.

    The sender reads no difference: a unit that fills its own day could else count, and silence, what others report of it.
    """
    return about_unit >= A_DAY_ABOUT_ONE


def place_of(address: str) -> str:
    """From where something comes, as far as it is counted: an address; of IPv6 the network, for a home has billions of them."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or IPv6Network((found, 64), strict=False))
    return str(found)


def ensure_written_by_hand(seconds: float) -> None:
    """A form that comes back at once was filled in by a program; one of yesterday is opened anew."""
    if not LEAST_SECONDS <= seconds <= MOST_SECONDS:
        raise BadInput(
            "Trang này mở chưa đủ lâu hoặc đã quá lâu. Hãy đọc lại rồi bấm gửi một lần nữa.",
            en="This page was open too short or too long a time. Read it again and press the button once more.",
        )


def ensure_unsettled(outcome: str) -> None:
    if outcome:
        raise RuleBroken("Phản ánh này đã được xử lý.", en="This report has been settled.")


def ensure_reason(reason: str) -> None:
    """The office reads later why."""
    if not reason.strip():
        raise BadInput(
            "Hãy ghi lý do (nội bộ).",
            en="Say why, for the office.",
            errors=[{"field": "reason", "vi": "Chưa có lý do.", "en": "There is no reason."}],
        )


def ensure_answer(outcome: str, answer: str) -> None:
    """Whoever wrote in earnest gets an answer."""
    if outcome != Outcome.SPAM and not answer.strip():
        raise BadInput(
            "Hãy viết câu trả lời cho người phản ánh.",
            en="Write an answer to whoever reported.",
            errors=[{"field": "answer", "vi": "Chưa có câu trả lời.", "en": "There is no answer."}],
        )
