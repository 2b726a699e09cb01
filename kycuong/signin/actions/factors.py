"""Second factors of one's own: added, used, taken away. The log tells of each, and holds no secret."""

from __future__ import annotations

from django.conf import settings
from django.utils.module_loading import import_string
from fido2.webauthn import AttestedCredentialData

from kycuong.audit.log import act, record, record_many
from kycuong.core.clock import today
from kycuong.core.problems import RuleBroken
from kycuong.orgs.models import Person
from kycuong.signin import rules
from kycuong.signin.authority import authorize
from kycuong.signin.models import Passkey, RecoveryCode, TotpSecret
from kycuong.signin.proving import codes, passkeys, totp
from kycuong.signin.proving.guesses import AGAIN, SECOND, failures_of
from kycuong.signin.queries import factors_of, has_factor, must_have_one
from kycuong.signin.store import end_all
from kycuong.signin.telling import tell_of

from ._withdrawing import drop_links, revoke_keys


@act
def add_totp(person: Person, *, by: Person | None, secret: str, code: str) -> TotpSecret:
    """An authenticator app, once it has shown that it knows the secret. The code that showed it is used up."""
    authorize(by, person)
    if TotpSecret.objects.filter(person=person).exists():
        raise RuleBroken("Đã có ứng dụng tạo mã; hãy bỏ nó trước.", en="There is an app already; remove it first.")
    step = totp.step_of(secret, code)
    if step is None:
        raise rules.wrong_code()
    _begin_anew_if_first(person, by)
    row = TotpSecret.objects.create(person=person, sealed=totp.sealed(secret, person), last_step=step)
    record("factor.add_totp", row, by=by)
    tell_of(person, "Đã thêm ứng dụng tạo mã vào tài khoản của bạn")
    return row


@act
def remove_totp(secret: TotpSecret, *, by: Person | None) -> None:
    """Take the app away."""
    authorize(by, secret.person)
    person = secret.person
    _ensure_not_last(person, left=factors_of(person).passkeys)
    record("factor.remove_totp", secret, by=by, op="delete")
    tell_of(person, "Đã bỏ ứng dụng tạo mã khỏi tài khoản của bạn")
    secret.delete()
    _drop_codes_when_bare(person, by)


@act
def add_passkey(person: Person, *, by: Person | None, name: str, made: AttestedCredentialData) -> Passkey:
    """A passkey that the browser has just made."""
    authorize(by, person)
    rules.ensure_fewer(Passkey.objects.filter(person=person).count(), rules.MOST_PASSKEYS)
    credential_id, credential = passkeys.stored(made)
    if Passkey.objects.filter(credential_id=credential_id).exists():
        raise RuleBroken("Khóa truy cập này đã được thêm.", en="This passkey was added before.")
    _begin_anew_if_first(person, by)
    row = Passkey.objects.create(
        person=person, name=rules.ensure_name(name), credential_id=credential_id, credential=credential
    )
    record("factor.add_passkey", row, by=by)
    tell_of(person, "Đã thêm một khóa truy cập vào tài khoản của bạn")
    return row


@act
def remove_passkey(passkey: Passkey, *, by: Person | None) -> None:
    """Take a passkey away."""
    authorize(by, passkey.person)
    factors = factors_of(passkey.person)
    _ensure_not_last(passkey.person, left=factors.passkeys - 1 + factors.totp)
    record("factor.remove_passkey", passkey, by=by, op="delete")
    tell_of(passkey.person, "Đã bỏ một khóa truy cập khỏi tài khoản của bạn")
    person = passkey.person
    passkey.delete()
    _drop_codes_when_bare(person, by)


@act
def make_codes(person: Person, *, by: Person | None) -> list[str]:
    """Ten new recovery codes, told here and never again; those before are gone."""
    authorize(by, person)
    if not factors_of(person).any:
        raise RuleBroken(
            "Mã khôi phục chỉ có nghĩa khi đã có lớp bảo vệ thứ hai; hãy thêm một lớp trước.",
            en="Recovery codes need a second factor to stand in for; add one first.",
        )
    _drop_codes(person, by)
    told = [codes.new_recovery_code() for _ in range(rules.RECOVERY_CODES)]
    rows = [RecoveryCode(person=person, digest=codes.digest_of(code, person)) for code in told]
    RecoveryCode.objects.bulk_create(rows)
    record_many("factor.make_codes", rows, by=by)
    tell_of(person, "Đã tạo mã khôi phục mới cho tài khoản của bạn; các mã trước không còn dùng được")
    return told


@act
def use_code(person: Person, *, by: Person | None, code: str) -> bool:
    """Whether it is a code of the app that was not used yet, or else an unused recovery code. Both are used up by this.

    False is on record, too: somebody knows the password and not the second factor.
    """
    authorize(by, person)
    around = 0 if failures_of(person, SECOND) + failures_of(person, AGAIN) > rules.FAILURES_FORGIVEN else totp.AROUND
    if totp.taken(person, code, around):
        return True
    used = codes.used_up(person, code)
    if used is not None:
        used.refresh_from_db()
        record("factor.use_recovery_code", used, by=by)
        tell_of(person, "Một mã khôi phục của bạn vừa được dùng")
        return True
    _failed(person, by)
    return False


@act
def note_failed_passkey(person: Person, *, by: Person | None) -> None:
    """On record, as a wrong code is."""
    authorize(by, person)
    _failed(person, by)


def _failed(person: Person, by: Person | None) -> None:
    """On record each time; told once a day: whoever fails here knows the password."""
    record("factor.fail", _read(person), by=by)
    tell_of(
        person,
        "Có người gõ đúng mật khẩu của bạn nhưng sai lớp bảo vệ thứ hai",
        "Nếu không phải bạn, mật khẩu đã lộ: hãy đổi mật khẩu và báo quản trị hệ thống. Hôm nay chỉ báo một lần.",
        once=f"fail:{today()}",
    )


def _begin_anew_if_first(person: Person, by: Person | None) -> None:
    """What was opened or made by the password alone ends with the first factor. An identity that an administrator linked stays:
    it was not proved by that password."""
    if has_factor(person):
        return
    end_all(person)
    revoke_keys(person, by)
    drop_links(person, by, own=True)
    for path in settings.ACCOUNTS_SHAKEN:
        import_string(path)(person, by=by, verb="factor.begin")


def _ensure_not_last(person: Person, *, left: int) -> None:
    rules.ensure_not_last(others=left, must=must_have_one(person))


def _drop_codes_when_bare(person: Person, by: Person | None) -> None:
    if not factors_of(person).any:
        _drop_codes(person, by)


def _drop_codes(person: Person, by: Person | None) -> None:
    rows = list(RecoveryCode.objects.filter(person=person))
    record_many("factor.drop_codes", rows, by=by, op="delete")
    RecoveryCode.objects.filter(pk__in=[row.pk for row in rows]).delete()


def _read(person: Person) -> Person:
    """The person of a request is a lazy one, which the log does not take for a row."""
    return Person.objects.get(pk=person.pk)
