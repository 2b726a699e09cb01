"""Checklists, criteria, topics and the legal bases they rest on: all versioned data, never code."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from kycuong.core.ids import uuid7
from kycuong.orgs.authority import can, scope
from kycuong.orgs.models import Unit
from kycuong.orgs.rules import FOREVER, Kind

from .rules import ASKED_ON, AnswerType, AskedOn, ChecklistForm, Setting, Severity, ensure_not_published

if TYPE_CHECKING:
    from kycuong.orgs.authority import Someone


Row = TypeVar("Row", bound=models.Model, covariant=True)


class LegalBasisQuerySet(models.QuerySet["LegalBasis"]):
    """Words about legal documents."""

    def visible_to(self, person: Someone) -> LegalBasisQuerySet:
        """Laws are public."""
        return self if person.is_authenticated else self.none()


class LegalBasis(models.Model):
    """A legal document and when it applies. Wording and dates are for review by a practitioner."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    number = models.CharField("số, ký hiệu", max_length=80, unique=True)
    title = models.CharField("trích yếu", max_length=300)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    valid_from = models.DateField("có hiệu lực từ", default=date(1900, 1, 1))
    valid_to = models.DateField("đến trước ngày", default=FOREVER)
    replaced_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaces")
    reviewed_on = models.DateField("đã rà soát ngày", null=True, blank=True)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = LegalBasisQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__gt=models.F("valid_from")), name="legal_basis_valid_a_while")
        ]

    def __str__(self) -> str:
        return self.number


class TopicQuerySet(models.QuerySet["Topic"]):
    """Words about topics."""

    def visible_to(self, person: Someone) -> TopicQuerySet:
        return self if person.is_authenticated else self.none()


class Topic(models.Model):
    """A subject of inspection that one visit may combine with others."""

    code = models.SlugField("mã", max_length=60, unique=True)
    title = models.CharField("tên", max_length=200)

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title


class PublishedStays(models.QuerySet[Row]):
    """What is published, and what stands in it, refuses to be changed or deleted in bulk, too."""

    published_by = "checklist__published_on"

    def update(self, **values: Any) -> int:
        self._ensure_none_published()
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._ensure_none_published()
        return super().delete()

    def _ensure_none_published(self) -> None:
        ensure_not_published(self.filter(**{f"{self.published_by}__isnull": False}).exists())


class ChecklistQuerySet(PublishedStays["Checklist"]):
    """Words about checklists."""

    published_by = "published_on"

    def visible_to(self, person: Someone) -> ChecklistQuerySet:
        """What is checked is no secret: whoever is signed in may read it before a team comes. A draft is for its writers."""
        if not person.is_authenticated:
            return self.none()
        top = province()
        writes = top is not None and can(person, "checklist.write", at=top)
        standard = Q(authority__isnull=True) if writes else Q(pk__in=[])
        own = Q(authority__isnull=False) & scope(person, "checklist.write", unit="authority")
        return self.filter(Q(published_on__isnull=False) | standard | own)

    def published(self) -> ChecklistQuerySet:
        return self.filter(published_on__isnull=False).order_by("-published_on", "-pk")

    def standard(self) -> ChecklistQuerySet:
        """The checklist of the whole province, without the additions of single authorities."""
        return self.filter(authority__isnull=True)

    def newest_on(self, day: date) -> Checklist | None:
        """Of the published versions, the one that began to apply last before the end of that day."""
        begun = self.filter(published_on__isnull=False).filter(Q(valid_from__isnull=True) | Q(valid_from__lte=day))
        return begun.order_by(models.F("valid_from").desc(nulls_last=True), "-published_on", "-pk").first()


class Checklist(models.Model):
    """One version of a checklist. Once published it never changes; a change is a new version.

    With an `authority` it holds only what that authority asks in addition, outside every comparison.
    """

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    version = models.CharField("phiên bản", max_length=20, unique=True)
    title = models.CharField("tên", max_length=200)
    published_on = models.DateField("ngày công bố", null=True, blank=True)
    review_note = models.CharField("cần rà soát", max_length=300, blank=True)
    valid_from = models.DateField("áp dụng từ ngày", null=True, blank=True)
    based_on = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="successors")
    authority = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="cơ quan bổ sung"
    )
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = ChecklistQuerySet.as_manager()

    class Meta:
        ordering = ["version"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(published_on__isnull=False),
                name="checklist_applies_once_published",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.version}"

    def get_absolute_url(self) -> str:
        if self.published_on is None:
            return reverse("catalog:draft", args=[self.uid])
        return reverse("catalog:checklist", args=[self.version])

    def is_open_to(self, person: Someone, verb: str) -> bool:
        """Whether the person may do this to it."""
        place = self.place
        return place is not None and can(person, verb, at=place)

    @property
    def place(self) -> Unit | None:
        """Where it is decided: at the authority whose additions these are, else at the province."""
        return self.authority if self.authority_id else province()

    def clean(self) -> None:
        ensure_not_published(Checklist.objects.filter(pk=self.pk).published().exists())


