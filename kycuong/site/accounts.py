"""Sign-in with name and password, in Vietnamese; an administrator makes accounts, nobody signs up (beyond it: signin/)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.forms import ChangePasswordForm, LoginForm
from axes.handlers.database import AxesDatabaseHandler
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from kycuong.audit.log import act, record
from kycuong.core.clock import now
from kycuong.core.http import problem_response
from kycuong.core.presence import ensure_fresh
from kycuong.core.problems import LockedOut
from kycuong.core.speaking import told as in_language
from kycuong.orgs.models import Person
from kycuong.signin.proving.guesses import AGAIN, begin_guess, begin_guess_of, forget_ahead, was_right
from kycuong.signin.rules import password_is_over
from kycuong.signin.store import end_all, note_session
from kycuong.signin.telling import tell_of
from kycuong.signin.views.confirm import PROVED

MOST_LETTERS = 255
"""What axes keeps of a name."""


class PasswordHasher(Argon2PasswordHasher):
    """Argon2id with 19 MiB: Django's 100 MiB for each attempt would let a few clients exhaust the memory."""

    memory_cost = 19456
    time_cost = 2
    parallelism = 1


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """What allauth should do our way."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Tài khoản này đã ngừng hoạt động. Hãy hỏi quản trị hệ thống."),
        "username_password_mismatch": _("Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy kiểm tra rồi gõ lại."),
        "enter_current_password": _("Mật khẩu hiện tại chưa đúng."),
        "incorrect_password": _("Mật khẩu chưa đúng."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """An address that cannot even be taken apart leads nowhere."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def get_login_stages(self) -> list[str]:
        return ["kycuong.signin.views.stages.SecondFactorStage"]

    def login(self, request: HttpRequest, user: Person) -> None:
        """In; from here on the session counts as freshly proved, and stands in the person's list at once."""
        super().login(request, user)
        moment = int(now().timestamp())
        request.session.update({"began": moment, "seen": moment, PROVED: moment})
        address, agent = request.META.get("REMOTE_ADDR", ""), request.headers.get("User-Agent", "")
        note_session(request.session, user, address=address, agent=agent)

    @act
    def set_password(self, user: Person, password: str) -> None:
        """A person's own new password. The log tells that it changed; allauth would write the whole row, unlogged."""
        user.set_password(password)
        user.password_ends_at = None
        user.save(update_fields=["password", "password_ends_at"])
        end_all(Person.objects.get(pk=user.pk))
        user.refresh_from_db(fields=["sessions_epoch"])  # allauth goes on with this one
        person = Person.objects.get(pk=user.pk)  # `user` may be the request's lazy one
        record("person.change_password", person, by=person)
        tell_of(person, "Mật khẩu của bạn vừa được đổi")


class Passwords(AuthenticationBackend):  # type: ignore[misc]
    """Names and passwords, each guess counted before it is looked at: ten wrong ones of a name in five minutes, from anywhere."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> Any:
        name = str(credentials.get("username") or "")
        if not name or not credentials.get("password"):
            return None
        guess = begin_guess(name)
        person = super().authenticate(request, **credentials)
        if person is not None:
            was_right(guess)
        return person


class SignInForm(LoginForm):  # type: ignore[misc]
    """User name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        relabel(self, login=_("Tên đăng nhập"), password=_("Mật khẩu"))

    def clean(self) -> Any:
        """A temporary password that nobody replaced in time opens nothing; only who typed it right is told."""
        given = super().clean()
        if isinstance(self.user, Person) and self.user.password_is_over:
            over = password_is_over()
            raise ValidationError(in_language(over.vi, over.en), code="password_is_over")
        return given


class PasswordForm(ChangePasswordForm):  # type: ignore[misc]
    """The old password, then the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        ensure_fresh("person.change_password")  # before anything is typed: no password waits in a session
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        relabel(
            self,
            oldpassword=_("Mật khẩu hiện tại"),
            password1=_("Mật khẩu mới"),
            password2=_("Mật khẩu mới, gõ lại"),
        )
        self.fields["password1"].help_text = _(
            "Ít nhất 12 ký tự. Dễ nhớ nhất là bốn, năm từ không liên quan nhau. Không dùng tên mình, tên cơ quan, ngày sinh, số điện thoại, "
            "dãy phím liền nhau hay mật khẩu nhiều người dùng."
        )

    def clean(self) -> Any:
        """What somebody else was told is no password of one's own."""
        given = super().clean()
        new = self.cleaned_data.get("password1")
        if new and new == self.cleaned_data.get("oldpassword"):
            self.add_error("password1", _("Mật khẩu mới phải khác mật khẩu đang dùng."))
        return given

    def clean_oldpassword(self) -> Any:
        """Counted before it is looked at: whoever finds an open browser finds out no password here."""
        guess = begin_guess_of(self.user, AGAIN)
        old = super().clean_oldpassword()
        was_right(guess)
        return old


def relabel(form: Any, **labels: Any) -> None:
    """Our words on allauth's fields; a placeholder is no label, so it goes."""
    for name, label in labels.items():
        form.fields[name].label = label
        form.fields[name].widget.attrs.pop("placeholder", None)


class Attempts(AxesDatabaseHandler):  # type: ignore[misc]
    """What axes counts, without what a clock that was wrong noted ahead."""

    def is_locked(self, request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> bool:
        forget_ahead()
        return bool(super().is_locked(request, credentials))


def attempted_name(request: HttpRequest, credentials: Mapping[str, Any] | None) -> str:
    """The name under which axes counts a failure: in another case it is still the same account's."""
    return str((credentials or request.POST).get("username") or "").strip().lower()[:MOST_LETTERS]


def locked_out(request: HttpRequest, response: HttpResponse | None, credentials: Any) -> HttpResponse:
    """What axes shows after repeated failures."""
    return problem_response(
        request,
        LockedOut(
            "Đã gõ sai nhiều lần nên việc đăng nhập bằng tên này từ máy này tạm khóa. Hãy chờ 15 phút rồi thử lại.",
            en="Too many failed attempts with this name from this address. Wait 15 minutes and try again.",
        ),
    )
