"""What opens an account beside its person's own proofs is taken back: keys of programs, identities at the provider."""

from __future__ import annotations

from django.db.models import Q

from kycuong.audit.log import record_many
from kycuong.core.clock import now
from kycuong.orgs.models import Person
from kycuong.signin.models import AccessKey, IdentityLink
from kycuong.signin.telling import tell_of


def after_account(person: Person, *, by: Person | None, verb: str) -> None:
    """An administrator closed the account or gave it a temporary password: whoever held a key holds nothing any more."""
    revoke_keys(person, by)
    if verb == "person.reset_password":
        tell_of(
            person,
            "Mật khẩu của bạn đã được đặt lại",
            "Quản trị hệ thống đã đặt mật khẩu tạm cho bạn; mọi phiên đã kết thúc, mọi khóa API đã thu hồi. Nếu bạn không yêu "
            "cầu việc này, hãy báo ngay.",
        )


def revoke_keys(person: Person, by: Person | None) -> int:
    """Every key that still opens. How many there were."""
    keys = list(AccessKey.objects.filter(person=person, revoked_at__isnull=True))
    AccessKey.objects.filter(pk__in=[key.pk for key in keys]).update(revoked_at=now())
    for key in keys:
        key.refresh_from_db()
    record_many("key.revoke", keys, by=by)
    return len(keys)


def drop_links(person: Person, by: Person | None, *, own: bool = False) -> int:
    """Identities at the provider open the account no more; with `own`, those only that the person linked without anybody's
    help. How many there were."""
    mine = Q(linked_by=person) if own else Q()
    links = list(IdentityLink.objects.filter(mine, person=person))
    record_many("identity.unlink", links, by=by, op="delete")
    IdentityLink.objects.filter(pk__in=[link.pk for link in links]).delete()
    return len(links)
