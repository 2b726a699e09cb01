"""Checkpoints by mail: once a day, to each who is to keep them, and what arrives can be pasted as it is."""

from __future__ import annotations

from datetime import date, datetime
from smtplib import SMTPRecipientsRefused
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage

from kycuong.audit.log import record
from kycuong.audit.queries import compared
from kycuong.audit.signer import take_checkpoint
from kycuong.checkpoints import tasks
from kycuong.checkpoints.tasks import mail_checkpoint
from kycuong.notices.rules import StepFailed
from kycuong.orgs.models import Unit
from kycuong.site.post import addresses
from tests.desk import Desk

DAY, NEXT = date(2026, 3, 2), date(2026, 3, 3)


@pytest.fixture(autouse=True)
def morning(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.CHECKPOINT_MAIL = ["luu-tru@tinh.example", "thanh-tra@tren.example"]
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL, settings.MAIL_HOUR = "thu.example", "kycuong@tinh.example", 7
    at(8, monkeypatch)


def at(hour: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "now", lambda: datetime(2026, 3, 2, hour, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")))


def grown() -> None:
    record("unit.add", Unit.objects.create(slug=f"u-{Unit.objects.count()}"), by=None)
    assert take_checkpoint()


def test_each_address_gets_the_latest_once_a_day(desk: Desk, mailoutbox: list[EmailMessage]) -> None:
    assert mail_checkpoint(DAY) == "", "nothing was signed yet"
    grown()
    assert mail_checkpoint(DAY) == "Đã gửi mốc kiểm chứng tới 2 địa chỉ."
    assert [one.to for one in mailoutbox] == [["luu-tru@tinh.example"], ["thanh-tra@tren.example"]]
    grown()
    assert mail_checkpoint(DAY) == ""
    assert mail_checkpoint(NEXT).startswith("Đã gửi")
    assert mail_checkpoint(date(2026, 3, 4)) == "", "the log did not grow"
    assert len(mailoutbox) == 4


def test_what_arrives_can_be_compared(desk: Desk, mailoutbox: list[EmailMessage]) -> None:
    grown()
    mail_checkpoint(DAY)
    body = str(mailoutbox[0].body)
    lines = body[: body.index("\n\nKhóa công khai")].split("\n\n")
    assert compared("\n\n".join(lines[-2:])).outcome == "same"


def test_not_before_the_hour_of_mail(
    desk: Desk, mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    grown()
    at(6, monkeypatch)
    assert mail_checkpoint(DAY) == ""
    assert mailoutbox == []


def test_an_address_that_is_refused_stops_no_other_and_is_tried_again(
    desk: Desk, mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    grown()
    send = EmailMessage.send

    def picky(message: EmailMessage, fail_silently: bool = False) -> int:
        if message.to == ["luu-tru@tinh.example"]:
            raise SMTPRecipientsRefused({"luu-tru@tinh.example": (550, b"no")})
        return send(message, fail_silently)

    with monkeypatch.context() as patch:
        patch.setattr(EmailMessage, "send", picky)
        with pytest.raises(StepFailed, match="1 địa chỉ chưa nhận được"):
            mail_checkpoint(DAY)
    assert [one.to for one in mailoutbox] == [["thanh-tra@tren.example"]]
    assert mail_checkpoint(DAY) == "Đã gửi mốc kiểm chứng tới 1 địa chỉ."


def test_without_a_mail_server_the_tick_says_what_is_missing(desk: Desk, settings: Any) -> None:
    grown()
    settings.EMAIL_HOST = ""
    with pytest.raises(StepFailed, match="KYCUONG_SMTP"):
        mail_checkpoint(DAY)


def test_addresses_are_read_or_refused_in_words() -> None:
    assert addresses(" a@b.example, c@d.example,a@b.example,") == ["a@b.example", "c@d.example"]
    with pytest.raises(ImproperlyConfigured, match="không phải địa chỉ thư"):
        addresses("a@b.example; c@d.example")
