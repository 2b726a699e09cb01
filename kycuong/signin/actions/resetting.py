"""An administrator takes away what somebody proves with, for a lost phone: on record, with a reason, and the person is told."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Model
from django.utils.module_loading import import_string

from kycuong.audit.log import act, record, record_many
from kycuong.core.clock import now
from kycuong.orgs.models import Person
from kycuong.signin import rules
from kycuong.signin.authority import authorize
from kycuong.signin.models import AccessKey, Passkey, RecoveryCode, TotpSecret
from kycuong.signin.store import end_all
from kycuong.signin.telling import tell_of

from ._withdrawing import drop_links, revoke_keys


@act
def revoke_key_of(key: AccessKey, *, by: Person | None, reason: str) -> AccessKey:
    """A key of somebody in one's care opens nothing any more: it was seen where it should not be, or nobody uses it."""
    authorize(by, key.person, over=True, own=rules.own_key)
    why = rules.ensure_reason(reason)
    if not AccessKey.objects.filter(pk=key.pk, revoked_at__isnull=True).update(revoked_at=now()):
        raise rules.revoked_before()
    key.refresh_from_db()
    record("key.revoke", key, by=by, reason=why)
    tell_of(key.person, f"Quản trị hệ thống đã thu hồi khóa API “{key.name}” của bạn", f"Lý do: {why}.")
    return key


@act
def reset_factors(person: Person, *, by: Person | None, reason: str) -> int:
    """Every second factor, recovery code, access key and linked identity of the person is gone, every session ends. Returns how
    many factors and codes went.

    The identity goes, too: without a factor it would open the account by itself.
    """
    authorize(by, person, over=True)
    why = rules.ensure_reason(reason)
    rows: list[Model] = [
        *TotpSecret.objects.filter(person=person),
        *Passkey.objects.filter(person=person),
        *RecoveryCode.objects.filter(person=person),
    ]
    record_many("factor.reset", rows, by=by, op="delete", reason=why)
    for model in (TotpSecret, Passkey, RecoveryCode):
        model.objects.filter(person=person).delete()
    revoke_keys(person, by)
    drop_links(person, by)
    for path in settings.ACCOUNTS_SHAKEN:
        import_string(path)(person, by=by, verb="person.reset_factors")
    end_all(person)
    record("person.reset_factors", person, by=by, reason=why, removed=len(rows))
    tell_of(
        person,
        "Lớp bảo vệ thứ hai của bạn đã được đặt lại",
        "Quản trị hệ thống đã bỏ ứng dụng tạo mã, khóa truy cập, mã khôi phục, khóa API và danh tính của tỉnh đã gắn. "
        f"Lý do: {why}. Nếu bạn không yêu cầu việc này, hãy báo ngay.",
    )
    return len(rows)
