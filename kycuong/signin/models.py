"""What a person proves with, and where that person is signed in. No secret is kept in a form that opens anything by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from kycuong.core.clock import now
from kycuong.core.ids import uuid7

from .rules import KeyScope

if TYPE_CHECKING:
    from kycuong.orgs.authority import Someone


Row = TypeVar("Row", bound=models.Model, covariant=True)


class OwnQuerySet(models.QuerySet[Row]):
    """What somebody proves with is that person's alone to see."""

    def visible_to(self, person: Someone) -> Self:
        return self.filter(person_id=person.pk) if person.is_authenticated and person.is_active else self.none()


class TotpSecretQuerySet(OwnQuerySet["TotpSecret"]):
    """Secrets of authenticator apps."""


class PasskeyQuerySet(OwnQuerySet["Passkey"]):
    """Passkeys."""


class AccessKeyQuerySet(OwnQuerySet["AccessKey"]):
    """Keys of programs."""


class IdentityLinkQuerySet(OwnQuerySet["IdentityLink"]):
    """Identities at the provider."""


class SignedInQuerySet(OwnQuerySet["SignedIn"]):
    """Browsers that are signed in."""


class TotpSecret(models.Model):
    """The secret of a person's authenticator app, sealed (core.sealing); `last_step` is the half minute of the last code taken."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="totp")
    sealed = models.TextField()
    last_step = models.BigIntegerField(default=0)
    added_at = models.DateTimeField(default=now, editable=False)

    objects = TotpSecretQuerySet.as_manager()

    def __str__(self) -> str:
        return f"TOTP {self.person_id}"


class Passkey(models.Model):
    """A public key (WebAuthn) whose private half never leaves the person's phone, computer or token."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="passkeys")
    name = models.CharField("tên", max_length=60)
    credential_id = models.CharField(max_length=1400, unique=True)
    credential = models.TextField(help_text="Attested credential data, base64url.")
    sign_count = models.BigIntegerField(default=0)
    added_at = models.DateTimeField(default=now, editable=False)
    last_used_at = models.DateTimeField(null=True, editable=False)

    objects = PasskeyQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class RecoveryCode(models.Model):
    """A code for the day on which phone or token is lost: kept as a digest, good for one use."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "digest"], name="recovery_code_once")]

    def __str__(self) -> str:
        return f"{self.person_id}: {'đã dùng' if self.used_at else 'chưa dùng'}"


class AccessKey(models.Model):
    """A key by which a program of the person calls the API. Only its digest is kept; `token_id` finds the row."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="access_keys")
    name = models.CharField("tên", max_length=60)
    scope = models.CharField("được làm", max_length=5, choices=KeyScope)
    token_id = models.CharField(max_length=16, unique=True)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=now, editable=False)
    expires_on = models.DateField("dùng đến hết ngày")
    last_used_at = models.DateTimeField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)

    objects = AccessKeyQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="access_key_has_a_name")]

    def __str__(self) -> str:
        return self.name


class IdentityLink(models.Model):
    """That somebody at an identity provider (issuer, subject) is this person. Never by e-mail, never made by itself."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="identities")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    linked_at = models.DateTimeField(default=now, editable=False)
    linked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    objects = IdentityLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="identity_of_one_person"),
            models.UniqueConstraint(fields=["person", "issuer"], name="identity_one_at_a_provider"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} @ {self.issuer}"


class SignedIn(models.Model):
    """A browser that is, or was, signed in. It counts while its session is there and its epoch is the person's."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="signed_in")
    session_key = models.CharField(max_length=40, unique=True)
    epoch = models.PositiveIntegerField()
    address = models.CharField(max_length=45, blank=True)
    agent = models.CharField(max_length=300, blank=True)
    began_at = models.DateTimeField(default=now, editable=False)
    seen_at = models.DateTimeField(default=now, editable=False)

    objects = SignedInQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.person_id} @ {self.address}"


class Guess(models.Model):
    """That a password or a code is, or was wrongly, tried for a name. Counted for all addresses and processes together."""

    name = models.CharField(max_length=64)
    at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index(fields=["name", "at"], name="guess_of_a_name")]

    def __str__(self) -> str:
        return f"{self.name[:8]} {self.at}"
