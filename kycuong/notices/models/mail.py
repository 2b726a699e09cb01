"""How a person wants to hear by e-mail, and on which days a digest went out."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kycuong.core.clock import now
from kycuong.notices.rules import Wish


class MailWish(models.Model):
    """What a person has set about e-mail. Without a row: every day. Also: when the server last refused the address."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mail_wish")
    wish = models.CharField("gửi thư", max_length=10, choices=Wish, default=Wish.DAILY)
    refused_on = models.DateField(null=True, editable=False)

    def __str__(self) -> str:
        return f"{self.person_id}: {self.wish}"


class DigestSent(models.Model):
    """That the mail server took the person's digest of a day: there is one a day."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="digests")
    day = models.DateField()
    notices = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="digest_once_a_day")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.day}"
