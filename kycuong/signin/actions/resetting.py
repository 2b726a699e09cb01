"""An administrator takes away what somebody proves with, for a lost phone: on record, with a reason, and the person is told."""

from __future__ import annotations

from django.db.models import Model

from kycuong.audit.log import act, record, record_many
from kycuong.core.clock import now
from kycuong.orgs.models import Person
from kycuong.signin import rules
from kycuong.signin.authority import authorize
from kycuong.signin.models import AccessKey, Passkey, RecoveryCode, TotpSecret
from kycuong.signin.store import end_all
from kycuong.signin.telling import tell_of


@act
def reset_factors(person: Person, *, by: Person | None, reason: str) -> int:
    """Every second factor, recovery code and access key of the person is gone, every session ends. Returns how many went.

    The identity link stays: a second factor is asked for after the provider, too.
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
    _revoke_keys(person, by)
    end_all(person)
    record("person.reset_factors", person, by=by, reason=why, removed=len(rows))
    tell_of(
        person,
        "Lớp bảo vệ thứ hai của bạn đã được đặt lại",
        "Quản trị hệ thống đã bỏ ứng dụng tạo mã, khóa truy cập, mã khôi phục và khóa API của bạn. "
        f"Lý do: {why}. Nếu bạn không yêu cầu việc này, hãy báo ngay.",
    )
    return len(rows)


def _revoke_keys(person: Person, by: Person | None) -> None:
    keys = list(AccessKey.objects.filter(person=person, revoked_at__isnull=True))
    AccessKey.objects.filter(pk__in=[key.pk for key in keys]).update(revoked_at=now())
    record_many("key.revoke", keys, by=by)
