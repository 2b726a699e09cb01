"""Settings of figures, each valid from a day on: tiers of the index of administrative reform, and who is ranked. And cells: what
figures of the top were counted from, block by block, derived and remade at any time."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from kycuong.core.clock import now
from kycuong.orgs.authority import Someone
from kycuong.reports.rules.par import USUAL, Criterion, tiers_of
from kycuong.reports.rules.ranking import RankingTerms

PERSON = settings.AUTH_USER_MODEL
USUAL_TERMS = RankingTerms()


class ParCriterionQuerySet(models.QuerySet["ParCriterion"]):
    """Words about criteria of the index."""

    def visible_to(self, person: Someone) -> ParCriterionQuerySet:
        """No secret: whoever is scored may read by what."""
        return self if person.is_authenticated else self.none()


class ParCriterion(models.Model):
    """From a day on: which figure a criterion of the index scores, and by which tiers. A setting."""

    code = models.SlugField("mã", max_length=40)
    valid_from = models.DateField("áp dụng từ ngày")
    title = models.CharField("tiêu chí", max_length=200)
    figure = models.CharField("số liệu", max_length=60)
    tiers = models.JSONField("các bậc điểm")
    note = models.CharField("nguồn, ghi chú", max_length=500, blank=True)
    set_at = models.DateTimeField(default=now, editable=False)
    set_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+", editable=False)

    objects = ParCriterionQuerySet.as_manager()

    class Meta:
        ordering = ["code", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="par_criterion_once_a_day"),
            models.CheckConstraint(condition=~Q(title=""), name="par_criterion_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.valid_from:%d/%m/%Y}"

    @property
    def meant(self) -> Criterion:
        tiers = tiers_of(self.tiers)
        return Criterion(self.code, self.title, self.figure, tiers, self.note, self.valid_from)

    @classmethod
    def on(cls, day: date) -> list[Criterion]:
        """What is scored on a day: the usual criteria, as far as nobody has set them, and those that were added."""
        held = {row.code: row.meant for row in cls.objects.filter(valid_from__lte=day).order_by("valid_from")}
        usual = {one.code: one for one in USUAL}
        return list((usual | held).values())


class RankingRule(models.Model):
    """From a day on: from how many visits on a unit is ranked, and what a partial pass counts for. A setting."""

    valid_from = models.DateField("áp dụng từ ngày", unique=True)
    least_visits = models.PositiveSmallIntegerField("số lượt tối thiểu", default=USUAL_TERMS.least_visits)
    partial_percent = models.PositiveSmallIntegerField(
        "đạt một phần tính bằng (%)", default=USUAL_TERMS.partial_percent
    )
    set_at = models.DateTimeField(default=now, editable=False)
    set_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering = ["valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(least_visits__gte=1, partial_percent__lte=100), name="ranking_rule_means_something"
            )
        ]

    def __str__(self) -> str:
        return f"{self.least_visits} / {self.partial_percent}"

    @classmethod
    def on(cls, day: date) -> RankingTerms:
        """What holds on a day; before the first setting, what is usual."""
        found = cls.objects.filter(valid_from__lte=day).order_by("-valid_from").first()
        return RankingTerms(found.least_visits, found.partial_percent) if found else USUAL_TERMS


class CellStamp(models.Model):
    """Notes that a block was written to; the sum of its weights, with that of everything, is the block's stamp. Left by triggers."""

    block = models.IntegerField()
    weight = models.BigIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["block", "weight"], name="cell_stamp_of_block")]

    def __str__(self) -> str:
        return f"{self.block}: {self.weight}"


class CellSet(models.Model):
    """One text and its parameters. `base` is the stamp of everything for which its cells say of which blocks there is something;
    `total` the sum of all weights for which `rows` is the answer."""

    key = models.CharField(max_length=64, unique=True)
    question = models.JSONField()
    base = models.BigIntegerField()
    total = models.BigIntegerField(null=True)
    rows = models.TextField()
    kept_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return self.key


class Cell(models.Model):
    """What one block adds, as it was at a stamp."""

    cell_set = models.ForeignKey(CellSet, on_delete=models.CASCADE, related_name="cells")
    block = models.IntegerField()
    stamp = models.BigIntegerField()
    rows = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cell_set", "block"], name="cell_once_in_a_set")]

    def __str__(self) -> str:
        return f"{self.cell_set_id}/{self.block}: {self.stamp}"
