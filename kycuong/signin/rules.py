"""What is true of proofs and keys, whoever asks. No database, no HTTP."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kycuong.core.problems import (
    BadInput,
    LockedOut,
    NotAllowed,
    PasswordIsTemporary,
    RuleBroken,
    SecondFactorNeeded,
    TooManyCalls,
)
from kycuong.core.vietnamese import clean

MOST_GUESSES = 10
GUESSES_WITHIN = timedelta(minutes=5)
FAILURES_FORGIVEN = 4
"""So many wrong codes of the last minutes; after them a clock that goes wrong is forgiven no more, and a guess fits one code of three."""
RECOVERY_CODES = 10
MOST_PASSKEYS = 10
MOST_KEYS = 20
LONGEST_KEY_DAYS = 366
SEALED_SIGHT = frozenset({"seal.break", "evidence.custody", "name.see"})


class KeyScope(TextChoices):
    """How far a key goes. It never does more than its person may, never signs, and never sees what is sealed."""

    READ = "read", _("Chỉ đọc")
    FIGURES = "count", _("Chỉ đọc số liệu tổng hợp")
    WRITE = "write", _("Đọc và ghi, trừ ký và niêm phong")
    SIGN = "sign", _("Khóa cũ: đọc và ghi, không còn ký được")


OFFERED = [(scope.value, scope.label) for scope in KeyScope if scope is not KeyScope.SIGN]
"""What a new key may be; keys that signed were made until 2026 and go on as keys that write (ADR 43)."""
FIGURES_AT = "/api/v1/figures"
RECORDS_BEHIND = frozenset({"list", "evidence", "summary"})
"""Below the figures, what names the records that were counted, or says their words."""
REMINDED_BEFORE = timedelta(days=14)


def is_open_to_figures(path: str) -> bool:
    """Whether a key for figures alone opens the address."""
    below = path == FIGURES_AT or path.startswith(f"{FIGURES_AT}/")
    return below and RECORDS_BEHIND.isdisjoint(path.split("/"))


def must_have_factor(verbs: Iterable[str]) -> bool:
    """Whoever writes, or sees what is kept from others, must prove twice; whoever only reads figures and papers need not."""
    return any(not verb.endswith(".see") or verb in SEALED_SIGHT for verb in verbs)


def ensure_name(name: str) -> str:
    """What a passkey or a key is called by its person."""
    named = clean(name)
    if not 0 < len(named) <= 60:
        raise BadInput(
            "Hãy đặt một tên từ 1 đến 60 chữ, ví dụ: Điện thoại cơ quan.",
            en="Give it a name of 1 to 60 letters, such as: office phone.",
            errors=[{"field": "name", "vi": "cần một tên ngắn", "en": "needs a short name"}],
        )
    return named


def ensure_expiry(day: date, today: date) -> None:
    """A key ends within a year."""
    if not today <= day <= today + timedelta(days=LONGEST_KEY_DAYS):
        raise BadInput(
            f"Khóa dùng từ hôm nay đến nhiều nhất {LONGEST_KEY_DAYS} ngày; hãy chọn ngày trong khoảng ấy.",
            en=f"A key lasts from today to {LONGEST_KEY_DAYS} days at most; choose a day in between.",
            errors=[{"field": "expires_on", "vi": "ngoài khoảng cho phép", "en": "out of range"}],
        )


def ensure_reason(reason: str) -> str:
    """Why somebody else's proofs are taken away."""
    said = clean(reason)
    if not 5 <= len(said) <= 500:
        raise BadInput(
            "Hãy ghi lý do, từ 5 đến 500 chữ, ví dụ: mất điện thoại, đã gặp trực tiếp.",
            en="Write the reason in 5 to 500 letters, such as: lost the phone, met in person.",
            errors=[{"field": "reason", "vi": "cần lý do", "en": "a reason is needed"}],
        )
    return said


def own_factors() -> RuleBroken:
    return RuleBroken(
        "Không ai tự đặt lại lớp bảo vệ của mình ở đây; hãy nhờ một quản trị khác.",
        en="Nobody resets the own factors here; ask another administrator.",
    )


def own_key() -> RuleBroken:
    return RuleBroken(
        "Đây là khóa của chính bạn: hãy thu hồi ở trang Bảo mật tài khoản, không cần lý do.",
        en="This is your own key: take it back on the page of account security, without a reason.",
    )


def own_identity() -> RuleBroken:
    return RuleBroken(
        "Đây là tài khoản của chính bạn: hãy gắn danh tính ở trang Bảo mật tài khoản.",
        en="This is your own account: link the identity on the page of account security.",
    )


def ensure_not_last(*, others: int, must: bool) -> None:
    """Who must prove twice keeps at least one second factor."""
    if must and not others:
        raise RuleBroken(
            "Vai trò của bạn cần lớp bảo vệ thứ hai, nên không bỏ được lớp cuối cùng. Hãy thêm một lớp khác trước.",
            en="Your roles need a second factor, so the last one cannot be removed. Add another one first.",
        )


