"""What a person proves with, and where that person is signed in now."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.module_loading import import_string

from kycuong.core.clock import now
from kycuong.orgs.models import Person

from .authority import must_prove_twice
from .models import AccessKey, IdentityLink, Passkey, RecoveryCode, SignedIn, TotpSecret


class Factors(NamedTuple):
    """What an account has beside its password."""

    totp: bool
    passkeys: int
    codes: int

    @property
    def any(self) -> bool:
        return self.totp or self.passkeys > 0


def factors_of(person: Person) -> Factors:
    return Factors(
        totp=TotpSecret.objects.filter(person=person).exists(),
        passkeys=Passkey.objects.filter(person=person).count(),
        codes=RecoveryCode.objects.filter(person=person, used_at__isnull=True).count(),
    )


def has_factor(person: Person) -> bool:
    return TotpSecret.objects.filter(person=person).exists() or Passkey.objects.filter(person=person).exists()


def factor_required() -> bool:
    """By the setting; without one, everywhere but where the demonstration is really loaded, whatever a variable says of it."""
    if settings.SECOND_FACTOR:
        return bool(settings.SECOND_FACTOR == "required")
    return not import_string(settings.DEMONSTRATION)()


def asks_again() -> bool:
    """Whether acts that bind want a fresh proof."""
    return factor_required() if settings.CONFIRM is None else bool(settings.CONFIRM)


def must_have_one(person: Person) -> bool:
    """By the setting and the person's roles."""
    return factor_required() and must_prove_twice(person)


def lacks_factor(person: Person) -> bool:
    """Whether the person must have a second factor and has none."""
    return must_have_one(person) and not has_factor(person)


def password_suffices(person: Person) -> bool:
    """Whether a program may call with the password alone."""
    return not has_factor(person) and not must_have_one(person)


def sessions_of(person: Person) -> QuerySet[SignedIn]:
    """The sessions that go on, the last seen first."""
    alive = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=now())
    rows = SignedIn.objects.filter(Exists(alive), person=person, epoch=F("person__sessions_epoch"))
    return rows.order_by("-seen_at", "-pk")


def keys_of(person: Person) -> QuerySet[AccessKey]:
    return AccessKey.objects.filter(person=person).order_by("revoked_at", "-made_at")


def passkeys_of(person: Person) -> QuerySet[Passkey]:
    return Passkey.objects.filter(person=person).order_by("added_at")


def person_linked(issuer: str, subject: str) -> Person | None:
    """Whose account the identity is; None when nobody linked it."""
    link = IdentityLink.objects.select_related("person").filter(issuer=issuer, subject=subject).first()
    return link.person if link else None


def identities_of(person: Person) -> QuerySet[IdentityLink]:
    return IdentityLink.objects.filter(person=person)