class CriterionGroupQuerySet(PublishedStays["CriterionGroup"]):
    """Words about groups of criteria."""


class CriterionGroup(models.Model):
    """A lettered group of criteria."""

    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT, related_name="groups")
    code = models.CharField("mã nhóm", max_length=4)
    title = models.CharField("tên nhóm", max_length=200)

    objects = CriterionGroupQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["checklist", "code"], name="criterion_group_code_once")]

    def __str__(self) -> str:
        return f"{self.code}. {self.title}"

    def clean(self) -> None:
        ensure_not_published(self.checklist.published_on is not None)


class CriterionQuerySet(PublishedStays["Criterion"]):
    """Words about criteria."""

    def in_form(self, form: str) -> CriterionQuerySet:
        return self.filter(in_short_form=True) if form == ChecklistForm.SHORT else self


class Criterion(models.Model):
    """One thing that is checked. Its code is stable over versions so that years compare."""

    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT, related_name="criteria")
    group = models.ForeignKey(CriterionGroup, on_delete=models.PROTECT, related_name="criteria")
    code = models.CharField("mã", max_length=10)
    position = models.PositiveSmallIntegerField()
    text = models.CharField("nội dung", max_length=400)
    answer_type = models.CharField("kiểu trả lời", max_length=20, choices=AnswerType)
    evidence = models.CharField("minh chứng", max_length=300, blank=True)
    severity = models.PositiveSmallIntegerField("mức độ", choices=Severity)
    severity_to = models.PositiveSmallIntegerField("đến mức", choices=Severity)
    setting = models.CharField("hình thức", max_length=10, choices=Setting)
    in_short_form = models.BooleanField("có trong phiếu rút gọn", default=False)
    counted = models.BooleanField("tính vào so sánh", default=True)
    only_with_procedures = models.BooleanField("chỉ đơn vị có TTHC", default=False)
    for_kinds = models.JSONField("chỉ hỏi ở loại đơn vị", default=list, blank=True)
    asked_after = models.CharField("chỉ hỏi theo kết quả của", max_length=10, blank=True)
    asked_on = models.CharField("khi kết quả đó là", max_length=10, choices=AskedOn, blank=True)
    pass_from = models.PositiveSmallIntegerField("đạt từ (%)", default=100)
    partial_from = models.PositiveSmallIntegerField("đạt một phần từ (%)", default=70)
    legal_bases = models.ManyToManyField(LegalBasis, blank=True, related_name="criteria")

    objects = CriterionQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["checklist", "code"], name="criterion_code_once"),
            models.CheckConstraint(
                condition=Q(pass_from__lte=100) & Q(partial_from__lte=models.F("pass_from")),
                name="criterion_thresholds_in_order",
            ),
            models.CheckConstraint(
                condition=Q(severity_to__gte=models.F("severity")), name="criterion_severities_in_order"
            ),
            models.CheckConstraint(
                condition=Q(asked_after="", asked_on="") | (~Q(asked_after="") & ~Q(asked_on="")),
                name="criterion_condition_whole",
            ),
            models.CheckConstraint(condition=~Q(asked_after=models.F("code")), name="criterion_waits_for_another"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"

    def clean(self) -> None:
        ensure_not_published(self.checklist.published_on is not None)

    def applies_to(self, kind: str) -> bool:
        """Whether it is asked at units of this kind; one that names no kind is asked at all."""
        return not self.for_kinds or kind in self.for_kinds

    @property
    def kinds_in_words(self) -> str:
        return ", ".join(str(Kind(kind).label) for kind in self.for_kinds)

    @property
    def asked_on_outcomes(self) -> str:
        """The outcomes of the other criterion at which this one is asked, for the page's script."""
        return " ".join(ASKED_ON[self.asked_on]) if self.asked_on else ""

    @property
    def condition_in_words(self) -> str:
        """«A5: Không đạt»; empty when it is always asked."""
        return f"{self.asked_after}: {AskedOn(self.asked_on).label}" if self.asked_after else ""


def province() -> Unit | None:
    """The top of the hierarchy, at which the standard checklist is decided."""
    return Unit.objects.top()
