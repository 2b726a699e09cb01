"""People and the roles that they hold at units."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from kycuong.core.clock import AHEAD, now
from kycuong.core.ids import uuid7
from kycuong.orgs.rules import FOREVER, TEMPORARY

from .units import Unit, interval


class PersonManager(BaseUserManager["Person"]):
    """Makes accounts; acts of people go through actions."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> Person:
        person = self.model(username=username, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody who signs in. Rights come from assignments only; there is no superuser."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    username = models.CharField("tên đăng nhập", max_length=80, unique=True)
    full_name = models.CharField("họ và tên", max_length=120)
    position = models.CharField("chức vụ", max_length=160, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    is_active = models.BooleanField("đang hoạt động", default=True)
    created_at = models.DateTimeField(default=now, editable=False)
    # Of a password that an administrator was told: until when it opens. Its owner's own has no end.
    password_ends_at = models.DateTimeField(null=True, editable=False)
    sessions_epoch = models.PositiveIntegerField(default=0, editable=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name"]
    EMAIL_FIELD = "email"

    objects = PersonManager()

    def __str__(self) -> str:
        return self.full_name or self.username

    @property
    def password_is_over(self) -> bool:
        """A temporary password that nobody replaced in time, or that a wrong clock gave for longer than any is given."""
        ends = self.password_ends_at
        return ends is not None and not timedelta() < ends - now() <= TEMPORARY + AHEAD

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django compares it at every request with what the session began with: a new epoch ends every session at once."""
        salt = "kycuong.orgs.models.Person.sessions"
        return salted_hmac(
            salt, f"{self.password}|{self.sessions_epoch}", secret=secret, algorithm="sha256"
        ).hexdigest()


class Assignment(models.Model):
    """A person holds a role at a unit, and so at every unit under it, from a day on and until another."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField("vai trò", max_length=40)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="assignments")
    valid_from = models.DateField()
    valid_to = models.DateField(default=FOREVER)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "role", "unit", "valid_from"], name="assignment_once"),
            interval("assignment_begins_before_it_ends"),
        ]
        indexes = [models.Index(fields=["person", "valid_from", "valid_to"], name="assignment_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.role} @ {self.unit_id}"
