"""Keys of one's own programs, and identities at a provider: made, linked, taken back."""

from __future__ import annotations

from datetime import date

from kycuong.audit.log import act, record
from kycuong.core.clock import now, today
from kycuong.core.problems import BadInput, RuleBroken
from kycuong.orgs.models import Person
from kycuong.signin import rules
from kycuong.signin.authority import authorize
from kycuong.signin.models import AccessKey, IdentityLink
from kycuong.signin.proving import codes
from kycuong.signin.proving.provider import Identity
from kycuong.signin.queries import lacks_factor, person_linked
from kycuong.signin.telling import tell_of


@act
def make_key(person: Person, *, by: Person | None, name: str, scope: str, expires_on: date) -> tuple[AccessKey, str]:
    """A key, and its text: told here and never again."""
    authorize(by, person)
    _ensure_protected(person)
    rules.ensure_expiry(expires_on, today())
    standing = AccessKey.objects.filter(person=person, revoked_at__isnull=True, expires_on__gte=today())
    rules.ensure_fewer(standing.count(), rules.MOST_KEYS)
    if scope not in dict(rules.OFFERED):
        raise BadInput(
            "Hãy chọn khóa được làm gì: count, read hoặc write. Không khóa nào ký được.",
            en="Choose what the key may do: count, read or write. No key signs.",
        )
    token, token_id, digest = codes.new_token()
    key = AccessKey.objects.create(
        person=person,
        name=rules.ensure_name(name),
        scope=scope,
        token_id=token_id,
        digest=digest,
        expires_on=expires_on,
    )
    record("key.make", key, by=by)
    tell_of(person, f"Đã tạo khóa API “{key.name}” cho tài khoản của bạn")
    return key, token


@act
def revoke_key(key: AccessKey, *, by: Person | None) -> AccessKey:
    """From here on the key opens nothing."""
    authorize(by, key.person)
    if not AccessKey.objects.filter(pk=key.pk, revoked_at__isnull=True).update(revoked_at=now()):
        raise rules.revoked_before()
    key.refresh_from_db()
    record("key.revoke", key, by=by)
    tell_of(key.person, f"Đã thu hồi khóa API “{key.name}” của tài khoản bạn")
    return key


@act
def link_identity(person: Person, identity: Identity, *, by: Person | None) -> IdentityLink:
    """The identity that somebody has just proved at the provider is this account's."""
    authorize(by, person)
    _ensure_protected(person)
    return _link(person, identity, by)


@act
def link_identity_of(person: Person, identity: Identity, *, by: Person | None) -> IdentityLink:
    """The same by an administrator, who knows the subject from the provider's own directory."""
    authorize(by, person, over=True, own=rules.own_identity)
    if not 0 < len(identity.subject) <= 255 or not identity.issuer:
        raise BadInput(
            "Cần định danh (sub) của người ấy ở cổng, và KYCUONG_OIDC phải được đặt.",
            en="Give the person's subject (sub) at the provider; KYCUONG_OIDC must be set.",
        )
    return _link(person, identity, by)


@act
def unlink_identity(link: IdentityLink, *, by: Person | None) -> None:
    """The identity opens this account no more."""
    authorize(by, link.person)
    record("identity.unlink", link, by=by, op="delete")
    link.delete()
    tell_of(link.person, "Đã bỏ gắn danh tính ở cổng của tỉnh khỏi tài khoản của bạn")


def _ensure_protected(person: Person) -> None:
    """Who must prove twice makes no other way in by the password alone: it would outlive the first factor."""
    if lacks_factor(person):
        raise rules.factor_needed()


def _link(person: Person, identity: Identity, by: Person | None) -> IdentityLink:
    taken = IdentityLink.objects.filter(person=person, issuer=identity.issuer).exists()
    if taken or person_linked(*identity) is not None:
        raise RuleBroken(
            "Danh tính này, hoặc tài khoản này, đã được gắn. Hãy bỏ gắn trước.",
            en="This identity, or this account, is linked already. Unlink it first.",
        )
    link = IdentityLink.objects.create(person=person, issuer=identity.issuer, subject=identity.subject, linked_by=by)
    record("identity.link", link, by=by)
    tell_of(person, "Đã gắn một danh tính ở cổng của tỉnh với tài khoản của bạn")
    return link
