"""From an address to the settings of a mail server; a password never travels in the clear."""

from __future__ import annotations

from typing import NamedTuple, NoReturn
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

from kycuong.site.environment import env

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
OPTIONS = {"", "starttls"}


class MailServer(NamedTuple):
    """Where mail goes, from whom it comes, and where its links lead. Without a host none is sent."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    starttls: bool = False
    ssl: bool = False
    sender: str = ""
    base: str = ""


def mail_server_named() -> MailServer:
    """The one that the environment names."""
    return mail_server(
        env(
            "KYCUONG_SMTP",
            "Máy chủ thư để gửi thư tóm tắt hằng ngày: `smtp://tên:mật_khẩu@máy:587?starttls`, `smtps://tên:mật_khẩu@máy:465` hoặc "
            "`smtp://máy:25`; ký tự lạ trong mật khẩu viết dạng %XX. Để trống thì không gửi thư nào. Thử bằng `./run mail --test`. "
            "(The mail server of the daily digest; empty: no mail is sent.)",
        ),
        sender=env(
            "KYCUONG_MAIL_FROM",
            "Địa chỉ đứng tên người gửi, ví dụ `Kỷ Cương <kycuong@langson.example>`; cần khi có `KYCUONG_SMTP`. (Sender of mail.)",
        ),
        base=env(
            "KYCUONG_BASE_URL",
            "Địa chỉ mà người dùng gõ để vào hệ thống, ví dụ `https://kycuong.langson.example`, cho đường dẫn trong thư; cần khi có "
            "`KYCUONG_SMTP`. (Address of this server as people type it, for links in mail.)",
        ),
    )


def addresses(text: str) -> list[str]:
    """Of a list by commas, each once."""
    found = list(dict.fromkeys(one.strip() for one in text.split(",") if one.strip()))
    for one in found:
        try:
            validate_email(one)
        except ValidationError:
            _refuse(
                f"KYCUONG_CHECKPOINT_MAIL: «{one[:80]}» không phải địa chỉ thư; hãy viết các địa chỉ cách nhau bằng dấu phẩy.",
                f"KYCUONG_CHECKPOINT_MAIL: {one[:80]!r} is no address; write addresses with commas between them.",
            )
    return found


def mail_server(url: str, *, sender: str, base: str) -> MailServer:
    """`smtp://user:password@host:587?starttls` or `smtps://user:password@host:465`."""
    if not url:
        return MailServer(sender=sender, base=base.rstrip("/"))
    try:
        parts = urlsplit(url)
        host, given = parts.hostname or "", parts.port
    except ValueError:
        host, given = "", None
    if not host or parts.scheme not in {"smtp", "smtps"} or parts.path.strip("/") or parts.query not in OPTIONS:
        _refuse(
            "KYCUONG_SMTP chưa dùng được; hãy viết smtp://tên:mật_khẩu@máy:587?starttls hoặc smtps://tên:mật_khẩu@máy:465.",
            "KYCUONG_SMTP must be smtp://user:password@host:587?starttls or smtps://user:password@host:465.",
        )
    starttls, ssl = parts.query == "starttls", parts.scheme == "smtps"
    if parts.username and not (starttls or ssl or host in LOOPBACK):
        _refuse(
            "KYCUONG_SMTP có mật khẩu mà không mã hóa đường truyền; hãy thêm ?starttls hoặc dùng smtps://.",
            "KYCUONG_SMTP would send a password in the clear; add ?starttls or use smtps://.",
        )
    _ensure_named(sender, base)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if not (user + password).isascii():
        _refuse(
            "KYCUONG_SMTP: tên và mật khẩu phải là chữ không dấu; hãy đặt mật khẩu khác.",
            "KYCUONG_SMTP: user and password must be ASCII; choose another password.",
        )
    port = given or (465 if ssl else 587 if starttls else 25)
    return MailServer(host, port, user, password, starttls, ssl, sender, base.rstrip("/"))


def _ensure_named(sender: str, base: str) -> None:
    if "@" not in sender or not sender.isprintable():
        _refuse(
            "KYCUONG_SMTP cần KYCUONG_MAIL_FROM là địa chỉ thư của người gửi.",
            "KYCUONG_SMTP needs KYCUONG_MAIL_FROM, the sender's address.",
        )
    if not base.startswith(("https://", "http://")) or not base.isprintable() or " " in base:
        _refuse(
            "KYCUONG_SMTP cần KYCUONG_BASE_URL, ví dụ https://kycuong.langson.example, để viết đường dẫn trong thư.",
            "KYCUONG_SMTP needs KYCUONG_BASE_URL, such as https://kycuong.langson.example, for the links in mail.",
        )


def _refuse(vi: str, en: str) -> NoReturn:
    raise ImproperlyConfigured(f"{vi} / {en}")
