"""What is kept of a file, and apart from it what a photo tells of hour, place and camera."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from kycuong.core.clock import now
from kycuong.core.ids import uuid7
from kycuong.files.rules import PHOTOS, Kind

PERSON = settings.AUTH_USER_MODEL


class Attachment(models.Model):
    """A file as it was sent, found by its hash. Two of them may hold the same bytes; nothing is ever written over."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    sha256 = models.CharField("mã SHA-256", max_length=64, db_index=True)
    size = models.PositiveIntegerField("số byte")
    kind = models.CharField("loại", max_length=10, choices=Kind)
    name = models.CharField("tên tệp", max_length=120)
    width = models.PositiveIntegerField("rộng", null=True, blank=True)
    height = models.PositiveIntegerField("cao", null=True, blank=True)
    shown_sha256 = models.CharField("mã bản hiển thị", max_length=64, blank=True)
    thumbnail_sha256 = models.CharField("mã ảnh nhỏ", max_length=64, blank=True)
    stored_at = models.DateTimeField(default=now, editable=False)
    stored_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=Kind.PDF, shown_sha256="", thumbnail_sha256="")
                | (Q(kind__in=PHOTOS) & ~Q(shown_sha256="") & ~Q(thumbnail_sha256="")),
                name="attachment_photo_has_a_copy_to_show",
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="attachment_is_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_photo(self) -> bool:
        return self.kind in PHOTOS

    @property
    def hashes(self) -> list[str]:
        """Of everything that is stored for it."""
        return [one for one in (self.sha256, self.shown_sha256, self.thumbnail_sha256) if one]


class AttachmentOrigin(models.Model):
    """What the photo itself says of its hour, place and camera: for those who answer for evidence, nobody else."""

    attachment = models.OneToOneField(Attachment, on_delete=models.PROTECT, related_name="origin")
    taken_at = models.CharField("giờ chụp theo máy", max_length=40, blank=True)
    latitude = models.DecimalField("vĩ độ", max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField("kinh độ", max_digits=9, decimal_places=6, null=True, blank=True)
    camera = models.CharField("máy chụp", max_length=120, blank=True)

    def __str__(self) -> str:
        return f"{self.attachment_id}"

    @property
    def taken_in_words(self) -> str:
        """As the camera wrote it, in the order in which people here read hours and days."""
        try:
            return f"{datetime.strptime(self.taken_at[:19], '%Y:%m:%d %H:%M:%S'):%H:%M:%S %d/%m/%Y}"  # noqa: DTZ007
        except ValueError:
            return self.taken_at

    @property
    def place(self) -> str:
        """As maps take it: with decimal points, whatever the language of the page."""
        return "" if self.latitude is None else f"{self.latitude}, {self.longitude}"
