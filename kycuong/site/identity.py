"""Which other machines the environment names: an identity provider, a time-stamping authority, the proxies in front. Part of the settings."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from kycuong.site.environment import env

LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class Provider(NamedTuple):
    """By which name the provider signs what it says, and as whom we ask it."""

    issuer: str
    client: str
    secret: str
    name: str


def provider_named() -> Provider | None:
    """The one that the environment names; None without."""
    text = env(
        "KYCUONG_OIDC",
        "Cổng đăng nhập một lần (OpenID Connect): `địa_chỉ_issuer mã_ứng_dụng`, cách nhau dấu cách, ví dụ "
        "`https://sso.langson.example kycuong`. Để trống thì không dùng. Người dùng phải có tài khoản ở đây và được gắn trước; vai trò "
        "không lấy từ cổng. (Identity provider: issuer and client id.)",
    )
    secret = env(
        "KYCUONG_OIDC_SECRET",
        "Mật khẩu của ứng dụng ở cổng, hoặc `@/đường/dẫn` tới tệp chứa nó. (Client secret, or @path of a file with it.)",
    )
    name = env(
        "KYCUONG_OIDC_NAME",
        "Tên của cổng trên nút ở trang đăng nhập. (What the button calls the provider.)",
        default="cổng của tỉnh",
    )
    return provider(text, secret, name) if text else None


def networks(text: str) -> list[IPv4Network | IPv6Network]:
    """Addresses and networks by commas."""
    try:
        return [ip_network(one.strip()) for one in text.split(",") if one.strip()]
    except ValueError:
        raise ImproperlyConfigured(
            f"KYCUONG_PROXIES={text[:60]!r} phải là địa chỉ hoặc dải mạng, cách nhau dấu phẩy. / must be addresses or networks, by commas."
        ) from None


def listed_hosts(text: str) -> frozenset[tuple[str, int | None]]:
    """`name` or `name:port`, by commas; an IPv6 address in brackets."""
    found: set[tuple[str, int | None]] = set()
    for one in filter(None, (part.strip().lower() for part in text.split(","))):
        try:
            parts = urlsplit(f"//{one}")
            host, port = parts.hostname, parts.port
        except ValueError:
            host, port = None, None
        odd = set(one) & set("?#@*/") or one.endswith(":") or port == 0 or any(sign.isspace() for sign in one)
        if not host or odd or not host.isascii():
            raise ImproperlyConfigured(
                f"KYCUONG_WEBHOOK_HOSTS: {one[:80]!r} không phải tên máy hoặc tên máy:cổng; hãy sửa. / "
                f"{one[:80]!r} is no name of a host, with or without a port; mend it."
            )
        found.add((host, port))
    return frozenset(found)


def authority_of_time(text: str) -> str:
    """The address; https, or http on this machine, and nothing in it that is a secret."""
    parts = urlsplit(text)
    sound = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    if text and (not sound or not parts.hostname or parts.username or parts.password):
        raise ImproperlyConfigured(
            "KYCUONG_TSA phải là một địa chỉ https không kèm mật khẩu. / KYCUONG_TSA must be an https address without a password."
        )
    return text


def provider(text: str, secret: str, name: str) -> Provider:
    """`issuer client`; the secret as it is, or «@path»."""
    issuer, _, client = text.strip().partition(" ")
    parts = urlsplit(issuer)
    sound = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    if not sound or not parts.hostname or not client.strip():
        raise ImproperlyConfigured(
            "KYCUONG_OIDC phải là `https://địa_chỉ_issuer mã_ứng_dụng`. / KYCUONG_OIDC must be an https issuer and a client id."
        )
    if secret.startswith("@"):
        try:
            secret = Path(secret[1:]).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(
                f"KYCUONG_OIDC_SECRET: không đọc được {secret[1:]}. / cannot read {secret[1:]} ({error.strerror})."
            ) from error
    return Provider(issuer, client.strip(), secret, name)
