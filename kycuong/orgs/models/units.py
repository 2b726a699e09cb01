"""Units and their history: identity apart from name, kind, parent and codes, which are versions with validity."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from kycuong.core.clock import now
from kycuong.core.ids import uuid7
from kycuong.orgs.rules import FOREVER, TOPS, Change, Kind, Scheme, formal_name


def interval(name: str) -> models.CheckConstraint:
    """A validity that begins before it ends."""
    return models.CheckConstraint(condition=Q(valid_from__lt=F("valid_to")), name=name)


class UnitQuerySet(models.QuerySet["Unit"]):
    """Words about units."""

    def existing(self, *, on: date) -> UnitQuerySet:
        """Units that have a version on that day."""
        return self.filter(versions__valid_from__lte=on, versions__valid_to__gt=on)

    def heading(self) -> UnitQuerySet:
        """What heads a hierarchy, the top of all first."""
        # Never one that is under another, whatever it is called: who may rename a commune decides nothing for all by it.
        # By name of the kind, for “nation” comes before “province”.
        return self.filter(versions__kind__in=TOPS, edges_up=None).order_by("versions__kind", "pk")

    def top(self) -> Unit | None:
        """The top of the hierarchy, at which what holds for all is decided: the nation where there is one, else the province."""
        return self.heading().first()

    def under(self, unit: Unit, *, on: date) -> UnitQuerySet:
        """Units strictly below `unit` on that day."""
        then = Q(closure_up__valid_from__lte=on, closure_up__valid_to__gt=on)
        return self.filter(then, closure_up__ancestor=unit, closure_up__depth__gt=0)


class Unit(models.Model):
    """An organisation with an identity of its own through time. Its name, kind, parent and codes are versions."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    slug = models.SlugField("địa chỉ", max_length=150, unique=True)

    objects = UnitQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name_on(FOREVER)

    def get_absolute_url(self) -> str:
        return reverse("orgs:unit", args=[self.slug])

    def version_on(self, day: date) -> UnitVersion | None:
        """The version valid on `day`; after the end the last one, before the beginning the first."""
        versions = sorted(self.versions.all(), key=lambda version: version.valid_from)
        past = [version for version in versions if version.valid_from <= day]
        return past[-1] if past else (versions[0] if versions else None)

    def name_on(self, day: date) -> str:
        version = self.version_on(day)
        return version.name if version else self.slug


class UnitVersion(models.Model):
    """Name and kind of a unit during an interval. `search_key` and `sort_key` come from core.vietnamese."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="versions")
    name = models.CharField("tên", max_length=200)
    kind = models.CharField("loại", max_length=30, choices=Kind)
    search_key = models.CharField(max_length=400, editable=False)
    sort_key = models.CharField(max_length=1000, editable=False)
    valid_from = models.DateField()
    valid_to = models.DateField(default=FOREVER)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "valid_from"], name="unit_version_once_a_day"),
            interval("unit_version_begins_before_it_ends"),
        ]
        indexes = [
            models.Index(fields=["unit", "valid_from", "valid_to", "kind"], name="unit_version_when"),
            models.Index(fields=["search_key"], name="unit_version_search"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def formal_name(self) -> str:
        return formal_name(self.name, self.kind)


class UnitCode(models.Model):
    """A code that a unit bears during an interval. Codes are recycled: never a key."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="codes")
    scheme = models.CharField(max_length=10, choices=Scheme, default=Scheme.AREA)
    value = models.CharField("mã", max_length=35)
    valid_from = models.DateField()
    valid_to = models.DateField(default=FOREVER)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "value", "valid_from"], name="unit_code_one_bearer_from_a_day"),
            interval("unit_code_begins_before_it_ends"),
        ]
        indexes = [models.Index(fields=["unit", "scheme", "valid_from"], name="unit_code_of_unit")]

    def __str__(self) -> str:
        return self.value


class Edge(models.Model):
    """`child` answers to `parent` during an interval. The truth of the hierarchy; Closure is derived from it."""

    child = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="edges_up")
    parent = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="edges_down")
    valid_from = models.DateField()
    valid_to = models.DateField(default=FOREVER)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["child", "valid_from"], name="edge_one_parent_from_a_day"),
            models.CheckConstraint(condition=~Q(child=F("parent")), name="edge_not_to_itself"),
            interval("edge_begins_before_it_ends"),
        ]
        indexes = [models.Index(fields=["parent", "valid_from", "valid_to"], name="edge_children")]

    def __str__(self) -> str:
        return f"{self.child_id} → {self.parent_id}"


class Closure(models.Model):
    """Derived: `descendant` is `depth` steps under `ancestor` during an interval; depth 0 is the unit's own existence."""

    ancestor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="closure_down")
    descendant = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="closure_up")
    depth = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(default=FOREVER)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ancestor", "descendant", "depth", "valid_from", "valid_to"], name="closure_row_once"
            ),
            interval("closure_begins_before_it_ends"),
        ]
        indexes = [
            models.Index(fields=["descendant", "valid_from", "valid_to", "ancestor"], name="closure_upwards"),
        ]

    def __str__(self) -> str:
        return f"{self.ancestor_id} ⊃ {self.descendant_id}"


class Reorganisation(models.Model):
    """One legal change of the organisation: kind, day of effect and document."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=10, choices=Change)
    effective_on = models.DateField("ngày có hiệu lực")
    document_number = models.CharField("số, ký hiệu văn bản", max_length=80, blank=True)
    document_on = models.DateField("ngày văn bản", null=True, blank=True)
    title = models.CharField("nội dung", max_length=300)
    review_note = models.CharField("cần rà soát", max_length=300, blank=True)
    carried_out_at = models.DateTimeField(default=now, editable=False)
    carried_out_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["effective_on"], name="reorganisation_when")]

    born: list[Unit]
    """The units that the act has just made, in the plan's order. Known only to whoever carried it out."""

    def __str__(self) -> str:
        return self.title


class Succession(models.Model):
    """`successor` carries on (a part of) `predecessor`. A unit that merely begins or ends has one side empty."""

    reorganisation = models.ForeignKey(Reorganisation, on_delete=models.PROTECT, related_name="successions")
    predecessor = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="successions_forward"
    )
    successor = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="successions_back"
    )
    whole = models.BooleanField("toàn bộ", default=True, help_text="Sai khi chỉ một phần được chuyển sang.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reorganisation", "predecessor", "successor"], name="succession_once_in_a_reorganisation"
            ),
            models.CheckConstraint(
                condition=Q(predecessor__isnull=False) | Q(successor__isnull=False), name="succession_has_a_side"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id}"


class Lineage(models.Model):
    """Derived: who carries `origin` on a day. `whole` is false when the origin was divided among several heirs."""

    origin = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="heirs")
    heir = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="origins")
    valid_from = models.DateField()
    valid_to = models.DateField(default=FOREVER)
    whole = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["origin", "heir", "valid_from"], name="lineage_row_once"),
            interval("lineage_begins_before_it_ends"),
        ]
        indexes = [models.Index(fields=["heir", "valid_from", "valid_to", "origin"], name="lineage_back")]

    def __str__(self) -> str:
        return f"{self.origin_id} ⇒ {self.heir_id}"
