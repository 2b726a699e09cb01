"""What people are told: a notice is its person's alone, and nobody else sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from kycuong.core.clock import now
from kycuong.core.ids import uuid7

if TYPE_CHECKING:
    from kycuong.orgs.authority import Someone


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Words about notices."""

    def visible_to(self, person: Someone) -> NoticeQuerySet:
        """One's own, and no role opens those of others."""
        if not person.is_authenticated or not person.is_active:
            return self.none()
        return self.filter(person_id=person.pk)

    def unread(self) -> NoticeQuerySet:
        return self.filter(read_at=None)


class Notice(models.Model):
    """One sentence for one person, with the page where to go. Told by `notices.telling.tell`, inside an act or a tick."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices")
    key = models.CharField(max_length=200, help_text="What it tells of: telling it twice tells it once.")
    subject = models.CharField("nội dung", max_length=200)
    text = models.CharField("chi tiết", max_length=2000, blank=True)
    url = models.CharField("trang", max_length=300)
    due = models.BooleanField("đến hạn, quá hạn", default=False)
    told_at = models.DateTimeField(default=now, editable=False)
    read_at = models.DateTimeField(null=True, editable=False)
    mailed_at = models.DateTimeField(null=True, editable=False)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-told_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="notice_once_a_person"),
            models.CheckConstraint(
                condition=Q(url__startswith="/") & ~Q(url__startswith="//"), name="notice_leads_to_a_page_of_ours"
            ),
        ]
        indexes = [
            models.Index(fields=["person"], condition=Q(read_at=None), name="notice_unread"),
            models.Index(fields=["person", "-told_at"], name="notice_of_person"),
            models.Index(fields=["told_at"], condition=Q(mailed_at=None), name="notice_unmailed"),
        ]

    def __str__(self) -> str:
        return self.subject
