"""Tables of gathering: one period of a scope, the files that agencies sent, what they declare in them, why it differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from kycuong.core.clock import now
from kycuong.core.ids import uuid7
from kycuong.gathering.rules import FIGURES, FileState
from kycuong.orgs.authority import scope as within
from kycuong.orgs.models import Unit
from kycuong.reports.rules.periods import Period

if TYPE_CHECKING:
    from kycuong.orgs.authority import Someone

PERSON = settings.AUTH_USER_MODEL
COLUMN_CHOICES = [(column.key, column.title) for column in FIGURES]


class GatheringQuerySet(models.QuerySet["Gathering"]):
    """Words about gatherings."""

    def visible_to(self, person: Someone) -> GatheringQuerySet:
        """For whoever sees the figures of the scope."""
        return self.filter(within(person, "figures.see", unit="scope"))


class Gathering(models.Model):
    """One period of one scope for which agencies send their tables (đợt hợp nhất)."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    scope = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="gatherings", verbose_name="đơn vị")
    first = models.DateField("từ ngày")
    last = models.DateField("đến hết ngày")
    name = models.CharField("tên kỳ", max_length=20, blank=True)
    created_at = models.DateTimeField(default=now, editable=False)
    created_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+", editable=False)

    objects = GatheringQuerySet.as_manager()

    class Meta:
        ordering = ["-last", "-first", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["scope", "first", "last"], name="gathering_once_a_period"),
            models.CheckConstraint(condition=Q(first__lte=models.F("last")), name="gathering_has_days"),
        ]

    def __str__(self) -> str:
        return self.period.label

    def get_absolute_url(self) -> str:
        return reverse("gathering:gathering", args=[self.uid])

    @property
    def period(self) -> Period:
        return Period(self.first, self.last, self.name)


class SentFileQuerySet(models.QuerySet["SentFile"]):
    """Words about files."""

    def visible_to(self, person: Someone) -> SentFileQuerySet:
        """With their gathering."""
        return self.filter(within(person, "figures.see", unit="gathering__scope"))

    def unread(self) -> SentFileQuerySet:
        """What waits to be read by the program."""
        return self.filter(state=FileState.SENT, read_at=None)


class SentFile(models.Model):
    """A file that an agency sent, as it came. `reading` is what the program makes of its bytes and of what a person chose."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="files")
    filename = models.CharField("tên tệp", max_length=100)
    sha256 = models.CharField("mã SHA-256", max_length=64, db_index=True)
    size = models.PositiveIntegerField("số byte")
    state = models.CharField("tình trạng", max_length=10, choices=FileState, default=FileState.SENT)
    agency = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="cơ quan"
    )
    chosen = models.JSONField("cách ghép cột đã chọn", null=True, blank=True)
    reason = models.CharField("lý do bỏ qua hoặc rút lại", max_length=300, blank=True)
    sent_at = models.DateTimeField(default=now, editable=False)
    sent_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+", editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+", editable=False)
    superseded_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    reading = models.JSONField("đọc được", null=True, blank=True, editable=False)
    read_at = models.DateTimeField(null=True, editable=False)
    guessed = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False)

    objects = SentFileQuerySet.as_manager()

    class Meta:
        ordering = ["filename", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["gathering", "sha256"], name="sent_file_once"),
            models.UniqueConstraint(
                fields=["gathering", "agency"], condition=Q(state=FileState.CONFIRMED), name="sent_file_holds_once"
            ),
            models.CheckConstraint(
                condition=~Q(state=FileState.CONFIRMED) | Q(agency__isnull=False),
                name="sent_file_confirmed_is_of_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=FileState.SUPERSEDED) | Q(superseded_by__isnull=False),
                name="sent_file_superseded_by_one",
            ),
        ]

    def __str__(self) -> str:
        return self.filename

    def get_absolute_url(self) -> str:
        return reverse("gathering:file", args=[self.uid])


class FormLayout(models.Model):
    """How a person mapped the columns of an agency's table: proposed when the same head comes again. The newest holds."""

    agency = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="form_layouts", verbose_name="cơ quan")
    fingerprint = models.CharField("dấu nhận dạng tiêu đề", max_length=32)
    layout = models.JSONField("cách ghép cột")
    said = models.CharField("tên ghi trong tệp", max_length=120, blank=True)
    confirmed_at = models.DateTimeField(default=now, editable=False)
    confirmed_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["agency", "fingerprint"], name="form_layout_of_agency")]

    def __str__(self) -> str:
        return self.fingerprint


class DeclaredFigureQuerySet(models.QuerySet["DeclaredFigure"]):
    """Words about what agencies declare."""

    def visible_to(self, person: Someone) -> DeclaredFigureQuerySet:
        """With their gathering."""
        return self.filter(within(person, "figures.see", unit="file__gathering__scope"))

    def holding(self) -> DeclaredFigureQuerySet:
        """Of files that nobody has superseded or taken back."""
        return self.standing().filter(file__state=FileState.CONFIRMED)

    def standing(self) -> DeclaredFigureQuerySet:
        """Of the last time that their file was confirmed."""
        return self.filter(withdrawn_at=None)


class DeclaredFigure(models.Model):
    """One number that an agency declares and a person confirmed. Never changed, only withdrawn; never added into what is computed."""

    file = models.ForeignKey(SentFile, on_delete=models.PROTECT, related_name="figures")
    agency = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="declared_figures", verbose_name="cơ quan")
    column = models.CharField("cột", max_length=30, choices=COLUMN_CHOICES)
    value = models.DecimalField("giá trị", max_digits=16, decimal_places=4)
    cell = models.CharField("ô", max_length=80)
    confirmed_at = models.DateTimeField(default=now, editable=False)
    confirmed_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+", editable=False)

    withdrawn_at = models.DateTimeField("rút lại lúc", null=True, editable=False)

    objects = DeclaredFigureQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["file", "column"], condition=Q(withdrawn_at=None), name="declared_figure_once"
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="declared_figure_counts"),
        ]

    def __str__(self) -> str:
        return f"{self.get_column_display()}: {self.value}"


class DifferenceReason(models.Model):
    """Why a declared number differs from the computed one, with both as they were. The newest holds."""

    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="reasons")
    agency = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="cơ quan")
    column = models.CharField("cột", max_length=30, choices=COLUMN_CHOICES)
    text = models.CharField("lý do chênh lệch", max_length=500, blank=True)
    declared = models.DecimalField(max_digits=16, decimal_places=4, null=True)
    computed = models.DecimalField(max_digits=16, decimal_places=4, null=True)
    written_at = models.DateTimeField(default=now, editable=False)
    written_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["gathering", "agency", "column"], name="difference_reason_of")]

    def __str__(self) -> str:
        return self.text
