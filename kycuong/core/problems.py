"""Everything that may go wrong on purpose: each problem is one sentence in Vietnamese and one in English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from django.utils.translation.trans_null import gettext_noop as _

# trans_null: children that read files and print papers import this, and know no settings.


class Problem(Exception):
    """Something that a person can understand and mend. `errors` lists faults by field or cell."""

    code = "problem"
    status = 400
    title = _("Yêu cầu chưa thực hiện được")
    exit_code = 1
    """Of a command that ends with it."""
    members: Mapping[str, str] = MappingProxyType({})
    """What the problem document says beyond the usual members (RFC 9457 §3.2)."""

    def __init__(self, vi: str, *, en: str, errors: Sequence[dict[str, str]] = ()) -> None:
        super().__init__(vi)
        self.vi = vi
        self.en = en
        self.errors = list(errors)

    def __str__(self) -> str:
        return self.vi


class BadInput(Problem):
    """What was typed or uploaded cannot be used as it stands."""

    code = "bad_input"
    status = 422
    title = _("Dữ liệu nhập chưa đúng")
    exit_code = 2


class RuleBroken(Problem):
    """The act is well formed, but not in order now."""

    code = "rule_broken"
    status = 422
    title = _("Chưa thực hiện được")


class NotAllowed(Problem):
    """The person may see the thing, but not do this to it."""

    code = "not_allowed"
    status = 403
    title = _("Không có quyền")


class StepUpNeeded(NotAllowed):
    """The act wants a proof of presence (password, second factor, passkey) that is no older than five minutes."""

    code = "step-up-needed"
    title = _("Cần xác nhận lại là bạn")

    def __init__(self, verb: str, what: str) -> None:
        super().__init__(
            f"Việc này ({what}) cần xác nhận lại là chính bạn trong năm phút vừa qua. Hãy xác nhận ở trang /confirm/; "
            "khóa API không làm thay được.",
            en="This act wants a proof of presence from the last five minutes: confirm at /confirm/. No access key does it "
            "for you.",
        )
        self.verb, self.what = verb, what


class SecondFactorNeeded(NotAllowed):
    """The account must have a second factor before anything else opens; or a password alone is not enough for it."""

    code = "second-factor-needed"
    title = _("Cần lớp bảo vệ thứ hai")


class PasswordIsTemporary(NotAllowed):
    """An administrator gave the password: its owner sets another one before anything else opens, or it has ended unused."""

    code = "password-is-temporary"
    title = _("Cần đặt mật khẩu của mình")


class OnlyByButton(Problem):
    """The address does something and has nothing to show: it was opened by a link, or after signing in again."""

    code = "only_by_button"
    status = 405
    title = _("Địa chỉ này chỉ dùng qua nút bấm")


class Stale(Problem):
    """Somebody else was faster: the record changed since it was read."""

    code = "stale"
    status = 409
    title = _("Dữ liệu đã thay đổi")


class Missing(Problem):
    """Not there, or not for this person to see: the answer is the same."""

    code = "missing"
    status = 404
    title = _("Không tìm thấy")


class Busy(Problem):
    """The database cannot answer now; the same request will work later."""

    code = "busy"
    status = 503
    title = _("Hệ thống đang bận")


class Full(Problem):
    """No room on the disk: reading works, writing does not."""

    code = "full"
    status = 507
    title = _("Hết chỗ lưu trữ")


class Unauthenticated(Problem):
    """Nobody is signed in."""

    code = "unauthenticated"
    status = 401
    title = _("Chưa đăng nhập")


class LockedOut(Problem):
    """Too many wrong passwords for this name from this address."""

    code = "locked_out"
    status = 429
    title = _("Tạm khóa đăng nhập")


class TooManyCalls(Problem):
    """A program calls faster than a key may; it may go on after `Retry-After` seconds."""

    code = "too_many_calls"
    status = 429
    title = _("Gọi quá nhanh")

    def __init__(self, vi: str, *, en: str, seconds: int) -> None:
        super().__init__(vi, en=en)
        self.seconds = seconds


class ProviderDown(Problem):
    """The identity provider cannot be reached; other ways of signing in work."""

    code = "identity_provider_down"
    status = 503
    title = _("Cổng đăng nhập một lần chưa trả lời")


class Fault(Problem):
    """A mistake of the program."""

    code = "fault"
    status = 500
    title = _("Hệ thống gặp lỗi")


class Unfit(Fault):
    """A condition of the database refused the record: a rule of the program let through what it does not take."""

    code = "unfit"
    title = _("Nội dung chưa ghi được")
