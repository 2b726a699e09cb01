"""Settings of a unit's papers, each a row from a day on: the head, who signs what, pieces of its own wording, its own Word files."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from kycuong.core.clock import now
from kycuong.core.ids import uuid7
from kycuong.letterheads.rules import BY_ANOTHER, Capacity, Head, Paper, Signer
from kycuong.orgs.models import Unit

PERSON = settings.AUTH_USER_MODEL


class Letterhead(models.Model):
    """From a day on: the head of a unit's papers."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="letterheads")
    valid_from = models.DateField("áp dụng từ ngày")
    superior = models.CharField("cơ quan chủ quản", max_length=200, blank=True)
    issuer = models.CharField("cơ quan ban hành", max_length=200)
    symbol = models.CharField("chữ viết tắt trong ký hiệu", max_length=30)
    place = models.CharField("địa danh", max_length=60)
    set_at = models.DateTimeField(default=now, editable=False)
    set_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+", editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["valid_from"]
        constraints = [models.UniqueConstraint(fields=["unit", "valid_from"], name="letterhead_once_a_day")]

    def __str__(self) -> str:
        return self.issuer

    @property
    def head(self) -> Head:
        return Head(self.superior, self.issuer, self.symbol, self.place)


class Signing(models.Model):
    """From a day on: who signs a unit's papers of one kind (or of every kind that has no row of its own), and who receives them."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="signings")
    paper = models.CharField("loại văn bản", max_length=20, choices=Paper, blank=True)
    valid_from = models.DateField("áp dụng từ ngày")
    collective = models.CharField("thay mặt tập thể (TM.)", max_length=120, blank=True)
    head_title = models.CharField("chức vụ người đứng đầu", max_length=120)
    capacity = models.CharField("cách ký", max_length=20, choices=Capacity, default=Capacity.HEAD)
    signer_title = models.CharField("chức vụ người ký", max_length=120, blank=True)
    signer_name = models.CharField("họ tên người ký", max_length=120, blank=True)
    recipients = models.TextField("nơi nhận (mỗi dòng một nơi)", max_length=1000, blank=True)
    set_at = models.DateTimeField(default=now, editable=False)
    set_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+", editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "paper", "valid_from"], name="signing_once_a_day"),
            models.CheckConstraint(
                condition=~Q(capacity__in=BY_ANOTHER) | ~Q(signer_title=""), name="signing_for_the_head_as_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_paper_display()}: {self.head_title}"

    @property
    def signer(self) -> Signer:
        return Signer(*(getattr(self, name) for name in Signer._fields))


class Wording(models.Model):
    """From a day on: how a unit words a piece of its papers of one kind. Empty takes the piece back to the usual text."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="paper_wordings")
    paper = models.CharField("loại văn bản", max_length=20, choices=Paper)
    piece = models.CharField("đoạn", max_length=20)
    valid_from = models.DateField("áp dụng từ ngày")
    text = models.TextField("nội dung", max_length=3000, blank=True)
    set_at = models.DateTimeField(default=now, editable=False)
    set_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+", editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "paper", "piece", "valid_from"], name="paper_wording_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.get_paper_display()}: {self.piece}"


class PaperTemplate(models.Model):
    """A Word file from which a unit wants its papers of one kind made, as it was sent. It is never changed: another one is a new row."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="paper_templates")
    paper = models.CharField("loại văn bản", max_length=20, choices=Paper)
    name = models.CharField("tên tệp", max_length=120)
    sha256 = models.CharField("mã SHA-256", max_length=64)
    size = models.PositiveIntegerField("số byte")
    deviations = models.JSONField("chỗ chưa đúng thể thức", default=list, blank=True)
    sent_at = models.DateTimeField(default=now, editable=False)
    sent_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=Q(size__gt=0), name="paper_template_is_not_empty")]

    def __str__(self) -> str:
        return self.name


class TemplateUse(models.Model):
    """From a day on: the Word file from which a unit's papers of one kind are made. None takes them back to the standard form."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="template_uses")
    paper = models.CharField("loại văn bản", max_length=20, choices=Paper)
    valid_from = models.DateField("áp dụng từ ngày")
    template = models.ForeignKey(PaperTemplate, null=True, blank=True, on_delete=models.PROTECT, related_name="uses")
    set_at = models.DateTimeField(default=now, editable=False)
    set_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+", editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["valid_from"]
        constraints = [models.UniqueConstraint(fields=["unit", "paper", "valid_from"], name="template_use_once_a_day")]

    def __str__(self) -> str:
        return f"{self.get_paper_display()}: {self.template or 'thể thức chuẩn'}"
