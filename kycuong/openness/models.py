"""The public page: when it was switched, by which terms something comes onto it; and what people report of units."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from kycuong.core.clock import now, today
from kycuong.core.ids import uuid7
from kycuong.openness.rules import PublicationTerms, Switched
from kycuong.openness.rules.reports import About, Outcome, Progress, erased_on, progress_of
from kycuong.orgs.authority import roles_held, units_where
from kycuong.orgs.models import Closure, Lineage, Unit

if TYPE_CHECKING:
    from kycuong.orgs.authority import Someone

PERSON = settings.AUTH_USER_MODEL
USUAL = PublicationTerms()


class PublicationSwitch(models.Model):
    """Somebody who decides for the province opened the public page from a day on, or closed it."""

    opens = models.BooleanField("mở")
    hears = models.BooleanField("nhận phản ánh", default=False)
    valid_from = models.DateField("từ ngày")
    reason = models.CharField("căn cứ, lý do", max_length=300)
    set_at = models.DateTimeField(default=now, editable=False)
    set_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="publication_switched_with_a_reason"),
            models.CheckConstraint(condition=Q(opens=True) | Q(hears=False), name="publication_closed_hears_nobody"),
        ]

    def __str__(self) -> str:
        return f"{'mở' if self.opens else 'tắt'} {self.valid_from:%d/%m/%Y}"

    @property
    def meant(self) -> Switched:
        return Switched(self.opens, self.valid_from, self.hears)


class PublicationRule(models.Model):
    """From a day on: how long after its conclusion a visit becomes public, and the least number that is told. A setting."""

    valid_from = models.DateField("áp dụng từ ngày", unique=True)
    embargo_days = models.PositiveSmallIntegerField("công khai sau kết luận (ngày)", default=USUAL.embargo_days)
    least = models.PositiveSmallIntegerField("số nhỏ nhất được nêu", default=USUAL.least)
    set_at = models.DateTimeField(default=now, editable=False)
    set_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering = ["valid_from"]
        constraints = [
            models.CheckConstraint(condition=Q(least__gte=2, least__lte=10), name="publication_rule_hides_something"),
            models.CheckConstraint(condition=Q(embargo_days__lte=365), name="publication_rule_ends"),
        ]

    def __str__(self) -> str:
        return f"{self.valid_from:%d/%m/%Y}"

    @property
    def terms(self) -> PublicationTerms:
        return PublicationTerms(self.embargo_days, self.least)

    @classmethod
    def on(cls, day: date) -> PublicationTerms:
        """What holds on a day; before the first setting, what is usual."""
        found = cls.objects.filter(valid_from__lte=day).order_by("-valid_from").first()
        return found.terms if found else USUAL


class CitizenReportQuerySet(models.QuerySet["CitizenReport"]):
    """Words about reports of citizens."""

    def visible_to(self, person: Someone) -> CitizenReportQuerySet:
        """By who handles them above the unit; never by anybody who holds a role at the unit or below it, whatever else they hold.

        Those about a unit that has ended wait for whoever is above the units that carry it on; when nobody does, for whoever was
        above it on its last day."""
        day, held = today(), units_where(person, "citizen_report.handle")
        if not held:
            return self.none()
        own = [at for _role, at in roles_held(person)]
        valid = Closure.objects.filter(valid_from__lte=day, valid_to__gt=day)
        above = valid.filter(descendant_id=OuterRef("unit_id"), ancestor_id__in=held, depth__gt=0)
        theirs = valid.filter(ancestor_id=OuterRef("unit_id"), descendant_id__in=own)
        heirs = Lineage.objects.filter(origin_id=OuterRef("unit_id"), valid_from__lte=day, valid_to__gt=day)
        heirs = heirs.exclude(heir=F("origin"))
        above_heirs = heirs.filter(
            heir__in=valid.filter(ancestor_id__in=held, depth__gt=0).values("descendant_id"),
        )
        of_heirs = heirs.filter(heir__in=valid.filter(descendant_id__in=own).values("ancestor_id"))
        waits = Exists(above) | Exists(above_heirs) | (~Exists(heirs) & Exists(above_at_the_end(held)))
        return self.filter(waits, ~Exists(theirs), ~Exists(of_heirs))


def above_at_the_end(held: Collection[int]) -> models.QuerySet[Closure]:
    """Of the unit of a report, when it is no more: its places below these units on the last day that it had."""
    later = Closure.objects.filter(descendant_id=OuterRef("descendant_id"), depth=0, valid_to__gt=OuterRef("valid_to"))
    last = Closure.objects.filter(descendant_id=OuterRef("unit_id"), ancestor_id__in=held, depth__gt=0)
    return last.filter(~Exists(later), valid_to__lte=today())


class CitizenReport(models.Model):
    """What somebody reported of a unit (phản ánh). Words and contact are sealed; of the code there is a digest only."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    about = models.CharField("về việc", max_length=20, choices=About)
    sealed_text = models.TextField("nội dung (niêm phong)", blank=True, editable=False)
    sealed_contact = models.TextField("liên hệ (niêm phong)", blank=True, editable=False)
    code_digest = models.CharField(max_length=64, unique=True, editable=False)
    text_digest = models.CharField(max_length=64, db_index=True, editable=False)
    same_as = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    received_on = models.DateField(default=today, editable=False)
    held_back = models.BooleanField("nhận khi trong ngày đã có nhiều phản ánh", default=False, editable=False)
    contact_erased_on = models.DateField(null=True, blank=True, editable=False)
    text_erased_on = models.DateField(null=True, blank=True, editable=False)
    taken_at = models.DateTimeField(null=True, blank=True, editable=False)
    taken_by = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    outcome = models.CharField("kết quả", max_length=20, choices=Outcome, blank=True)
    reason = models.CharField("lý do (nội bộ)", max_length=300, blank=True)
    answer = models.CharField("trả lời người phản ánh", max_length=1000, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True, editable=False)
    settled_by = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    objects = CitizenReportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", settled_at=None, reason="", answer="")
                | ~Q(outcome="") & Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(reason=""),
                name="citizen_report_settled_with_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_about_display()} {self.received_on:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        return reverse("openness:report", args=[self.uid])

    @property
    def progress(self) -> Progress:
        return progress_of(self.outcome, taken=self.taken_at is not None)

    @property
    def erased_on(self) -> date:
        return erased_on(self.received_on)


class ReportsOfDay(models.Model):
    """How many reports came on a day from one place: the place is known by a digest whose key is another one each day."""

    day = models.DateField()
    place_digest = models.CharField(max_length=64)
    number = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "place_digest"], name="reports_of_day_once")]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}: {self.number}"
