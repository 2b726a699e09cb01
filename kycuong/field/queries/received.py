"""What has come in from phones and what has not: by phone, and by visit."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from kycuong.core.clock import now, today
from kycuong.field.authority import may_read_log
from kycuong.field.models import FieldAside, FieldDevice, FieldHead, FieldMedia, FieldOp, FieldPolicy, FieldSignature
from kycuong.field.rules import Status, sha256_of
from kycuong.field.rules.values import moment_of
from kycuong.inspections.models import TeamMember, Visit
from kycuong.inspections.queries import criteria_at, may_know_names, name_at
from kycuong.inspections.rules import TeamRole
from kycuong.orgs.models import Person

from .late import LatePhoto, late_photos, undecided_at
from .log import body_of, fields_of, missing_seq
from .wording import Worded, field_in_words, worded

MOST = 100
DECIDED_BY_A_PERSON = ("a", "h", "t", "f", "v", "m", "e")


@dataclass(frozen=True, slots=True)
class PhoneLine:
    """A phone, what waits on it, since when, which of its numbers never came; after how many hours that is told."""

    device: FieldDevice
    missing: list[int]
    asked: bool
    tell_hours: int
    unplaced: int = 0
    """How much it sent that belongs to no visit here."""

    @property
    def oldest(self) -> datetime | None:
        wall = self.device.oldest_wall
        return None if wall is None else moment_of(wall + self.device.clock_offset)

    @property
    def is_late(self) -> bool:
        oldest, waits = self.oldest, bool(self.device.queued_ops or self.device.queued_media)
        return waits and oldest is not None and now() - oldest > timedelta(hours=self.tell_hours)

    @property
    def missing_words(self) -> str:
        return ", ".join(map(str, self.missing[:10])) + ("…" if len(self.missing) > 10 else "")


def phone_lines(person: Person) -> list[PhoneLine]:
    """One's own phones and those that one answers for; those in use first."""
    found = FieldDevice.objects.visible_to(person).select_related("person", "revoked_by")
    unplaced = dict(
        FieldAside.objects.filter(device__in=found, visit=None).order_by().values_list("device").annotate(n=Count("pk"))
    )
    asked = set(found.filter(key_requests__approved_at=None, key_requests__isnull=False).values_list("pk", flat=True))
    ordered = sorted(found[:MOST], key=lambda one: (one.revoked_at is not None, str(one.person), -one.pk))
    hours = FieldPolicy.on(today()).tell_hours
    return [PhoneLine(one, missing_seq(one), one.pk in asked, hours, unplaced.get(one.pk, 0)) for one in ordered]


@dataclass(frozen=True, slots=True)
class VisitReceived:
    """A visit with work from phones, and what of it waits for a person."""

    visit: Visit
    unit: str
    conflicts: int
    aside: int
    photos: int
    late: int
    waits_for_photos: bool


def received_visits(person: Person) -> list[VisitReceived]:
    """Visits that lists may show to the person, and whose log the person reads; sealed drafts are in none."""
    told = Visit.objects.listed_to(person).filter(
        Q(Exists(FieldOp.objects.filter(visit=OuterRef("pk"), device__isnull=False)))
        | Q(Exists(FieldAside.objects.filter(visit=OuterRef("pk"))))
    )
    visits = _read_by(person, told.select_related("inspection__lead", "unit").order_by("-visited_on", "-pk"))[:MOST]
    pks = [visit.pk for visit in visits]
    if not pks:
        return []
    waiting = set(FieldSignature.objects.filter(visit__in=pks, minutes=None).values_list("visit_id", flat=True))
    conflicts, refused = conflicts_at(pks), _counted(refused_ops().filter(visit__in=pks))
    aside = _counted(FieldAside.objects.filter(pk__in=open_asides().values("pk"), visit__in=pks))
    photos, late = _counted(FieldMedia.objects.filter(visit__in=pks, complete_at=None, lost_at=None)), undecided_at(pks)
    return [
        VisitReceived(
            one,
            name_at(one),
            conflicts.get(one.pk, 0),
            aside.get(one.pk, 0) + refused.get(one.pk, 0),
            photos.get(one.pk, 0),
            late.get(one.pk, 0),
            one.pk in waiting,
        )
        for one in visits
    ]


def _read_by(person: Person, visits: QuerySet[Visit]) -> list[Visit]:
    """Those whose log the person reads; asked once for each inspection."""
    reads: dict[int, bool] = {}
    for one in (found := list(visits)):
        if one.inspection_id not in reads:
            reads[one.inspection_id] = may_read_log(person, one)
    return [one for one in found if reads[one.inspection_id]]


