"""What a mail server says, as a sentence with what to do; and one mail by which the settings are tried."""

from __future__ import annotations

import smtplib
import ssl
from uuid import uuid4

from django.conf import settings
from django.core.mail import get_connection

from kycuong.core.problems import RuleBroken

from .letters import domain, letter


def explained(error: Exception) -> RuleBroken:
    """Why the server did not take mail."""
    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    if isinstance(error, smtplib.SMTPServerDisconnected) and "timed out" in str(error):
        error = TimeoutError()  # smtplib takes a silence for a farewell
    for kinds, vi, en in REASONS:
        if isinstance(error, kinds):
            return RuleBroken(vi.format(where=where), en=en.format(where=where))
    return RuleBroken(
        f"Máy chủ thư {where} không nhận thư ({type(error).__name__}).",
        en=f"The mail server {where} did not take the mail ({type(error).__name__}).",
    )


REASONS: list[tuple[type[Exception] | tuple[type[Exception], ...], str, str]] = [
    (
        smtplib.SMTPAuthenticationError,
        "Máy chủ thư {where} từ chối tên hoặc mật khẩu; hãy sửa KYCUONG_SMTP.",
        "The mail server {where} refused the login; mend KYCUONG_SMTP.",
    ),
    (
        (smtplib.SMTPNotSupportedError,),
        "Máy chủ thư {where} không hỗ trợ STARTTLS hoặc đăng nhập; hãy sửa KYCUONG_SMTP.",
        "The mail server {where} offers no STARTTLS or no login; mend KYCUONG_SMTP.",
    ),
    (
        smtplib.SMTPRecipientsRefused,
        "Máy chủ thư {where} từ chối địa chỉ người nhận; hãy xem địa chỉ, và quyền chuyển thư của máy này.",
        "The mail server {where} refused the recipient; check the address, and whether this machine may relay.",
    ),
    (
        smtplib.SMTPSenderRefused,
        "Máy chủ thư {where} từ chối địa chỉ người gửi; hãy sửa KYCUONG_MAIL_FROM.",
        "The mail server {where} refused the sender; mend KYCUONG_MAIL_FROM.",
    ),
    (
        ssl.SSLError,
        "Không lập được kênh mã hóa với máy chủ thư {where}: chứng thư không tin được, sai tên máy, hoặc cổng không dùng TLS. "
        "Chứng thư nội bộ: đặt SSL_CERT_FILE.",
        "No TLS with the mail server {where}: untrusted certificate, wrong host name, or a port without TLS. For a certificate of "
        "your own set SSL_CERT_FILE.",
    ),
    (
        TimeoutError,
        "Máy chủ thư {where} không trả lời kịp; hãy xem máy chủ, cổng và tường lửa.",
        "The mail server {where} did not answer in time; check server, port and firewall.",
    ),
    (
        (smtplib.SMTPConnectError, smtplib.SMTPServerDisconnected),
        "Máy chủ thư {where} ngắt kết nối; hãy xem cổng và cách mã hóa trong KYCUONG_SMTP.",
        "The mail server {where} closed the connection; check port and encryption in KYCUONG_SMTP.",
    ),
    (
        OSError,
        "Không nối được tới máy chủ thư {where}; hãy xem tên máy, cổng và tường lửa.",
        "Cannot reach the mail server {where}; check host name, port and firewall.",
    ),
]
"""The first that fits: what is more special stands first (an SSLError and a TimeoutError are OSErrors, too)."""


def try_out(address: str) -> None:
    """Send one mail to the address, or say why it could not be sent."""
    ensure_set()
    body = "Thư thử của Kỷ Cương: máy chủ thư đã được đặt đúng.\n\nKhông cần trả lời."
    message = letter(address, "Kỷ Cương: thư thử", body, message_id=f"<test.{uuid4().hex}@{domain()}>")
    message.connection = get_connection()
    try:
        message.send()
    except (smtplib.SMTPException, OSError) as error:  # before ValueError: an untrusted certificate is both
        raise explained(error) from error
    except ValueError as error:
        raise RuleBroken("Địa chỉ này không dùng được.", en="This is no address.") from error


def ensure_set() -> None:
    if not settings.EMAIL_HOST:
        raise RuleBroken(
            "Chưa đặt KYCUONG_SMTP nên hệ thống không gửi thư; docs/reference/settings.md nói cách viết.",
            en="KYCUONG_SMTP is not set, so no mail is sent; docs/reference/settings.md says how to write it.",
        )