def ensure_fewer(count: int, most: int) -> None:
    if count >= most:
        raise RuleBroken(f"Đã có {count}; hãy bỏ bớt trước khi thêm.", en=f"There are {count}; remove one first.")


def locked_out() -> LockedOut:
    """The same sentence for a name that exists and one that does not."""
    return LockedOut(
        f"Tên này đã bị thử sai {MOST_GUESSES} lần trong 5 phút nên mật khẩu và mã tạm không được xét. Hãy chờ 5 phút, hoặc đăng "
        "nhập bằng khóa truy cập (passkey).",
        en=f"{MOST_GUESSES} wrong tries for this name within 5 minutes, so no password or code is looked at. Wait 5 minutes, or "
        "sign in with a passkey.",
    )


def wrong_code() -> BadInput:
    return BadInput(
        "Mã chưa đúng hoặc đã dùng rồi. Hãy chờ mã kế tiếp trong ứng dụng rồi gõ lại.",
        en="The code is wrong or was used before. Wait for the next one and type it.",
        errors=[{"field": "code", "vi": "mã chưa đúng hoặc đã dùng", "en": "wrong or used"}],
    )


def wrong_passkey() -> BadInput:
    return BadInput(
        "Khóa truy cập không được chấp nhận ở đây. Hãy thử lại, hoặc dùng cách khác.",
        en="This passkey is not accepted here. Try again, or use another way.",
    )


def password_is_not_enough() -> SecondFactorNeeded:
    return SecondFactorNeeded(
        "Tài khoản này có (hoặc phải có) lớp bảo vệ thứ hai, nên chương trình không dùng mật khẩu được. Hãy tạo khóa API ở "
        "trang Bảo mật tài khoản và gửi: Authorization: Bearer <khóa>.",
        en="This account has (or must have) a second factor, so a password alone is not enough. Make an access key on the page of "
        "account security and send: Authorization: Bearer <key>.",
    )


def factor_needed() -> SecondFactorNeeded:
    return SecondFactorNeeded(
        "Vai trò của tài khoản này cần lớp bảo vệ thứ hai. Hãy mở trang Bảo mật tài khoản (/me/security/) và thêm một lớp trước.",
        en="The roles of this account need a second factor. Open /me/security/ and add one first.",
    )


def password_is_temporary() -> PasswordIsTemporary:
    return PasswordIsTemporary(
        "Mật khẩu này do quản trị hệ thống cấp. Hãy đăng nhập ở trang và đặt mật khẩu của mình (/password/) trước.",
        en="This password was given by an administrator. Sign in on the page and set one of your own (/password/) first.",
    )


def password_is_over() -> PasswordIsTemporary:
    return PasswordIsTemporary(
        "Mật khẩu tạm này đã hết hạn vì không được đổi trong 7 ngày. Hãy nhờ quản trị hệ thống cấp mật khẩu tạm mới.",
        en="This temporary password has ended, for it was not replaced within 7 days. Ask the administrator for another one.",
    )


def figures_only_key() -> NotAllowed:
    return NotAllowed(
        f"Khóa này chỉ đọc số liệu tổng hợp ({FIGURES_AT}…). Muốn đọc danh sách, hồ sơ thì tạo khóa “Chỉ đọc” ở trang Bảo mật tài khoản.",
        en=f"This key only reads figures ({FIGURES_AT}…). For lists and records make one that reads, on the page of account security.",
    )


def too_many_calls(most: int, seconds: int) -> TooManyCalls:
    return TooManyCalls(
        f"Khóa này gọi quá {most} lần trong một phút; hãy gọi lại sau {seconds} giây và giãn các lần gọi.",
        en=f"This key called more than {most} times within a minute; call again in {seconds} seconds, and more slowly.",
        seconds=seconds,
    )


def revoked_before() -> RuleBroken:
    return RuleBroken("Khóa này đã thu hồi.", en="This key was revoked before.")


def not_for_keys() -> NotAllowed:
    return NotAllowed(
        "Địa chỉ này chỉ dành cho người đăng nhập: việc của điện thoại, tệp làm ở nền và thông báo không mở bằng khóa API. Danh sách thì lấy ở /api/v1/lists.",
        en="This address is for people who sign in: what phones send, files made in the background and notices open to no access key. Lists are at /api/v1/lists.",
    )


def read_only_key() -> NotAllowed:
    return NotAllowed(
        "Khóa này chỉ để đọc. Hãy tạo khóa được ghi ở trang Bảo mật tài khoản.",
        en="This key only reads. Make one that may write on the page of account security.",
    )


BROWSERS = (
    ("Edg", "Edge"),
    ("CocCoc|coc_coc", "Cốc Cốc"),
    ("OPR|Opera", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome|CriOS", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "điện thoại Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "máy Windows"),
    ("Mac OS", "máy Mac"),
    ("Linux|X11", "máy Linux"),
)


def in_words(agent: str) -> str:
    """«Chrome trên máy Windows»: what a browser says of itself, as its owner would call it."""
    named = [next((word for sign, word in words if re.search(sign, agent)), "") for words in (BROWSERS, SYSTEMS)]
    return gettext(" trên ").join(word for word in named if word) or gettext("trình duyệt không rõ")