def conflicts_at(visits: list[int]) -> dict[int, int]:
    """How many fields have two values, by visit; of drafts only: what is signed is settled."""
    heads = FieldHead.objects.filter(visit__in=visits, visit__state="draft").exclude(op__field__startswith="s/")
    double = heads.values("visit_id", "op__field").annotate(n=Count("pk")).filter(n__gt=1).order_by()
    found: dict[int, int] = {}
    for row in double:
        found[row["visit_id"]] = found.get(row["visit_id"], 0) + 1
    return found


def open_asides() -> QuerySet[FieldAside]:
    """Set aside and neither accepted nor come in another way since."""
    there = FieldOp.objects.filter(uid=OuterRef("op"), sha=OuterRef("sha"))
    return FieldAside.objects.filter(~Exists(there), accepted_at=None)


def refused_ops() -> QuerySet[FieldOp]:
    """In the log, and not in the record: a rule refused them."""
    return FieldOp.objects.filter(status=Status.SET_ASIDE, head__isnull=False)


def _counted(rows: QuerySet[FieldOp] | QuerySet[FieldAside] | QuerySet[FieldMedia]) -> dict[int, int]:
    return dict(rows.order_by().values_list("visit_id").annotate(n=Count("pk")))


@dataclass(slots=True)
class FieldPage:
    """All that a person decides about a visit."""

    conflicts: list[tuple[str, str, list[Worded]]] = field(default_factory=list)
    refused: list[Worded] = field(default_factory=list)
    different: list[Worded] = field(default_factory=list)
    aside: list[tuple[FieldAside, str]] = field(default_factory=list)
    missing: list[FieldMedia] = field(default_factory=list)
    lost: list[FieldMedia] = field(default_factory=list)
    late: list[LatePhoto] = field(default_factory=list)
    signature: FieldSignature | None = None
    signed_wall: datetime | None = None
    recomputes: bool = False

    @property
    def undecided_late(self) -> list[LatePhoto]:
        return [one for one in self.late if not one.is_decided]


def field_page(visit: Visit, person: Person) -> FieldPage:
    """Conflicts, what was refused or set aside, photos that have not come, the signature."""
    criteria, names = criteria_at(visit), may_know_names(visit, person)
    shown = FieldPage()
    for name, ops in sorted(fields_of(visit).items()):
        told = [worded(op, criteria, names=names) for op in ops]
        if len(ops) > 1 and visit.state == "draft" and not name.startswith(("s/", "d/")):
            shown.conflicts.append((name, told[0].field, told))
            continue
        refused = [one for one in told if one.op.status == Status.SET_ASIDE]
        shown.different += [one for one in refused if one.op.why == "after_signing"]
        shown.refused += [one for one in refused if one.op.why != "after_signing"]
    rows = open_asides().filter(visit=visit).select_related("author", "device", "sent_by")
    shown.aside = [(one, field_in_words(one.field, criteria)) for one in rows]
    photos = FieldMedia.objects.filter(visit=visit, file=None).select_related("device__person")
    shown.missing = [
        one for one in photos if one.lost_at is None and (one.complete_at is None or visit.state == "draft")
    ]
    shown.lost = [one for one in photos if one.lost_at is not None]
    shown.late = late_photos(visit)
    _sign(shown, visit)
    return shown


def _sign(shown: FieldPage, visit: Visit) -> None:
    shown.signature = (
        FieldSignature.objects.filter(visit=visit).select_related("op__author", "op__device", "minutes").first()
    )
    if shown.signature:
        value = body_of(shown.signature.op)["value"]
        shown.signed_wall = moment_of(shown.signature.op.wall)
        shown.recomputes = sha256_of(value["snapshot"]) == value["sha256"] == shown.signature.sha256


def answering_for(device: FieldDevice) -> list[Person]:
    """Heads of the teams on which the owner sits now. Teams of sealed inspections are told to nobody."""
    seats = TeamMember.objects.current().filter(inspection__sealed_at=None)
    mine = seats.filter(person=device.person_id).values("inspection_id")
    heads = seats.filter(inspection__in=mine, role=TeamRole.HEAD, person__isnull=False).select_related("person")
    found = {one.person_id: one.person for one in heads if one.person and one.person_id != device.person_id}
    return list(found.values())
